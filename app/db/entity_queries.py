"""What the API reads of entities beside the plain lists.

Their names over time, whom they appear with, and the pairs a person should look at.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Record,
    fill_slots,
    is_one_of,
    make_reading,
)
from app.db.queries import ARTICLE_ENTITY, ENTITY, ENTITY_LABEL
from app.db.records import Correction, MergedEntity
from app.db.tables import EntityCandidate
from app.db.types import table_of

RELATED_ARTICLES = 1000  # the newest articles of an entity, looked through for others: 20,000 rows
BRIEF = ("id", "type", "name")
LABELS = 1000  # names and roles shown of one entity
MERGED = table_of(MergedEntity)
CANDIDATE = table_of(EntityCandidate)
CORRECTION = table_of(Correction)


def list_labels(connection: Connection, entity_id: UUID) -> list[Record]:
    """Return an entity's names and roles, with when they were first and last printed, the commonest first."""
    label = ENTITY_LABEL.c
    reading = make_reading(
        [column for column in label if column.name not in {"entity_id", "folded"}], ENTITY_LABEL
    )
    order = (label.mention_count.desc(), label.name)
    statement = reading.statement.where(label.entity_id == entity_id).order_by(*order).limit(LABELS)
    return replace(reading, statement=statement).fetch(connection)


def list_related(entity_id: UUID, types: Sequence[str] = ()) -> Listing:
    """Return the entities in the `RELATED_ARTICLES` newest articles of an entity, those in most of them first."""
    return Listing(_list_related(len(types)), fill_slots({"entity": [entity_id], "type": types}))


def list_candidates(entity_id: UUID | None = None) -> Listing:
    """Return the pairs the resolver was unsure of and nobody has merged or kept apart, the likeliest first."""
    if entity_id is None:
        return Listing(_list_candidates(of_one=False))
    return Listing(_list_candidates(of_one=True), fill_slots({"entity": [entity_id]}))


@lru_cache(maxsize=8)
def _list_related(type_count: int) -> ListStatement:
    own, link = ARTICLE_ENTITY.alias("own"), ARTICLE_ENTITY.c
    recent = (
        select(own.c.article_id)
        .where(is_one_of(own.c.entity_id, "entity", 1))
        .order_by(own.c.ordered_at.desc(), own.c.article_id.desc())
        .limit(RELATED_ARTICLES)
        .subquery()
    )
    together = (
        select(
            link.entity_id,
            func.count().label("article_count"),
            func.max(link.ordered_at).label("last_together_at"),
        )
        .join(recent, recent.c.article_id == link.article_id)
        .group_by(link.entity_id)
        .subquery()
    )
    reading = make_reading(
        [*(ENTITY.c[name] for name in BRIEF), together.c.article_count, together.c.last_together_at],
        together.join(ENTITY, ENTITY.c.id == together.c.entity_id),
    ).where(~is_one_of(ENTITY.c.id, "entity", 1))
    if type_count:
        reading = reading.where(is_one_of(ENTITY.c.type, "type", type_count))
    return ListStatement(reading, Keyset((together.c.article_count, ENTITY.c.id), ("article_count", "id")))


@cache
def _list_candidates(*, of_one: bool) -> ListStatement:
    """Pairs are of found entities; what is shown are the entities they are served as."""
    one, other, pair = ENTITY.alias("one"), ENTITY.alias("other"), CANDIDATE.c
    merged, merged_other = MERGED.alias("merged"), MERGED.alias("merged_other")
    joined = (
        CANDIDATE.outerjoin(merged, merged.c.entity_id == pair.entity_id)
        .outerjoin(merged_other, merged_other.c.entity_id == pair.candidate_id)
        .join(one, one.c.id == func.coalesce(merged.c.survivor_id, pair.entity_id))
        .join(other, other.c.id == func.coalesce(merged_other.c.survivor_id, pair.candidate_id))
    )
    columns = [
        *(pair[name] for name in ("confidence", "entity_id", "candidate_id", "reason")),
        *(one.c[name].label(f"one_{name}") for name in BRIEF),
        *(other.c[name].label(f"other_{name}") for name in BRIEF),
    ]
    reading = make_reading(columns, joined).where(one.c.id != other.c.id)
    reading = reading.where(
        ~_are_kept_apart(pair.entity_id, pair.candidate_id), ~_are_kept_apart(one.c.id, other.c.id)
    )
    if of_one:
        served = is_one_of(MERGED.c.survivor_id, "entity", 1)
        members = select(MERGED.c.entity_id).where(served)
        ends = (pair.entity_id, pair.candidate_id)
        reading = reading.where(
            or_(*(is_one_of(end, "entity", 1) for end in ends), *(end.in_(members) for end in ends))
        )
    names = ("confidence", "entity_id", "candidate_id")
    return ListStatement(reading, Keyset(tuple(pair[name] for name in names), names))


def _are_kept_apart(one: ColumnElement[UUID], other: ColumnElement[UUID]) -> ColumnElement[bool]:
    made = CORRECTION.alias().c
    ends = or_(
        and_(made.entity_id == one, made.into_id == other), and_(made.entity_id == other, made.into_id == one)
    )
    return exists().where(made.kind == "keep_apart", made.undone_by_id.is_(None), ends)
