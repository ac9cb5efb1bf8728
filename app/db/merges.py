"""Where a merged entity or story went. An id that was given out once keeps meaning something."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.records import MergedEntity
from app.db.story_tables import MergedStory


def find_survivors(connection: Connection, entity_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return, for those of these entities that are merged, the entity each is served as."""
    rows = connection.execute(
        select(col(MergedEntity.entity_id), col(MergedEntity.survivor_id)).where(
            col(MergedEntity.entity_id).in_(entity_ids)
        )
    )
    return {row.entity_id: row.survivor_id for row in rows}


def follow(connection: Connection, entity_ids: Sequence[UUID]) -> list[UUID]:
    """Return the entities these are served as."""
    if not entity_ids:
        return []
    survivors = find_survivors(connection, entity_ids)
    return list(dict.fromkeys(survivors.get(entity_id, entity_id) for entity_id in entity_ids))


def find_merged(connection: Connection, entity_ids: Sequence[UUID]) -> list[UUID]:
    """Return the entities that are served as one of these."""
    if not entity_ids:
        return []
    chosen = select(col(MergedEntity.entity_id)).where(col(MergedEntity.survivor_id).in_(entity_ids))
    return list(connection.execute(chosen).scalars())


def follow_stories(connection: Connection, story_ids: Sequence[UUID]) -> list[UUID]:
    """Return the stories these are, or were merged into."""
    if not story_ids:
        return []
    merged = select(col(MergedStory.story_id), col(MergedStory.survivor_id)).where(
        col(MergedStory.story_id).in_(story_ids)
    )
    survivors = {row.story_id: row.survivor_id for row in connection.execute(merged)}
    return list(dict.fromkeys(survivors.get(story_id, story_id) for story_id in story_ids))
