"""Quotes over time: the days they are of, gathered into days, weeks, months or years. Pure."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from uuid import UUID

from app.api.resources import Resource
from app.db.quote_days import QuoteDays

Unit = Literal["day", "week", "month", "year"]
# Periods, with those that have no quotes, up to which a finer unit is taken: on a telephone bars must stay apart.
# A guess of 2026-11-22.
MOST_PERIODS = 40


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Periods of one length, numbered without gaps."""

    number: Callable[[date], int]
    start: Callable[[int], date]


_CALENDARS: dict[Unit, _Calendar] = {  # the finest first
    "day": _Calendar(date.toordinal, date.fromordinal),
    "week": _Calendar(
        lambda day: (day.toordinal() - 1) // 7, lambda number: date.fromordinal(number * 7 + 1)
    ),
    "month": _Calendar(
        lambda day: day.year * 12 + day.month - 1, lambda number: date(number // 12, number % 12 + 1, 1)
    ),
    "year": _Calendar(lambda day: day.year, lambda number: date(number, 1, 1)),
}


def make_timeline(entity_id: UUID, found: QuoteDays, unit: Unit | None = None) -> Resource:
    """Return an EntityTimeline, by the unit that suits its span where none is given."""
    unit = unit or choose_unit(found)
    calendar = _CALENDARS[unit]
    counts: Counter[int] = Counter()
    for day, count in found.days.items():
        counts[calendar.number(day)] += count
    return {
        "entity_id": entity_id,
        "unit": unit,
        "periods": [
            {
                "published_from": _midnight(calendar.start(number)),
                "published_to": _midnight(_start_or_end_of_time(calendar, number + 1)),
                "quotes": count,
            }
            for number, count in sorted(counts.items())
        ],
        "undated": found.undated_count,
        "is_complete": found.is_complete,
    }


def choose_unit(found: QuoteDays) -> Unit:
    """Return the finest unit of which at most `MOST_PERIODS` hold all days; a year where none does.

    >>> choose_unit(QuoteDays({date(2026, 3, 2): 1, date(2026, 4, 10): 2}, 0, is_complete=True))
    'day'
    >>> choose_unit(QuoteDays({date(2026, 3, 2): 1, date(2026, 4, 11): 2}, 0, is_complete=True))
    'week'
    """
    days = found.days or {date.min: 0}
    for unit, calendar in _CALENDARS.items():
        if calendar.number(max(days)) - calendar.number(min(days)) < MOST_PERIODS:
            return unit
    return "year"


def _start_or_end_of_time(calendar: _Calendar, number: int) -> date:
    try:
        return calendar.start(number)
    except (ValueError, OverflowError):
        return date.max


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
