import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.sentences import split_sentences


def sentences(text: str) -> list[str]:
    paragraphs, start = [], 0
    for part in text.split("\n\n"):
        paragraphs.append(Span(start, start + len(part)))
        start += len(part) + 2
    return [sentence.span.of(text) for sentence in split_sentences(text, paragraphs)]


def test_full_stop_and_capital_end_a_sentence():
    assert sentences("The dam broke. Nobody was hurt.") == ["The dam broke.", "Nobody was hurt."]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Orban Vale met Sen. Tilda Crow at 5 p.m. Friday.",
        "The U.S. Senate meets in Washington, D.C. Tuesday.",
        "Mary J. Quill won.",
        "See No. 4 for details.",
        "It costs 3.5 dollars.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text):
    assert sentences(text) == [text]


def test_abbreviation_before_an_opening_word_ends_the_sentence():
    assert sentences("She moved to the U.S. He stayed.") == ["She moved to the U.S.", "He stayed."]


def test_no_as_an_answer_ends_a_sentence():
    assert sentences("The mayor said no. Then he left.") == ["The mayor said no.", "Then he left."]


def test_closing_mark_belongs_to_the_sentence_it_closes():
    assert sentences("“We lost.” The crowd left.") == ["“We lost.”", "The crowd left."]


def test_question_in_a_quote_goes_on_in_lower_case():
    assert sentences('"Why now?" he asked.') == ['"Why now?" he asked.']


def test_sentences_never_cross_a_paragraph():
    assert sentences("A heading without a stop\n\nThe text.") == ["A heading without a stop", "The text."]


@given(st.text(alphabet="aB .?!\"”'\n", max_size=80))
def test_sentences_are_ordered_trimmed_and_lose_no_letter(text):
    spans = [sentence.span for sentence in split_sentences(text, [Span(0, len(text))])]
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize("junk", ['"', " ", "a", ".", ". ", "U.S. "])
def test_a_long_line_of_junk_is_cut_in_linear_time(junk):
    text = junk * (200_000 // len(junk))
    started = time.process_time()
    split_sentences(text, [Span(0, len(text))])
    assert time.process_time() - started < 5
