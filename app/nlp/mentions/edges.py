"""Settle where a name begins and ends by the words around it, where the model cut it short or took too much.

Looks at one name and a line of text on each side; judges no type.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents import EntityType, Span
from app.nlp.data.organizations import CONTINUED_WORDS, LEGAL_FORMS, POSSESSIVE_NAMES
from app.nlp.mentions.found import Found

_BESIDE = 60  # characters looked at on each side
_NAME = r"[^\W\d_a-z][\w'’.-]*"  # a capitalised word
_PARTICLES = "van|von|der|den|de|del|della|di|da|dos|du|bin|bint|ibn|al|el|ter|ten|af|zu"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

# What follows a name and belongs to it, by the type the model gave it.
_CONTINUATIONS: dict[EntityType, re.Pattern[str]] = {
    # "Tessa van der Heuvel", "Salma bint Rashid al-Qasri", "Kim Ji-won"
    "person": re.compile(
        rf"(?:[-‑][a-z]{{2,}}(?<!-led)(?<!-born)(?<!-era)(?<!-style)\b)?"
        rf"(?: (?:(?:{_PARTICLES}) ){{1,2}}{_NAME}(?: al-{_NAME})?| (?:al|el|ul)-{_NAME})?"
    ),
    # "Joint Council | for the Welfare of Migrants"
    "organization": re.compile(
        rf" (?:of|for) (?:the )?(?!{_DAYS}){_NAME}(?: {_NAME}){{0,3}}(?: (?:of|and|for) {_NAME}(?: {_NAME}){{0,2}})?"
    ),
}
_LEGAL = "|".join(map(re.escape, sorted(LEGAL_FORMS, key=len, reverse=True)))
# What a company's name goes on to: "Hai Lan Yards | Joint Stock Company".
_COMPANY = re.compile(rf"(?: {_NAME}){{0,3}} (?:{_LEGAL})(?![\w-])")
_SEAT_OF_COMPANY = re.compile(rf" (?:{_LEGAL})\.?(?= of )")  # "Corvo & Daughters B.V. | of Orly"
_PARTICLE_LAST = re.compile(rf" (?:{_PARTICLES})$")
_ONE_MORE = re.compile(rf" {_NAME}")
_CONTINUED = re.compile(r"(?:^|.* )([^\W\d_]+)$")
# What stands before a name and belongs to it: "East | Los Angeles", "St | Crispin".
_OPENINGS: dict[EntityType, re.Pattern[str]] = {
    "place": re.compile(r"(?<=[\w,] )(?:North|South|East|West|Northern|Southern|Eastern|Western|Greater) $"),
    "person": re.compile(r"\b(?:St\.?|Saint) $"),
}
_CAPTION = re.compile(r" (?:Image|Photo|Photograph|Picture|Video|Credit|File)$")
_POINTS_AFTER = re.compile(r" \d{1,2}$")
_POINTS_BEFORE = re.compile(r"^\d{1,2} ")
# "Orly Rovers 2 – 0 Vale Town", and on a line of its own "Orly Rovers 2 Vale Town 0".
_VERSUS_AFTER = re.compile(r"\s?[–—:-]\s?\d| [A-Z][^\n\d]{2,40} \d{1,2}(?=\s*(?:\n|\Z))")
_VERSUS_BEFORE = re.compile(r"\d\s?[–—:-]\s?$")
_TITLE_OPENS = re.compile(r"(?P<mark>[\"“„«‘']) ?(?:The|A|An) \Z")
_TITLE_ENDS = re.compile(r"[,.?!]?(?:[\"”“»]|['’](?!s\b))")
_SAINT = re.compile(rf"S(?:ain)?t\.? ({_NAME})")
_SAINT_ALONE = re.compile(r"\bS(?:ain)?t\.? ([^\W\d_a-z][\w-]*)(?!['’]s\b|\w)")
_POSSESSIVES = ("'s", "’s")
_DOTTED_END = re.compile(r"(?:\.[^\W\d_]|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|Bros))$")


def settle_edges(text: str, found: Found) -> Found:
    """Return the name with what belongs to it and without what does not."""
    span = _without_seat(text, _without_points(text, _without_caption(text, found.span)))
    span = Span(_opening(text, span, found.entity_type), _ending(text, span, found.entity_type))
    is_title = found.entity_type == "work" or " " in span.of(text)
    return replace(found, span=_with_article(text, span) if is_title else span)


def settle_possessives(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the names, those that end in 's with it: "McDonald's", "St Crispin's".

    A saint's, unless it is a place ("St Louis's mayor") or the text prints it without: then it is a genitive.
    """
    alone = {saint.group(1) for saint in _SAINT_ALONE.finditer(text)}
    for each in found:
        surface = each.span.of(text)
        saint = _SAINT.fullmatch(surface)
        is_church = saint and saint.group(1) not in alone and each.entity_type != "place"
        if text.startswith(_POSSESSIVES, each.span.end) and (is_church or surface + "'s" in POSSESSIVE_NAMES):
            yield replace(each, span=Span(each.span.start, each.span.end + 2))
        else:
            yield each


