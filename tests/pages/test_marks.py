"""Marks: whatever overlaps, what is written nests and is the text."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.pages.marks import DEEPEST, Mark, Piece, choose_disjoint, mark_paragraphs

TEXT = "“We will rebuild it,” Ada Okafor said.\n\nShe left."


def mark(words, layer, what, text=TEXT):
    start = text.index(words)
    return Mark((Span(start, start + len(words)),), layer, what)


def written(pieces):
    """Return pieces with brackets for marks: `<name …>`."""
    return "".join(
        piece if isinstance(piece, str) else f"<{piece.what} {written(piece.inner)}>" for piece in pieces
    )


def plain(pieces):
    return "".join(piece if isinstance(piece, str) else plain(piece.inner) for piece in pieces)


def everything(pieces):
    for piece in pieces:
        if isinstance(piece, Piece):
            yield piece
            yield from everything(piece.inner)


def paragraphs_of(text):
    spans, at = [], 0
    for paragraph in text.split("\n\n"):
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return spans


def test_marks_within_marks_nest_by_layer():
    pieces = mark_paragraphs(
        TEXT, paragraphs_of(TEXT), [mark("Okafor", 2, "name"), mark("Ada Okafor", 1, "speaker")]
    )
    assert [written(each) for each in pieces] == [
        "“We will rebuild it,” <speaker Ada <name Okafor>> said.",
        "She left.",
    ]


def test_where_marks_cross_the_inner_one_is_closed_and_opened_again():
    text = "one two three"
    pieces = mark_paragraphs(
        text, paragraphs_of(text), [mark("one two", 0, "quote", text), mark("two three", 2, "name", text)]
    )
    assert written(pieces[0]) == "<quote one <name two>><name  three>"


def test_a_mark_over_paragraphs_is_marked_in_each_and_opens_and_closes_once():
    pieces = mark_paragraphs(TEXT, paragraphs_of(TEXT), [mark("said.\n\nShe", 0, "quote")])
    assert [written(each) for each in pieces] == [
        "“We will rebuild it,” Ada Okafor <quote said.>",
        "<quote She> left.",
    ]
    assert [(each.opens, each.closes) for paragraph in pieces for each in everything(paragraph)] == [
        (True, False),
        (False, True),
    ]


def test_a_mark_that_ends_between_paragraphs_closes_in_the_one_before():
    end = TEXT.index("\n\n") + 1
    pieces = mark_paragraphs(TEXT, paragraphs_of(TEXT), [Mark((Span(0, end),), 0, "quote")])
    assert [(each.opens, each.closes) for each in everything(pieces[0])] == [(True, True)]


def test_of_what_overlaps_the_first_in_rank_is_chosen():
    ranked = [(Span(4, 9), "name"), (Span(0, 9), "nominal"), (Span(9, 12), "pronoun")]
    assert choose_disjoint(ranked) == [(Span(4, 9), "name"), (Span(9, 12), "pronoun")]


texts = st.lists(st.text(alphabet="ab “”é😀<&\u202e", min_size=1, max_size=12), min_size=1, max_size=5).map(
    "\n\n".join
)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(min(ends), max(ends)))
marks = st.lists(
    st.builds(
        lambda spans, layer, what: Mark(tuple(sorted(spans)), layer, what),
        st.lists(spans, min_size=1, max_size=3),
        st.integers(0, 3),
        st.integers(0, 99),
    ),
    max_size=25,
)


@given(texts, marks)
def test_what_is_written_is_the_text_and_nothing_else(text, marks):
    paragraphs = paragraphs_of(text)
    pieces = mark_paragraphs(text, paragraphs, marks)
    assert [plain(each) for each in pieces] == [span.of(text) for span in paragraphs]


@given(texts, marks)
def test_each_mark_opens_once_and_closes_once_where_it_is_drawn(text, marks):
    numbered = [Mark(each.spans, each.layer, number) for number, each in enumerate(marks)]
    found = [
        piece for each in mark_paragraphs(text, paragraphs_of(text), numbered) for piece in everything(each)
    ]
    drawn = {piece.what for piece in found}
    assert Counter(piece.what for piece in found if piece.opens) == Counter(drawn)
    assert Counter(piece.what for piece in found if piece.closes) == Counter(drawn)


@given(texts, marks)
def test_what_is_marked_is_what_the_spans_cover(text, marks):
    """As long as no more than are drawn lie on top of one another."""
    marks = marks[: DEEPEST // 3]  # of three spans each
    numbered = [Mark(each.spans, each.layer, number) for number, each in enumerate(marks)]
    paragraphs = paragraphs_of(text)
    covered = {
        (number, at)
        for number, each in enumerate(marks)
        for span in each.spans
        for at in range(span.start, span.end)
        if any(paragraph.start <= at < paragraph.end for paragraph in paragraphs)
    }
    assert covered == set(_places(paragraphs, mark_paragraphs(text, paragraphs, numbered)))


def _places(paragraphs, pieces):
    for paragraph, inner in zip(paragraphs, pieces, strict=True):
        at = paragraph.start
        stack = [(list(reversed(inner)), ())]
        while stack:
            rest, marked = stack[-1]
            if not rest:
                stack.pop()
                continue
            piece = rest.pop()
            if isinstance(piece, Piece):
                stack.append((list(reversed(piece.inner)), (*marked, piece.what)))
            else:
                yield from ((number, place) for place in range(at, at + len(piece)) for number in marked)
                at += len(piece)


@pytest.mark.parametrize("count", [20_000])
def test_many_marks_on_top_of_one_another_stay_linear(count):
    text = "a" * 1_000_000
    marks = [Mark((Span(at, len(text) - at),), at % 3, at) for at in range(count)]
    [pieces] = mark_paragraphs(text, [Span(0, len(text))], marks)
    assert plain(pieces) == text
