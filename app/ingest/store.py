"""What of an article is written, in one transaction: the only place that writes articles.

It takes a connection that already holds the writer's place (`db.engine.writing`) and never commits itself.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows
from app.db.ids import make_id
from app.db.records import AsFound
from app.db.tables import (
    Article,
    ArticleEntity,
    ArticleRevision,
    EntityName,
    Mention,
    Publisher,
    Quote,
    QuoteMention,
)
from app.db.tables import Decision as DecisionRow
from app.db.topics import ArticleTopic
from app.documents import AnnotatedArticle, RawDocument
from app.ingest import change_log, copies, entities, ledger, revisions, rows, serving, stories
from app.ingest.served_entities import Tally, recount
from app.ingest.standing import FoundArticle
from app.resolution import Decision


def keep_article(
    connection: Connection,
    raw: RawDocument,
    annotated: AnnotatedArticle,
    decisions: Sequence[Decision],
    *,
    name: str | None,
    version: str,
    received_at: datetime | None = None,
) -> tuple[UUID, bool]:
    """Write an article with all that was found in it; return its id and whether it is new.

    received_at: when the document came, if not now.
    An article known by its natural key becomes its next revision; the one before is kept.
    """
    natural_key = rows.natural_key(annotated, sha256(raw.content).hexdigest())
    article_id = make_id("article", natural_key)
    now = datetime.now(UTC)
    revision, ordered_at, said = _set_aside(connection, article_id)
    published = annotated.article.published.value
    keys = rows.ArticleKeys(
        article_id, _keep_publisher(connection, annotated), published.at if published else ordered_at or now
    )
    quotes_before = change_log.quotes_of(connection, article_id)
    before, found_before = _clear(connection, article_id)
    found_ids = entities.keep_found(connection, annotated, decisions, keys)
    (served,) = serving.serve_all(connection, [_found_article(annotated, found_ids, keys, said)])
    article_row = rows.make_article_row(annotated, keys) | {
        "natural_key": natural_key,
        **served.counts,
        "revision": revision,
        "pipeline_version": version,
        "ingested_at": now,
    }
    if revision == 1:
        connection.execute(insert(Article), [article_row])
    else:
        connection.execute(update(Article).where(col(Article.id) == article_id).values(article_row))
    _count_publisher(connection, keys.publisher_id, +1)
    insert_rows(connection, ArticleTopic, rows.make_topic_rows(annotated, keys))
    decision_of = dict(zip(found_ids, decisions, strict=True))
    insert_rows(connection, DecisionRow, rows.make_decision_rows(decision_of, keys))
    serving.write(connection, [served], {})
    entity_ids = (link["entity_id"] for link in served.links)
    change_log.record_article(connection, keys, "created" if revision == 1 else "changed", entity_ids)
    change_log.record_quotes(connection, quotes_before, served.quotes)
    _recount(connection, article_id, before, found_before)
    change_log.record_copies(connection, copies.link_article(connection, article_id))
    ledger.keep_success(connection, raw, article_id, name=name, version=version, received_at=received_at)
    return article_id, revision == 1


def forget_article(connection: Connection, article_id: UUID) -> bool:
    """Delete an article, its revisions and its document's content; return whether there was one."""
    known = select(col(Article.publisher_id), col(Article.ordered_at)).where(col(Article.id) == article_id)
    article = connection.execute(known).first()
    if article is None:
        return False
    quotes_before = change_log.quotes_of(connection, article_id)
    stories.withdraw(connection, article_id)
    before, found_before = _clear(connection, article_id)
    orphans = copies.unlink_article(connection, article_id)
    ledger.forget(connection, article_id)
    connection.execute(delete(ArticleRevision).where(col(ArticleRevision.article_id) == article_id))
    connection.execute(delete(Article).where(col(Article.id) == article_id))
    keys = rows.ArticleKeys(article_id, *article)
    change_log.record_quotes(connection, quotes_before, [])
    change_log.record_article(connection, keys, "deleted", before.mentions)
    _recount(connection, article_id, before, found_before)
    copies.link_orphans(connection, orphans)
    change_log.record_copies(connection, orphans)
    return True


def _found_article(
    annotated: AnnotatedArticle,
    found_ids: Sequence[UUID],
    keys: rows.ArticleKeys,
    said: Mapping[UUID, UUID | None],
) -> FoundArticle:
    """Return what was found; `said` are the utterances its quotes were in before."""
    quotes = rows.make_quote_rows(annotated, found_ids, keys)
    return FoundArticle(
        keys,
        mentions=rows.make_mention_rows(annotated, found_ids, keys),
        quotes=[row | {"utterance_id": said.get(row["id"])} for row in quotes],
        names=rows.make_name_rows(annotated, found_ids, keys),
    )


def _recount(connection: Connection, article_id: UUID, before: Tally, found_before: set[UUID]) -> None:
    recount(connection, before, Tally.of(connection, [article_id]))
    entities.drop_unfound(connection, found_before - entities.found_in(connection, article_id))


def _set_aside(
    connection: Connection, article_id: UUID
) -> tuple[int, datetime | None, dict[UUID, UUID | None]]:
    """Keep the current revision of an article, if there is one.

    Return the next number, the article's old place, and the utterances of its quotes.
    """
    snapshot = revisions.make_snapshot(connection, article_id)
    if snapshot is None:
        return 1, None, {}
    connection.execute(insert(ArticleRevision), [snapshot])
    said = {row["id"]: row["utterance_id"] for row in snapshot["quotes"]}
    return snapshot["revision"] + 1, snapshot["article"]["ordered_at"], said


def _clear(connection: Connection, article_id: UUID) -> tuple[Tally, set[UUID]]:
    """Delete what was found in an article; return what it added to its entities, and those found in it."""
    before, found = Tally.of(connection, [article_id]), entities.found_in(connection, article_id)
    publisher_id = connection.execute(
        select(col(Article.publisher_id)).where(col(Article.id) == article_id)
    ).scalar_one_or_none()
    _count_publisher(connection, publisher_id, -1)
    for table in (
        QuoteMention,
        Quote,
        Mention,
        ArticleEntity,
        ArticleTopic,
        EntityName,
        DecisionRow,
        AsFound,
    ):
        connection.execute(delete(table).where(col(table.article_id) == article_id))
    return before, found


def _keep_publisher(connection: Connection, annotated: AnnotatedArticle) -> UUID | None:
    name = annotated.article.publisher.value
    if name is None:
        return None
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or make_id("publisher", name).hex
    publisher_id = make_id("publisher", slug)
    known = connection.execute(select(col(Publisher.id)).where(col(Publisher.id) == publisher_id)).first()
    if known is None:
        row = {"id": publisher_id, "slug": slug, "name": name, "article_count": 0}
        connection.execute(insert(Publisher), [row])
    return publisher_id


def _count_publisher(connection: Connection, publisher_id: UUID | None, change: int) -> None:
    if publisher_id is not None:
        connection.execute(
            update(Publisher)
            .where(col(Publisher.id) == publisher_id)
            .values(article_count=col(Publisher.article_count) + change)
        )
