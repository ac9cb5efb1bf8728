"""Which words differ between two texts."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.word_differences import WORD, compare_texts


def shown(before: str, after: str) -> list[tuple[str, str, str]]:
    return [
        (one.op, one.before.of(before), one.after.of(after))
        for one in compare_texts(before, after)
        if one.op != "equal"
    ]


def words(text: str) -> list[str]:
    return WORD.findall(text)


@pytest.mark.parametrize(
    ("before", "after", "differences"),
    [
        ("The dam held.", "The dam held.", []),
        ("The dam held.", "The  dam\n\nheld.", []),
        ("The dam held.", "The old dam held.", [("insert", "", "old")]),
        ("The old dam held.", "The dam held.", [("delete", "old", "")]),
        ("Nine people left.", "Ten people left.", [("replace", "Nine", "Ten")]),
        ("", "It held.", [("insert", "", "It held.")]),
        ("It held.", "", [("delete", "It held.", "")]),
        ("", "", []),
        ("A pre-emptive step.", "A preemptive step.", [("replace", "pre-emptive", "preemptive")]),
    ],
)
def test_what_differs_is_told_in_the_words_of_either_text(before, after, differences):
    assert shown(before, after) == differences


def test_a_paragraph_that_is_new_is_one_insertion():
    before = "The dam held through the night.\n\nCrews left at noon."
    after = "The dam held through the night.\n\nA second dam gave way.\n\nCrews left at noon."
    assert shown(before, after) == [("insert", "", "A second dam gave way.")]


def test_a_paragraph_that_moved_keeps_the_others_in_place():
    one, two, three = (
        "The dam held through the night.",
        "Crews left at noon today.",
        "Rain is forecast again.",
    )
    assert shown(f"{one}\n\n{two}\n\n{three}", f"{three}\n\n{one}\n\n{two}") == [
        ("insert", "", three),
        ("delete", three, ""),
    ]


text_pairs = st.tuples(*[st.text(st.sampled_from("ab .\n")) | st.text()] * 2)


@given(text_pairs)
def test_the_stretches_cover_both_texts_in_order(texts):
    before, after = texts
    differences = compare_texts(before, after)
    assert words(" ".join(one.before.of(before) for one in differences)) == words(before)
    assert words(" ".join(one.after.of(after) for one in differences)) == words(after)
    for one in differences:
        if one.op == "equal":
            assert words(one.before.of(before)) == words(one.after.of(after))
        assert (one.op == "insert") == (one.before.start == one.before.end)
        assert (one.op == "delete") == (one.after.start == one.after.end)
    for one, other in pairwise(differences):
        assert one.before.end <= other.before.start
        assert one.after.end <= other.after.start


@given(st.text(st.sampled_from("ab .\n")))
def test_a_text_does_not_differ_from_itself(text):
    assert shown(text, text) == []


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["a", "ab", "abcdefgh"])
def test_a_text_of_a_megabyte_takes_seconds_at_most(letters):
    rng = random.Random(1)  # noqa: S311 - a test's data
    before, after = (" ".join(rng.choices(letters, k=500_000)) for _ in range(2))
    started = time.process_time()
    compare_texts(before, after)
    compare_texts(before.replace(" ", "\n\n"), after)
    assert time.process_time() - started < 15
