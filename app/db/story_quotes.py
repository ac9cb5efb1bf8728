"""The quotes of stories as the core compares them (`QuoteText`), with the utterance each is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from orjson import Fragment
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.engine import Connection

from app.db.queries import ARTICLE, ENTITY, PUBLISHER, QUOTE
from app.stories import QuoteText

WORDS_SAID = ("speech", "writing")  # beliefs are nobody's words
READ = (
    *("id", "article_id", "text", "kind", "segments", "status", "speaker_id", "speaker_text"),
    *("cue_start", "cue_end", "cue_text", "confidence", "provenance", "utterance_id"),
)
NAMED = frozenset({"resolved", "named"})  # else what names the speaker is a pronoun or "a spokesman"


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote as it is compared, where it belongs, and what a reader checks it by."""

    quote: QuoteText
    utterance_id: UUID | None
    story_id: UUID | None
    segments: Fragment  # as stored
    cue: dict[str, Any] | None
    confidence: float
    provenance: Fragment  # as stored


def load_quotes(connection: Connection, story_id: UUID, limit: int) -> list[StoredQuote]:
    """Return the quotes of a story's newest articles, in text order."""
    return _load(connection, [ARTICLE.c.story_id == story_id], limit)


def load_quotes_of_articles(
    connection: Connection, article_ids: Sequence[UUID], limit: int
) -> list[StoredQuote]:
    """Return the quotes of these articles, in text order."""
    return _load(connection, [QUOTE.c.article_id.in_(article_ids)], limit)


def load_utterance(connection: Connection, utterance_id: UUID, limit: int) -> list[StoredQuote]:
    """Return the quotes of an utterance, none where there is no such."""
    return _load(connection, [QUOTE.c.utterance_id == utterance_id], limit)


def _load(connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[StoredQuote]:
    place = (ARTICLE.c.ordered_at.desc(), ARTICLE.c.id, QUOTE.c.rank.desc())
    chosen = _select().where(*conditions).order_by(*place).limit(limit)
    return [_make(row) for row in connection.execute(chosen)]


def _select() -> Select[Any]:
    joined = QUOTE.join(ARTICLE, ARTICLE.c.id == QUOTE.c.article_id)
    joined = joined.outerjoin(ENTITY, ENTITY.c.id == QUOTE.c.speaker_id)
    joined = joined.outerjoin(PUBLISHER, PUBLISHER.c.id == ARTICLE.c.publisher_id)
    columns = [QUOTE.c[name] for name in READ]
    named = (ENTITY.c.name.label("entity_name"), PUBLISHER.c.name.label("publisher_name"))
    chosen = select(*columns, ARTICLE.c.published_at, ARTICLE.c.story_id, *named).select_from(joined)
    return chosen.where(QUOTE.c.attribution.in_(WORDS_SAID))


def _make(row: Any) -> StoredQuote:
    quote = QuoteText(
        id=row.id,
        text=row.text,
        kind=row.kind,
        article_id=row.article_id,
        publisher=row.publisher_name,
        speaker_id=row.speaker_id,
        speaker_name=row.entity_name or (row.speaker_text if row.status in NAMED else None),
        published_at=row.published_at,
    )
    has_cue = row.cue_start is not None
    return StoredQuote(
        quote=quote,
        utterance_id=row.utterance_id,
        story_id=row.story_id,
        segments=row.segments,
        cue={"start": row.cue_start, "end": row.cue_end, "text": row.cue_text} if has_cue else None,
        confidence=row.confidence,
        provenance=row.provenance,
    )
