import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.data.places import is_city, is_region
from app.nlp.mentions.election import elect_types
from app.nlp.mentions.evidence import gather_evidence
from app.nlp.mentions.found import Found
from app.nlp.mentions.judging import BIAS, VERDICTS, judge, load_name_model
from app.nlp.words import stands_among_capitals, words_of


def found(text, surface, kind="organization", method="model"):
    start = text.index(surface)
    return Found(Span(start, start + len(surface)), kind, method, 0.5, "ORG")


def evidence(text, surface, **others):
    names = [found(text, surface), *(found(text, name, kind) for name, kind in others.items())]
    return gather_evidence(text, sorted(names, key=lambda name: name.span))[surface]


@given(st.dictionaries(st.sampled_from(sorted(load_name_model())), st.floats(0, 1)))
def test_odds_of_all_verdicts_are_one(some):
    odds = judge(some, load_name_model())
    assert sum(odds.values()) == pytest.approx(1)
    assert set(odds) == set(VERDICTS)


def test_each_evidence_has_a_weight_for_each_verdict():
    assert {len(row) for row in load_name_model().values()} == {len(VERDICTS)}


def test_evidence_that_nobody_weighed_changes_nothing():
    weights = {BIAS: (1.0,) * len(VERDICTS)}
    assert judge({"unheard of": 1.0}, weights) == judge({}, weights)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She lives in Corvo.", "before preposition in"),
        ("Then Corvo, 41, left.", "after age"),
        ("Then Corvo, who wept, left.", "after who"),
        ("The mayor Corvo left.", "before person noun"),
        ("A London lender, Corvo, a bank, failed.", "apposition organization noun"),
        ("At Corvo, Ohio, it rained.", "after place"),
        ("A Corvo-based firm.", "after based"),
        ("Then Corvo said no.", "after saying"),
        ("Then Corvo executives left.", "after belongings of an organization"),
        ("The Corvo.", "before the"),
    ],
)
def test_words_beside_a_name_are_evidence(text, told):
    assert evidence(text, "Corvo")[told] == 1


def test_evidence_is_the_share_of_a_names_occurrences():
    text = "Then Corvo said no. Then Corvo left."
    names = [Found(Span(5, 10), "person", "model", 0.5), Found(Span(25, 30), "person", "model", 0.5)]
    assert gather_evidence(text, names)["Corvo"]["after saying"] == 0.5


def test_full_name_tells_of_the_family_name():
    text = "Ana Corvo left. Nobody saw Corvo."
    names = [Found(Span(0, 9), "person", "model", 0.5, "PERSON"), Found(Span(27, 32), "place", "repeat", 0.5)]
    assert gather_evidence(text, names)["Corvo"]["as last word of: model person"] == 1


def test_name_in_a_list_is_told_by_its_neighbours():
    told = evidence("Ana Reis, Corvo and others left.", "Corvo", **{"Ana Reis": "person"})
    assert told["in a list with a person"] == 1


def test_a_listed_country_keeps_its_type_whatever_stands_beside_it():
    text = "Mayor Norway, 41, said so."
    assert elect_types(text, [found(text, "Norway", "place", "table")])[0].entity_type == "place"


def test_confidence_is_the_odds_of_the_type():
    weights = {BIAS: tuple(2.0 * (verdict == "place") for verdict in VERDICTS)}
    named = elect_types("Then Corvo left.", [found("Then Corvo left.", "Corvo")], weights)
    assert [(each.entity_type, each.confidence) for each in named] == [("place", 0.55)]


def test_what_is_surely_no_name_is_left_out():
    weights = {BIAS: tuple(9.0 * (verdict == "none") for verdict in VERDICTS)}
    assert elect_types("Then Corvo left.", [found("Then Corvo left.", "Corvo")], weights) == []


@pytest.mark.parametrize("name", ["Zürich", "Zurich", "ZURICH"])
def test_city_is_known_with_and_without_diacritics(name):
    assert is_city(name)


@pytest.mark.parametrize("name", ["Calif.", "Calif", "Bavaria"])
def test_region_is_known_by_name_and_abbreviation(name):
    assert is_region(name)


def test_word_stands_among_capitals_only_between_them():
    words = words_of("TELL ME WHO won WHO")
    assert [stands_among_capitals(words, index) for index in (1, 2, 4)] == [True, False, False]


@pytest.mark.parametrize("junk", ["Ana Reis, ", "Bank of ", "the Ana (A) ", "US US. ", "PORT "])
def test_a_long_line_of_names_stays_linear(junk):
    text = junk * (50_000 // len(junk))
    names = [Found(Span(at, at + 3), "person", "model", 0.5) for at in range(0, len(text) - 3, len(junk))]
    assert elect_types(text, names) is not None


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Nobody asked Merkel.", "Merkel", "public figure"),
        ("They use AI daily.", "AI", "no name"),
        ("It rained on New Year’s Eve there.", "New Year’s Eve", "calendar"),
        ("She drove a Toyota Velda home.", "Toyota Velda", "first brand"),
        ("It was the Corvan administration again.", "Corvan", "after belongings of a person"),
        ("The Mill closed. Its mill had run dry. Mill!", "Mill", "also an ordinary word"),
    ],
)
def test_words_and_tables_tell_of_a_name(text, name, told):
    assert told in evidence(text, name)


def test_artist_called_as_an_abbreviation_is_printed_is_not_taken_for_it():
    assert "no name" not in evidence("Then Ai wept.", "Ai")
