"""Find what a client names: a publisher by id or slug, an entity by id or any of its names."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from app.db.merges import follow
from app.db.tables import Entity, EntityLabel, Publisher
from app.db.types import table_of

ENTITY, ENTITY_LABEL, PUBLISHER = table_of(Entity), table_of(EntityLabel), table_of(Publisher)
NOBODY = (UUID(int=0),)  # what a name that nobody bears stands for: the list is empty, not unfiltered


def find_publishers(connection: Connection, ids_or_slugs: Sequence[str]) -> list[UUID]:
    """Return the ids of the publishers named; a name that is none is left out."""
    ids = _ids(ids_or_slugs)
    named = or_(PUBLISHER.c.slug.in_(ids_or_slugs), PUBLISHER.c.id.in_(ids))
    return list(connection.execute(select(PUBLISHER.c.id).where(named)).scalars())


def find_speakers(connection: Connection, ids_or_names: Sequence[str]) -> list[UUID]:
    """Return the ids of the entities named: by id, or by any of their names, without regard to case."""
    ids = _ids(ids_or_names)
    if len(ids) == len(ids_or_names):
        return follow(connection, ids)
    folded = [" ".join(name.casefold().split()) for name in ids_or_names]
    aliased = select(ENTITY_LABEL.c.entity_id).where(
        ENTITY_LABEL.c.kind == "alias", ENTITY_LABEL.c.folded.in_(folded)
    )
    named = or_(
        ENTITY.c.id.in_(follow(connection, ids)),
        ENTITY.c.sort_name.in_(folded),
        ENTITY.c.id.in_(aliased),
    )
    return list(connection.execute(select(ENTITY.c.id).where(named)).scalars())


def _ids(values: Sequence[str]) -> list[UUID]:
    ids = []
    for value in values:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue  # a slug or a name
    return ids
