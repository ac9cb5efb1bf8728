"""When the articles of a story were published: in order, each with how long after the first, on a line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.api.resources import Resource
from app.pages import phrases
from app.pages.parts import ArticleCard, article_card

FEWEST = 2  # articles with a date, from which there is an order to show
MARGIN = 2.0  # percent, so that dots at the ends are whole
HOUR, DAY = 60, 24 * 60  # minutes
HOURS_TOLD = 48  # longer is told in days


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article as it came. place: on the line, in percent; None where its date is not known."""

    article: ArticleCard
    after: str | None
    place: str | None


def make_arrivals(articles: Sequence[Resource]) -> tuple[Arrival, ...]:
    """Return articles in brief, the earliest first and those without a date last; none where there is no order."""
    dated = sorted((each for each in articles if each["published_at"]), key=lambda each: each["published_at"])
    if len(dated) < FEWEST:
        return ()
    first, last = (datetime.fromisoformat(each["published_at"]) for each in (dated[0], dated[-1]))
    undated = [Arrival(article_card(each), None, None) for each in articles if not each["published_at"]]
    return (*(_arrival(each, dated[0], first, last - first) for each in dated), *undated)


def _arrival(article: Resource, first: Resource, start: datetime, whole: timedelta) -> Arrival:
    passed = datetime.fromisoformat(article["published_at"]) - start
    share = passed / whole if whole else 0.0
    return Arrival(
        article=article_card(article),
        after=None if article is first else _say_after(passed, exact=_is_exact(article) and _is_exact(first)),
        place=f"{MARGIN + (100 - 2 * MARGIN) * share:.2f}%",
    )


def _is_exact(article: Resource) -> bool:
    """Whether the minute is known, wherever the clock stood."""
    return not {"day", "unknown"} & {article["published_precision"], article["published_zone"]}


def _say_after(passed: timedelta, *, exact: bool) -> str:
    """Return how long after the first, no more exactly than both are known.

    >>> [_say_after(timedelta(minutes=125), exact=exact) for exact in (True, False)]
    ['2 h 5 min later', 'within a day']
    """
    minutes = passed // timedelta(minutes=1)
    if not exact or minutes >= HOURS_TOLD * HOUR:
        days = minutes // DAY
        return f"{phrases.count(days, 'day')} later" if days else "within a day"
    parts = ((minutes // HOUR, "h"), (minutes % HOUR, "min"))
    told = " ".join(f"{number} {unit}" for number, unit in parts if number)
    return f"{told} later" if told else "at the same time"
