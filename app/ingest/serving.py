"""What is found of articles, made into what is served: read, corrected (`standing`), written, counted.

An article that comes in and a correction that is made take the same way through `write`. It takes a connection
that holds the writer's place and never commits itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Uuid, bindparam, delete, select, update
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from app.db.engine import insert_rows
from app.db.records import AsFound, Correction, CorrectionArticle, MergedEntity
from app.db.tables import Article, ArticleEntity, EntityName, Mention, Quote, QuoteMention
from app.db.types import loads
from app.ingest import served_entities
from app.ingest.rows import ArticleKeys, Row
from app.ingest.standing import FoundArticle, ServedArticle, Standing, serve

BATCH = 200  # articles corrected at once: some 6,000 rows in memory
SPANS: dict[type[SQLModel], str] = {Mention: "mentions", Quote: "quotes"}  # changed row by row
LINKS: dict[type[SQLModel], str] = {  # made anew where anything changes
    QuoteMention: "quote_mentions",
    ArticleEntity: "links",
    EntityName: "names",
    AsFound: "as_found",
}

type Stored = Mapping[UUID, Row]  # rows of a table as they are in it, by id


def refresh(connection: Connection, article_ids: Iterable[UUID]) -> None:
    """Serve articles as the corrections now in force say. Linear in the articles; nothing else is touched."""
    for batch in batched(sorted(set(article_ids)), BATCH, strict=False):
        stored = {table: _stored(connection, table, batch) for table in SPANS}
        found = load_found(connection, batch, stored)
        before = served_entities.Tally.of(connection, batch)
        write(connection, serve_all(connection, found), stored)
        served_entities.recount(connection, before, served_entities.Tally.of(connection, batch))


def serve_all(connection: Connection, found: Sequence[FoundArticle]) -> list[ServedArticle]:
    """Return what is served of articles, with the corrections in force; nothing is written."""
    standing = load_standing(connection, found)
    return [serve(article, standing) for article in found]


def load_found(
    connection: Connection,
    article_ids: Sequence[UUID],
    stored: Mapping[type[SQLModel], Stored] | None = None,
) -> list[FoundArticle]:
    """Return what was found in articles: what is stored, with what corrections changed put back."""
    stored = stored or {table: _stored(connection, table, article_ids) for table in SPANS}
    mentions, quotes = dict(stored[Mention]), dict(stored[Quote])
    for row in _select(connection, AsFound, article_ids):
        layer, table = (mentions, Mention) if row["layer"] == "mention" else (quotes, Quote)
        values = _typed(table, loads(row["found"]))
        layer[row["id"]] = layer.get(row["id"], {}) | values
    keys = connection.execute(
        select(col(Article.id), col(Article.publisher_id), col(Article.ordered_at)).where(
            col(Article.id).in_(article_ids)
        )
    ).all()
    names = _by_article(_select(connection, EntityName, article_ids))
    by_article = [_by_article(_in_text_order(layer.values())) for layer in (mentions, quotes)]
    return [
        FoundArticle(ArticleKeys(*key), *(rows.get(key[0], []) for rows in (*by_article, names)))
        for key in keys
    ]


def load_standing(connection: Connection, found: Sequence[FoundArticle]) -> Standing:
    """Return what the corrections in force say of these articles."""
    parts: dict[tuple[UUID, UUID], UUID] = {}
    speakers: dict[UUID, UUID | None] = {}
    rejected = set()
    made = connection.execute(
        select(
            col(CorrectionArticle.article_id),
            *(
                getattr(Correction, name)
                for name in ("kind", "entity_id", "into_id", "quote_id", "mention_id")
            ),
        )
        .join(Correction, col(Correction.id) == col(CorrectionArticle.correction_id))
        .where(
            col(CorrectionArticle.article_id).in_([article.keys.article_id for article in found]),
            col(Correction.undone_by_id).is_(None),
        )
        .order_by(col(Correction.number))  # the later overwrites the earlier
    )
    for article_id, kind, entity_id, into_id, quote_id, mention_id in made:
        if kind == "split":
            parts[article_id, entity_id] = into_id
        elif kind == "reattribute":
            speakers[quote_id] = into_id
        else:
            rejected.add(quote_id or mention_id)
    ids = {row["entity_id"] for article in found for row in article.mentions}
    ids |= {row["speaker_id"] for article in found for row in article.quotes if row["speaker_id"]}
    named = ids | set(parts.values()) | {speaker for speaker in speakers.values() if speaker}
    return Standing(load_merges(connection, named), parts, speakers, frozenset(rejected))


def load_merges(connection: Connection, entity_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return where these entities, and those they go to, are merged into."""
    into: dict[UUID, UUID] = {}
    asked = set(entity_ids)
    while asked:
        merged = connection.execute(
            select(col(MergedEntity.entity_id), col(MergedEntity.into_id)).where(
                col(MergedEntity.entity_id).in_(asked)
            )
        ).all()
        into |= {row.entity_id: row.into_id for row in merged}
        asked = {row.into_id for row in merged} - into.keys()
    return into


