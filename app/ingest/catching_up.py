"""Stories for articles stored before there were any, and what a process that died has left behind.

A migration cannot do it: what an article is compared by is the core's business. A server does it in the background
when it starts, article by article, each in a transaction of its own, so it may be stopped at any moment; no model is
needed, so nothing is read again.
"""

from uuid import UUID

import structlog
from sqlalchemy import Engine, select
from sqlmodel import col

from app import stories
from app.db.engine import reading, writing
from app.db.tables import Article
from app.ingest.background import IsStopped
from app.ingest.refreshing import refresh_rest
from app.ingest.stories import bounded, place
from app.ingest.utterances import settle

log = structlog.get_logger()
BATCH = 100  # articles looked up at once


def catch_up(engine: Engine, *, is_stopped: IsStopped) -> int:
    """Put every article that has no story into one, the oldest first; return how many there were."""
    count = 0
    while article_ids := _without_story(engine):
        for article_id in article_ids:
            if is_stopped():
                return count
            count += _place(engine, article_id)
    refresh_rest(engine)
    settle(engine)
    if count:
        log.info("stories_caught_up", article_count=count)
    return count


def _without_story(engine: Engine) -> list[UUID]:
    chosen = select(col(Article.id)).where(col(Article.story_id).is_(None))
    with reading(engine) as connection:
        ordered = chosen.order_by(col(Article.ordered_at), col(Article.id)).limit(BATCH)
        return list(connection.execute(ordered).scalars())


def _place(engine: Engine, article_id: UUID) -> bool:
    waits = (col(Article.id) == article_id, col(Article.story_id).is_(None))
    with reading(engine) as connection:
        chosen = select(col(Article.headline), col(Article.text)).where(*waits)
        article = connection.execute(chosen).first()
    if article is None:
        return False
    terms = bounded(stories.terms_of(article.headline, article.text))
    with writing(engine) as connection:
        if connection.execute(select(col(Article.id)).where(*waits)).first() is None:
            return False  # another process was quicker
        place(connection, article_id, terms)
    return True
