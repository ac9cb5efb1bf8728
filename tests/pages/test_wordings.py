"""Wordings: what is added, left out or printed in another form, and where a quote is interrupted."""

import doctest
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages import arrivals, parts, phrases, search_view, wordings
from app.pages.wordings import Step, make_steps, split_text, with_gaps
from app.stories.comparison import difference


def steps(full, variant):
    return make_steps(full, [asdict(change) for change in difference(full, variant)])


def ops(full, variant):
    return [(step.op, step.text) for step in steps(full, variant)]


def test_the_same_words_in_another_form_are_told_apart():
    assert steps("A preemptive strike on Sweden", "A pre-emptive strike on Stockholm") == (
        Step("same", "A"),
        Step("form", "pre-emptive", "preemptive"),
        Step("same", "strike on"),
        Step("form", "Stockholm", "Sweden"),
    )


def test_quotation_marks_and_capitals_are_no_other_form():
    assert ops("We won't go.", "“we won’t go”") == [("same", "“we won’t go”")]


def test_words_replaced_are_left_out_and_added():
    assert ops("We will not go there.", "We will never go") == [
        ("same", "We will"),
        ("left out", "not"),
        ("added", "never"),
        ("same", "go"),
        ("left out", "there."),
    ]


def test_a_gap_stands_where_the_article_interrupts():
    interrupted = with_gaps(steps("Yes, we will go.", "Yes, we will go."), ["Yes,", "we will go."])
    assert [step.op for step in interrupted] == ["same", "gap", "same"]


words = st.lists(
    st.sampled_from(["we", "will", "go", "pre-emptive", "preemptive", "U.S.", "US", "“no”"]), max_size=8
)


@given(words, words)
def test_what_is_not_left_out_is_the_variant(full, variant):
    shown = [step.text for step in steps(" ".join(full), " ".join(variant)) if step.op != "left out"]
    assert " ".join(shown) == " ".join(variant)


@given(st.lists(st.sampled_from(["yes,", "we will", "go “now”", "é"]), min_size=1, max_size=4))
def test_segments_are_what_the_text_was_joined_of(segments):
    places = [{"start": 3 * at, "end": 3 * at + len(part)} for at, part in enumerate(segments)]
    assert list(split_text(" ".join(segments), places)) == segments


@given(
    words, st.lists(st.lists(st.sampled_from(["go", "US"]), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_gaps_change_no_word(full, segments):
    parts = [" ".join(part) for part in segments]
    before = steps(" ".join(full), " ".join(parts))
    after = with_gaps(before, parts)
    assert " ".join(step.text for step in after if step.op != "gap") == " ".join(step.text for step in before)
    assert sum(step.op == "gap" for step in after) <= len(parts) - 1


@pytest.mark.parametrize(
    "module", [arrivals, parts, phrases, search_view, wordings], ids=lambda module: module.__name__
)
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module) == (0, doctest.testmod(module).attempted)
