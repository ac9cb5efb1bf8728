"""The terms an article is compared by: its words, its names and its numbers. Must not know how they are weighed.

Two look-alike events (the same crime in another town, the same cup a year on) share their words and differ in
names and numbers, so each kind counts apart: `w:elect`, `n:okafor`, `#:2024`. A name is also a word.
"""

import re
from collections import Counter
from collections.abc import Iterable

Part = str  # "w", "n" or "#"
PARTS: tuple[Part, ...] = ("w", "n", "#")

# Letters and digits, joined by single apostrophes, full stops or hyphens within: "U.S", "16-year-old"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouy]")
_LONGEST = 40  # characters of a term: what is longer is no word, and keys of the database must stay small
_SHORTEST_STEM = 3
# Ending and what stands for it; the first that fits is cut. Light on purpose: unstemmed words score within half
# a point of this (ECB+ dev), so a heavier stemmer has nothing to win.
_ENDINGS = (("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
_NO_PLURAL = ("ss", "us", "is")
_DOUBLED = ("ing", "ed")  # endings before which a consonant may be doubled: "robbed"
_STAYS_DOUBLE = "lsz"


def terms_of(*texts: str | None) -> Counter[str]:
    """Return how often each term occurs in a headline and a text, however these are divided."""
    words = [match.group() for text in texts if text for match in _WORD.finditer(text)]
    written_small = {word for word in words if word[0].islower()}
    return Counter(term for word in words for term in _terms(word, written_small))


def part_of(term: str) -> Part:
    """Return the kind of a term."""
    return term[0]


def stem(word: str) -> str:
    """Return a word in small letters without its regular English ending: "Robberies" and "robbery" are one.

    >>> [stem(word) for word in ("elections", "Robberies", "robbed", "robbing", "mayor’s", "crisis")]
    ['election', 'robbery', 'rob', 'rob', 'mayor', 'crisis']
    """
    word = _POSSESSIVE.sub("", word.lower())
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return _drop_final_e(_cut(word, ending, instead))
    return _drop_final_e(word)


def _terms(word: str, written_small: set[str]) -> Iterable[str]:
    if len(word) > _LONGEST:
        return
    if any(letter.isdigit() for letter in word):
        yield f"w:{word.lower()}"
        yield f"#:{word.lower()}"
        return
    yield f"w:{stem(word)}"
    if word[0].isupper() and len(word) > 1 and word.lower() not in written_small:
        yield f"n:{_POSSESSIVE.sub('', word).lower()}"


def _cut(word: str, ending: str, instead: str) -> str:
    if ending == "s" and word.endswith(_NO_PLURAL):
        return word
    rest = word.removesuffix(ending) + instead
    if len(rest) < _SHORTEST_STEM or not _VOWEL.search(rest):
        return word
    if ending in _DOUBLED and rest[-1] == rest[-2] and rest[-1] not in _STAYS_DOUBLE:
        return rest[:-1]
    return rest


def _drop_final_e(word: str) -> str:
    """Drop the e that "closed" has lost and "close" has not."""
    return word[:-1] if len(word) > _SHORTEST_STEM and word.endswith("e") else word
