"""Names as printed: in capitals, in the plural, with a genitive, a score or a legal form beside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.mentions.capitals import settle_capitals
from app.nlp.mentions.found import Found
from app.nlp.words import words_of
from tests.nlp.test_mentions import names

PERSON, PLACE, ORGANIZATION, WORK = "person", "place", "organization", "work"


def test_family_called_together_is_a_group():
    text = "Ellen Madder left. The Madders sued. Nobody asked the Madders."
    assert names(text, ("Ellen Madder", "person")) == [
        ("Ellen Madder", PERSON),
        ("Madders", "group"),
        ("Madders", "group"),
    ]


def test_family_name_in_sibilant_takes_a_longer_plural():
    found = names("Ana Finch left. The Finches sued.", ("Ana Finch", "person"))
    assert found[-1] == ("Finches", "group")


def test_headline_in_capitals_names_whom_the_text_names():
    text = "MAYOR REIS QUITS NEAR PORT ORLY\n\nAna Reis left Port Orly."
    found = names(text, ("Ana Reis", "person"), ("Port Orly", "place"))
    assert found[:2] == [("REIS", PERSON), ("PORT ORLY", PLACE)]


def test_label_of_a_turn_names_its_speaker_though_it_is_a_word_too():
    text = "HALL: It is.\n\nTom Hall spoke in the hall."
    assert names(text, ("Tom Hall", "person"))[0] == ("HALL", PERSON)


def test_ordinary_word_in_capitals_names_nobody():
    assert names("THE HALL CLOSES\n\nTom Hall left the hall.", ("Tom Hall", "person")) == [
        ("Tom Hall", PERSON)
    ]


def test_words_glued_in_capitals_give_way_to_the_name_in_them():
    text = "VALE TO BUY CORVO OPTICS\n\nCorvo Optics grew."
    found = names(text, ("BUY CORVO OPTICS", "organization"), ("Corvo Optics", "organization"))
    assert found[0] == ("CORVO OPTICS", ORGANIZATION)


@pytest.mark.parametrize("label", ["RAY DELORME", "MAYOR DELORME", "RAY J. DELORME"])
def test_label_of_a_turn_is_a_whole_name_without_its_title(label):
    found = names(f"{label}: It is.\n\nThen Delorme left.", ("Delorme", "person"))
    assert found[0] == (label.removeprefix("MAYOR "), PERSON)


def test_letter_alone_is_no_name():
    assert names("So am I.", ("I.", "person")) == []


def test_label_of_initials_is_no_name():
    text = "AR: It is.\n\nAna Reis left."
    assert names(text, ("AR", "organization"), ("Ana Reis", "person")) == [("Ana Reis", PERSON)]


@given(st.text(alphabet="ABRe :\n", max_size=60))
def test_settled_capitals_never_overlap(text):
    found = [Found(Span(word.start, word.end), PERSON, "network", 0.9) for word in words_of(text)]
    settled = settle_capitals(text, words_of(text), found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(settled))


@pytest.mark.parametrize(
    ("text", "proposed", "name"),
    [
        ("They saw “The Salt Meadow,” she said.", ("Salt Meadow", "work"), "The Salt Meadow"),
        ("They read ''A Cold Harbour'' aloud.", ("Cold Harbour", "work"), "A Cold Harbour"),
        ("“The Vale Senate’s bill fell,” she said.", ("Vale Senate", "organization"), "Vale Senate"),
        (
            "Lan Yards Joint Stock Company grew.",
            ("Lan Yards", "organization"),
            "Lan Yards Joint Stock Company",
        ),
        (
            "Van Loon & Sons B.V. of Orly grew.",
            ("Van Loon & Sons B.V. of Orly", "organization"),
            "Van Loon & Sons B.V.",
        ),
        ("Orly Rovers 2 Vale Town 1\n\nIt rained.", ("Orly Rovers 2", "organization"), "Orly Rovers"),
        ("Fans saw St Barnaby's win.", ("St Barnaby's", "organization"), "St Barnaby's"),
        ("St Louis's mayor left.", ("St Louis's", "place"), "St Louis"),
        ("St Bega's fell. St Bega won.", ("St Bega's", "organization"), "St Bega"),
        ("A McDonald's opened.", ("McDonald's", "organization"), "McDonald's"),
    ],
)
def test_name_has_what_belongs_to_it_and_no_more(text, proposed, name):
    assert names(text, proposed)[0][0] == name
