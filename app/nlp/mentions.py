"""Find the names in a text: the model proposes, our tables and the rest of the document dispose.

The model labels each occurrence by its few neighbouring words; here one name gets one type per document,
countries are places whatever they do, and a name seen once is found wherever it stands. It knows nothing of
who is who: that is coreference.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.countries import capitals_to_country, country_of, demonyms_to_country, names_to_country
from app.documents import EntityType, Mention, Span
from app.nlp.data.given_names import FEMALE_NAMES, MALE_NAMES
from app.nlp.data.organizations import (
    KNOWN_ORGANIZATIONS,
    ORGANIZATION_WORDS,
    PLACE_WORDS,
    STRONG_ORGANIZATION_WORDS,
)
from app.nlp.data.titles import ADJECTIVE_OFFICES, HONORIFICS, OFFICES, TITLES
from app.nlp.models import Models
from app.nlp.words import Word, runs_in, words_of

_TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "PRODUCT": "product",
    "NORP": "group",
}
# Labels as the model is right about them in news: F1 on GUM news, research of 2026-11.
_CONFIDENCE: dict[EntityType, float] = {
    "person": 0.85,
    "organization": 0.65,
    "place": 0.8,
    "group": 0.8,
    "event": 0.5,
    "work": 0.5,
    "product": 0.5,
}
_TABLE_CONFIDENCE = 0.95  # guess of 2026-11-22: a country's name is hardly ever anything else
_REPEAT_CONFIDENCE = 0.75  # guess of 2026-11-22: a repeat of a name found elsewhere in the text

# The model reads this much of a text: longer than any news article, some 2 s. Guess of 2026-11-22.
_READ_LIMIT = 100_000
_WINDOW = 4_000  # characters handed to the model at once when a paragraph is longer
_JUNK = re.compile(r"\S{100,}")  # no word is as long; the model's tokenizer is quadratic in them
_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "my"))
_DIRECTIONS = frozenset(("North", "South"))
_LONGEST_REPEAT = 6  # words of a name looked for again
_BEFORE_PEOPLE = frozenset((*HONORIFICS, *TITLES, "said", "says", "added", "adds", "asked"))  # "Said Ann Doe"
_EDGES = " \n\t/\"'“”‘’«»()[],;:-–—―…*•\u00a0"
_POSSESSIVE = ("'s", "’s")
# Capitals that are as often a person's or another place's name: only the model may tell.
_AMBIGUOUS = frozenset(("Victoria", "Lima", "Sucre", "Male", "Georgetown", "Wellington", "Praia", "Bern"))


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    entity_type: EntityType
    method: str
    confidence: float


def find_names(text: str, paragraphs: Sequence[Span], models: Models) -> tuple[Mention, ...]:
    """Return the name mentions of `text`, in order, not overlapping.

    Spans leave out determiners, titles and possessive 's; a name has the same type all over the document.
    """
    proposed = [part for found in _read(text, paragraphs, models) for part in _tidy(text, found)]
    words = [word for paragraph in paragraphs for word in words_of(text, paragraph.start, paragraph.end)]
    voted = _vote(text, _without_overlaps(_give_way(text, proposed, list(_listed(text, words)))))
    repeats = _repeats(text, words, voted)
    directions = _directions(text, words, voted)
    found = _without_overlaps([*directions, *voted, *repeats])
    return tuple(Mention(each.span, "name", each.entity_type, each.confidence, each.method) for each in found)


_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # inside a paragraph it is but a space to the model


# --- the model --------------------------------------------------------------------------------


def _read(text: str, paragraphs: Sequence[Span], models: Models) -> Iterator[_Found]:
    windows = list(_windows(text, paragraphs))
    documents = models.names.pipe(_LINE_BREAK.sub(" ", _JUNK.sub(_blank, w.of(text))) for w in windows)
    for window, document in zip(windows, documents, strict=True):
        for entity in document.ents:
            if entity.label_ in _TYPES:
                kind = _TYPES[entity.label_]
                span = Span(window.start + entity.start_char, window.start + entity.end_char)
                yield _Found(span, kind, "model", _CONFIDENCE[kind])


def _blank(junk: re.Match[str]) -> str:
    return " " * len(junk.group())


def _windows(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield stretches to read: paragraphs packed together, long ones cut; none without a capital."""
    start = end = 0
    for piece in (piece for paragraph in paragraphs for piece in _pieces(text, paragraph)):
        if piece.end - start > _WINDOW:
            yield from _worth_reading(text, Span(start, end))
            start = piece.start
        end = piece.end
    yield from _worth_reading(text, Span(start, end))


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    start, limit = paragraph.start, min(paragraph.end, _READ_LIMIT)
    while start < limit:
        end = min(start + _WINDOW, limit)
        if end < limit:
            cut = text.rfind(" ", start + 1, end)
            end = cut if cut > start else end
        yield Span(start, end)
        start = end


