"""What the API reads: one function for each list and each single thing, from filters to a reading.

The base statements are built once, over tables and not their mapped classes.
"""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, case, exists, func, or_, select
from sqlalchemy.engine import Connection

from app.db import search, topics
from app.db.copies import COPY, COPY_COLUMNS, is_no_copy
from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Reading,
    Record,
    columns_of,
    fill_slots,
    is_one_of,
    make_reading,
    slot,
)
from app.db.lookups import NOBODY, find_publishers, find_speakers
from app.db.merges import follow, follow_stories
from app.db.tables import (
    Article,
    ArticleEntity,
    Decision,
    Entity,
    EntityLabel,
    Mention,
    Publisher,
    Quote,
    QuoteMention,
)
from app.db.topics import fold_topic
from app.db.types import table_of

ARTICLE, ARTICLE_ENTITY, ENTITY = table_of(Article), table_of(ArticleEntity), table_of(Entity)
OPENING_LENGTH = 200  # characters
# Read only where it stands in for a headline: texts lie apart from the rest of a row
OPENING = case((ARTICLE.c.headline.is_(None), func.substr(ARTICLE.c.text, 1, OPENING_LENGTH))).label(
    "opening"
)
ENTITY_LABEL, MENTION, PUBLISHER = table_of(EntityLabel), table_of(Mention), table_of(Publisher)
QUOTE, QUOTE_MENTION = table_of(Quote), table_of(QuoteMention)
DECISION = table_of(Decision)

DETAIL_COLUMNS = {"text", "paragraphs", "warnings", "removed", "provenance"}
HIDDEN_COLUMNS = {"search_key", "natural_key", "pipeline_version", "ordered_at"}
KEPT_STATEMENTS = 256  # of each list, by which filters are given; each takes some 20 kB
PERIOD = {"published_from": operator.ge, "published_to": operator.lt}  # what has no date is in no such time
HIGHEST = "\U0010ffff"  # sorts after any name that starts with a prefix

NAME_LIMIT = 50  # names, and roles, shown of an entity; a guess of 2026-11-22

