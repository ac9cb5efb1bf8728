"""Slices count attributions by trait, and say how sure each figure is."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.slices import Judged, Slice, figures, measure, table


def judged(side: str, *, right: bool, **traits: str) -> Judged:
    return Judged(side, traits or {"kind": "direct"}, right)


def repeat(*article: Judged, articles: int = 30) -> list[list[Judged]]:
    return [list(article)] * articles


def slices_by_name(articles: list[list[Judged]]) -> dict[str, Slice]:
    return {f"{each.trait}: {each.value}": each for each in measure(articles)}


def test_recall_is_of_gold_with_the_trait_and_precision_of_found_with_it():
    articles = repeat(
        judged("gold", right=True, kind="direct"),
        judged("gold", right=False, kind="direct"),
        judged("found", right=True, kind="mixed"),
        judged("found", right=False, kind="direct"),
    )
    direct = slices_by_name(articles)["kind: direct"]
    assert (direct.recall, direct.precision, direct.f1) == (50.0, 0.0, 0.0)


def test_all_attributions_are_the_first_slice():
    articles = repeat(judged("gold", right=True), judged("found", right=True), judged("found", right=False))
    first = measure(articles)[0]
    assert (first.trait, first.precision, first.recall, first.f1) == ("all", 50.0, 100.0, 66.7)


def test_articles_that_are_alike_leave_no_doubt():
    whole = slices_by_name(repeat(judged("gold", right=True), judged("found", right=True)))["all: all"]
    assert (whole.low, whole.high) == (100.0, 100.0)


def test_articles_that_differ_leave_an_interval_around_the_figure():
    good = [judged("gold", right=True), judged("found", right=True)]
    bad = [judged("gold", right=False), judged("found", right=False)]
    whole = slices_by_name([good, bad] * 20)["all: all"]
    assert whole.low < whole.f1 == 50.0 < whole.high


def test_a_slice_of_few_golden_attributions_is_left_out():
    articles = [
        *repeat(judged("gold", right=True, kind="direct")),
        [judged("gold", right=True, kind="mixed")],
    ]
    assert "kind: mixed" not in slices_by_name(articles)


def test_a_slice_of_few_articles_is_left_out():
    crowded = [judged("gold", right=True, publisher="The Tern")] * 50
    assert "publisher: The Tern" not in slices_by_name([crowded, *repeat(judged("gold", right=True))])


def test_the_table_and_the_figures_name_each_slice():
    measured = measure(repeat(judged("gold", right=True), judged("found", right=True)))
    assert "kind: direct" in table(measured)
    assert figures(measured)["kind: direct, f1"] == 100.0


OUTCOMES = st.tuples(st.sampled_from(["gold", "found"]), st.booleans())


@given(st.lists(st.lists(OUTCOMES, max_size=5), max_size=12))
def test_figures_are_shares_with_the_interval_in_order(articles):
    judgements = [[judged(side, right=right) for side, right in article] for article in articles * 5]
    for each in measure(judgements):
        assert 0 <= each.low <= each.high <= 100
        assert 0 <= each.f1 <= max(each.precision, each.recall) + 0.1
