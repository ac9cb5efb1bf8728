"""What is found of articles, made into what is served: read, corrected (`standing`), written, counted.

An article that comes in and a correction that is made take the same way through `write`. It takes a connection
that holds the writer's place and never commits itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select, update
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from app.db.engine import insert_rows
from app.db.records import AsFound, Correction, CorrectionArticle, MergedEntity
from app.db.tables import Article, ArticleEntity, EntityName, FoundEntity, Mention, Quote, QuoteMention
from app.db.types import loads, table_of
from app.ingest import change_log
from app.ingest.rows import ArticleKeys, Row, quote_as_now
from app.ingest.served_entities import Tally, ensure, recount
from app.ingest.standing import FoundArticle, ServedArticle, Standing, serve

BATCH = 200  # articles corrected at once: some 10,000 rows in memory
TABLES: dict[
    type[SQLModel], tuple[str, tuple[str, ...]]
] = {  # what holds a ServedArticle's rows, and their key
    Mention: ("mentions", ("id",)),
    Quote: ("quotes", ("id",)),
    QuoteMention: ("quote_mentions", ("quote_id", "entity_id")),
    ArticleEntity: ("links", ("article_id", "entity_id")),
    EntityName: ("names", ("article_id", "found_id", "kind", "name")),
}

type Stored = Mapping[type[SQLModel], Sequence[Row]]  # rows as they are in their tables


def refresh(connection: Connection, article_ids: Iterable[UUID]) -> None:
    """Serve articles as the corrections now in force say. Linear in the articles; what does not differ stays."""
    for batch in batched(sorted(set(article_ids)), BATCH, strict=False):
        stored = {table: _stored(connection, table, batch) for table in TABLES}
        served = serve_all(connection, load_found(connection, batch, stored))
        write(connection, served, stored)
        quotes = [row for article in served for row in article.quotes]
        change_log.record_quotes(connection, stored[Quote], quotes)
        after = Tally.made_of(
            [row for article in served for row in article.links],
            [row for article in served for row in article.names],
        )
        recount(connection, Tally.made_of(stored[ArticleEntity], stored[EntityName]), after)


def serve_all(connection: Connection, found: Sequence[FoundArticle]) -> list[ServedArticle]:
    """Return what is served of articles, with the corrections in force; nothing is written."""
    standing = load_standing(connection, found)
    return [serve(article, standing) for article in found]


def load_found(
    connection: Connection, article_ids: Sequence[UUID], stored: Stored | None = None
) -> list[FoundArticle]:
    """Return what was found in articles: what is stored, with what corrections changed put back."""
    stored = stored or {
        table: _stored(connection, table, article_ids) for table in (Mention, Quote, EntityName)
    }
    mentions, quotes = ({row["id"]: row for row in stored[table]} for table in (Mention, Quote))
    for row in _select(connection, AsFound, article_ids):
        layer, table = (mentions, Mention) if row["layer"] == "mention" else (quotes, Quote)
        values = _typed(table, loads(row["found"]))
        layer[row["id"]] = layer.get(row["id"], {}) | values
    quotes = {id_: quote_as_now(row) for id_, row in quotes.items()}
    keys = connection.execute(
        select(col(Article.id), col(Article.publisher_id), col(Article.ordered_at)).where(
            col(Article.id).in_(article_ids)
        )
    ).all()
    layers = (_in_text_order(mentions.values()), _in_text_order(quotes.values()), stored[EntityName])
    by_article = [_by_article(layer) for layer in layers]
    return [FoundArticle(ArticleKeys(*key), *(rows.get(key[0], []) for rows in by_article)) for key in keys]


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
    standing = Standing(load_merges(connection, named), parts, speakers, frozenset(rejected))
    given = {standing.survivor(speaker) for speaker in speakers.values() if speaker}
    return replace(standing, types=_found_types(connection, given) if given else {})


def _found_types(connection: Connection, entity_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Return the types of entities as found: a retyping serves no article anew, so what is served may not ask it."""
    found = select(col(FoundEntity.id), col(FoundEntity.type)).where(col(FoundEntity.id).in_(entity_ids))
    return {row.id: row.type for row in connection.execute(found)}


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


def write(connection: Connection, served: Sequence[ServedArticle], stored: Stored) -> None:
    """Bring the tables of these articles to what is served; `stored` is what they hold, if they are not new."""
    article_ids = [article.keys.article_id for article in served]
    ensure(connection, served)
    for table, (layer, key) in TABLES.items():
        rows = [row for article in served for row in getattr(article, layer)]
        if stored:
            _write_differences(connection, table, key, stored[table], rows)
        else:
            insert_rows(connection, table, rows)
    if stored:
        connection.execute(delete(AsFound).where(col(AsFound.article_id).in_(article_ids)))
        _write_counts(connection, served)
    insert_rows(connection, AsFound, [row for article in served for row in article.as_found])


def _write_differences(
    connection: Connection,
    table: type[SQLModel],
    key: Sequence[str],
    stored: Sequence[Row],
    rows: Sequence[Row],
) -> None:
    """Insert, update and delete what differs; an update names only the columns that change."""
    columns = table_of(table).columns
    at_place = [columns[name] == bindparam(f"at_{name}", type_=columns[name].type) for name in key]
    before = {tuple(row[name] for name in key): row for row in stored}
    changes: dict[tuple[str, ...], list[Row]] = {}
    new = []
    for row in rows:
        old = before.pop(tuple(row[name] for name in key), None)
        if old is None:
            new.append(row)
        elif names := tuple(name for name, value in row.items() if value != old[name]):
            values = {f"new_{name}": row[name] for name in names}
            changes.setdefault(names, []).append(values | _place(key, row))
    if before:
        connection.execute(delete(table).where(*at_place), [_place(key, row) for row in before.values()])
    insert_rows(connection, table, new)
    for names, values_of in changes.items():
        slots = {name: bindparam(f"new_{name}", type_=columns[name].type) for name in names}
        connection.execute(update(table).where(*at_place).values(slots), values_of)


def _place(key: Sequence[str], row: Row) -> Row:
    return {f"at_{name}": row[name] for name in key}


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


def _stored(connection: Connection, table: type[SQLModel], article_ids: Sequence[UUID]) -> list[Row]:
    rows = _select(connection, table, article_ids)
    for row in rows if table is Quote else ():
        for name in ("segments", "speaker_alternatives"):  # the JSON columns that are looked into
            row[name] = loads(row[name])
    return rows


def _select(connection: Connection, table: type[SQLModel], article_ids: Sequence[UUID]) -> list[Row]:
    columns = table_of(table).columns
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
    columns = table_of(table).columns
    return {
        name: value if value is None else _READERS.get(type(columns[name].type), _as_it_is)(value)
        for name, value in values.items()
    }


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[type, Callable[[Any], Any]] = {Uuid: UUID, UTCDateTime: datetime.fromisoformat}