def _without_seat(text: str, span: Span) -> Span:
    seat = _SEAT_OF_COMPANY.search(text, span.start, span.end)
    return Span(span.start, seat.end()) if seat else span


def _with_article(text: str, span: Span) -> Span:
    """Take the article with a title in quotation marks: “The Salt Widow,”."""
    article = _TITLE_OPENS.search(text, max(0, span.start - _BESIDE), span.start)
    return Span(article.end("mark"), span.end) if article and _TITLE_ENDS.match(text, span.end) else span


def _without_caption(text: str, span: Span) -> Span:
    """Cut the label of a caption's credit: "Ana Reis Image: Vale News"."""
    label = _CAPTION.search(text, max(span.start, span.end - _BESIDE), span.end)
    return Span(span.start, label.start()) if label and text.startswith(":", span.end) else span


def _without_points(text: str, span: Span) -> Span:
    """Cut the points of a match: "Orly Rovers 2 – 0 Vale Town"."""
    start, end = span.start, span.end
    surface = span.of(text)
    after, before = _POINTS_AFTER.search(surface), _POINTS_BEFORE.match(surface)
    if after and _VERSUS_AFTER.match(text, end):
        end = start + after.start()
    elif before and _VERSUS_BEFORE.search(text[max(0, start - _BESIDE) : start]):
        start += before.end()
    return Span(start, end)


def _opening(text: str, span: Span, entity_type: EntityType) -> int:
    pattern = _OPENINGS.get(entity_type)
    before = text[max(0, span.start - _BESIDE) : span.start]
    opening = pattern.search(before) if pattern else None
    return span.start - len(opening.group()) if opening else span.start


def _ending(text: str, span: Span, entity_type: EntityType) -> int:
    """Return where the name ends; the full stop of "Corvo Inc." is a part of it."""
    end = span.end
    pattern = _CONTINUATIONS.get(entity_type)
    if pattern and (entity_type == "person" or _is_continued(span.of(text))):
        line = text[end : end + _BESIDE].partition("\n")[0]
        is_cut_short = entity_type == "person" and _PARTICLE_LAST.search(span.of(text))
        continuation = _ONE_MORE.match(line) if is_cut_short else pattern.match(line)
        end += continuation.end() if continuation else 0
        while end > span.end and text[end - 1] in ".'’-":
            end -= 1
    company = _COMPANY.match(text, end, end + _BESIDE)
    end = company.end() if company else end
    is_dotted = _DOTTED_END.search(text, max(span.start, end - _BESIDE), end)
    return end + 1 if is_dotted and text.startswith(".", end) else end


def _is_continued(surface: str) -> bool:
    last = _CONTINUED.fullmatch(surface)
    return last is not None and last.group(1).lower() in CONTINUED_WORDS
