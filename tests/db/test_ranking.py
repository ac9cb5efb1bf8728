from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.db import ranking
from app.db.search import parse


def spans(q, text):
    return [text[start:end] for start, end in ranking.find_words(ranking.compile_query(parse(q)), text)]


def score(q, text, mean=50):
    return ranking.score_text(ranking.compile_query(parse(q)), text, mean)


def test_words_are_found_whole_and_without_regard_to_case():
    assert spans("bridge", "Bridge, bridges and a footbridge; the BRIDGE.") == ["Bridge", "BRIDGE"]


def test_a_phrase_is_found_across_punctuation_and_a_prefix_to_the_end_of_its_word():
    assert spans('"pre emptive"', "A pre-emptive step.") == ["pre-emptive"]
    assert spans("rebu*", "They rebuild it, rebuilt.") == ["rebuild", "rebuilt"]


def test_what_must_not_be_there_is_not_marked():
    assert spans("bridge -tunnel", "A bridge, a tunnel.") == ["bridge"]


def test_offsets_count_code_points():
    assert ranking.find_words(ranking.compile_query(parse("bridge")), "🏗 bridge") == [(2, 8)]


@given(st.text(alphabet="ab. -é", max_size=200))
def test_marked_ranges_are_in_order_disjoint_and_in_the_text(text):
    found = ranking.find_words(ranking.compile_query(parse('a "a b" OR ab')), text)
    ends = [0, *(offset for span in found for offset in span)]
    assert ends == sorted(ends)
    assert all(start < end <= len(text) for start, end in found)


def test_a_text_that_is_more_about_the_words_scores_higher():
    assert (
        score("flood", "Flood upon flood.") > score("flood", "Flood warning.") > score("flood", "Dry.") == 0
    )
    assert score("flood", "flood " + "x " * 10) > score("flood", "flood " + "x " * 500)
    assert score("flood storm", "flood storm") > score("flood storm", "flood flood flood")


def test_newer_counts_more_but_never_twice_as_much():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    weights = [ranking.age_weight(now - timedelta(days=days), now) for days in (0, 30, 400, 40_000)]
    assert weights == sorted(weights, reverse=True)
    assert (weights[0], weights[-1]) == (1.0, 0.5)


def test_only_what_may_be_a_name_is_looked_for_among_names():
    assert ranking.plain_words(parse('Ada "Okafor"')) == "ada okafor"
    assert ranking.plain_words(parse("Ada OR Bo")) is None
    assert ranking.plain_words(parse("Ada -Bo")) is None


def test_a_long_text_made_to_be_slow_is_read_in_linear_time():
    pattern = ranking.compile_query(parse('"a b c d e f"'))
    assert ranking.find_words(pattern, "a " * 500_000) == []
    assert ranking.find_words(pattern, "a" + " " * 1_000_000) == []
