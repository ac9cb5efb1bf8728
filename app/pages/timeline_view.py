"""An entity's quotes over time as a chart: bars with their places, and the same in words. Pure.

Places are in percent of the chart, so that it is as wide as there is room.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.api.resources import Resource
from app.pages import phrases

FILLED = 0.8  # of the room a period has, so that bars stand apart
WIDEST = 5.0  # percent: of two days the bars would else be half the chart each
LOWEST = 2.0  # percent: a lower bar is not seen


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days whose quotes are asked for: from one on, before another; without both, all."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The quotes of a period, and where they are listed. reach: the room it has, from where and how much."""

    period: str
    quotes: str
    href: str
    is_chosen: bool
    reach: tuple[str, str]
    left: str
    width: str
    top: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """Quotes over time. most: the highest bar's number; chosen: in words, the days listed alone."""

    summary: str
    remarks: tuple[str, ...]
    bars: tuple[Bar, ...]
    ends: tuple[str, str] | None
    most: str
    chosen: str | None
    json: str


def make_timeline_view(timeline: Resource, path: str, chosen: Chosen) -> TimelineView:
    """Return the chart of an EntityTimeline. path: of the entity's page."""
    name = _NAMES[timeline["unit"]]
    periods = [_make_period(one, name) for one in timeline["periods"]]
    return TimelineView(
        summary=_summary(periods, timeline["unit"]),
        remarks=tuple(_remarks(timeline)),
        bars=tuple(_bars(periods, path, chosen)),
        ends=(periods[0].name, periods[-1].name) if len(periods) > 1 else None,
        most=f"{max((period.quotes for period in periods), default=0):,}",
        chosen=_name_chosen(chosen, periods),
        json=f"/v1/entities/{timeline['entity_id']}/timeline",
    )


@dataclass(frozen=True, slots=True)
class _Period:
    name: str
    start: date
    end: date
    quotes: int


def _make_period(period: Resource, name: Callable[[date], str]) -> _Period:
    start, end = (datetime.fromisoformat(period[f"published_{one}"]).date() for one in ("from", "to"))
    return _Period(name(start), start, end, period["quotes"])


def _print_day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_NAMES: dict[str, Callable[[date], str]] = {
    "day": _print_day,
    "week": lambda start: f"week of {_print_day(start)}",
    "month": lambda start: f"{start:%B} {start.year}",
    "year": lambda start: str(start.year),
}


def _summary(periods: Sequence[_Period], unit: str) -> str:
    total = phrases.count(sum(period.quotes for period in periods), "quote")
    if not periods:
        return "No quote has a date."
    if len(periods) == 1:
        return f"{total}: {periods[0].name}."
    most = max(periods, key=lambda period: period.quotes)
    ends = f"{periods[0].name} to {periods[-1].name}"
    return f"{total} by {unit}, {ends}. Most: {most.quotes:,}, {most.name}."


def _remarks(timeline: Resource) -> Iterator[str]:
    yield "Counted by the days of UTC; those below are the outlets’ own."
    if timeline["undated"]:
        yield f"{phrases.count(timeline['undated'], 'quote')} without a date not counted here."
    if not timeline["is_complete"]:
        yield "Only the newest quotes are counted: the earliest period may have more, and there are earlier ones."


def _bars(periods: Sequence[_Period], path: str, chosen: Chosen) -> Iterator[Bar]:
    if not periods:
        return
    start, end = periods[0].start, periods[-1].end
    most = max(period.quotes for period in periods)
    for period in periods:
        room = 100 * _share(period.end - period.start, end - start)
        at = 100 * _share(period.start - start, end - start)
        width, height = min(FILLED * room, WIDEST), max(100 * period.quotes / most, LOWEST)
        yield Bar(
            period=period.name,
            quotes=phrases.count(period.quotes, "quote"),
            href=f"{path}?published_from={period.start}&published_to={period.end}#said",
            is_chosen=(period.start, period.end) == (chosen.start, chosen.end),
            reach=(_percent(at), _percent(room)),
            left=_percent(at + (room - width) / 2),
            width=_percent(width),
            top=_percent(100 - height),
            height=_percent(height),
        )


def _share(part: timedelta, whole: timedelta) -> float:
    return part / whole if whole else 1.0  # none at the end of time


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _name_chosen(chosen: Chosen, periods: Sequence[_Period]) -> str | None:
    """Return the days asked for as the period they are, else by their ends."""
    if chosen == Chosen():
        return None
    names = [period.name for period in periods if (period.start, period.end) == (chosen.start, chosen.end)]
    ends = (("from", chosen.start), ("before", chosen.end))
    return "".join(names) or "the days " + " ".join(f"{word} {_print_day(day)}" for word, day in ends if day)