def write(
    connection: Connection, served: Sequence[ServedArticle], stored: Mapping[type[SQLModel], Stored]
) -> None:
    """Bring the tables of these articles to what is served; `stored` is what they hold of mentions and quotes."""
    article_ids = [article.keys.article_id for article in served]
    for table in LINKS if stored else ():
        connection.execute(delete(table).where(_table(table).c.article_id.in_(article_ids)))
    served_entities.ensure(connection, served)
    for table, layer in SPANS.items():
        rows = {row["id"]: row for article in served for row in getattr(article, layer)}
        _write_differences(connection, table, stored.get(table, {}), rows)
    for table, layer in LINKS.items():
        insert_rows(connection, table, [row for article in served for row in getattr(article, layer)])
    if stored:
        _write_counts(connection, served)


def _write_differences(
    connection: Connection, table: type[SQLModel], stored: Stored, rows: Mapping[UUID, Row]
) -> None:
    columns = _table(table).columns
    if gone := stored.keys() - rows.keys():
        connection.execute(delete(table).where(columns.id.in_(gone)))
    insert_rows(connection, table, [row for id_, row in rows.items() if id_ not in stored])
    changes: dict[tuple[str, ...], list[Row]] = {}
    for id_, row in rows.items():
        before = stored.get(id_, row)
        names = tuple(name for name, value in row.items() if value != before[name])
        if names:
            values = {f"new_{name}": row[name] for name in names}
            changes.setdefault(names, []).append(values | {"changed": id_})
    for names, values_of in changes.items():
        slots = {name: bindparam(f"new_{name}", type_=columns[name].type) for name in names}
        connection.execute(update(table).where(columns.id == bindparam("changed")).values(slots), values_of)


def _write_counts(connection: Connection, served: Sequence[ServedArticle]) -> None:
    connection.execute(
        update(Article)
        .where(col(Article.id) == bindparam("article"))
        .values(quote_count=bindparam("quotes"), entity_count=bindparam("entities")),
        [
            {
                "article": article.keys.article_id,
                "quotes": article.counts["quote_count"],
                "entities": article.counts["entity_count"],
            }
            for article in served
        ],
    )


def _stored(connection: Connection, table: type[SQLModel], article_ids: Sequence[UUID]) -> dict[UUID, Row]:
    rows = _select(connection, table, article_ids)
    for row in rows if table is Quote else ():
        row["segments"] = loads(row["segments"])  # the one JSON column that is looked into
    return {row["id"]: row for row in rows}


def _select(connection: Connection, table: type[SQLModel], article_ids: Sequence[UUID]) -> list[Row]:
    columns = _table(table).columns
    chosen = select(*columns).where(columns["article_id"].in_(article_ids))
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _by_article(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    grouped: dict[UUID, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def _in_text_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -row["rank"])


def _typed(table: type[SQLModel], values: Mapping[str, Any]) -> Row:
    """Return JSON values as the table's columns hold them."""
    columns = _table(table).columns
    return {
        name: value if value is None else _READERS.get(type(columns[name].type), _as_it_is)(value)
        for name, value in values.items()
    }


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[type, Callable[[Any], Any]] = {Uuid: UUID, UTCDateTime: datetime.fromisoformat}


def _table(mapped: type[SQLModel]) -> Table:
    return mapped.metadata.tables[str(mapped.__tablename__)]
