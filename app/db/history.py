"""What the API reads of corrections: each with the state it is in, which is looked up and not stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.engine import Connection

from app.db.keyset import Keyset, Listing, ListStatement, Reading, Record, is_one_of, make_reading
from app.db.queries import DECISION, ENTITY, QUOTE
from app.db.records import AsFound, Correction, CorrectionArticle, MergedEntity
from app.db.types import table_of

CORRECTION, CORRECTION_ARTICLE = table_of(Correction), table_of(CorrectionArticle)
AS_FOUND, MERGED = table_of(AsFound), table_of(MergedEntity)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFilter:
    """Which corrections. Several values of one filter are alternatives."""

    kind: Sequence[str] = ()
    state: Sequence[str] = ()
    entity: Sequence[UUID] = ()
    quote: Sequence[UUID] = ()
    mention: Sequence[UUID] = ()
    article: Sequence[UUID] = ()
    author: Sequence[str] = ()


def list_corrections(wanted: CorrectionFilter) -> Listing:
    """Return corrections, the latest first."""
    made = CORRECTION.c
    conditions: list[tuple[Sequence[object], ColumnElement[bool]]] = [
        (wanted.kind, made.kind.in_(wanted.kind)),
        (wanted.state, _state().in_(wanted.state)),
        (wanted.entity, or_(made.entity_id.in_(wanted.entity), made.into_id.in_(wanted.entity))),
        (wanted.quote, made.quote_id.in_(wanted.quote)),
        (wanted.mention, made.mention_id.in_(wanted.mention)),
        (wanted.author, made.author.in_(wanted.author)),
        (wanted.article, _concerns(wanted.article)),
    ]
    reading = _select_corrections().where(*(condition for values, condition in conditions if values))
    return Listing(ListStatement(reading, Keyset((made.number,), ("number",))))


def get_correction(connection: Connection, correction_id: UUID) -> Record | None:
    """Return a correction, or None."""
    reading = _select_corrections().where(is_one_of(CORRECTION.c.id, "id", 1))
    return reading.fetch_one(connection, id_0=correction_id)


def _concerns(article_ids: Sequence[UUID]) -> ColumnElement[bool]:
    link = CORRECTION_ARTICLE.c
    return exists().where(link.correction_id == CORRECTION.c.id, link.article_id.in_(article_ids))


@cache
def _select_corrections() -> Reading:
    return make_reading([*CORRECTION.c, _state().label("state")], CORRECTION)


def _state() -> ColumnElement[str]:
    """Undone, overruled, dormant where what it speaks of is not there, else in force."""
    made = CORRECTION.c
    other = CORRECTION.alias("other")
    is_served = exists().where(ENTITY.c.id == made.entity_id)
    is_found = exists().where(DECISION.c.found_id == made.entity_id)
    # other entities may have been merged into this one, parts split off or quotes put to it
    is_filled = exists().where(
        other.c.into_id == made.entity_id, other.c.undone_by_id.is_(None), other.c.is_overruled.is_(False)
    )
    part = made.into_id
    has_part = or_(exists().where(ENTITY.c.id == part), exists().where(MERGED.c.entity_id == part))
    has_quote = or_(
        exists().where(QUOTE.c.id == made.quote_id), exists().where(AS_FOUND.c.id == made.quote_id)
    )
    is_there = {
        "merge": or_(is_found, is_filled),
        "keep_apart": and_(or_(is_found, is_filled), has_part),
        "split": has_part,
        "rename": is_served,
        "retype": is_served,
        "reattribute": has_quote,
        "reject": exists().where(
            or_(AS_FOUND.c.id == made.quote_id, AS_FOUND.c.id == made.mention_id), AS_FOUND.c.is_rejected
        ),
    }
    is_merged = and_(made.kind == "keep_apart", _survivor(made.entity_id) == _survivor(made.into_id))
    return case(
        (made.undone_by_id.is_not(None), literal("undone")),
        (or_(made.is_overruled, is_merged), literal("overruled")),
        *((and_(made.kind == kind, ~there), literal("dormant")) for kind, there in is_there.items()),
        else_=literal("in force"),
    )


def _survivor(entity_id: ColumnElement[UUID]) -> ColumnElement[UUID]:
    """Return the id that an entity is served under."""
    merged = MERGED.alias()
    survivor = select(merged.c.survivor_id).where(merged.c.entity_id == entity_id).scalar_subquery()
    return func.coalesce(survivor, entity_id)