Shape = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles. Several values of one filter are alternatives."""

    publisher: Sequence[str] = ()  # id or slug
    published_from: datetime | None = None
    published_to: datetime | None = None
    entity: Sequence[UUID] = ()
    speaker: Sequence[str] = ()  # entity id or name
    language: Sequence[str] = ()
    external_id: Sequence[str] = ()
    story: Sequence[UUID] = ()
    section: Sequence[str] = ()
    keyword: Sequence[str] = ()
    warning: Sequence[str] = ()
    copies: str = "include"
    q: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFilter:
    """Which quotes. Several values of one filter are alternatives."""

    speaker: Sequence[str] = ()  # entity id or name
    mentions: Sequence[UUID] = ()
    article: Sequence[UUID] = ()
    story: Sequence[UUID] = ()
    utterance: Sequence[UUID] = ()
    publisher: Sequence[str] = ()  # id or slug
    kind: Sequence[str] = ()
    status: Sequence[str] = ()
    speaker_type: Sequence[str] = ()
    attribution: Sequence[str] = ("speech", "writing")
    published_from: datetime | None = None
    published_to: datetime | None = None
    copies: str = "include"  # or "exclude": without those printed in copies of another article
    min_confidence: float | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFilter:
    """Which entities. Several values of one filter are alternatives."""

    type: Sequence[str] = ()
    name: Sequence[str] = ()  # the whole of one of its names, without regard to case
    q: str | None = None  # the beginning of one of its names
    article: Sequence[UUID] = ()
    story: Sequence[UUID] = ()
    sort: str = "name"


def list_articles(
    connection: Connection, wanted: ArticleFilter, *, with_text: bool = False, pages: bool = False
) -> Listing:
    """Return articles, newest first; with their texts on request. pages: only pages are wanted, no count."""
    given: dict[str, Sequence[Any]] = {
        "entity": follow(connection, wanted.entity),
        "language": wanted.language,
        "external_id": wanted.external_id,
        "story": follow_stories(connection, wanted.story),
        "section": list(map(fold_topic, wanted.section)),
        "keyword": list(map(fold_topic, wanted.keyword)),
        "warning": list(map(fold_topic, wanted.warning)),
        **_period(wanted),
    }
    if wanted.speaker:
        given["speaker"] = find_speakers(connection, wanted.speaker) or NOBODY
    if wanted.publisher:
        given["publisher"] = find_publishers(connection, wanted.publisher) or NOBODY
    statement = _list_articles(shape_of(given), wanted.copies, with_text=with_text)
    if wanted.q is not None:
        statement = statement.where(
            has_words(connection, "article", ARTICLE.c.search_key, wanted.q, pages=pages)
        )
    return Listing(statement, fill_slots(given))


def get_article(connection: Connection, article_id: UUID) -> Record | None:
    """Return an article with its text, or None."""
    return _get_article().fetch_one(connection, id_0=article_id)


def has_article(connection: Connection, article_id: UUID) -> bool:
    """Whether there is such an article."""
    return connection.execute(select(ARTICLE.c.id).where(ARTICLE.c.id == article_id)).first() is not None


def list_quotes(connection: Connection, wanted: QuoteFilter, *, pages: bool = False) -> Listing:
    """Return quotes: newest article first, then in the order of the text. pages: only pages are wanted, no count."""
    given: dict[str, Sequence[Any]] = {
        "mentions": follow(connection, wanted.mentions),
        "article": wanted.article,
        "story": follow_stories(connection, wanted.story),
        "utterance": wanted.utterance,
        "kind": wanted.kind,
        "status": wanted.status,
        "speaker_type": wanted.speaker_type,
        "attribution": wanted.attribution,
        **_period(wanted),
        "min_confidence": () if wanted.min_confidence is None else [wanted.min_confidence],
    }
    if wanted.speaker:
        given["speaker"] = find_speakers(connection, wanted.speaker) or NOBODY
    if wanted.publisher:
        given["publisher"] = find_publishers(connection, wanted.publisher) or NOBODY
    statement = _list_quotes(shape_of(given), wanted.copies)
    if wanted.q is not None:
        statement = statement.where(has_words(connection, "quote", QUOTE.c.search_key, wanted.q, pages=pages))
    return Listing(statement, fill_slots(given))


def get_quote(connection: Connection, quote_id: UUID) -> Record | None:
    """Return a quote, or None."""
    return _get_quote().fetch_one(connection, id_0=quote_id)


def list_mentions(*, article: Sequence[UUID] = (), entity: Sequence[UUID] = ()) -> Listing:
    """Return mentions: newest article first, then in the order of the text."""
    given = {"article": article, "entity": entity}
    return Listing(_list_mentions(shape_of(given)), fill_slots(given))


def list_entities(connection: Connection, wanted: EntityFilter) -> Listing:
    """Return entities by name, or the most mentioned or most quoted first."""
    given: dict[str, Sequence[Any]] = {
        "type": wanted.type,
        "article": wanted.article,
        "story": follow_stories(connection, wanted.story),
    }
    if wanted.name:
        given["id"] = find_speakers(connection, wanted.name) or NOBODY
    statement = _list_entities(shape_of(given), wanted.sort)
    if wanted.q is not None:
        prefix = " ".join(wanted.q.casefold().split())
        named = select(ENTITY_LABEL.c.entity_id).where(
            ENTITY_LABEL.c.kind == "alias",
            ENTITY_LABEL.c.folded >= prefix,
            ENTITY_LABEL.c.folded < prefix + HIGHEST,
        )
        begins = and_(ENTITY.c.sort_name >= prefix, ENTITY.c.sort_name < prefix + HIGHEST)
        statement = statement.where(or_(begins, ENTITY.c.id.in_(named)))
    return Listing(statement, fill_slots(given))


def get_entity(connection: Connection, entity_id: UUID) -> Record | None:
    """Return an entity, or None."""
    return _select(ENTITY).where(ENTITY.c.id == entity_id).fetch_one(connection)


def names_of(connection: Connection, entity_ids: Sequence[Any]) -> list[Record]:
    """Return the names and roles of these entities, the commonest first and at most `NAME_LIMIT` of each kind."""
    label = ENTITY_LABEL.c
    order = (label.mention_count.desc(), label.name)
    place = func.row_number().over(partition_by=(label.entity_id, label.kind), order_by=order)
    chosen = label.entity_id.in_([UUID(str(id_)) for id_ in entity_ids])
    ranked = select(ENTITY_LABEL, place.label("place")).where(chosen).subquery()
    reading = make_reading([column for column in ranked.c if column.name not in {"folded", "place"}], ranked)
    statement = reading.statement.where(ranked.c.place <= NAME_LIMIT)
    return replace(reading, statement=statement.order_by(ranked.c.place)).fetch(connection)


def shape_of(given: Mapping[str, Sequence[Any]]) -> Shape:
    """Return what decides a statement's text: which filters are given, and how many values each has."""
    return tuple((name, len(values)) for name, values in given.items() if values)


