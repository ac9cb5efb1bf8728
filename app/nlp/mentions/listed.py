"""Find the names our tables hold, and settle which wins where the model found another.

Countries, capitals, regions, peoples, known organizations and products. Knows nothing of the rest of the document.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.countries import capitals_to_country, demonyms_to_country, names_to_country
from app.documents import EntityType, Span
from app.nlp.data import words
from app.nlp.data.organizations import KNOWN_ORGANIZATIONS, SEATS_OF_POWER
from app.nlp.data.places import REGIONS
from app.nlp.data.products import KNOWN_PRODUCTS
from app.nlp.mentions.found import TABLE_CONFIDENCE, Found
from app.nlp.words import Word, runs_in, stands_among_capitals

# Names as often a person's, another thing's or a word's: only the model and the evidence may tell.
_AMBIGUOUS = words(
    """
    Victoria Lima Sucre Male Georgetown Wellington Praia Bern Kent Devon Essex Jersey Norfolk Dorset Virginia Carolina
    Montana Atlantic Pacific Queens Wash. Mass. Miss. Ind. La. Pa. Ill. Del. Mont. Ore. Galicia Papua Java Arctic
    Apple Amazon Fed Congress Parliament Senate AP Safari Chrome Windows Android
    """
)

_BESIDE = 30  # characters looked at before a name


def find_listed(text: str, tokens: Sequence[Word]) -> Iterator[Found]:
    """Find countries, peoples and the like by the tables, also within hyphens ("a South Korea-U.S. pact")."""
    parts = [part for token in tokens for part in _hyphen_parts(token)]
    for first, last, kind in runs_in(text, parts, _LISTED, _LONGEST_LISTED):
        span = Span(parts[first].start, parts[last - 1].end)
        if not text.startswith("$", span.end) and not (
            first + 1 == last and stands_among_capitals(parts, first)
        ):
            yield Found(span, kind, "table", TABLE_CONFIDENCE)
    yield from _seats(text, parts)
    yield from _datelines(text)


# Before a seat of power that is but a place there: "crowds outside the White House", "10 Downing Street".
_LOCATED = re.compile(
    r"(?:\b(?:at|outside|inside|near|past|down|around|behind|opposite|along|through|in|into|on|to|towards?|leaving|left"
    r"|entered|visited|toured)(?: the)?|\d) \Z"
)


def _seats(text: str, parts: Sequence[Word]) -> Iterator[Found]:
    """Find seats of power: an organization where one acts anywhere ("The White House said"), else a place."""
    seats: dict[str, list[Span]] = defaultdict(list)
    for first, last, name in runs_in(text, parts, _SEATS, _LONGEST_LISTED):
        seats[name].append(Span(parts[first].start, parts[last - 1].end))
    for spans in seats.values():
        acts = any(not _LOCATED.search(text, max(0, span.start - _BESIDE), span.start) for span in spans)
        kind: EntityType = "organization" if acts else "place"
        yield from (Found(span, kind, "table", TABLE_CONFIDENCE) for span in spans)


_DATELINE = re.compile(
    r"(?:\A|(?<=\n))(?P<place>[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3})"
    r"(?:, [A-Z][\w.]{2,15}(?: [A-Z][a-z]{1,15})?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: \((?P<agency>[A-Z][\w ]{1,30})\))? ?(?:—|–|--| -) ?(?=\S)"
)


def _datelines(text: str) -> Iterator[Found]:
    """Find the place and agency that open a report: "PORT ORLY, Nov 3 (Vale Wire) — Ferries ran again"."""
    for dateline in _DATELINE.finditer(text):
        yield Found(Span(*dateline.span("place")), "place", "dateline", TABLE_CONFIDENCE)
        if dateline["agency"]:
            yield Found(Span(*dateline.span("agency")), "organization", "dateline", TABLE_CONFIDENCE)


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
    if entry.method == "dateline":
        return True
    if proposed.entity_type == "person":
        return proposed.span != entry.span and entry.span.covers(proposed.span)
    if entry.span.covers(proposed.span):
        return True
    rest = set(re.split(r"[\s-]+", proposed.span.of(text))) - set(entry.span.of(text).split())
    return not rest


def _table() -> dict[str, EntityType]:
    rows: tuple[tuple[EntityType, Iterable[str]], ...] = (
        ("organization", KNOWN_ORGANIZATIONS),
        ("product", KNOWN_PRODUCTS),
        ("group", demonyms_to_country()),
        ("place", REGIONS),
        ("place", capitals_to_country()),
        ("place", names_to_country()),
    )
    return {name: kind for kind, names in rows for name in names if name not in _AMBIGUOUS}


_LISTED = _table()
_SEATS = {name: name for name in SEATS_OF_POWER}
_LONGEST_LISTED = max(len(name.split()) for name in _LISTED)
