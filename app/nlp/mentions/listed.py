"""Find the names our tables hold, and settle which wins where the model found another.

Countries, capitals and peoples. Knows nothing of the rest of the document.
"""

import re
from collections.abc import Iterator, Sequence

from app.countries import capitals_to_country, demonyms_to_country, names_to_country
from app.documents import EntityType, Span
from app.nlp.mentions.found import TABLE_CONFIDENCE, Found
from app.nlp.words import Word, runs_in

# Capitals that are as often a person's or another place's name: only the model may tell.
_AMBIGUOUS = frozenset(("Victoria", "Lima", "Sucre", "Male", "Georgetown", "Wellington", "Praia", "Bern"))


def find_listed(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Find countries, capitals and peoples by the tables, also within hyphens ("a South Korea-U.S. pact")."""
    parts = [part for word in words for part in _hyphen_parts(word)]
    for first, last, kind in runs_in(text, parts, _LISTED, _LONGEST_LISTED):
        yield Found(Span(parts[first].start, parts[last - 1].end), kind, "table", TABLE_CONFIDENCE)


def _hyphen_parts(word: Word) -> list[Word]:
    if "-" not in word.text or word.text in _LISTED:
        return [word]
    pieces = word.text.split("-")
    if not any(piece in _LISTED or piece + "." in _LISTED for piece in pieces):
        return [word]
    parts, position = [], word.start
    for piece in pieces:
        end = position + len(piece)
        parts.append(Word(piece, position, end))
        position = end + 1
    return parts


def give_way(text: str, proposed: Sequence[Found], listed: Sequence[Found]) -> Iterator[Found]:
    """Yield the model's names and the table's: the longer wins ("Bank of Japan"), the table wins a draw.

    A person's name is left to the model ("Jordan" the player), and so is a work ("The Moscow Times").
    """
    by_start = sorted(proposed, key=lambda found: found.span)
    position = 0
    lost: set[int] = set()
    for entry in sorted(listed, key=lambda found: found.span):
        while position < len(by_start) and by_start[position].span.end <= entry.span.start:
            position += 1
        rivals = []
        for index in range(position, len(by_start)):
            if by_start[index].span.start >= entry.span.end:
                break
            rivals.append(index)
        if all(_yields(text, by_start[index], entry) for index in rivals):
            lost.update(rivals)
            yield entry
    yield from (found for index, found in enumerate(by_start) if index not in lost)


def _yields(text: str, proposed: Found, entry: Found) -> bool:
    """Whether the model's name gives way to the table's."""
    if proposed.entity_type == "person":
        return proposed.span != entry.span and entry.span.covers(proposed.span)
    if entry.span.covers(proposed.span):
        return True
    rest = set(re.split(r"[\s-]+", proposed.span.of(text))) - set(entry.span.of(text).split())
    return not rest


def _table() -> dict[str, EntityType]:
    places: dict[str, EntityType] = dict.fromkeys([*names_to_country(), *capitals_to_country()], "place")
    groups: dict[str, EntityType] = dict.fromkeys(demonyms_to_country(), "group")
    return {name: kind for name, kind in (groups | places).items() if name not in _AMBIGUOUS}


_LISTED = _table()
_LONGEST_LISTED = max(len(name.split()) for name in _LISTED)
