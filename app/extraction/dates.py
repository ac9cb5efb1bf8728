"""Read the dates and times a page prints of itself: published, updated, and how exactly it says so.

It reads lines of furniture, never the article's sentences: a date in the story is not the story's date.
Nothing is completed by guess: a date without a year, or a day and month that could be either, is no date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from app.documents import DatePrecision, DateZone, Publication, Span

DateLabel = Literal["published", "modified", "none"]

_MONTHS = {
    prefix: number
    for number, prefixes in enumerate(
        (
            "jan ene",
            "feb fév fev",
            "mar mär mrz",
            "apr avr abr",
            "may mai",
            "jun juin",
            "jul juil",
            "aug aoû ago",
            "sep set",
            "oct okt out",
            "nov",
            "dec dez déc dic",
        ),
        start=1,
    )
    for prefix in prefixes.split()
}
# Hours from UTC. IST is India's here, by far the most printed of its three meanings.
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "sast": 2,
    "eest": 3,
    "msk": 3, "gst": 4, "pkt": 5, "ist": 5.5, "wib": 7, "ict": 7, "sgt": 8, "hkt": 8, "pht": 8, "awst": 8,
    "kst": 9,
    "jst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
# "ET" is EST or EDT by the season.
_SEASONAL_ZONES = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
_AMBIGUOUS_ZONES = frozenset({"ist", "cst", "bst"})
_MONTH_FIRST_ZONES = frozenset(_SEASONAL_ZONES) | {zone for zone, hours in _ZONES.items() if hours < 0}

_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",  # 2024-03-09
        rf"(?<!\d){_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?!\d)",  # 2024/3/9
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # March 9th, 2024
        rf"{_DAY}\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}",  # 9 March 2024
        rf"{_DAY}-{_MONTH}-{_YEAR}",  # 09-Mar-2024
        # 9/3/2024
        r"(?<!\d)(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)(?P<year>(?:19|20)?\d\d)(?!\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(
    r"(?<![\d:.])(?P<hour>1[0-2]|0?[1-9])(?P<minute>)(?P<second>)\s?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE
)
_OFFSET = re.compile(
    r"\s?(?:\(?(?:GMT|UTC)\s?)?(?P<sign>[+−-])(?P<hours>[01]\d|\d)(?::?(?P<minutes>[0-5]\d))?(?!\d)",
    re.IGNORECASE,
)
_ZONE_NAME = re.compile(r"[\s(]{0,2}(?P<name>[A-Za-z]{1,4})\b")
_YEAR_DIGITS = re.compile(r"\d\d")
_LABELS: tuple[tuple[DateLabel, re.Pattern[str]], ...] = (
    (
        "modified",
        re.compile(
            r"\b(?:(?:last\s+)?(?:updated?|modified|edited)|aktualisiert|mis à jour|actualizado|atualizado)\b"
            r"[^\w]{0,3}(?:on|at|am|le|el|em)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "published",
        re.compile(
            r"\b(?:(?:first\s+)?(?:published|posted|issued|released|created)|publication date|date"
            r"|veröffentlicht"
            r"|publié|publicado|pubblicato|pub)\b[^\w]{0,3}(?:on|at|am|le|el|em)?\W*$",
            re.IGNORECASE,
        ),
    ),
)
# From a date, as far back as its label may end and as far on as its time of day may begin.
_LABEL_REACH = 40
_TIME_REACH = 24


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as a line prints it. `span` lies in the line; `label` is the word that introduces it."""

    publication: Publication
    label: DateLabel
    span: Span


def find_dates(line: str) -> list[PrintedDate]:
    """Return the full dates (with a year) that `line` prints, in order, none overlapping."""
    found: list[PrintedDate] = []
    if not _YEAR_DIGITS.search(line):  # most lines have no number at all
        return found
    for match in _date_matches(line):
        if found and match.start() < found[-1].span.end:
            continue
        floor = found[-1].span.end if found else 0
        printed = _read(line, match, floor)
        if printed:
            found.append(printed)
    return found


def label_of(text: str) -> DateLabel:
    """Return what kind of date a text ending in such a label introduces: "Published" alone on its line."""
    tail = text[-_LABEL_REACH:] + " "
    return next((label for label, wording in _LABELS if wording.search(tail)), "none")


def _date_matches(line: str) -> Iterator[re.Match[str]]:
    matches = [match for pattern in _DATES for match in pattern.finditer(line)]
    yield from sorted(matches, key=lambda match: (match.start(), -match.end()))


