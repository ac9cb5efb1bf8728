"""Tell from the marks alone whether words are quoted, so that a gold quote's kind can be checked.

Reads marks in its own simple way and must not use the code under test.
"""

import re
from collections.abc import Iterable, Sequence

from app.documents import QuoteKind, Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_PAIRS = {"“": "”", "«": "»", "‘": "’"}
# A mark that opens and closes alike opens after a space, dash or bracket and before a word.
_MARK = re.compile(r"''|[“”«»‘’\"']")


def kind_of(text: str, content: Sequence[Span]) -> QuoteKind:
    """Return the kind of a quote with this content: direct, mixed or indirect."""
    quoted = quoted_stretches(text)
    words = [word.span() for part in content for word in _WORD.finditer(text, part.start, part.end)]
    inside = [_lies_in(word, quoted) for word in words]
    if all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Return the outermost stretches inside quotation marks; one left open ends with its paragraph."""
    stretches: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        stretches.extend(_in_paragraph(text, *paragraph.span()))
    return stretches


def _in_paragraph(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    opened, closing = -1, ""
    for match in _MARK.finditer(text, start, end):
        mark = match[0]
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if opened < 0 and (mark in _PAIRS or (mark in "''\"" and _opens(before, after))):
            opened, closing = match.end(), _PAIRS.get(mark, mark)
        elif opened >= 0 and mark == closing and not _is_apostrophe(text, match, end):
            yield opened, match.start()
            opened = -1
    if opened >= 0:
        yield opened, end


def _is_apostrophe(text: str, match: re.Match[str], end: int) -> bool:
    """Tell the apostrophe of “don’t” or “the drivers’ breakfasts” from a closing mark."""
    if match[0] not in "’'" or text[match.start() - 1].isspace():
        return False
    before, after = text[match.start() - 1], text[match.end() : match.end() + 2]
    if before.isalnum() and after[:1].isalnum():
        return True
    rest = text[match.end() : end].partition("‘")[0]
    closes_later = re.search(r"[.,?!…]’(?!\w)", rest) is not None
    return match[0] == "’" and before == "s" and after[:1] == " " and after[1:].islower() and closes_later


def _opens(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in "([—–-") and not after.isspace()


def _lies_in(word: tuple[int, int], stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in stretches)
