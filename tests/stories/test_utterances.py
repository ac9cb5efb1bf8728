import tomllib
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stories.alignment import align
from app.stories.matching import same_utterance
from app.stories.utterances import group, unite
from app.stories.wording import contrast, words_of
from tests.stories.quotes import MONDAY, make_quote

FLOOD = "The water came over the wall at four in the morning, and nobody had warned us."
SCHOOL = "Every school in the valley stays shut until the wells have been tested."


def pairs(name):
    rows = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["pairs"]
    return [pytest.param(row, id=f"{number}: {row['why']}") for number, row in enumerate(rows)]


def quotes_of(row):
    for side in ("a", "b"):
        yield make_quote(
            row[side],
            kind=row.get(f"kind_{side}", "direct"),
            speaker=row.get(f"speaker_{side}", "Ada Okafor") or None,
            at=MONDAY + timedelta(days=row.get("days", 0) if side == "b" else 0),
        )


def keys(text):
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize("row", [*pairs("utterance_pairs.toml"), *pairs("utterance_pairs_third.toml")])
def test_pairs_are_judged_as_a_reader_would(row):
    one, other = quotes_of(row)
    assert bool(same_utterance(one, other)) == bool(same_utterance(other, one)) == row["same"]


def test_held_out_pairs_are_judged_with_precision_and_recall():
    lots = ("held_out", "fourth", "fifth", "sixth")
    rows = [param.values[0] for name in lots for param in pairs(f"utterance_pairs_{name}.toml")]
    found = [bool(same_utterance(*quotes_of(row))) for row in rows]
    right = sum(row["same"] for row, same in zip(rows, found, strict=True) if same)
    assert right / sum(found) >= 0.98
    assert right / sum(row["same"] for row in rows) >= 0.90


SIGN = "We will sign the lease on the old brewery"


@pytest.mark.parametrize(
    "other",
    [
        "We may sign the lease on the old brewery",
        "We would have signed the lease on the old brewery",
        "We will almost sign the lease on the old brewery",
        "We will sign the lease on the new brewery",
        "We will sign the lease on the old tannery",
        "We will sign the lease on the old brewery if the roof is mended",
        "They said we will not sign the lease on the old brewery",
    ],
)
def test_a_word_that_changes_what_is_said_makes_another_utterance(other):
    assert same_utterance(make_quote(SIGN), make_quote(SIGN))
    assert same_utterance(make_quote(SIGN), make_quote(other)) is None


def test_a_question_is_not_the_statement_of_its_words():
    asked, stated = (
        "Did the brewery pay the cooper's widow?",
        "The brewery did pay the cooper's widow.",
    )
    assert same_utterance(make_quote(asked), make_quote(stated)) is None


def test_tenses_differ_in_direct_quotes_and_shift_in_reported_ones():
    now, then = "The cellar is dry and the casks are safe.", "The cellar was dry and the casks were safe."
    assert same_utterance(make_quote(now), make_quote(then)) is None
    assert same_utterance(make_quote(now), make_quote(then, kind="indirect"))


def test_possibility_survives_reporting():
    may = make_quote("The flood may reach the cellar before dawn.")
    assert same_utterance(may, make_quote("the flood might reach the cellar before dawn", kind="indirect"))
    assert (
        same_utterance(may, make_quote("the flood would reach the cellar before dawn", kind="indirect"))
        is None
    )


def test_a_negation_that_moved_denies_something_else():
    stolen = make_quote("He did not say that the casks were stolen from the cellar.")
    kept = make_quote("He said that the casks were not stolen from the cellar.")
    assert same_utterance(stolen, kept) is None


def test_as_if_is_no_condition():
    said = make_quote("It looks as if the pumps were never tested before the flood.")
    assert same_utterance(
        said, make_quote("it looked like the pumps were never tested before the flood", kind="indirect")
    )


def test_a_word_that_moved_is_denied_where_it_stands():
    said = make_quote("The flood, not the frost, emptied the cellar.")
    assert same_utterance(
        said, make_quote("the cellar was emptied by the flood, not the frost", kind="indirect")
    )
    assert (
        same_utterance(said, make_quote("the frost, not the flood, emptied the cellar", kind="indirect"))
        is None
    )


def test_a_denial_after_what_both_say_says_nothing_of_it():
    said = make_quote("Nobody who drank from the well in May was ever told of the leak.")
    told = make_quote(
        "nobody who drank from the well in May was told of the leak, and that the mayor did not deny it",
        kind="indirect",
    )
    assert same_utterance(said, told)


def test_a_clause_left_out_takes_its_negation_along():
    whole = make_quote("The cooper, who never liked the brewery, has sold his casks to the abbey for a song.")
    assert same_utterance(whole, make_quote("The cooper ... has sold his casks to the abbey for a song."))


def test_words_that_are_printed_for_each_other_are_accounted_for():
    assert same_utterance(
        make_quote("Our lawyers sent it across the frontier."),
        make_quote("Our attorneys sent it across the border."),
    )


def test_house_style_leaves_the_keys_alone():
    assert keys("We don’t recognise 1,200 pre-emptive closures") == keys(
        "We do not recognize 1200 preemptive closures"
    )
    assert keys("nine hundred, forty thousand, 14 per cent") == keys("900, 40,000, 14%")