def _read(line: str, match: re.Match[str], floor: int) -> PrintedDate | None:
    time, zone_end = _time_near(line, match, floor)
    zone = _zone_after(line, zone_end) if time else None
    day = _day(match, month_first=zone is not None and zone.name in _MONTH_FIRST_ZONES)
    if day is None:
        return None
    start = min(match.start(), time.start()) if time else match.start()
    end = max(match.end(), zone.end if zone else zone_end)
    label = label_of(line[max(floor, start - _LABEL_REACH) : start])
    return PrintedDate(_publication(day, time, zone), label, Span(start, end))


def _day(match: re.Match[str], *, month_first: bool) -> datetime | None:
    parts = match.groupdict()
    year = int(parts["year"])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 two digits of a year
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        months = {first, second} if first == second else {n for n in (first, second) if n <= 12}  # noqa: PLR2004 months
        if len(months) == 2 and not month_first and parts["mark"] != ".":  # noqa: PLR2004 either could be the month
            return None
        month = first if first in months and (month_first or second not in months) else second
        number = second if month == first else first
    else:
        name, number = parts["month"], int(parts["day"])
        month = (
            int(name) if name.isdigit() else _MONTHS.get(name[:4].lower(), _MONTHS.get(name[:3].lower(), 0))
        )
    try:
        return datetime(year, month, number, tzinfo=UTC)
    except ValueError:
        return None


def _time_near(line: str, match: re.Match[str], floor: int) -> tuple[re.Match[str] | None, int]:
    """Find the time of day just after the date, else just before it ("12:25 PM EST, 1 May 2024")."""
    for pattern in (_TIME, _HOUR_ONLY):
        time = pattern.search(line, match.end(), min(len(line), match.end() + _TIME_REACH))
        if time and _only_joins(line[match.end() : time.start()]):
            return time, time.end()
    for pattern in (_TIME, _HOUR_ONLY):
        times = list(pattern.finditer(line, max(floor, match.start() - _TIME_REACH), match.start()))
        if times and _only_joins(line[times[-1].end() : match.start()]):
            return times[-1], times[-1].end()
    return None, match.end()


_JOINS = re.compile(
    r"(?:\W|\bat\b|\bum\b|\bà\b|\bon\b|\bT(?=$)|\b[A-Z]{2,4}\b|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)*",
    re.IGNORECASE,
)


def _only_joins(between: str) -> bool:
    return "\n\n" not in between and _JOINS.fullmatch(between) is not None


@dataclass(frozen=True, slots=True)
class _Zone:
    name: str
    hours: float
    end: int
    seasonal: bool = False


def _zone_after(line: str, position: int) -> _Zone | None:
    offset = _OFFSET.match(line, position)
    if offset:
        hours = int(offset["hours"]) + int(offset["minutes"] or 0) / 60
        return _Zone("", hours if offset["sign"] == "+" else -hours, offset.end())
    named = _ZONE_NAME.match(line, position)
    name = named["name"].lower() if named else ""
    if named and name in _ZONES and not (name == "z" and line[position] != "Z"):
        explicit = _OFFSET.match(line, named.end()) if name in {"gmt", "utc"} else None
        if explicit:
            return _zone_after(line, named.end())
        return _Zone(name, _ZONES[name], named.end())
    if named and name in _SEASONAL_ZONES and named["name"].isupper():
        return _Zone(name, _SEASONAL_ZONES[name], named.end(), seasonal=True)
    return None


def _publication(day: datetime, time: re.Match[str] | None, zone: _Zone | None) -> Publication:
    if time is None:
        return Publication(day, "day", "unknown")
    hour, minute, second = int(time["hour"]), int(time["minute"] or 0), int(time["second"] or 0)
    if time["half"]:
        hour = hour % 12 + (12 if time["half"].lower() == "p" else 0)
    at = day.replace(hour=hour, minute=minute, second=second)
    precision: DatePrecision = "second" if time["second"] else "minute"
    if zone is None:
        return Publication(at, precision, "unknown")
    hours = zone.hours + (zone.seasonal and _is_american_summer(at))
    stated: DateZone = "assumed" if zone.name in _AMBIGUOUS_ZONES else "stated"
    local = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    return Publication(local.astimezone(UTC), precision, stated, round(hours * 60))


def _is_american_summer(at: datetime) -> bool:
    """Whether US clocks are forward: second Sunday of March to first Sunday of November, since 2007."""
    march, november = at.replace(month=3, day=8), at.replace(month=11, day=1)
    begin = march + timedelta(days=6 - march.weekday())
    end = november + timedelta(days=6 - november.weekday())
    return begin.date() <= at.date() < end.date()
