import pytest
from hypothesis import given
from hypothesis import strategies as st

from .articles import Found, found_in, mention, only_quote_in, paragraphs_of, quotes_in


def direct(speaker, cue, *content):
    return Found("direct", speaker, cue, list(content))


def mixed(speaker, cue, *content):
    return Found("mixed", speaker, cue, list(content))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Prices will fall,” he said.", direct("he", "said", "Prices will fall,")),
        ("“Prices will fall,” said Mara Quill.", direct("Mara Quill", "said", "Prices will fall,")),
        (
            "“Prices will fall,” said Mara Quill, the minister, in Oslo.",
            direct("Mara Quill, the minister", "said", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” Mara Quill, who leads the bank, told reporters.",
            direct("Mara Quill", "told", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” Mara Quill, 43, a baker from Leeds, said.",
            direct("Mara Quill, 43, a baker from Leeds", "said", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” the Norwegian minister has repeatedly said.",
            direct("the Norwegian minister", "said", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” a spokesman for the Bank of Oslo said Friday.",
            direct("a spokesman for the Bank of Oslo", "said", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” according to Dr. Lena Ortiz of the Polar Institute.",
            direct("Dr. Lena Ortiz of the Polar Institute", "according to", "Prices will fall,"),
        ),
        (
            "“Prices will fall,” Sen. Ada Moss (R-Utah) said.",
            direct("Sen. Ada Moss", "said", "Prices will fall,"),
        ),
        ("“Will prices fall?” Quill asked.", direct("Quill", "asked", "Will prices fall?")),
        ("“Prices fell!” Police said.", direct("Police", "said", "Prices fell!")),
    ],
)
def test_cue_after_the_quote(text, expected):
    assert only_quote_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We left,” harrumphed the mate.", direct("the mate", "harrumphed", "We left,")),
        ("“We left,” Quill groused.", direct("Quill", "groused", "We left,")),
        ("“We left,” softly sang Quill, folding her map.", direct("Quill", "sang", "We left,")),
        ("“We left,” Quill, the old mate, bristled.", direct("Quill, the old mate", "bristled", "We left,")),
        ("“We left,” the captain broke in.", direct("the captain", "broke in", "We left,")),
        ("“We left,” he wheezed.", direct("he", "wheezed", "We left,")),
        ("“Did we?” countersigned the mate.", direct("the mate", "countersigned", "Did we?")),
        ("“We left,” mate Ada Quill said.", direct("mate Ada Quill", "said", "We left,")),
        ("“We left,” came the answer from Quill.", direct("Quill", "came the answer", "We left,")),
        ("“We left,” el-Masri said.", direct("el-Masri", "said", "We left,")),
        ("“We left,” tooted @ada_quill on Sunday.", direct("@ada_quill", "tooted", "We left,")),
    ],
)
def test_verb_beside_the_quote_is_told_by_its_place(text, expected):
    assert only_quote_in(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We left,” the bishop of Turku, Ada Quill, told the BBC.", "the bishop of Turku, Ada Quill"),
        ("“We left,” said the head of Turku Zoo, Ada Quill.", "the head of Turku Zoo, Ada Quill"),
        ("“We left,” the bishop of Turku, Finland, said.", "the bishop of Turku"),
        ("“We left,” Ada Quill, Turku Zoo, said.", "Ada Quill"),
    ],
)
def test_a_name_after_a_role_with_a_place_belongs_to_the_speaker(text, speaker):
    assert only_quote_in(text).speaker == speaker


@pytest.mark.parametrize(
    "second",
    ["“They won,” hooted the fans.", "“They won,” came the answer.", "“They won,” van Dyk-Moss wheezed."],
)
def test_a_sentence_in_marks_with_a_clause_of_its_own_is_not_the_speakers_before(second):
    quotes = found_in(f"“We lost,” said Quill. {second}")
    assert [quote.content for quote in quotes] == [["We lost,"], ["They won,"]]
    assert quotes[1].speaker != "Quill"