def test_british_and_american_spellings_have_the_same_keys():
    assert keys("thirty-one snowploughs, grey tyres and paediatric licences") == keys(
        "31 snowplows, gray tires and pediatric licenses"
    )


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("centre, metres and theatres", "center, meters and theaters"),
        ("defence and offences", "defense and offenses"),
        ("colourful, honourable neighbourhoods", "colorful, honorable neighborhoods"),
        ("organisations learnt and burnt", "organizations learned and burned"),
        ("practised manoeuvres", "practiced maneuvers"),
    ],
)
def test_more_british_and_american_spellings(british, american):
    assert keys(british) == keys(american)


def test_a_contraction_may_lack_its_apostrophe():
    assert keys("we dont and they cant") == keys("we don't and they can't")


def test_a_country_is_one_word_by_any_name():
    assert keys("the U.S. and South Korea") == keys("the United States and Seoul")


def test_a_possessive_is_the_name():
    assert keys("Brandt's plan") == keys("Brandt’s plan") == ["brandt", "plan"]


def test_a_time_of_day_is_one_number():
    assert keys("at 7:40 and 17:40:10") == ["at", "7:40", "and", "17:40:10"]


def test_a_quote_broken_by_its_attribution_has_two_sentences():
    assert [word.form for word in words_of("We rang twice, Nobody came, Ada") if word.opens_sentence] == [
        "we",
        "nobody",
    ]


def test_irregular_verbs_have_the_keys_of_their_infinitives():
    assert keys("she wore it, drove off and hid") == keys("she wear it, drive off and hide")


def test_weekdays_and_opposites_exclude_each_other():
    assert contrast(*keys("Tuesday Friday"))
    assert contrast(*keys("won lost"))
    assert not contrast(*keys("Tuesday won"))


def test_quotes_of_one_utterance_are_found_across_outlets():
    direct, respelled, reported = (
        make_quote(SCHOOL, article=1),
        make_quote("Every school in the valley stays shut", article=2),
        make_quote("every school in the valley would stay shut until wells were tested", kind="indirect"),
    )
    other = make_quote(FLOOD)
    utterances = group([other, reported, respelled, direct])
    assert {each.lead.id: {variant.quote.id for variant in each.variants} for each in utterances} == {
        other.id: {other.id},
        direct.id: {direct.id, respelled.id, reported.id},
    }


def test_the_fullest_direct_wording_leads():
    full, cut = make_quote(FLOOD), make_quote("Nobody had warned us.")
    long_report = make_quote(
        "that the water came over the wall at four in the morning and nobody warned them at all",
        kind="indirect",
    )
    [utterance] = group([long_report, cut, full])
    assert utterance.lead == full
    assert {variant.match.manner for variant in utterance.variants} >= {"exact"}


def test_outlets_that_name_different_speakers_are_shown_to_disagree():
    [utterance] = group(
        [make_quote(FLOOD, article=1), make_quote(FLOOD, article=2), make_quote(FLOOD, speaker="Tomas Rehn")]
    )
    assert utterance.is_disputed
    assert [(claim.name, len(claim.quote_ids)) for claim in utterance.speakers] == [
        ("Ada Okafor", 2),
        ("Tomas Rehn", 1),
    ]


def test_a_surname_and_nobody_are_no_disagreement():
    [utterance] = group(
        [make_quote(FLOOD), make_quote(FLOOD, speaker="Okafor"), make_quote(FLOOD, speaker=None)]
    )
    assert not utterance.is_disputed
    assert utterance.speakers[0].name == "Ada Okafor"


def test_variants_are_listed_earliest_first():
    late, early = make_quote(FLOOD, at=MONDAY + timedelta(hours=2)), make_quote(FLOOD)
    undated = make_quote(FLOOD, at=None)
    [utterance] = group([undated, late, early])
    assert [variant.quote.id for variant in utterance.variants] == [early.id, late.id, undated.id]


def test_every_quote_is_in_one_utterance_even_one_without_words():
    quotes = [make_quote("..."), make_quote(""), make_quote(FLOOD), make_quote("“—”")]
    found = [variant.quote.id for utterance in group(quotes) for variant in utterance.variants]
    assert sorted(found) == sorted(quote.id for quote in quotes)


def test_five_thousand_quotes_are_grouped_in_seconds():
    quotes = [
        make_quote(f"The council of district {number % 1250} has 1300 wells and no money for more.")
        for number in range(5000)
    ]
    assert len(group(quotes)) == 1250


def test_a_quote_of_a_megabyte_is_compared_in_seconds():
    long = make_quote("again and again the same words " * 33_000)
    assert (
        same_utterance(long, make_quote("again the words and the same again and " * 25_000)) is None or True
    )


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_aligned_words_are_equal_and_in_order(one, other):
    found = align(one, other)
    assert all(one[first] == other[second] for first, second in found)
    assert found == sorted(set(found))
    assert all(a < b and c < d for (a, c), (b, d) in pairwise(found))


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text):
    for each in words_of(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.key


@given(st.lists(st.text(alphabet="ab. not1", max_size=30), max_size=8))
def test_the_order_quotes_come_in_does_not_matter(texts):
    quotes = [make_quote(text) for text in texts]
    assert group(quotes) == group(reversed(quotes))


def test_what_was_grouped_before_is_united_as_it_was():
    quotes = [make_quote(FLOOD, article=1), make_quote(FLOOD[:60], article=2), make_quote(SCHOOL, article=2)]
    for utterance in group(quotes):
        assert unite(variant.quote for variant in utterance.variants) == utterance


def test_quotes_united_by_others_that_are_gone_are_still_shown_together():
    one, other = make_quote(FLOOD), make_quote(SCHOOL)
    united = unite([one, other])
    assert {variant.quote.id for variant in united.variants} == {one.id, other.id}
    assert united.lead in {one, other}
