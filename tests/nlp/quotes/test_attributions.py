"""What kind of attribution a cue makes."""

import pytest

from app.nlp.quotes.attributions import classify
from tests.factories import find

CUES = (
    "said Monday / hopes to say / wrote in a letter / has shown / according to / is expected to / ventured on"
)


def test_the_first_word_of_a_cue_that_says_anything_decides_its_kind():
    kinds = [classify(CUES, find(CUES, cue), "indirect") for cue in CUES.split(" / ")]
    assert kinds == ["speech", "belief", "writing", "other", "speech", "belief", "speech"]


@pytest.mark.parametrize("kind", ["direct", "mixed"])
def test_words_in_marks_are_said_or_written_whatever_the_verb(kind):
    kinds = [classify(CUES, find(CUES, cue), kind) for cue in CUES.split(" / ")]
    assert kinds == ["speech", "speech", "writing", "speech", "speech", "speech", "speech"]


def test_words_without_a_cue_are_speech():
    assert {classify(CUES, None, kind) for kind in ("direct", "mixed", "indirect")} == {"speech"}