def test_a_quote_goes_on_past_its_cue_and_a_participle():
    quotes = found_in("“The pier,” Quill said, “is rotten,” pointing at a plank.")
    assert quotes == [direct("Quill", "said", "The pier,", "is rotten,")]


def test_emphasis_and_bullets_around_a_quote_are_no_words_of_it():
    text = "Quill made three promises:\n\n* “No fares.”\n* “No queues.”\n- “No fog.”"
    assert only_quote_in(text) == direct("Quill", None, "No fares.", "No queues.", "No fog.")
    assert only_quote_in("_“No fog,”_ she said.") == direct("she", "said", "No fog,")


def test_a_figures_inch_mark_stays_within_the_words_for_a_speaker():
    assert (
        only_quote_in('The 5\'11" keeper, Ada Quill, said: "I dived."').speaker
        == "The 5'11\" keeper, Ada Quill"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill said: “We will act.”", direct("Quill", "said", "We will act.")),
        ("Quill told the court, “We will act.”", direct("Quill", "told", "We will act.")),
        ("On Friday, Quill wrote on her page, “We will act.”", direct("Quill", "wrote", "We will act.")),
        ("As Quill put it, “the tide has turned.”", direct("Quill", "put it", "the tide has turned.")),
        ("The mayor tweeted: “Proud of our team!”", direct("The mayor", "tweeted", "Proud of our team!")),
        ("Said Quill: “We will act.”", direct("Quill", "Said", "We will act.")),
        (
            "According to Quill, “the tide has turned.”",
            direct("Quill", "According to", "the tide has turned."),
        ),
        (
            "The crowd marched to the square, chanting “No more taxes!”",
            direct("The crowd", "chanting", "No more taxes!"),
        ),
        (
            "Asked whether she would stand again, she replied: “Ask me in May.”",
            direct("she", "replied", "Ask me in May."),
        ),
        (
            "The club's captain, Ana Ruiz, said: 'We will strike.'",
            direct("The club's captain, Ana Ruiz", "said", "We will strike."),
        ),
        (
            "The fans left early, with one of the men shouting, “Sack the board!”",
            direct("one of the men", "shouting", "Sack the board!"),
        ),
    ],
)
def test_cue_before_the_quote(text, expected):
    assert only_quote_in(text) == expected


@pytest.mark.parametrize(
    "opening", ["On Monday", "Last week", "Facing defeat", "At a rally in Bern, Utah, on Monday"]
)
def test_second_verb_finds_its_subject_past_an_opening_adverbial(opening):
    text = f"{opening}, Quill thanked her aides and said, “We will act.”"
    assert only_quote_in(text).speaker == "Quill"


def test_statement_that_carries_the_words_is_not_their_speaker():
    quote = only_quote_in("Quill issued a statement saying the law “helps nobody.”")
    assert quote.speaker == "Quill"


def test_label_and_colon_name_the_speaker():
    assert only_quote_in("Mara Quill: “No comment.”") == direct("Mara Quill", None, "No comment.")


def test_interview_with_labels_gives_each_answer_its_speaker():
    quotes = found_in("Moss: “Why now?”\n\nQuill: “Because we can.”")
    assert [quote.speaker for quote in quotes] == ["Moss", "Quill"]


def test_announcing_colon_at_the_end_of_the_paragraph_before():
    assert only_quote_in("She wrote in her diary:\n\n“It rained all day.”") == direct(
        "She", "wrote", "It rained all day."
    )


def test_quote_split_around_its_cue_is_one_quote():
    assert only_quote_in("“We came,” Quill said. “We left again.”") == direct(
        "Quill", "said", "We came,", "We left again."
    )


def test_quote_split_inside_its_sentence_is_one_quote():
    assert only_quote_in("“We came,” Quill said, “and we left again.”") == direct(
        "Quill", "said", "We came,", "and we left again."
    )


