"""Propose names the model overlooked by the kind of thing their last word tells: "the Harlow Cup", "Sandau Station".

Knows capitals and the table of last words; what a proposal is worth, the evidence of the document tells.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.documents import Span
from app.nlp.data.name_evidence import CALENDAR, NAMING_WORDS, NEVER_FIRST
from app.nlp.mentions.found import REPEAT_CONFIDENCE, Found
from app.nlp.words import Word

_LONGEST = 5  # words of a name; guess of 2026-11-22
_HEADLINE = 0.6  # of a paragraph's words capitalised: its capitals tell nothing


def find_kinds(
    text: str, paragraphs: Sequence[Span], tokens: Sequence[Word], found: Sequence[Found]
) -> Iterator[Found]:
    """Yield runs of capitalised words that end in a kind's word, where that word is in no name yet."""
    taken = {offset for each in found for offset in range(each.span.start, each.span.end)}
    for paragraph in paragraphs:
        begin = bisect_left(tokens, paragraph.start, key=_start)
        words = tokens[begin : bisect_left(tokens, paragraph.end, key=_start)]
        if sum(word.is_capitalised for word in words) > _HEADLINE * len(words):
            continue
        for last, word in enumerate(words):
            kind = NAMING_WORDS.get(word.text.lower()) if word.is_capitalised else None
            if kind and word.start not in taken:
                first = _first_of_run(text, words, last)
                if first < last:
                    yield Found(Span(words[first].start, word.end), kind, "kind", REPEAT_CONFIDENCE)


def _start(word: Word) -> int:
    return word.start


def _first_of_run(text: str, words: Sequence[Word], last: int) -> int:
    first = last
    while first > max(0, last - _LONGEST + 1):
        before = words[first - 1]
        is_joined = text[before.end : words[first].start] == " " and before.is_capitalised
        if not is_joined or before.text.lower() in CALENDAR:
            break
        first -= 1
    while first < last and words[first].text.lower() in NEVER_FIRST:
        first += 1
    return first
