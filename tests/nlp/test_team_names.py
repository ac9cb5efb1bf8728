"""Nations that play in a match report are teams; everywhere else they are places."""

import pytest

from tests.nlp.test_mentions import names

REPORT = (
    "The striker scored two goals before half-time and the goalkeeper saved a penalty; the referee ended the match "
    "before a substitute could take a header."
)


def kinds(text):
    return dict(names(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway beat nobody that day.",
        "They drew 1-1 against Norway on Monday.",
        "Norway's young goalkeeper wept.",
        "It ended Norway 2–1 that day.",
    ],
)
def test_nation_that_plays_in_a_match_report_is_an_organization(sentence):
    assert kinds(f"{REPORT} {sentence}") == {"Norway": "organization"}


def test_host_of_a_match_is_a_place():
    assert kinds(f"{REPORT} Norway beat Chile in Peru.") == {
        "Norway": "organization",
        "Chile": "organization",
        "Peru": "place",
    }


def test_nation_that_is_more_often_where_than_who_is_a_place():
    assert kinds(f"{REPORT} Fans in Norway and from Norway saw Norway win; Norway won.") == {
        "Norway": "place",
    }


def test_nation_that_wins_outside_a_match_report_is_a_place():
    assert kinds("Norway beat Chile to the contract, its coach of exporters said.") == {
        "Norway": "place",
        "Chile": "place",
    }
