"""What a page reads: the queries and resources of the JSON API, made into view models."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from sqlalchemy.engine import Connection

from app.api.formats import as_plain
from app.api.lists import ListPage, links_of, read_page, url_at
from app.api.resources import (
    IdTable,
    Resource,
    make_article,
    make_candidate,
    make_entities,
    make_entity_detail,
    make_quote,
    make_related,
)
from app.api.routes.articles import read_article
from app.api.routes.entities import require_entity
from app.api.routes.search import make_hits
from app.api.routes.stories import load_stories, require_story
from app.api.story_resources import make_comparison, make_stories, make_timeline_article
from app.api.timelines import make_timeline
from app.db import entity_queries, keyset, page_queries, queries, search_all, story_queries
from app.db.keyset import Listing, Record
from app.db.queries import ArticleFilter, EntityFilter, QuoteFilter
from app.db.quote_days import count_quote_days
from app.db.search_all import HitKind, SearchFilter
from app.db.story_queries import StoryFilter
from app.pages import phrases
from app.pages.article_view import ArticleView, make_article_view
from app.pages.entity_view import EntityResources, EntityView, make_entity_view
from app.pages.parts import (
    ArticleCard,
    EntityCard,
    Link,
    Pager,
    StoryCard,
    article_card,
    entity_card,
    story_card,
)
from app.pages.search_view import SearchView, make_search_view
from app.pages.story_view import StoryView, make_story_view
from app.pages.timeline_view import Chosen

QUOTED = 40  # quotes of an entity on a page
BESIDE = 12  # articles, related entities and candidates beside them
HITS = 30
HIT_KINDS: dict[HitKind, str] = {
    "article": "Articles",
    "quote": "Quotes",
    "entity": "Names",
    "story": "Stories",
}

LISTS = {"story": "/stories", "article": "/articles", "entity": "/entities"}

type Listed[T] = tuple[list[T], Pager]


def count_all(connection: Connection) -> list[Link]:
    """Return how much there is, each with the list of it where there is one."""
    limit = page_queries.COUNT_LIMIT
    return [
        Link(
            f"over {limit:,}" if number > limit else f"{number:,}",
            LISTS.get(name),
            phrases.plural(number, name),
        )
        for name, number in page_queries.count_rows(connection).items()
    ]


def list_stories(
    request: Request, connection: Connection, limit: int, cursor: str | None
) -> Listed[StoryCard]:
    """Return stories, the one with the newest article first."""
    listing = story_queries.list_stories(connection, StoryFilter())
    page = read_page(request, connection, listing, limit, cursor)
    cards = [story_card(each) for each in as_plain(load_stories(connection, page.rows))]
    return cards, _pager(request, page, cursor)


def list_articles(
    request: Request, connection: Connection, limit: int, cursor: str | None
) -> Listed[ArticleCard]:
    """Return articles, newest first."""
    listing = queries.list_articles(connection, ArticleFilter())
    page = read_page(request, connection, listing, limit, cursor)
    cards = [article_card(each) for each in as_plain([make_article(row) for row in page.rows])]
    return cards, _pager(request, page, cursor)


def list_entities(
    request: Request,
    connection: Connection,
    wanted: EntityFilter,
    ids: IdTable,
    limit: int,
    cursor: str | None,
) -> Listed[EntityCard]:
    """Return entities."""
    listing = queries.list_entities(connection, wanted)
    page = read_page(request, connection, listing, limit, cursor)
    names = queries.names_of(connection, [row["id"] for row in page.rows])
    cards = [entity_card(each) for each in as_plain(make_entities(page.rows, names, ids))]
    return cards, _pager(request, page, cursor)


def read_article_view(connection: Connection, article_id: UUID, ids: IdTable) -> ArticleView:
    """Return an article's page."""
    resource = read_article(connection, article_id, ("quotes", "mentions", "entities"), ids)
    story_id = resource["story_id"]
    row = story_queries.get_story(connection, UUID(str(story_id))) if story_id else None
    [article] = as_plain([resource])
    [story] = as_plain(make_stories([row], (), ())) if row else [None]
    return make_article_view(article, story)