def _worth_reading(text: str, window: Span) -> Iterator[Span]:
    if any(map(str.isupper, window.of(text))):
        yield window


# --- tidying one name --------------------------------------------------------------------------


def _tidy(text: str, found: _Found) -> Iterator[_Found]:
    """Yield the names within what the model took for one, trimmed: "Seoul-Tokyo" are two."""
    span = _trim(text, found.span, found.entity_type)
    for part in _split(text, span, found.entity_type):
        trimmed = _trim(text, part, found.entity_type)
        surface = trimmed.of(text)
        if trimmed.start < trimmed.end and any(map(str.isalnum, surface)) and any(map(str.isupper, surface)):
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
        start = _past_opening_word(text, start, end, entity_type)
        if (start, end) == before:
            return Span(start, end)


def _past_opening_word(text: str, start: int, end: int, entity_type: EntityType) -> int:
    """Skip one determiner, or one title before a person's name, as long as a word is left."""
    first, _, rest = text[start:end].partition(" ")
    if not rest.strip(_EDGES):
        return start
    word = first.strip(".").lower()
    is_title = entity_type == "person" and (word in _BEFORE_PEOPLE or first in demonyms_to_country())
    return start + len(first) + 1 if word in _DETERMINERS or is_title else start


_CONJUNCTION = re.compile(r"\s+(?:and|&)\s+|,\s+|\n\s*|\s*[–—/]\s*")
_PARAGRAPH = re.compile(r"\n\s*")
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
    cuts = _CONJUNCTION if entity_type == "person" else _PARAGRAPH
    position = span.start
    for cut in cuts.finditer(surface):
        yield Span(position, span.start + cut.start())
        position = span.start + cut.end()
    yield Span(position, span.end)


def _is_nation(word: str) -> bool:
    return word in names_to_country() or word in capitals_to_country()


# --- the tables --------------------------------------------------------------------------------


def _table() -> dict[str, EntityType]:
    places: dict[str, EntityType] = dict.fromkeys([*names_to_country(), *capitals_to_country()], "place")
    groups: dict[str, EntityType] = dict.fromkeys(demonyms_to_country(), "group")
    return {name: kind for name, kind in (groups | places).items() if name not in _AMBIGUOUS}


_LISTED = _table()
_LONGEST_LISTED = max(len(name.split()) for name in _LISTED)


def _listed(text: str, words: Sequence[Word]) -> Iterator[_Found]:
    """Find countries, capitals and peoples by the tables, also within hyphens ("a South Korea-U.S. pact")."""
    parts = [part for word in words for part in _hyphen_parts(word)]
    for first, last, kind in runs_in(text, parts, _LISTED, _LONGEST_LISTED):
        yield _Found(Span(parts[first].start, parts[last - 1].end), kind, "table", _TABLE_CONFIDENCE)


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


def _give_way(text: str, proposed: Sequence[_Found], listed: Sequence[_Found]) -> Iterator[_Found]:
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


def _yields(text: str, proposed: _Found, entry: _Found) -> bool:
    """Whether the model's name gives way to the table's."""
    if proposed.entity_type == "person":
        return proposed.span != entry.span and entry.span.covers(proposed.span)
    if entry.span.covers(proposed.span):
        return True
    rest = set(re.split(r"[\s-]+", proposed.span.of(text))) - set(entry.span.of(text).split())
    return not rest


def _without_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """Keep names in text order; of two that overlap the earlier or longer, of equals the first in `found`."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or kept[-1].span.end <= each.span.start:
            kept.append(each)
    return kept


# --- the document ------------------------------------------------------------------------------


def _vote(text: str, found: Sequence[_Found]) -> list[_Found]:
    """Give each name one type: by the tables, the word before it, its own words, or the majority."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for each in found:
        key = _key(text, each.span)
        votes[key][each.entity_type] += _TABLE_VOTES if each.method == "table" else 1
        if _follows_title(text, each.span):
            votes[key]["person"] += _TITLE_VOTES
    evidence = _gather(votes)
    types = {key: _elect(key, counts, evidence) for key, counts in votes.items()}
    return [replace(each, entity_type=types[_key(text, each.span)]) for each in found]


