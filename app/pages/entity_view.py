"""An entity's page: who it is, what it said over time, with whom it appears. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from app.api.resources import Resource
from app.pages import phrases
from app.pages.parts import (
    ArticleCard,
    Link,
    Pager,
    QuoteCard,
    article_card,
    article_day,
    entity_path,
    quote_card,
)
from app.pages.phrases import Moment
from app.pages.timeline_view import Chosen, TimelineView, make_timeline_view


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A name or role, and how often and since when it is printed."""

    name: str
    uses: str
    days: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The quotes of one article, in the order of its text."""

    article: ArticleCard | None
    quotes: tuple[QuoteCard, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What was printed on one day, or in articles without a date."""

    at: Moment
    articles: tuple[Printed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity's page."""

    name: str
    type: str
    counts: tuple[str, ...]
    roles: tuple[LabelUse, ...]
    aliases: tuple[LabelUse, ...]
    same_as: tuple[Link, ...]
    timeline: TimelineView
    days: tuple[Day, ...]
    articles: tuple[ArticleCard, ...]
    related: tuple[Link, ...]
    candidates: tuple[Link, ...]
    pager: Pager
    path: str
    json: str


@dataclass(frozen=True, slots=True)
class EntityResources:
    """What an entity's page is made of. briefs: the articles of the quotes, in brief."""

    entity: Resource
    timeline: Resource
    quotes: Sequence[Resource]
    briefs: Sequence[Resource]
    articles: Sequence[Resource]
    related: Sequence[Resource]
    candidates: Sequence[Resource]


def make_entity_view(found: EntityResources, chosen: Chosen, pager: Pager) -> EntityView:
    """Return an entity's page, with its quotes of the days chosen."""
    entity = found.entity
    path = f"/entities/{entity['id']}"
    briefs = {brief["article_id"]: brief for brief in found.briefs}
    counts = entity["counts"]
    return EntityView(
        name=entity["name"],
        type=entity["type"],
        counts=tuple(phrases.count(counts[f"{noun}s"], noun) for noun in ("quote", "article", "mention")),
        roles=_uses(entity["role_uses"]),
        aliases=_uses(each for each in entity["alias_uses"] if each["name"] != entity["name"]),
        same_as=tuple(Link(url, phrases.web_address(url)) for url in entity["same_as"]),
        timeline=make_timeline_view(found.timeline, path, chosen),
        days=_days(found.quotes, briefs),
        articles=tuple(map(article_card, found.articles)),
        related=tuple(
            Link(each["name"], entity_path(each["id"]), phrases.count(each["article_count"], "article"))
            for each in found.related
        ),
        candidates=tuple(_candidate(each, entity["id"]) for each in found.candidates),
        pager=pager,
        path=path,
        json=_json_of(entity["id"], chosen),
    )


def _json_of(entity_id: str, chosen: Chosen) -> str:
    """Return where the JSON API has the same quotes."""
    ends = {"published_from": chosen.start, "published_to": chosen.end}
    given = {name: f"{day}T00:00:00Z" for name, day in ends.items() if day}
    if not given:
        return f"/v1/entities/{entity_id}/quotes"
    return f"/v1/quotes?{urlencode({'speaker': entity_id} | given)}"


def _uses(labels: Iterable[Resource]) -> tuple[LabelUse, ...]:
    return tuple(
        LabelUse(
            each["name"],
            phrases.count(each["mentions"], "time"),
            " – ".join(
                dict.fromkeys(phrases.day(each[name]).text for name in ("first_seen_at", "last_seen_at"))
            ),
        )
        for each in labels
    )


def _days(quotes: Sequence[Resource], briefs: Mapping[str, Resource]) -> tuple[Day, ...]:
    """Return quotes by day, in the order they come in: the newest first."""

    def day_of(quote: Resource) -> Moment:
        brief = briefs.get(quote["article_id"])
        return article_day(brief) if brief else phrases.day(None)

    return tuple(Day(day, tuple(_printed(list(run), briefs))) for day, run in groupby(quotes, key=day_of))


def _printed(quotes: Sequence[Resource], briefs: Mapping[str, Resource]) -> Iterable[Printed]:
    for article_id, run in groupby(quotes, key=lambda quote: quote["article_id"]):
        brief = briefs.get(article_id)
        yield Printed(article_card(brief) if brief else None, tuple(map(quote_card, run)))


def _candidate(pair: Resource, entity_id: str) -> Link:
    other = pair["candidate"] if pair["entity"]["id"] == entity_id else pair["entity"]
    note = f"{other['type']}, {phrases.percent(pair['confidence'])} likely: {pair['reason']}"
    return Link(other["name"], entity_path(other["id"]), note)