def read_story_view(connection: Connection, story_id: UUID) -> StoryView:
    """Return a story's page."""
    row = require_story(connection, story_id)
    compared = story_queries.load_compared(connection, story_id)
    briefs = _briefs(connection, [str(article.id) for article in compared.articles])
    [story] = load_stories(connection, [row])
    found = {"story": story, "comparison": make_comparison(story_id, compared), "briefs": briefs}
    [plain] = as_plain([found])
    return make_story_view(**plain)


def read_entity_view(
    request: Request,
    connection: Connection,
    entity_id: UUID,
    ids: IdTable,
    cursor: str | None,
    chosen: Chosen,
) -> EntityView:
    """Return an entity's page, with its quotes of the days chosen from `cursor` on."""
    row = require_entity(connection, entity_id)
    names = queries.names_of(connection, [entity_id])
    entity = make_entity_detail(row, names, entity_queries.list_labels(connection, entity_id), ids)
    listing = queries.list_quotes(connection, _said_by(entity_id, chosen))
    page = read_page(request, connection, listing, QUOTED, cursor)
    briefs = _briefs(connection, [str(quote["article_id"]) for quote in page.rows])
    articles = queries.list_articles(connection, ArticleFilter(entity=[entity_id]))
    related, candidates = entity_queries.list_related(entity_id), entity_queries.list_candidates(entity_id)
    found = {
        "entity": entity,
        "timeline": make_timeline(entity_id, count_quote_days(connection, entity_id)),
        "quotes": [make_quote(quote) for quote in page.rows],
        "briefs": briefs,
        "articles": [make_article(each) for each in _first(connection, articles)],
        "related": [make_related(each) for each in _first(connection, related)],
        "candidates": [make_candidate(each) for each in _first(connection, candidates)],
    }
    [plain] = as_plain([found])
    return make_entity_view(EntityResources(**plain), chosen, _pager(request, page, cursor))


def read_search_view(connection: Connection, q: str, kind: HitKind | None, ids: IdTable) -> SearchView:
    """Return the page of a search."""
    wanted = SearchFilter(q=q, kind=[kind] if kind else ())
    hits, ranked = search_all.find_hits(connection, wanted, HITS)
    among = [{"kind": one.kind, "among": one.among, "is_complete": one.is_complete} for one in ranked]
    printed_in = [str(hit.row["article_id"]) for hit in hits if hit.kind == "quote"]
    found = {"items": make_hits(connection, hits, ids), "ranked": among}
    [plain] = as_plain([{"answer": found, "briefs": _briefs(connection, printed_in)}])
    return make_search_view(q, kind, **plain, kinds=_search_kinds(q))


def entity_types() -> list[Link]:
    """Return the lists of entities: all, and those of each type, which is the note."""
    return [
        Link("All", "/entities"),
        *(
            Link(plural.capitalize(), f"/entities?type={name}", name)
            for name, plural in phrases.ENTITY_TYPES.items()
        ),
    ]


def _pager(request: Request, page: ListPage, cursor: str | None) -> Pager:
    return Pager(None if cursor is None else url_at(request, None), links_of(request, page))


def _said_by(entity_id: UUID, chosen: Chosen) -> QuoteFilter:
    start, end = _midnight(chosen.start), _midnight(chosen.end)
    return QuoteFilter(speaker=[str(entity_id)], published_from=start, published_to=end)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)


def _briefs(connection: Connection, article_ids: Iterable[str]) -> list[Resource]:
    rows = page_queries.briefs_of(connection, sorted(set(article_ids)))
    return [make_timeline_article(row) for row in rows]


def _first(connection: Connection, listing: Listing) -> Sequence[Record]:
    return keyset.page(connection, listing, BESIDE, None)


def _search_kinds(q: str) -> list[Link]:
    alone = (
        Link(name, f"/search?{urlencode({'q': q, 'kind': kind})}", kind) for kind, name in HIT_KINDS.items()
    )
    return [Link("Everything", f"/search?{urlencode({'q': q})}"), *alone]