def test_quote_across_paragraphs_keeps_one_speaker():
    assert only_quote_in("“We came,” Quill said. “It rained.\n\n“We left again.”") == direct(
        "Quill", "said", "We came,", "It rained.", "We left again."
    )


def test_quoted_paragraph_without_a_cue_goes_on_with_the_quote_before():
    assert only_quote_in("“We came,” Quill said.\n\n“We left again.”").content == [
        "We came,",
        "We left again.",
    ]


def test_next_paragraph_with_a_cue_of_its_own_is_its_own_quote():
    quotes = found_in("“We came,” he said. “It rained.\n\n“We left again,” he said.")
    assert [quote.content for quote in quotes] == [["We came,", "It rained."], ["We left again,"]]


def test_quote_of_another_speaker_is_its_own_quote():
    quotes = found_in("“We lost,” said Quill.\n\n“They won,” said Moss.")
    assert [(quote.speaker, quote.content) for quote in quotes] == [
        ("Quill", ["We lost,"]),
        ("Moss", ["They won,"]),
    ]


def test_dialogue_in_one_paragraph_alternates_speakers():
    quotes = found_in("“Are you sure?” I asked. “Yes,” he said. “Quite sure.”")
    assert [(quote.speaker, quote.content) for quote in quotes] == [
        ("I", ["Are you sure?"]),
        ("he", ["Yes,", "Quite sure."]),
    ]


def test_plain_paragraph_between_ends_the_quote():
    quotes = found_in("“We came,” Quill said.\n\nIt rained for days.\n\n“The end of an era.”")
    assert [quote.content for quote in quotes] == [["We came,"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quill said that the treaty will “help both sides.”",
            mixed("Quill", "said", "that the treaty will “help both sides.”"),
        ),
        (
            "Quill said Thursday the treaty is “too early” for her country.",
            mixed("Quill", "said", "the treaty is “too early” for her country"),
        ),
        (
            "Critics say it is “a disaster” for fishermen.",
            mixed("Critics", "say", "it is “a disaster” for fishermen"),
        ),
        ("Moss called the plan “a disgrace.”", mixed("Moss", "called", "the plan “a disgrace.”")),
        (
            "A judge ruled that the sale was “void from the start.”",
            mixed("A judge", "ruled", "that the sale was “void from the start.”"),
        ),
        (
            "Quill said, “we have a week to go” until the vote.",
            mixed("Quill", "said", "“we have a week to go” until the vote"),
        ),
        (
            "Oslo is ready “at once” to sign the treaty, its top diplomat says.",
            mixed("its top diplomat", "says", "Oslo is ready “at once” to sign the treaty"),
        ),
        (
            "The deal is “dead in the water”, according to Moss.",
            mixed("Moss", "according to", "The deal is “dead in the water”"),
        ),
        (
            "The striker, his coach said, is “very confident” again.",
            mixed("his coach", "said", "The striker", "is “very confident” again"),
        ),
        (
            "The minister told the BBC that she was 'deeply sorry' for the delay.",
            mixed("The minister", "told", "that she was 'deeply sorry' for the delay"),
        ),
        (
            "OSLO, May 4 (Reuters) - The team is “in shock,” Moss said.",
            mixed("Moss", "said", "The team is “in shock,”"),
        ),
    ],
)
def test_fragment_in_a_reported_clause_is_mixed(text, expected):
    assert only_quote_in(text) == expected


def test_second_verb_shares_the_subject_and_ends_the_first_clause():
    quotes = found_in("Quill voiced her “firm belief” in peace, but admitted that there is “no way” there.")
    assert quotes == [
        mixed("Quill", "voiced", "her “firm belief” in peace"),
        mixed("Quill", "admitted", "that there is “no way” there"),
    ]


def test_participle_after_a_quote_shares_its_speaker():
    quotes = found_in("“I saw it,” the witness told the court, adding that it was “too dark to be sure.”")
    assert quotes[1] == mixed("the witness", "adding", "that it was “too dark to be sure.”")


