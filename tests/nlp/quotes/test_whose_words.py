"""Words in marks that are not those of the person named beside them, and reactions that say nothing."""

import pytest

from app.documents import Span
from app.nlp.quotes import find_quotes
from app.nlp.sentences import split_sentences
from app.nlp.tagger.decode import Attribution

from .articles import found_in, only_quote_in, paragraphs_of
from .test_find_quotes import direct


@pytest.mark.parametrize(
    "text",
    [
        "Quill never wrote “sell the pier”.",
        "Quill did not say “sell the pier”.",
        "Quill denied saying “sell the pier”.",
        "Quill denies that she ever said “sell the pier”.",
        "At no time did Quill say “sell the pier”.",
        "“Sell the pier,” Quill never said.",
    ],
)
def test_words_that_somebody_is_said_not_to_have_said_are_no_quote(text):
    assert found_in(text) == []


def test_a_denial_of_something_else_leaves_the_quote():
    assert only_quote_in("Quill did not stay but said: “Sell the pier.”").speaker == "Quill"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Quill was warned by a guard: “Stay off the pier.”", "a guard"),
        ("Quill has often been told: “Stay off the pier.”", None),
        ("The twins were asked, “Why the pier?”", None),
    ],
)
def test_who_is_spoken_to_is_not_the_speaker(text, speaker):
    assert only_quote_in(text).speaker == speaker


def test_who_was_asked_and_then_says_is_the_speaker():
    assert only_quote_in("Quill was asked about the pier and replied: “Sell it.”").speaker == "Quill"


@pytest.mark.parametrize("reaction", ["Moss winced.", "Moss grinned.", "Moss shrugged."])
def test_a_reaction_after_the_words_is_no_cue(reaction):
    text = f"Quill turned to Moss. “The pier is gone.” {reaction}"
    assert only_quote_in(text) == direct("Quill", None, "The pier is gone.")


def test_a_participle_far_from_its_clause_shares_the_subject():
    quote = only_quote_in("Quill passed the pier for the last time saying “It was a good pier.”")
    assert quote.speaker == "Quill"


def read(text, *parts):
    """Read a text of which the network found a speaker, a cue and a content, given as strings."""
    spans = [((text.index(part), text.index(part) + len(part)),) if part else () for part in parts]
    paragraphs = [Span(found.start, found.end) for found in paragraphs_of(text)]
    said = [Attribution(*spans, 0.9)]
    quotes = find_quotes(text, paragraphs, split_sentences(text, paragraphs), [], said)
    return [(quote.kind, quote.speaker and quote.speaker.of(text)) for quote in quotes]


def test_what_somebody_did_not_say_is_no_find():
    assert read("Quill did not say when she would sell.", "Quill", "say", "when she would sell") == []
    assert read("Quill said when she would sell.", "Quill", "said", "when she would sell") == [
        ("indirect", "Quill")
    ]


def test_who_was_asked_about_something_is_not_its_speaker():
    assert read("Quill was asked about the pier.", "Quill", "asked", "the pier") == [("indirect", None)]


@pytest.mark.parametrize("heading", ["Why the mayor says she will sell", "What Quill said"])
def test_a_heading_is_no_find(heading):
    text = f"{heading}\n\nThe pier was cold."
    assert read(text, heading.split()[1], "sa", heading.split()[-1]) == []


def test_a_term_in_a_belief_and_a_name_one_bears_are_no_words_said():
    belief = "Quill hopes for a kind of “clean slate” in May."
    assert read(belief, "Quill", "hopes", "for a kind of “clean slate” in May") == [("indirect", "Quill")]
    name = "The guards call themselves “wardens of light” here."
    assert read(name, "The guards", "call", "themselves “wardens of light”") == []
