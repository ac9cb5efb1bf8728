"""Words that are signed: a paragraph, then a dash and a name."""

import pytest

from app.nlp.quotes.signatures import read_signed

from .articles import only_quote_in, paragraphs_of
from .test_find_quotes import direct


def signed_in(text):
    return [
        (quote.kind, quote.speaker.of(text), [part.of(text) for part in quote.content])
        for quote in read_signed(text, paragraphs_of(text))
    ]


@pytest.mark.parametrize(
    ("words", "signature", "expected"),
    [
        (
            "Proud of every one of you. #Turku https://t.co/xyz",
            "— Ada Quill (@adaq) June 3, 2024",
            ("indirect", "Ada Quill", ["Proud of every one of you. #Turku"]),
        ),
        ("> Sell the pier at once.", "– Ada Quill", ("indirect", "Ada Quill", ["Sell the pier at once."])),
        (
            "I have sold the pier, and I would again.",
            "— Ada Quill, pier master",
            ("indirect", "Ada Quill", ["I have sold the pier, and I would again."]),
        ),
        ("“Sell the pier.”", "-- Ada de la Quill, Turku", ("direct", "Ada de la Quill", ["Sell the pier."])),
    ],
)
def test_words_above_a_signature_are_who_signs(words, signature, expected):
    assert signed_in(f"The pier was cold.\n{words}\n{signature}\nIt closed in May.") == [expected]


def test_a_block_quote_is_signed_as_a_whole():
    text = "The pier was cold.\n> Sell it.\n> Sell it soon.\n— Ada Quill"
    assert signed_in(text) == [("indirect", "Ada Quill", ["Sell it.", "Sell it soon."])]


@pytest.mark.parametrize(
    "text",
    [
        "The US pier was cold.\n— Reuters",
        "“We sold it,” said Quill on Monday.\n— Ada Moss",
        "We sold it.\n— and that was that",
        "— Ada Quill\nThe pier was cold.",
    ],
)
def test_who_signs_an_article_or_closes_a_story_has_not_said_it(text):
    assert signed_in(text) == []


def test_words_in_marks_may_be_signed_behind_a_dash():
    assert only_quote_in("“Sell it.” — Ada Quill, baker, Turku") == direct("Ada Quill", None, "Sell it.")
