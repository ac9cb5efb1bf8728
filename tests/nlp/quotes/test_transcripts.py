"""Printed conversations: who speaks stands before a colon."""

from app.documents import CoreferenceChain, Mention, Span
from app.nlp.quotes import find_quotes
from app.nlp.quotes.transcripts import link_turns, read_turns
from app.nlp.sentences import split_sentences
from tests.factories import find

DEBATE = """Ada Kelm met Jon Reis on the radio.

MODERATOR: Why are the buses late again?

KELM: Because we did not find the drivers we promised.

That is not good enough.

REIS: She is right for once, and I say so gladly.

(CROSSTALK)

KELM: We will pay them more from January.

The council votes on Friday."""


def paragraphs_of(text):
    spans, start = [], 0
    for part in text.split("\n\n"):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    return spans


def turns_of(text, *people):
    names = [Mention(find(text, name), "name", "person", 1.0, "test") for name in people]
    return [
        (turn.speaker.of(text), [part.of(text) for part in turn.content])
        for turn in read_turns(text, paragraphs_of(text), names)
    ]


def test_each_turn_is_a_quote_of_the_one_whose_name_opens_it():
    turns = turns_of(DEBATE, "Ada Kelm", "Jon Reis")
    assert [speaker for speaker, _ in turns] == ["MODERATOR", "KELM", "REIS", "KELM"]
    assert turns[0][1] == ["Why are the buses late again?"]


def test_a_turn_goes_on_to_the_next_label_and_the_last_to_its_paragraphs_end():
    turns = turns_of(DEBATE, "Ada Kelm", "Jon Reis")
    assert turns[1][1] == ["Because we did not find the drivers we promised.", "That is not good enough."]
    assert turns[3][1] == ["We will pay them more from January."]


def test_what_stands_in_brackets_is_said_by_nobody():
    said = [part for _, content in turns_of(DEBATE, "Ada Kelm", "Jon Reis") for part in content]
    assert not any("CROSSTALK" in part for part in said)


def test_questions_and_answers_are_turns():
    text = "Q: How was the long race?\n\nA: “Tiring, as ever it is.”\n\nQ: Will you run again soon?"
    assert [content for _, content in turns_of(text)] == [
        ["How was the long race?"],
        ["Tiring, as ever it is."],
        ["Will you run again soon?"],
    ]


def test_labels_may_come_with_a_part_a_manner_a_time_and_emphasis():
    text = (
        "Ada Kelm met Jon Reis.\n\n[00:01:07] ADA KELM, MAYOR OF BERN: We paid for it twice over.\n\n"
        "JON REIS (through interpreter): And who was it that asked?\n\n"
        "**Kelm:** I did, and I would do it again.\n\n**Reis**: Then we agree on that much."
    )
    assert turns_of(text, "Ada Kelm", "Jon Reis") == [
        ("ADA KELM", ["We paid for it twice over."]),
        ("JON REIS", ["And who was it that asked?"]),
        ("Kelm", ["I did, and I would do it again."]),
        ("Reis", ["Then we agree on that much."]),
    ]


def test_who_takes_turns_with_somebody_named_speaks_too():
    text = (
        "Ada Kelm spoke to us.\n\nGazette: Why did you pay for it twice?\n\nKelm: Because nobody had counted.\n\n"
        "Gazette: Who should have counted it?\n\nKelm: I should have, I suppose."
    )
    assert [speaker for speaker, _ in turns_of(text, "Ada Kelm")] == ["Gazette", "Kelm", "Gazette", "Kelm"]


def test_a_title_or_an_article_opens_a_label_and_is_no_part_of_the_name():
    text = (
        "Ada Kelm sued.\n\nMR. REIS: Who kept the books?\n\nMS. KELM: My uncle kept the books.\n\n"
        "THE CLERK: Please speak into it.\n\nMR. REIS: Did he keep them well?"
    )
    names = [Mention(find(text, "Ada Kelm"), "name", "person", 1.0, "test")]
    turns = read_turns(text, paragraphs_of(text), names)
    assert [turn.speaker.of(text) for turn in turns] == ["MR. REIS", "MS. KELM", "THE CLERK", "MR. REIS"]
    linked = link_turns(text, turns, [CoreferenceChain((0,), "person", "Ada Kelm")])
    assert [turn.speaker_chain for turn in linked] == [None, 0, None, None]


def test_a_turn_that_ends_in_words_of_another_keeps_their_mark():
    text = (
        "Q: What did he write to you?\n\nA: He wrote, “The books are gone.”\n\nQ: And what did you do then?"
    )
    assert turns_of(text)[1] == ("A", ["He wrote, “The books are gone.”"])


def test_labels_that_name_nobody_are_no_turns():
    text = "WATCH: The whole of the game\n\nREAD MORE: What he said\n\nWATCH: The best of the goals"
    assert turns_of(text) == []


def test_a_table_of_results_is_no_conversation():
    text = "Ada Kelm beat Jon Reis.\n\nKelm: 1,204\n\nReis: 998\n\nKelm: 40 percent"
    assert turns_of(text, "Ada Kelm", "Jon Reis") == []


def test_turns_replace_what_else_was_read_in_them():
    text = "Q: He said “no” to you?\n\nA: “No,” he said, and left.\n\nQ: Was it “no” or was it “never”?"
    paragraphs = paragraphs_of(text)
    quotes = find_quotes(text, paragraphs, split_sentences(text, paragraphs), [])
    assert [quote.method for quote in quotes] == ["turn"] * 3


def test_a_label_stands_for_the_one_person_whose_surname_or_initials_it_is():
    text = "Ada Kelm met Jon Reis.\n\nKELM: Why are you late?\n\nJR: My bus was late.\n\nKELM: It is never on time."
    names = [Mention(find(text, name), "name", "person", 1.0, "test") for name in ("Ada Kelm", "Jon Reis")]
    chains = [CoreferenceChain((n,), "person", name.span.of(text)) for n, name in enumerate(names)]
    turns = read_turns(text, paragraphs_of(text), names)
    assert [turn.speaker_chain for turn in link_turns(text, turns, chains)] == [0, 1, 0]


def test_a_label_two_people_share_is_nobodys():
    text = "Ada Kelm met Jon Kelm.\n\nKELM: Why are you late?\n\nADA: My bus was late.\n\nKELM: It is never on time."
    names = [Mention(find(text, name), "name", "person", 1.0, "test") for name in ("Ada Kelm", "Jon Kelm")]
    chains = [CoreferenceChain((n,), "person", name.span.of(text)) for n, name in enumerate(names)]
    turns = read_turns(text, paragraphs_of(text), names)
    assert [turn.speaker_chain for turn in link_turns(text, turns, chains)] == [None, 0, None]
