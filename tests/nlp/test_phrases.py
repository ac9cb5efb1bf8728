"""Phrases for people and organizations, off roles painted by hand."""

import pytest

from app.documents import Span
from app.nlp.coreference.phrases import find_phrases
from tests.factories import find
from tests.nlp.tagged import make_tagged


def phrases_of(text, roles, names=()):
    return list(find_phrases(text, make_tagged(text, roles=roles), [find(text, name) for name in names]))


def test_phrase_spans_its_words_and_stands_at_its_head():
    text = "Then the young welder left."
    [phrase] = phrases_of(text, {"the young welder": "person"})
    assert phrase.span.of(text) == "the young welder"
    assert phrase.place.word == 3
    assert phrase.kind == "person"
    assert phrase.confidence > 0.9


@pytest.mark.parametrize(
    ("role", "kind"),
    [("person", "person"), ("group", "group"), ("organization", "organization"), ("document", "work")],
)
def test_phrase_is_of_the_kind_of_its_words(role, kind):
    [phrase] = phrases_of("The thing said so.", {"The thing": role})
    assert phrase.kind == kind
    assert phrase.place.kinds == {role}


def test_phrase_may_be_of_each_kind_it_has_a_tenth_of():
    shares = {"person": 0.7, "group": 0.25, "document": 0.05}
    [phrase] = phrases_of("The thing said so.", {"The thing": shares})
    assert phrase.kind == "person"
    assert phrase.place.kinds == {"person", "group"}


@pytest.mark.parametrize(
    ("words", "gender"),
    [("a young woman", "female"), ("his brother-in-law", "male"), ("the welder", None), ("the man's", None)],
)
def test_head_tells_the_gender(words, gender):
    [phrase] = phrases_of(f"Then {words} left.", {words: "person"})
    assert phrase.place.gender == gender


def test_name_is_no_phrase():
    text = "The mayor Ana Reis left."
    assert phrases_of(text, {"mayor Ana Reis": "person"}, ["Ana Reis"]) == []
    assert len(phrases_of(text, {"The mayor": "person"}, ["Ana Reis"])) == 1


def test_phrases_come_in_text_order():
    text = "The welder saw the company."
    found = phrases_of(text, {"the company": "organization", "The welder": "person"})
    assert [phrase.span for phrase in found] == [Span(0, 10), Span(15, 26)]
