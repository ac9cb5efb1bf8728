"""Tidy what the model took for one name: its edges, the title before it, and names glued together.

Looks at one name at a time and at nothing around it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.countries import capitals_to_country, demonyms_to_country, names_to_country
from app.documents import EntityType, Span
from app.nlp.data import words
from app.nlp.data.given_names import FEMALE_NAMES, MALE_NAMES
from app.nlp.data.titles import HONORIFICS, TITLES
from app.nlp.mentions.found import Found

_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "my"))
# "Said Ann Doe"; but "St Crispin" is a name.
_BEFORE_PEOPLE = frozenset((*HONORIFICS, *TITLES, "said", "says", "added", "adds", "asked")) - {"st", "saint"}
_PARTICLES = words("van von der den de del della di da dos du bin bint ibn al el ter ten af zu")
_EDGES = " \n\t/\"'“”‘’«»()[],;:-–—―…*•&\u00a0"
_DANGLING = re.compile(r" (?:and|or|of|the|in|for|at|with|to)$")  # "Vantage Series X and"
_LONGEST_DANGLING = 5
_PARTY = re.compile(r"[DRI][-‑](?=[A-Z])")  # "Ann Dorne (D-Ohio)"
_POSSESSIVE = ("'s", "’s")


def tidy(text: str, found: Found) -> Iterator[Found]:
    """Yield the names within what the model took for one, trimmed: "Seoul-Tokyo" are two."""
    span = _trim(text, found.span, found.entity_type)
    for part in _split(text, span, found.entity_type):
        trimmed = _trim(text, part, found.entity_type)
        surface = trimmed.of(text)
        is_currency = text.startswith("$", trimmed.end)  # "US$"
        is_word = sum(map(str.isalnum, surface)) > 1  # "So am I."
        if is_word and any(map(str.isupper, surface)) and not is_currency:
            yield replace(found, span=trimmed)


def _trim(text: str, span: Span, entity_type: EntityType) -> Span:
    start, end = span.start, span.end
    while True:
        before = (start, end)
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if text.endswith(_POSSESSIVE, start, end):
            end -= 2
        dangling = _DANGLING.search(text, max(start, end - _LONGEST_DANGLING), end)
        end = dangling.start() if dangling else end
        start = _past_opening_word(text, start, end, entity_type)
        if (start, end) == before:
            return Span(start, end)


def _past_opening_word(text: str, start: int, end: int, entity_type: EntityType) -> int:
    """Skip one determiner, or one title before a person's name, as long as a word is left."""
    if entity_type == "place" and (party := _PARTY.match(text, start, end)):
        return party.end()
    first, _, rest = text[start:end].partition(" ")
    if not rest.strip(_EDGES):
        return start
    word = first.strip(".").lower()
    is_title = entity_type == "person" and (
        word in _BEFORE_PEOPLE
        or first in demonyms_to_country()
        or (first.isalpha() and first.islower() and word not in _PARTICLES)  # "cosplayer Ann Doe"
    )
    return start + len(first) + 1 if word in _DETERMINERS or is_title else start


_CONJUNCTION = re.compile(r"\s+(?:and|&)\s+|,\s+|\n\s*|: |\s*[–—/]\s*")
_AND = re.compile(r" (?:&|and) ")
_BREAK = re.compile(r"\n\s*|: |\s[–—]\s|(?<=[a-z]{5})[.?!] ")
_NEW_LINE = re.compile(r"\n\s*")
_CUTS = {"person": _CONJUNCTION, "work": _NEW_LINE}  # a work may be called "Vale: A Life"
_ADJECTIVE = re.compile(
    r"[-‑](?:led|based|backed|born|style|wide|owned|run|made|controlled|brokered|funded|era)$"
)


def _split(text: str, span: Span, entity_type: EntityType) -> Iterator[Span]:
    """Cut names the model glued together.

    People at "and" and commas ("Ana Reis and Tom Hall"); countries at hyphens ("Seoul-Tokyo ties").
    """
    surface = span.of(text)
    adjective = _ADJECTIVE.search(surface)
    if adjective:
        yield Span(span.start, span.start + adjective.start())
        return
    pieces = re.split(r"[-‑]", surface)
    if len(pieces) > 1 and all(_is_nation(piece) for piece in pieces):
        position = span.start
        for piece in pieces:
            yield Span(position, position + len(piece))
            position += len(piece) + 1
        return
    cuts = _CONJUNCTION if _are_people(surface) else _CUTS.get(entity_type, _BREAK)
    position = span.start
    for cut in cuts.finditer(surface):
        yield Span(position, span.start + cut.start())
        position = span.start + cut.end()
    yield Span(position, span.end)


def _are_people(surface: str) -> bool:
    """Whether two are named in full: "Emma Hall & Greg Reis"; but "Hall & Reis" is a firm."""
    people = [part.split() for part in _AND.split(surface)]
    return len(people) > 1 and all(
        len(words) > 1 and words[0].lower() in FEMALE_NAMES | MALE_NAMES for words in people
    )


def _is_nation(word: str) -> bool:
    return word in names_to_country() or word in capitals_to_country()
