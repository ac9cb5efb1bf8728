"""How pages say what resources hold: dates, counts, kinds, and what is not known. Pure, English, no HTML."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from app.api.resources import Resource

NO_HEADLINE = "Article without a headline"
NO_STORY_HEADLINE = "Story without a headline"
NO_PUBLISHER = "Unknown outlet"
NOBODY = "Speaker unknown"
NO_BREAK = "\u00a0"  # a space at which no line ends

KINDS = {
    "direct": "all in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "reported, not in quotation marks",
}
ENTITY_TYPES = {
    "person": "people",
    "organization": "organisations",
    "place": "places",
    "event": "events",
    "work": "works",
    "product": "products",
    "group": "groups",
}
RESOLVED_BY = {
    "name": "named here",
    "nominal": "told from a description",
    "pronoun": "told from a pronoun",
    "context": "told from the context",
    "correction": "as a person has corrected",
}
STATUSES = {
    "named": "A name that could not be tied to anyone known.",
    "unresolved": "The words do not tell who it is.",
    "none": "Nobody is named as the speaker.",
}
ZONES = {"stated": "UTC", "assumed": "UTC, zone assumed", "unknown": "zone not stated"}
_IRREGULAR = {"story": "stories", "entity": "names"}  # to readers entities are names


def no_headline(opening: str | None) -> str:
    """Return what an article without a headline is called: by its first words, if it has any."""
    return f"No headline: {opening} …" if opening else NO_HEADLINE


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as people read it, and for machines; or, with `machine` None, that it is not known, and why."""

    text: str
    machine: str | None = None


def moment(
    at: str | None,
    precision: str | None = "minute",
    zone: str | None = None,
    offset_minutes: int | None = None,
) -> Moment:
    """Return a time of a resource as its page would print it, no more exactly than it is known.

    offset_minutes: of the zone it was stated in.

    >>> moment("2013-04-17T15:40:00Z", "minute", "unknown").text
    '17 April 2013, 15:40 (zone not stated)'
    >>> moment("2013-04-17T15:40:00Z", "minute", "stated", 540).text
    '18 April 2013, 00:40 (UTC+09:00)'
    """
    if at is None:
        return Moment("Date unknown")
    time = datetime.fromisoformat(at).astimezone(UTC)
    shifted = _shifted(time, offset_minutes)
    day = f"{shifted.day} {shifted:%B %Y}"
    if precision == "day":
        return Moment(day, f"{shifted:%Y-%m-%d}")
    clock = f"{day}, {shifted:%H:%M}"
    return Moment(f"{clock} ({_zone(shifted, zone)})" if zone else clock, at)


def printed_day(
    at: str | None, precision: str | None, zone: str | None, offset_minutes: int | None
) -> Moment:
    """Return the day of a time where it was printed; where that is not known it is that of UTC, and says so.

    >>> printed_day("2013-04-17T15:40:00Z", "minute", "stated", 540)
    Moment(text='18 April 2013', machine='2013-04-18T00:40:00+09:00')
    >>> printed_day("2013-04-17T15:40:00Z", "minute", "stated", None).text
    '17 April 2013 (UTC)'
    """
    printed = moment(at, "day", zone, offset_minutes)
    if at is None or precision == "day" or zone == "unknown":  # its clock is as printed
        return printed
    if offset_minutes is None:
        return Moment(f"{printed.text} (UTC)", at)
    return Moment(printed.text, _shifted(datetime.fromisoformat(at), offset_minutes).isoformat())


def _shifted(time: datetime, offset_minutes: int | None) -> datetime:
    """Return a time in its zone; as it is where there is none, or no such time."""
    try:
        return time.astimezone(timezone(timedelta(minutes=offset_minutes or 0)))
    except (ValueError, OverflowError):
        return time


def _zone(time: datetime, zone: str) -> str:
    return ZONES[zone].replace("UTC", time.tzname() or "UTC")


def day(at: str | None) -> Moment:
    """Return the day of a time."""
    return moment(at, "day")


def count(number: int, noun: str) -> str:
    """Return a number of things.

    >>> count(1, "story"), count(2, "story"), count(1200, "quote")
    ('1 story', '2 stories', '1,200 quotes')
    """
    return f"{number:,} {plural(number, noun)}"


def plural(number: int, noun: str) -> str:
    """Return the form of a noun that goes with a number."""
    return noun if number == 1 else _IRREGULAR.get(noun, noun + "s")


def percent(share: float) -> str:
    """Return a share of 1. Only what is nothing is 0 %, only what is all is 100 %.

    >>> [percent(share).replace(NO_BREAK, " ") for share in (0.8727, 0.999, 0.001, 1)]
    ['87 %', '99 %', '1 %', '100 %']
    """
    rounded = round(share * 100)
    inner = min(max(rounded, 1), 99)
    return f"{rounded if share in (0, 1) else inner}{NO_BREAK}%"


def speaker_name(speaker: Resource | None) -> str:
    """Return whom pages name as a speaker: the entity, else the printed words."""
    named: Any = speaker and (speaker.get("name") or speaker.get("text"))
    return named or NOBODY


def web_address(url: str | None) -> str | None:
    """Return an address a page may link to: one of the web, whatever else is stored.

    >>> web_address("javascript:alert(1)"), web_address("https://news.example/a")
    (None, 'https://news.example/a')
    """
    if url is None or any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