def _period(wanted: ArticleFilter | QuoteFilter) -> dict[str, Sequence[datetime]]:
    ends = {"published_from": wanted.published_from, "published_to": wanted.published_to}
    return {name: [at] if at else () for name, at in ends.items()}


@lru_cache(maxsize=KEPT_STATEMENTS)
def _list_articles(shape: Shape, copies: str, *, with_text: bool) -> ListStatement:
    given = dict(shape)
    driver, place, reading = _drive_articles(_select_articles(with_text=with_text), given)
    links = ARTICLE_ENTITY.c
    if "entity" in given and driver != "entity":
        chosen = select(links.article_id).where(is_one_of(links.entity_id, "entity", given["entity"]))
        reading = reading.where(ARTICLE.c.id.in_(chosen))
    if "speaker" in given:
        is_said = is_one_of(QUOTE.c.speaker_id, "speaker", given["speaker"])
        in_it = exists().where(QUOTE.c.article_id == ARTICLE.c.id, is_said)
        said = select(QUOTE.c.article_id).where(is_said)
        reading = reading.where(in_it if driver else ARTICLE.c.id.in_(said))
    columns = {
        "publisher": ARTICLE.c.publisher_id,
        "language": ARTICLE.c.language,
        "external_id": ARTICLE.c.external_id,
        "story": ARTICLE.c.story_id,
    }
    reading = reading.where(*_equalities(columns, given), *_between(given, ARTICLE.c.ordered_at))
    if PERIOD.keys() & given.keys():
        reading = reading.where(ARTICLE.c.published_at.is_not(None))
    reading = reading.where(*topics.has_topics(ARTICLE.c.id, given, without=driver))
    if copies == "exclude":
        reading = reading.where(is_no_copy(ARTICLE.c.id))
    return ListStatement(reading, Keyset(tuple(place), ("place_at", "id")))


def _drive_articles(
    reading: Reading, given: Mapping[str, int]
) -> tuple[str | None, Sequence[ColumnElement[Any]], Reading]:
    """Return the filter whose own index the list goes along, where there is one, and the place in it.

    So the list is flat, however often an entity is mentioned or quoted, or a topic used.
    """
    driver = next((name for name in ("entity", "speaker", *topics.KINDS) if given.get(name) == 1), None)
    if driver is None:
        return None, (ARTICLE.c.ordered_at, ARTICLE.c.id), reading
    if driver in topics.KINDS:
        return driver, topics.PLACE, topics.drive(reading, ARTICLE.c.id, driver)
    links = ARTICLE_ENTITY.c
    reading = reading.join(ARTICLE_ENTITY, links.article_id == ARTICLE.c.id)
    return driver, (links.ordered_at, links.article_id), reading.where(is_one_of(links.entity_id, driver, 1))


