"""Stories for articles grouped by an older version or not at all, and what a process that died has left behind.

A migration cannot do it: what an article is compared by is the core's business. A server does it in the background
when it starts, article by article, each in a transaction of its own, so it may be stopped at any moment; no model is
needed, so nothing is read again.
"""

from uuid import UUID

import structlog
from sqlalchemy import Engine, exists, select
from sqlmodel import col

from app import stories
from app.db.engine import reading, writing
from app.db.story_tables import ArticleTerms
from app.db.tables import Article
from app.ingest.background import IsStopped
from app.ingest.refreshing import refresh_rest
from app.ingest.stories import VERSION, bounded, place
from app.ingest.utterances import settle

log = structlog.get_logger()
BATCH = 100  # articles looked up at once


def catch_up(engine: Engine, *, is_stopped: IsStopped) -> int:
    """Put every article that waits for a story into one, and return how many there were.

    Those that have none come first, the oldest first, then those whose terms an older version has weighed.
    """
    count = 0
    while article_ids := _waiting(engine):
        for article_id in article_ids:
            if is_stopped():
                return count
            count += _place(engine, article_id)
    refresh_rest(engine)
    settle(engine)
    if count:
        log.info("stories_caught_up", article_count=count)
    return count


def _waiting(engine: Engine) -> list[UUID]:
    lone = select(col(Article.id)).where(col(Article.story_id).is_(None))
    older = select(col(ArticleTerms.article_id)).where(col(ArticleTerms.version) < VERSION)
    with reading(engine) as connection:
        lone = lone.order_by(col(Article.ordered_at), col(Article.id)).limit(BATCH)
        waiting = list(connection.execute(lone).scalars())
        return waiting or list(connection.execute(older.limit(BATCH)).scalars())


def _place(engine: Engine, article_id: UUID) -> bool:
    is_older = exists().where(col(ArticleTerms.article_id) == article_id, col(ArticleTerms.version) < VERSION)
    waits = (col(Article.id) == article_id, col(Article.story_id).is_(None) | is_older)
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
