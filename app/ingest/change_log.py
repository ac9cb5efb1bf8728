"""What became of rows, as changes for the log: rows as they were and as they are → what to record.

Whoever writes articles, serves them anew or drops entities calls this in the same transaction. It knows what counts
as a change to a reader: words, who said them and where they stand; not how sure we are. Stories have their own
(`story_changes`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.changes import ChangeType, NewChange, record
from app.db.merges import find_survivors
from app.db.tables import Article, ArticleEntity, Quote
from app.ingest.quote_changes import differ
from app.ingest.rows import ArticleKeys, Row

WATCHED = (
    "kind",
    "attribution",
    "text",
    "cue_start",
    "cue_text",
    "speaker_start",
    "speaker_text",
    "speaker_id",
    "speaker_type",
    "status",
)
KEPT = (*WATCHED, "id", "article_id", "publisher_id")


def quotes_of(connection: Connection, article_id: UUID) -> list[Row]:
    """Return what the log needs of an article's stored quotes, in the order of the text."""
    columns = [getattr(Quote, name) for name in KEPT]
    chosen = select(*columns).where(col(Quote.article_id) == article_id).order_by(col(Quote.rank).desc())
    return [dict(row) for row in connection.execute(chosen).mappings()]


def record_article(
    connection: Connection, keys: ArticleKeys, change: ChangeType, entity_ids: Iterable[UUID]
) -> None:
    """Record what became of an article that mentions these entities."""
    changed = NewChange(
        kind="article",
        change=change,
        id=keys.article_id,
        article_id=keys.article_id,
        publisher_id=keys.publisher_id,
        entity_ids=frozenset(entity_ids),
    )
    record(connection, [changed])


def record_copies(connection: Connection, article_ids: Iterable[UUID]) -> None:
    """Record that these articles are copies of another one now, or of none any more."""
    for article_id in sorted(article_ids):
        known = select(col(Article.id), col(Article.publisher_id), col(Article.ordered_at))
        keys = ArticleKeys(*connection.execute(known.where(col(Article.id) == article_id)).one())
        mentioned = select(col(ArticleEntity.entity_id)).where(col(ArticleEntity.article_id) == article_id)
        record_article(connection, keys, "changed", connection.execute(mentioned).scalars())


def record_quotes(connection: Connection, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Record what became of quotes: those that came, changed and went."""
    record(connection, compare_quotes(before, after))


def record_entities(connection: Connection, change: ChangeType, entity_ids: Iterable[UUID]) -> None:
    """Record what became of entities."""
    record(connection, [NewChange(kind="entity", change=change, id=id_) for id_ in sorted(entity_ids)])


def record_gone(connection: Connection, entity_ids: Iterable[UUID]) -> None:
    """Record that entities are no longer served: merged into another, or deleted."""
    ids = sorted(entity_ids)
    into = find_survivors(connection, ids) if ids else {}
    record(
        connection,
        [
            NewChange(
                kind="entity", change="merged" if id_ in into else "deleted", id=id_, into_id=into.get(id_)
            )
            for id_ in ids
        ],
    )


def compare_quotes(before: Sequence[Row], after: Sequence[Row]) -> list[NewChange]:
    """Return the changes between quotes as they were and as they are.

    A quote that goes to another speaker concerns both: the one it left must hear of it too.
    """
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    changes = []
    for id_, row in new.items():
        if id_ not in old:
            changes.append(_change("created", row, None))
        elif differ(old[id_], row, WATCHED):
            changes.append(_change("changed", row, old[id_]))
    return [*changes, *(_change("deleted", row, None) for id_, row in old.items() if id_ not in new)]


def _change(change: ChangeType, row: Row, before: Mapping[str, Any] | None) -> NewChange:
    speakers = {row["speaker_id"], before["speaker_id"] if before else None}
    return NewChange(
        kind="quote",
        change=change,
        id=row["id"],
        article_id=row["article_id"],
        publisher_id=row["publisher_id"],
        entity_ids=frozenset(id_ for id_ in speakers if id_ is not None),
    )
