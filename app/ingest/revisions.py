"""Revisions of an article: how the one that is replaced is kept, and how any of them is read back.

A revision is the article's row and its quotes as they were found, whatever people have corrected since, so that two
of them differ by what was printed or by how it was read, never by a correction.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.tables import Article, ArticleRevision
from app.db.types import loads, table_of
from app.ingest import serving
from app.ingest.rows import Row, quote_as_now

TIMES = ("published_at", "modified_at", "ingested_at")


def make_snapshot(connection: Connection, article_id: UUID) -> Row | None:
    """Return the current revision of an article as it is kept when another comes; None where there is no article."""
    columns = list(table_of(Article).columns)
    article = connection.execute(select(*columns).where(col(Article.id) == article_id)).mappings().first()
    if article is None:
        return None
    (found,) = serving.load_found(connection, [article_id])
    return {
        "article_id": article_id,
        "revision": article["revision"],
        "pipeline_version": article["pipeline_version"],
        "ingested_at": article["ingested_at"],
        "article": dict(article),
        "quotes": found.quotes,
    }


def load_revision(connection: Connection, article_id: UUID, number: int) -> Row | None:
    """Return a revision's article and quotes as plain JSON values, the current one's too; None if there is none."""
    kept = connection.execute(
        select(col(ArticleRevision.article), col(ArticleRevision.quotes)).where(
            col(ArticleRevision.article_id) == article_id, col(ArticleRevision.revision) == number
        )
    ).first()
    if kept is not None:
        return _plain({"article": kept.article, "quotes": kept.quotes}) | {"is_current": False}
    current = make_snapshot(connection, article_id)
    if current is None or current["revision"] != number:
        return None
    return _plain({name: current[name] for name in ("article", "quotes")}) | {"is_current": True}


def _plain(snapshot: Row) -> Row:
    plain: dict[str, Any] = loads(snapshot)
    article = plain["article"]
    article |= {name: article[name] and article[name].replace("+00:00", "Z") for name in TIMES}
    plain["quotes"] = [quote_as_now(quote) for quote in plain["quotes"]]
    return plain
