"""Typed spans off a layer of tags, painted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nlp.tagger.heads import ROLE_TAGS, ROLE_TYPES
from app.nlp.tagger.spans import find_spans
from tests.nlp.tagged import make_article, make_layer


def spans_of(text, painted):
    """Return surfaces and types; painted: words [first, last) → shares of types."""
    article = make_article(text)
    found = find_spans(article, make_layer(article, ROLE_TAGS, painted))
    return [(text[span.start : span.end], ROLE_TYPES[span.best]) for span in found]


def test_words_that_begin_and_go_on_are_one_span():
    assert spans_of("Then the mayor left.", {(1, 3): {"person": 1.0}}) == [("the mayor", "person")]


def test_word_that_begins_anew_parts_two():
    painted = {(0, 1): {"person": 1.0}, (1, 2): {"person": 1.0}}
    assert [surface for surface, _ in spans_of("Doctor Reis left.", painted)] == ["Doctor", "Reis"]


def test_nothing_tagged_is_nothing_found():
    assert spans_of("Then it rained.", {}) == []


def test_text_without_words_has_no_spans():
    assert spans_of("", {}) == []


def test_span_ends_with_its_paragraph():
    found = spans_of("the mayor\n\nof Orly", {(0, 4): {"person": 1.0}})
    assert [surface for surface, _ in found] == ["the mayor", "of Orly"]


def test_type_is_the_likeliest_over_all_words():
    article = make_article("the old firm")
    layer = make_layer(article, ROLE_TAGS, {(0, 3): {"organization": 0.6, "person": 0.4}})
    layer[0, ROLE_TAGS.index("B-person")], layer[0, ROLE_TAGS.index("B-organization")] = (
        layer[0, ROLE_TAGS.index("B-organization")],
        layer[0, ROLE_TAGS.index("B-person")],
    )
    [span] = find_spans(article, layer)
    assert ROLE_TYPES[span.best] == "organization"


def test_span_goes_on_whatever_the_type():
    article = make_article("the mayor left")
    layer = make_layer(article, ROLE_TAGS, {(0, 2): {"person": 1.0}})
    layer[1] = np.log(1e-6)
    layer[1, ROLE_TAGS.index("I-group")] = np.log(0.9)
    assert [(span.first, span.last) for span in find_spans(article, layer)] == [(0, 2)]


def test_chance_is_that_of_the_likeliest_type():
    article = make_article("the mayor left")
    [span] = find_spans(article, make_layer(article, ROLE_TAGS, {(0, 2): {"person": 0.8, "group": 0.2}}))
    assert span.chance == pytest.approx(0.98 * 0.8, abs=0.01)
    assert np.exp(span.types) == pytest.approx([0.784, 0.196, 0, 0], abs=0.01)


@given(st.integers(0, 12), st.integers(0, 2**31))
def test_spans_are_ordered_apart_and_within_a_paragraph(count, seed):
    article = make_article(
        "\n".join(" ".join("ab"[: 1 + at % 2] for at in range(3)) for _ in range(count // 3))
    )
    layer = np.log(np.random.default_rng(seed).dirichlet(np.ones(len(ROLE_TAGS)), len(article)))
    last = 0
    for span in find_spans(article, layer.reshape(len(article), len(ROLE_TAGS))):
        assert last <= span.first < span.last
        assert len(set(article.paragraph[span.first : span.last].tolist())) == 1
        last = span.last
