"""What the pages read besides what the API reads: how much there is, and articles in brief by id."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.engine import Connection

from app.db.keyset import Record, make_reading
from app.db.queries import ARTICLE, ENTITY, OPENING, PUBLISHER, QUOTE
from app.db.story_queries import STORY
from app.db.story_quotes import WORDS_SAID

COUNTED = {
    "story": select(STORY.c.id),
    "article": select(ARTICLE.c.id),
    "quote": select(QUOTE.c.id).where(QUOTE.c.attribution.in_(WORDS_SAID)),
    "entity": select(ENTITY.c.id),
}
COUNT_LIMIT = 10_000  # rows of a table that are counted: 1 ms each; more is "over 10,000"


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows there are of each, counted up to one more than `COUNT_LIMIT`."""
    counts = connection.execute(select(*(_count(rows).label(name) for name, rows in COUNTED.items()))).one()
    return dict(zip(COUNTED, counts, strict=True))


def briefs_of(connection: Connection, article_ids: Sequence[str]) -> list[Record]:
    """Return these articles in brief: headline, outlet, date."""
    names = (
        "id",
        "headline",
        "published_at",
        "published_precision",
        "published_zone",
        "published_offset_minutes",
    )
    publisher = [PUBLISHER.c[name].label(f"publisher_{name}") for name in ("id", "slug", "name")]
    joined = ARTICLE.outerjoin(PUBLISHER, PUBLISHER.c.id == ARTICLE.c.publisher_id)
    reading = make_reading([*(ARTICLE.c[name] for name in names), OPENING, *publisher], joined)
    return reading.where(ARTICLE.c.id.in_([UUID(str(id_)) for id_ in article_ids])).fetch(connection)


def _count(rows: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(COUNT_LIMIT + 1).subquery()).scalar_subquery()
