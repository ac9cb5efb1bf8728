"""What quotes of one speech share when other words stand around it in each, as outlets cut and report it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stories.matching import same_utterance
from app.stories.passages import marked_passages
from app.stories.utterances import group
from app.stories.wording import words_of
from tests.stories.quotes import make_quote

BRIDGE = "Nobody who crossed the old bridge this winter did so without fear."
FERRY = "The ferry was never meant to carry lorries of that weight."
MONEY = "We asked the ministry for money four times and were sent a brochure."


def marked(text, other):
    return [
        " ".join(words_of(text)[place].key for place, _ in passage)
        for passage in marked_passages(text, words_of(text), words_of(other))
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{BRIDGE} {FERRY}", f"{FERRY} {MONEY}"),
        (f"{BRIDGE} {FERRY}", f"{FERRY} {MONEY} {BRIDGE}"),
        (f"{FERRY} {MONEY}", f"{BRIDGE} The ferry was never even meant to carry lorries of that weight."),
    ],
)
def test_two_cuts_of_a_speech_share_a_sentence_in_any_order(one, other):
    assert same_utterance(make_quote(one), make_quote(other)).manner == "overlap"


def test_a_sentence_shared_does_not_outweigh_other_numbers():
    one, other = f"Forty lorries crossed. {FERRY}", f"Fifty lorries crossed. {FERRY}"
    assert same_utterance(make_quote(one), make_quote(other)) is None


def test_a_short_sentence_that_anyone_says_is_no_shared_one():
    thanks = "We thank everybody for their patience."
    assert same_utterance(make_quote(f"{BRIDGE} {thanks}"), make_quote(f"{thanks} {MONEY}")) is None


def test_two_sentences_that_merely_begin_alike_are_two():
    one = "We asked the ministry for money, and the clerk who answered had never heard of the bridge."
    assert same_utterance(make_quote(one), make_quote(MONEY)) is None


def test_a_very_long_run_is_shared_wherever_it_stands():
    said = "was never meant to carry lorries of that weight across the narrows in any weather"
    one = make_quote(f"Our grandfathers built a ferry that {said} and we knew it.")
    assert same_utterance(one, make_quote(f"The ferry {said}, whatever the owners told you."))


def test_ten_small_words_in_a_row_are_a_cut_too():
    said = make_quote("I thought it was thunder but it was the train, and I ran.")
    assert same_utterance(said, make_quote("At first I thought it was thunder, but it was the train."))


def test_what_stands_in_brackets_is_the_outlets():
    said = make_quote("I gave her my coat and walked home without it.")
    assert same_utterance(
        said, make_quote("I gave her (the nurse) my coat and walked [two miles] home without it.")
    )


def test_that_may_be_left_out_of_words_in_marks():
    said = make_quote("We all felt that this was the last winter for the orchard.")
    told = make_quote("the pickers “felt this was the last winter” and left", kind="mixed")
    assert same_utterance(said, told)


def test_words_in_marks_are_found_among_the_words_of_the_outlet():
    said = make_quote("This ferry was a coffin with a flag on it and the owners knew.")
    told = make_quote(
        "the Harbour Board had sent its people out in “a coffin with a flag on it” for years", kind="mixed"
    )
    assert same_utterance(said, told).manner == "fragment"


def test_words_in_marks_that_the_report_denies_are_not():
    said = make_quote("It was a coffin with a flag on it.")
    told = make_quote("she never called the ferry “a coffin with a flag on it”", kind="mixed")
    assert same_utterance(said, told) is None


@pytest.mark.parametrize("told", ["the crew were “sent to sea in a leaking coffin”"])
def test_five_words_in_marks_need_no_speaker_to_go_by(told):
    said = make_quote("My sons were sent to sea in a leaking coffin, and the harbour slept.")
    assert same_utterance(said, make_quote(told, kind="mixed", speaker=None))


def test_few_words_in_marks_need_a_speaker_to_go_by():
    said = make_quote("My sons were sent to sea in a leaking coffin, and the harbour slept.")
    told = make_quote("relatives spoke of a “leaking coffin”", kind="mixed", speaker=None)
    assert same_utterance(said, told) is None


def test_single_marks_hold_apostrophes():
    assert marked(
        "the crew ‘didn’t trust the owners’ and left", "We didn’t trust the owners then or now."
    ) == ["do not trust the owner"]


def test_an_apostrophe_opens_no_marks():
    assert marked("the owners’ crew and the captain’ had left", "crew and the captain") == []


def test_groups_are_one_when_a_quote_stands_in_both():
    long, other = f"{BRIDGE} {FERRY} {MONEY}", f"{MONEY[:-1]}, and the brochure was in colour."
    quotes = [make_quote(text, article=number) for number, text in enumerate((long, other, MONEY))]
    assert len(group(quotes)) == 1


def test_a_quote_of_nobodys_does_not_make_two_people_one():
    both = make_quote(f"{BRIDGE} {FERRY} {MONEY}", speaker=None)
    one, other = make_quote(BRIDGE), make_quote(MONEY, speaker="Tomas Rehn")
    assert {len(each.variants) for each in group([both, one, other])} == {1, 2}


def test_a_late_wording_is_found_by_words_its_group_did_not_begin_with():
    whole, half = make_quote(f"{BRIDGE} {FERRY}"), make_quote(f"{FERRY} {MONEY} The brochure was in colour.")
    [utterance] = group([whole, half, make_quote("the brochure was in colour", kind="indirect")])
    assert len(utterance.variants) == 3


@given(
    st.lists(st.sampled_from([BRIDGE, FERRY, MONEY]), min_size=1, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_sentences_of_a_speech_does_not_matter(sentences, random):
    shuffled = random.sample(sentences, len(sentences))
    assert same_utterance(make_quote(" ".join(sentences)), make_quote(" ".join(shuffled)))


@given(st.text(alphabet="ab \"'“”‘’.", max_size=80))
def test_marks_of_any_kind_point_at_words(text):
    for passage in marked_passages(text, words_of(text), words_of("ab a b ab")):
        assert all(place < len(words_of(text)) for place, _ in passage)
