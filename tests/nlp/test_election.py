"""One name, one type: what the network says of a name wherever it stands, added up."""

import math

import pytest

from app.documents import Span
from app.nlp.mentions.election import elect_types
from app.nlp.mentions.found import Found
from app.nlp.tagger.heads import NAME_TYPES
from app.nlp.words import stands_among_capitals, words_of
from tests.factories import find


def found(text, surface, nth=0, **shares):
    """Return a name with the share the network gives each type, the rest going to the others."""
    rest = (1 - sum(shares.values())) / (len(NAME_TYPES) - len(shares))
    types = tuple(math.log(shares.get(each, rest)) for each in NAME_TYPES)
    return Found(
        find(text, surface, nth), max(shares, key=shares.get), "network", max(shares.values()), types
    )


def elected(text, *names):
    return [each.entity_type for each in elect_types(text, names)]


def test_name_is_what_most_of_its_printings_say():
    text = "Corvo grew. Corvo fell. Corvo slept."
    names = [
        found(text, "Corvo", nth, **shares)
        for nth, shares in enumerate([{"organization": 0.9}, {"person": 0.6}, {"organization": 0.8}])
    ]
    assert elected(text, *names) == ["organization"] * 3


def test_sure_printing_counts_for_more_than_two_unsure_ones():
    text = "Corvo grew. Corvo fell. Corvo slept."
    half = {"person": 0.45, "organization": 0.4}
    names = [found(text, "Corvo", 0, **half), found(text, "Corvo", 1, **half)]
    assert elected(text, *names) == ["person", "person"]
    assert elected(text, *names, found(text, "Corvo", 2, organization=0.95)) == ["organization"] * 3


def test_last_word_is_heard_together_with_the_full_name():
    text = "Ana Corvan left. Nobody saw Corvan."
    full, last = found(text, "Ana Corvan", person=0.95), found(text, "Corvan", 1, group=0.6)
    assert elected(text, last) == ["group"]
    assert elected(text, full, last) == ["person", "person"]


def test_full_name_is_not_heard_together_with_its_last_word():
    text = "Corvo Bank grew. The Bank fell."
    full, last = found(text, "Corvo Bank", organization=0.6), found(text, "Bank", 1, place=0.95)
    assert elected(text, full, last)[0] == "organization"


@pytest.mark.parametrize("kind", ["organization", "group", "place"])
def test_country_is_a_place_whatever_it_does(kind):
    text = "Then Norway won."
    assert elected(text, found(text, "Norway", **{kind: 0.9})) == ["place"]


def test_somebody_called_like_a_country_is_a_person():
    text = "Ann Jordan won. Then Jordan wept."
    names = [found(text, "Ann Jordan", person=0.95), found(text, "Jordan", 1, place=0.6)]
    assert elected(text, *names) == ["person", "person"]


def test_confidence_is_the_chance_of_the_type_elected():
    text = "Corvo grew. Corvo fell."
    names = [found(text, "Corvo", organization=0.9), found(text, "Corvo", 1, person=0.6, organization=0.3)]
    assert [each.confidence for each in elect_types(text, names)] == [0.9, 0.3]


def test_name_the_network_did_not_propose_keeps_its_type():
    text = "The Lakeside Fishers Union (LFU) met."
    short = Found(find(text, "LFU"), "organization", "acronym", 0.75)
    assert elect_types(text, [short]) == [short]


def test_full_stop_and_line_break_make_no_other_name():
    text = "Corvo Inc. grew. Corvo\nInc fell."
    names = [
        found(text, "Corvo Inc.", organization=0.9),
        found(text, "Corvo\nInc", person=0.6, organization=0.3),
    ]
    assert elected(text, *names) == ["organization"] * 2


def test_no_names_are_no_names():
    assert elect_types("It rained.", []) == []


def test_word_stands_among_capitals_only_between_them():
    words = words_of("TELL ME WHO won WHO")
    assert [stands_among_capitals(words, index) for index in (1, 2, 4)] == [True, False, False]


def test_long_list_of_names_stays_linear():
    text = "Ana Reis, " * 5_000
    names = [Found(Span(at, at + 8), "person", "network", 0.5) for at in range(0, len(text), 10)]
    assert len(elect_types(text, names)) == 5_000