_TABLE_VOTES = 100
_TITLE_VOTES = 2  # "attorney Lakeside Doe": more than the model's one word against it
_TITLE = re.compile(r"([^\W\d_]+)\.?\s$")
_NOT_PEOPLE = frozenset(("event", "organization", "place", "product", "work"))
_MIDDLE_INITIAL = re.compile(r"\w+ [A-Z]\. \w+")
_GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES


def _follows_title(text: str, span: Span) -> bool:
    before = _TITLE.search(text[max(0, span.start - 20) : span.start])
    word = before.group(1).lower() if before else ""
    return word in HONORIFICS or (word in OFFICES and word not in ADJECTIVE_OFFICES and " " in span.of(text))


def _key(text: str, span: Span) -> str:
    return re.sub(r"\s+", " ", span.of(text)).removesuffix(".")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the document's other names say of a name."""

    people: set[str]  # first and last words of people's full names
    alone: set[str]  # people's names of one word
    organizations: set[str]  # first words of organizations' names


def _gather(votes: dict[str, Counter[EntityType]]) -> _Evidence:
    winners = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    people = [key.split() for key, winner in winners.items() if winner == "person"]
    full = {word for words in people if len(words) > 1 for word in (words[0], words[-1])}
    firsts = {key.split()[0] for key, winner in winners.items() if " " in key and winner == "organization"}
    return _Evidence(full, {words[0] for words in people if len(words) == 1}, firsts - full)


def _elect(key: str, counts: Counter[EntityType], evidence: _Evidence) -> EntityType:
    """Return the type of a name by its votes and by the other names."""
    if key in KNOWN_ORGANIZATIONS:
        return "organization"
    if " " in key and country_of(key):  # "N. Korea"
        return "place"
    winner = counts.most_common(1)[0][0]
    if " " in key:
        return _elect_long(key, evidence) or winner if winner in ("organization", "place") else winner
    if winner == "person" and key in evidence.organizations:
        return "organization"  # "Ora" beside "Ora Media"
    may_be_person = "person" in counts or winner in _NOT_PEOPLE - {"place"}
    return "person" if may_be_person and key in evidence.people else winner


def _elect_long(key: str, evidence: _Evidence) -> EntityType | None:
    """Return what the words of a longer name tell, if the model takes it for no person."""
    words = key.casefold().split()
    last = key.rsplit(maxsplit=1)[-1]
    if words[-1] in ORGANIZATION_WORDS or STRONG_ORGANIZATION_WORDS & set(words):
        return "organization"
    if words[-1] in PLACE_WORDS:
        return "place"
    is_persons = bool(_MIDDLE_INITIAL.fullmatch(key)) or last in evidence.people | evidence.alone
    return "person" if words[0] in _GIVEN_NAMES and is_persons else None


def _repeats(text: str, words: Sequence[Word], found: Sequence[_Found]) -> Iterator[_Found]:
    """Find a name again wherever it stands, and the family and given names of people."""
    names: dict[str, EntityType] = {}
    for each in found:
        parts = [word.text for word in words_of(text, each.span.start, each.span.end)]
        if each.entity_type == "person" and len(parts) > 1:
            names.setdefault(parts[-1], "person")
            if parts[0].lower() in _GIVEN_NAMES:
                names.setdefault(parts[0], "person")
        name = " ".join(parts)
        if len(name) > 1:  # a letter alone is an initial, a grade or an article, a thousand times over
            names[name] = each.entity_type
    ordinary = {word.text for word in words if word.text.islower()}
    for first, last, kind in runs_in(text, words, names, _LONGEST_REPEAT):
        word = words[first]
        if word.is_capitalised and (last - first > 1 or word.text.lower() not in ordinary):
            yield _Found(Span(word.start, words[last - 1].end), kind, "repeat", _REPEAT_CONFIDENCE)


def _directions(text: str, words: Sequence[Word], found: Sequence[_Found]) -> Iterator[_Found]:
    """Find "the North" for "North Korea", where the text names that country and no other so called."""
    countries = {name for each in found if (name := names_to_country().get(each.span.of(text)))}
    short = Counter(name.split()[0] for name in countries if " " in name)
    for position, word in enumerate(words):
        follows_the = position > 0 and words[position - 1].text.lower() == "the"
        follower = words[position + 1] if position + 1 < len(words) else None
        names_more = (
            follower is not None and follower.is_capitalised and text[word.end : follower.start] == " "
        )
        if word.text in _DIRECTIONS and short[word.text] == 1 and follows_the and not names_more:
            yield _Found(Span(word.start, word.end), "place", "short-name", _REPEAT_CONFIDENCE)