def test_clause_ends_before_an_adjunct_with_a_participle_cue():
    quote = only_quote_in('The envoy said her side would sign "at once," urging Peru to follow.')
    assert quote.content == ['her side would sign "at once,"']


def test_outermost_cue_takes_the_whole_clause():
    quote = only_quote_in("Moss said Quill was right to call the law “a bad joke.”")
    assert (quote.speaker, quote.content) == ("Moss", ["Quill was right to call the law “a bad joke.”"])


@pytest.mark.parametrize(
    "text",
    [
        "The law shields so-called “dark stores” from taxes.",
        "The country mourned its “silent dead,” but many did not care.",
        "The film “Dark Water” opened on Friday.",
        "Bill “The Hammer” Tate won the title.",
        "“Winning is fun” is a phrase coach Bill Tate likes.",
        "The report on “grey zones” was read by few.",
        "He was told about the “lost files” in March.",
        "The claims of the “young guard” were ignored.",
        "They called for a “green wall” on Monday.",
        "No marks at all, he said.",
    ],
)
def test_scare_quotes_names_and_titles_are_no_quotes(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "''It was late,'' she said. ''We left.''",
        "‘It was late,’ she said. ‘We left.’",
        "'It was late,' she said. 'We left.'",
        '"It was late," she said. "We left."',
        "« It was late, » she said. « We left. »",
    ],
)
def test_every_style_of_marks_gives_the_same_quote(text):
    assert only_quote_in(text) == direct("she", "said", "It was late,", "We left.")


def test_stray_mark_in_one_paragraph_leaves_the_next_alone():
    quotes = found_in('A 6" pipe burst.\n\n"It was loud," Quill said.')
    assert quotes == [direct("Quill", "said", "It was loud,")]


def test_name_of_a_work_between_marks_is_no_quote():
    text = "He said “the long way home” was his favourite."
    work = mention(text, "the long way home", entity_type="work")
    assert len(found_in(text)) == 1
    assert found_in(text, [work]) == []


def test_speaker_that_cuts_through_a_name_is_widened_to_it():
    text = "“It was late,” said Ruiz on Sea."
    assert only_quote_in(text).speaker == "Ruiz"
    assert only_quote_in(text, [mention(text, "Ruiz on Sea")]).speaker == "Ruiz on Sea"


def test_quotes_come_unlinked_with_the_confidence_of_their_rule():
    (quote,) = quotes_in("“It was late,” she said.")
    assert (quote.speaker_chain, quote.speaker_confidence, quote.method) == (None, 0.0, "marks+cue-after")
    assert 0 < quote.confidence < 1


def test_a_long_line_without_a_full_stop_ends_in_time():
    text = '"a" ( said ' * 5_000
    assert isinstance(quotes_in(text), tuple)


_WORDS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    ",",
    ".",
    ":",
    "(",
    ")",
    "said",
    "he",
    "Quill",
    "that",
    "and",
    "\n\n",
    "asked",
    "—",
    "a",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=40), st.sampled_from(["", " "]))
def test_spans_lie_in_the_text_whatever_the_text(words, gap):
    text = gap.join(words)
    for quote in quotes_in(text):
        parts = [*quote.content, *(span for span in (quote.cue, quote.speaker) if span)]
        assert all(0 <= part.start < part.end <= len(text) for part in parts)
        assert list(quote.content) == sorted(quote.content)


@given(st.text(max_size=200))
def test_arbitrary_text_never_fails(text):
    assert all(quote.kind in ("direct", "mixed") for quote in quotes_in(text))


@given(st.text(alphabet="ab “”\"'.,", max_size=60))
def test_the_same_text_gives_the_same_quotes(text):
    assert quotes_in(text) == quotes_in(text)
    assert len(paragraphs_of(text)) <= 1
