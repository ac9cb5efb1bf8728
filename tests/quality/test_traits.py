"""What an attribution is like is read off its words."""

import pytest

from app.documents import Span
from benchmarks.quality.traits import cue_class, is_split, speaker_form

TEXT = "“We won,” said Ada Moss. Officials nodded. “At last,” they wrote, as two officials of the club hoped."


def find(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("speaker", "form"),
    [("they", "pronoun"), ("said Ada Moss", "name"), ("Officials", "nominal"), ("two officials", "nominal")],
)
def test_a_speaker_is_a_pronoun_a_name_or_neither(speaker, form):
    assert speaker_form(TEXT, [find(speaker)]) == form


def test_no_speaker_is_a_form_of_its_own():
    assert speaker_form(TEXT, []) == "none"


def test_content_around_its_cue_is_split():
    assert is_split(TEXT, [find("We won,"), find("At last,")])


def test_content_with_only_marks_between_its_parts_is_in_one_piece():
    assert not is_split("“One. ”\n\n“Two.”", [Span(1, 5), Span(10, 14)])


@pytest.mark.parametrize(("cue", "kind"), [("said", "speech"), ("wrote", "writing"), ("hoped", "belief")])
def test_a_cue_has_the_class_the_project_gives_it(cue, kind):
    assert cue_class(TEXT, [find(cue)]) == kind


def test_the_parts_of_a_cue_are_read_as_one():
    assert cue_class("They would not even hope.", [Span(20, 24), Span(5, 10)]) == "belief"