def _between(given: Mapping[str, int], at: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    return [compare(at, slot(f"{name}_0", at.type)) for name, compare in PERIOD.items() if name in given]


@lru_cache(maxsize=KEPT_STATEMENTS)
def _list_quotes(shape: Shape, copies: str) -> ListStatement:
    given = dict(shape)
    reading = _select_quotes()
    place = QUOTE.c
    if given.get("mentions") == 1:  # drive from the link's own index
        place = QUOTE_MENTION.c
        reading = reading.join(QUOTE_MENTION, place.quote_id == QUOTE.c.id)
        reading = reading.where(is_one_of(place.entity_id, "mentions", 1))
    elif "mentions" in given:
        links = QUOTE_MENTION.c
        chosen = select(links.quote_id).where(is_one_of(links.entity_id, "mentions", given["mentions"]))
        reading = reading.where(QUOTE.c.id.in_(chosen))
    columns = {
        "speaker": QUOTE.c.speaker_id,
        "publisher": QUOTE.c.publisher_id,
        "article": QUOTE.c.article_id,
        "kind": QUOTE.c.kind,
        "status": QUOTE.c.status,
        "speaker_type": QUOTE.c.speaker_type,
        "attribution": QUOTE.c.attribution,
        "utterance": QUOTE.c.utterance_id,
    }
    reading = reading.where(*_equalities(columns, given), *_between(given, place.ordered_at))
    if PERIOD.keys() & given.keys():
        is_dated = exists().where(ARTICLE.c.id == QUOTE.c.article_id, ARTICLE.c.published_at.is_not(None))
        reading = reading.where(is_dated)
    if "story" in given:
        reading = reading.where(QUOTE.c.article_id.in_(_articles_of_stories(given["story"])))
    if copies == "exclude":
        reading = reading.where(is_no_copy(QUOTE.c.article_id))
    if "min_confidence" in given:
        reading = reading.where(QUOTE.c.confidence >= slot("min_confidence_0", QUOTE.c.confidence.type))
    keyset = Keyset((place.ordered_at, place.article_id, place.rank), ("place_at", "article_id", "rank"))
    return ListStatement(reading, keyset)


@lru_cache(maxsize=KEPT_STATEMENTS)
def _list_mentions(shape: Shape) -> ListStatement:
    columns = {"article": MENTION.c.article_id, "entity": MENTION.c.entity_id}
    reading = _select(MENTION).where(*_equalities(columns, dict(shape)))
    names = ("ordered_at", "article_id", "rank")
    return ListStatement(reading, Keyset(tuple(MENTION.c[name] for name in names), names))


@lru_cache(maxsize=KEPT_STATEMENTS)
def _list_entities(shape: Shape, sort: str) -> ListStatement:
    given = dict(shape)
    name = "sort_name" if sort == "name" else sort.removeprefix("-")
    keyset = Keyset((ENTITY.c[name], ENTITY.c.id), (name, "id"), descending=sort != "name")
    reading = _select(ENTITY).where(*_equalities({"type": ENTITY.c.type, "id": ENTITY.c.id}, given))
    if "article" in given:
        links = ARTICLE_ENTITY.c
        chosen = select(links.entity_id).where(is_one_of(links.article_id, "article", given["article"]))
        reading = reading.where(ENTITY.c.id.in_(chosen))
    if "story" in given:
        links = ARTICLE_ENTITY.c
        told = select(links.entity_id).where(links.article_id.in_(_articles_of_stories(given["story"])))
        reading = reading.where(ENTITY.c.id.in_(told))
    return ListStatement(reading, keyset)


def _articles_of_stories(count: int) -> Select[Any]:
    return select(ARTICLE.c.id).where(is_one_of(ARTICLE.c.story_id, "story", count))


def _equalities(columns: Mapping[str, Any], given: Mapping[str, int]) -> list[ColumnElement[bool]]:
    return [is_one_of(column, name, given[name]) for name, column in columns.items() if name in given]


@cache
def _get_article() -> Reading:
    return _select_articles(with_text=True).where(is_one_of(ARTICLE.c.id, "id", 1))


@cache
def _get_quote() -> Reading:
    return _select_quotes().where(is_one_of(QUOTE.c.id, "id", 1))


@cache
def _select_articles(*, with_text: bool) -> Reading:
    columns = columns_of(ARTICLE, without=HIDDEN_COLUMNS | (set() if with_text else DETAIL_COLUMNS))
    named = (PUBLISHER.c.slug.label("publisher_slug"), PUBLISHER.c.name.label("publisher_name"))
    joined = ARTICLE.outerjoin(PUBLISHER, PUBLISHER.c.id == ARTICLE.c.publisher_id)
    joined = joined.outerjoin(COPY, COPY.c.article_id == ARTICLE.c.id)
    place = ARTICLE.c.ordered_at.label("place_at")
    return make_reading([*columns, OPENING, place, *named, *COPY_COLUMNS], joined)


@cache
def _select_quotes() -> Reading:
    columns = columns_of(QUOTE, without={"search_key", "publisher_id", "ordered_at"})
    named = (QUOTE.c.ordered_at.label("place_at"), ENTITY.c.name.label("speaker_name"))
    return make_reading([*columns, *named], QUOTE.outerjoin(ENTITY, ENTITY.c.id == QUOTE.c.speaker_id))


@cache
def _select(table: Table) -> Reading:
    return make_reading(list(table.columns), table)


def has_words(
    connection: Connection, target: str, key: Any, q: str, *, pages: bool = False
) -> ColumnElement[bool]:
    """Return the condition that a row of "article" or "quote" has the words; pages: no count is wanted.

    Postgres knows by itself when to walk these lists.
    """
    dialect = connection.dialect.name
    walks = pages and dialect == "sqlite" and search.is_common(connection, target, q)
    return search.matches(dialect, target, key, q, walks=walks)
