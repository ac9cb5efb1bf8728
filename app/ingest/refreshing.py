"""Serves anew the articles a correction concerns: as many as other writers can wait for at once, the rest in pieces.

An article takes some 2 ms, and a writer waits 10 s for its place. What is left is marked in the correction's own
transaction and served piece by piece right after; a process that dies in between leaves the marks, and the next one
goes on. Until then such an article is served as before the correction.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import reading, writing
from app.db.records import StaleArticle
from app.ingest import serving
from app.ingest.story_summary import summarize_of

AT_ONCE = 500  # articles: a second of a slow machine


def refresh(connection: Connection, article_ids: Collection[UUID], *, at_once: int = AT_ONCE) -> None:
    """Serve articles as the corrections in force say; mark those beyond the first."""
    ordered = sorted(article_ids)
    _serve(connection, ordered[:at_once])
    rest = [{"article_id": article_id} for article_id in ordered[at_once:]]
    if rest:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(StaleArticle).on_conflict_do_nothing(), rest)


def refresh_rest(engine: Engine) -> None:
    """Serve the articles that were marked, in transactions of their own; any number of processes may do so."""
    piece = select(col(StaleArticle.article_id)).order_by(col(StaleArticle.article_id)).limit(AT_ONCE)
    while True:
        with reading(engine) as connection:
            if connection.execute(piece.limit(1)).first() is None:
                return
        with writing(engine) as connection:
            article_ids = list(connection.execute(piece).scalars())
            _serve(connection, article_ids)
            connection.execute(delete(StaleArticle).where(col(StaleArticle.article_id).in_(article_ids)))


def _serve(connection: Connection, article_ids: Collection[UUID]) -> None:
    serving.refresh(connection, article_ids)
    summarize_of(connection, article_ids)
