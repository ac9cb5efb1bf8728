"""Describe each block of a page for the body classifier, as a few named yes-or-no features.

Features are cheap, independent of the outlet, and almost independent of the language: length, punctuation,
letter case, wording of furniture, place in the page. They know nothing of weights.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from app.extraction.blocks import Block, ends_sentence
from app.extraction.furniture import is_dated, kinds_of

# Edges of the bins; chosen by feel on 2026-11-22, the weights make the best of them.
_LENGTHS = (8, 16, 25, 35, 50, 70, 100, 150, 250, 400, 700)
_SHARES = (0.01, 0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.99)
_PLACES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
_LONG = 100  # characters; few lines of furniture are longer
_COUNTS = (1, 2, 3, 5, 8)
_TELLING_CHARACTERS = 200  # the opening of a block tells its style; measured no worse than the whole

_LOWER_INITIAL = re.compile(r"(?:^| )[^\W\d_A-Z]")
_DIGIT = re.compile(r"[0-9]")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9)\"”’][.!?][\"”’)]{0,2} [\"“‘(]?[A-Z]")
_ADDRESSES = ("http", "www.", ".com", "@", "#")
_SEPARATORS = (" | ", " » ", " › ", " / ", " · ", " • ", " > ", "|", ">>")
_QUOTATION_MARKS = ('"', "“", "”")
_SPEECH = (" said", " says", " told ")
_FIRST_OR_SECOND_PERSON = frozenset({"i", "i'm", "i’m", "my", "we", "our", "you", "your"})
_STOPWORDS = frozenset(
    """
    the of to and in a is that for on was with as at by be it from are this an he she his her they have
    has had not but who which their its were said will would been der die das und ist von zu den mit auf
    nicht le la les des et est une que pour dans el los de en un una por con para del se o os da do em
    não il di che e per non
    """.split()  # noqa: SIM905 a table of words
)


def describe(blocks: Sequence[Block]) -> list[list[str]]:
    """Return the names of the features that hold for each block."""
    sizes = [len(block.text) for block in blocks]
    total = max(1, sum(sizes))
    before = [0, *accumulate(sizes)]
    long_share = sum(size for size in sizes if size >= _LONG) / total
    page = f"page_long:{bisect_right(_SHARES, long_share)}"
    seen: set[str] = set()
    described = []
    for index, block in enumerate(blocks):
        features = _own_features(block)
        features.append(f"{page}/{features[0]}")
        features.append(f"place:{bisect_right(_PLACES, before[index] / total)}")
        features.append(f"rank:{bisect_right(_PLACES, index / len(blocks))}")
        if block.text in seen:
            features.append("repeated")
        seen.add(block.text)
        described.append(features)
    return described


def share_of_stopwords(lowered: Sequence[str]) -> float:
    """Return which part of the words are the commonest of their language; few of a menu's are."""
    return sum(map(_STOPWORDS.__contains__, lowered)) / len(lowered)


def _own_features(block: Block) -> list[str]:
    text = block.text
    opening = text[:_TELLING_CHARACTERS]
    words = opening.split()
    length = bisect_right(_LENGTHS, len(text))
    ending = _ending(text)
    in_lower_case = bisect_right(_SHARES, len(_LOWER_INITIAL.findall(opening)) / len(words))
    lowered = opening.lower().split()
    features = [
        f"length:{length}",
        f"ending:{ending}",
        f"length:{length}/ending:{ending}",
        f"start:{_start(text)}",
        f"lower:{in_lower_case}",
        f"length:{length // 2}/lower:{in_lower_case}",
        f"stop:{bisect_right(_SHARES, share_of_stopwords(lowered))}",
        f"sentences:{bisect_right(_COUNTS, len(_SENTENCE_INSIDE.findall(text)))}",
    ]
    features += [name for name, holds in _signs(block, opening, lowered) if holds]
    features += [f"kind:{kind}" for kind in kinds_of(text)]
    digits = len(_DIGIT.findall(opening)) / len(opening)
    if digits:
        features.append(f"digits:{bisect_right(_SHARES, digits)}")
    return features


def _signs(block: Block, opening: str, lowered: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    return (
        ("bullet", block.has_bullet),
        ("no_gap", not block.follows_gap),
        ("dated", is_dated(block.text)),
        ("address", _has_any(opening, _ADDRESSES)),
        ("separator", _has_any(opening, _SEPARATORS)),
        ("person", not _FIRST_OR_SECOND_PERSON.isdisjoint(lowered)),
        ("quotation", _has_any(opening, _QUOTATION_MARKS)),
        ("said", _has_any(opening, _SPEECH)),
        ("by", lowered[0] == "by"),
        ("colon_inside", ": " in opening),
        ("comma", "," in opening),
        ("upper", opening.isupper()),
    )


def _has_any(text: str, pieces: Sequence[str]) -> bool:
    return any(piece in text for piece in pieces)


def _ending(text: str) -> str:
    last = text[-1]
    if ends_sentence(text):
        return "ellipsis" if text.endswith(("...", "…", "...”")) else last if last in ".?!" else "closed"
    if last.isalpha():
        return "letter"
    return "digit" if last.isdigit() else last if last in ':,;-)]"”' else "other"


def _start(text: str) -> str:
    first = text[0]
    if first.isalpha():
        return "upper" if first.isupper() else "lower"
    return "digit" if first.isdigit() else "quote" if first in "\"“'‘" else "other"
