"""Which lines of a body only repeat others."""

from hypothesis import given
from hypothesis import strategies as st

from app.extraction.repeats import without_repeats
from tests.extraction.pages import PARAGRAPHS


def test_a_paragraph_said_twice_is_kept_where_it_stands_first():
    texts = (PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[0])
    assert without_repeats(texts, [True] * 3) == [True, True, False]


def test_a_summary_made_of_the_paragraphs_below_it_is_dropped():
    texts = (f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", PARAGRAPHS[0], PARAGRAPHS[1])
    assert without_repeats(texts, [True] * 3) == [False, True, True]


def test_a_short_line_may_be_said_twice():
    assert without_repeats(("“No.”", "Asked again:", "“No.”"), [True] * 3) == [True] * 3


def test_a_quote_in_large_type_is_dropped_and_its_paragraph_kept():
    quote = "“We could not go on paying for a pier that nobody uses,”"
    assert without_repeats((quote, PARAGRAPHS[1]), [True, True], insets={0}) == [False, True]


def test_a_line_left_out_repeats_nothing():
    assert without_repeats((PARAGRAPHS[0], PARAGRAPHS[0]), [False, True]) == [False, True]


@given(st.lists(st.sampled_from(PARAGRAPHS)))
def test_every_paragraph_is_kept_exactly_once(texts):
    chosen = without_repeats(texts, [True] * len(texts))
    kept = [text for text, is_kept in zip(texts, chosen, strict=True) if is_kept]
    assert sorted(kept) == sorted(set(texts))


@given(st.lists(st.tuples(st.text(max_size=80), st.booleans())))
def test_nothing_is_kept_that_was_not_chosen(lines):
    texts, chosen = [text for text, _ in lines], [is_chosen for _, is_chosen in lines]
    kept = without_repeats(texts, chosen)
    assert all(was or not is_kept for was, is_kept in zip(chosen, kept, strict=True))
