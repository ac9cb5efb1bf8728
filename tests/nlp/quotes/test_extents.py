"""Which words of a learned find are one quote."""

import pytest

from app.documents import Quote
from app.nlp.quotes.extents import separate
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of
from app.nlp.sentences import split_sentences
from tests.factories import find

from .articles import paragraphs_of


def separated(text, content, cue, speaker="Quill", cue_of=None):
    paragraphs = paragraphs_of(text)
    regions = Regions(quoted_regions(text, paragraphs))
    spans = tuple(find(text, part) for part in content)
    quote = Quote(
        kind_of(text, spans, regions), spans, find(text, cue), find(text, speaker), None, 0.9, 0.0, "test"
    )
    found = separate(text, quote, regions, split_sentences(text, paragraphs), cue_of or {})
    return [(one.kind, [part.of(text) for part in one.content]) for one in found]


@pytest.mark.parametrize("content", ["“We sold it.”", "* “We sold it.”", "We sold it."])
def test_a_direct_quote_comes_without_marks_and_bullets(content):
    text = "* “We sold it.” — Quill, in a letter"
    assert separated(text, [content], "in a letter") == [("direct", ["We sold it."])]


def test_a_sentence_told_before_the_words_in_marks_is_no_part_of_them():
    text = "Moss and Quill shut the shop. “We sold it,” said Quill."
    content = "Moss and Quill shut the shop. “We sold it,”"
    assert separated(text, [content], "said") == [("direct", ["We sold it,"])]


def test_a_paragraph_in_marks_is_a_quote_apart_from_the_clause_reported_before_it():
    text = "Quill said that the shop was lost.\n\n“We sold it. It hurt.”"
    assert separated(text, ["that the shop was lost", "“We sold it. It hurt.”"], "said") == [
        ("direct", ["We sold it. It hurt."]),
        ("indirect", ["that the shop was lost"]),
    ]


def test_a_sentence_in_marks_with_another_cue_is_a_quote_apart():
    text = "Quill said that the shop was lost. “We sold it,” she went on."
    content = ["that the shop was lost. “We sold it,”"]
    own = {text.index("We sold it"): find(text, "went on")}
    assert [kind for kind, _ in separated(text, content, "said")] == ["mixed"]
    assert separated(text, content, "said", cue_of=own) == [
        ("direct", ["We sold it,"]),
        ("indirect", ["that the shop was lost."]),
    ]


def test_words_in_marks_within_a_reported_clause_stay_in_it():
    text = "Quill said the shop was “lost for good.”"
    content = "the shop was “lost for good.”"
    assert separated(text, [content], "said") == [("mixed", [content])]
