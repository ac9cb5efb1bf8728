"""Corrections: what a person decides of what was found. Kept as records, applied at once, undone by another record.

Nothing here edits what is served: a correction is written down, and the articles it concerns are served anew by
the way every article takes (`refreshing.refresh`). So it holds after the next reading too. It takes a connection that
holds the writer's place and never commits itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows
from app.db.ids import make_id, make_time_id
from app.db.records import Correction, CorrectionArticle, MergedEntity
from app.db.tables import ArticleEntity, Decision, FoundEntity, Mention, Quote
from app.db.types import loads
from app.errors import BadCorrection, Conflict
from app.ingest import served_entities, serving
from app.ingest.refreshing import AT_ONCE, refresh
from app.ingest.rows import Row
from app.ingest.standing import Merge, Standing, fold_merges

# What two corrections of a kind must share for the later to overrule the earlier; merges are folded together
SUBJECTS = {"split": "entity_id", "rename": "entity_id", "retype": "entity_id", "reattribute": "quote_id"}

CorrectionKind = Literal[
    "merge", "keep_apart", "split", "rename", "retype", "reattribute", "reject", "restore"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """What a person asks for. Which fields a kind needs is in the API's schemas."""

    kind: CorrectionKind
    author: str
    reason: str
    entity_id: UUID | None = None
    into_id: UUID | None = (
        None  # merge: the survivor; keep_apart: the other; reattribute: the speaker, if known
    )
    quote_id: UUID | None = None
    mention_id: UUID | None = None
    article_ids: tuple[UUID, ...] = ()
    name: str | None = None
    type: str | None = None
    correction_id: UUID | None = None  # what a restore undoes


def correct(connection: Connection, new: NewCorrection, *, at_once: int = AT_ONCE) -> UUID:
    """Keep and apply a correction; return its id. Raise `BadCorrection` or `Conflict` where it cannot be made.

    Of the articles it concerns `at_once` are served anew here, the rest by `refreshing.refresh_rest` afterwards.
    """
    row: Row = {
        "id": make_time_id(),
        "number": _next_number(connection),
        "article_ids": [],
        "subject": {},
        "made_at": datetime.now(UTC),
        "is_overruled": False,
        **{name: getattr(new, name) for name in ("kind", "entity_id", "into_id", "quote_id", "mention_id")},
        **{name: getattr(new, name) for name in ("name", "type", "author", "reason")},
        "restores_id": new.correction_id,
    }
    row |= _PREPARED[new.kind](connection, new)
    connection.execute(insert(Correction), [row])
    links = [{"article_id": id_, "correction_id": row["id"]} for id_ in row["article_ids"]]
    insert_rows(connection, CorrectionArticle, links)
    changed = _undo(connection, row["restores_id"], by=row["id"]) if new.kind == "restore" else row
    _apply(connection, changed, at_once)
    return row["id"]  # type: ignore[no-any-return] # a row holds anything


# --- what each kind needs to be made --------------------------------------------------------------


def _prepare_merge(connection: Connection, new: NewCorrection) -> Row:
    entity, into = (_entity(connection, new, name) for name in ("entity_id", "into_id"))
    if entity["id"] == into["id"]:
        raise BadCorrection("An entity cannot be merged with itself.", "into_id")
    standing = Standing(serving.load_merges(connection, [entity["id"], into["id"]]))
    survivor = standing.survivor(into["id"])
    if survivor == entity["id"]:
        raise Conflict("That one is merged into this one already; restore that first.")
    if survivor == standing.survivor(entity["id"]):
        raise Conflict("The two are one already.")
    last = served_entities.describe(connection, [survivor])[survivor]
    if entity["type"] != last["type"]:
        raise Conflict(
            f"A {entity['type']} cannot be merged into a {last['type']}; retype one of them first."
        )
    return {"subject": {"entity": entity, "into": into}}


def _prepare_keeping_apart(connection: Connection, new: NewCorrection) -> Row:
    entity, other = (
        _entity(connection, new, "entity_id"),
        _entity(connection, new, "into_id", field="candidate_id"),
    )
    if entity["id"] == other["id"]:
        raise BadCorrection("An entity cannot be kept apart from itself.", "candidate_id")
    standing = Standing(serving.load_merges(connection, [entity["id"], other["id"]]))
    if standing.survivor(entity["id"]) == standing.survivor(other["id"]):
        raise Conflict("The two are merged; restore that first.")
    return {"subject": {"entity": entity, "into": other}}


def _prepare_split(connection: Connection, new: NewCorrection) -> Row:
    entity = _served_entity(connection, new)
    article_ids = sorted(set(new.article_ids))
    link = ArticleEntity
    of_it = select(col(link.article_id)).where(col(link.entity_id) == entity["id"])
    linked = set(connection.execute(of_it.where(col(link.article_id).in_(article_ids))).scalars())
    for article_id in article_ids:
        if article_id not in linked:
            raise BadCorrection(f"The entity is not in the article {article_id}.", "article_ids")
    if connection.execute(of_it.where(col(link.article_id).not_in(article_ids)).limit(1)).first() is None:
        raise BadCorrection("No article would be left; rename the entity instead.", "article_ids")
    name = new.name or entity["name"]
    part_id = make_id("entity", "split", entity["id"], name, *article_ids)
    known = connection.execute(select(col(FoundEntity.id)).where(col(FoundEntity.id) == part_id)).first()
    if known is None:
        insert_rows(connection, FoundEntity, [{"id": part_id, "type": entity["type"], "name": name}])
    subject = {"entity": entity, "into": entity | {"id": part_id, "name": name}}
    return {"into_id": part_id, "name": name, "article_ids": article_ids, "subject": subject}


def _prepare_naming(connection: Connection, new: NewCorrection) -> Row:
    return {"subject": {"entity": _served_entity(connection, new)}}


def _prepare_reattribution(connection: Connection, new: NewCorrection) -> Row:
    quote = _found(connection, Quote, new.quote_id, "quote_id")
    subject: Row = {"quote": quote}
    if new.into_id is not None:
        subject["into"] = _entity(connection, new, "into_id", field="entity_id")
    return {"article_ids": [quote["article_id"]], "subject": subject}


def _prepare_rejection(connection: Connection, new: NewCorrection) -> Row:
    layer, table = ("quote", Quote) if new.quote_id else ("mention", Mention)
    row = _found(connection, table, new.quote_id or new.mention_id, f"{layer}_id")
    return {"article_ids": [row["article_id"]], "subject": {layer: row}}


def _prepare_restoration(connection: Connection, new: NewCorrection) -> Row:
    row = _correction(connection, new.correction_id)
    if row is None:
        raise BadCorrection("There is no correction with this id.", "correction_id")
    if row["undone_by_id"] is not None:
        raise Conflict("The correction is undone already.")
    return {"subject": {"correction": {"id": row["id"], "kind": row["kind"], "reason": row["reason"]}}}


_PREPARED: dict[CorrectionKind, Callable[[Connection, NewCorrection], Row]] = {
    "merge": _prepare_merge,
    "keep_apart": _prepare_keeping_apart,
    "split": _prepare_split,
    "rename": _prepare_naming,
    "retype": _prepare_naming,
    "reattribute": _prepare_reattribution,
    "reject": _prepare_rejection,
    "restore": _prepare_restoration,
}


def _entity(connection: Connection, new: NewCorrection, name: str, *, field: str | None = None) -> Row:
    """Return an entity in brief, served or merged; what is neither is unknown."""
    entity_id: UUID = getattr(new, name)
    described = served_entities.describe(connection, [entity_id])
    if entity_id not in described or not _is_known(connection, entity_id):
        raise BadCorrection("There is no entity with this id.", field or name)
    return {"id": entity_id, **{key: described[entity_id][key] for key in ("type", "name")}}


def _is_known(connection: Connection, entity_id: UUID) -> bool:
    asked = (col(ArticleEntity.entity_id), col(MergedEntity.entity_id))
    return any(
        connection.execute(select(column).where(column == entity_id).limit(1)).first() for column in asked
    )


def _served_entity(connection: Connection, new: NewCorrection) -> Row:
    entity = _entity(connection, new, "entity_id")
    survivor = Standing(serving.load_merges(connection, [entity["id"]])).survivor(entity["id"])
    if survivor != entity["id"]:
        raise Conflict(f"The entity is merged into {survivor}; correct that one.")
    return entity


def _found(
    connection: Connection, table: type[Quote] | type[Mention], row_id: UUID | None, field: str
) -> Row:
    columns = (col(table.id), col(table.article_id), col(table.text))
    row = connection.execute(select(*columns).where(col(table.id) == row_id)).mappings().first()
    if row is None:
        raise BadCorrection(f"There is no {table.__tablename__} with this id.", field)
    return dict(row)


# --- what each kind changes -----------------------------------------------------------------------


def _apply(connection: Connection, row: Row, at_once: int) -> None:
    """Bring everything a correction concerns to what is in force now, whether it was made or undone."""
    articles = set(map(_uuid, row["article_ids"]))
    if row["kind"] in {"merge", "split"}:
        articles |= _articles_of(connection, _merge_again(connection))
    if row["kind"] in {"rename", "retype"}:
        served_entities.rename(connection, row["entity_id"])
    if row["kind"] in SUBJECTS:
        _overrule(connection, row)
    refresh(connection, articles, at_once=at_once)


def _undo(connection: Connection, correction_id: UUID, *, by: UUID | None) -> Row:
    """Mark a correction as undone, or no longer so; return the one that changes for it.

    To undo a restore is to make what it undid again.
    """
    connection.execute(update(Correction).where(col(Correction.id) == correction_id).values(undone_by_id=by))
    row = _correction(connection, correction_id)
    if row is None:
        raise BadCorrection("There is no correction with this id.", "correction_id")
    if row["kind"] == "restore":
        return _undo(connection, row["restores_id"], by=None if by else row["id"])
    return row


def _merge_again(connection: Connection) -> set[UUID]:
    """Work out again where merged entities go; return those that go elsewhere now.

    All merges are looked at, since undoing one may bring back another: 17 ms for 1,000 of them. A part whose split
    was undone goes back to its whole, unless a merge that is in force says otherwise.
    """
    columns = (col(Correction.id), col(Correction.entity_id), col(Correction.into_id))
    chosen = select(*columns, col(Correction.undone_by_id)).order_by(col(Correction.number))
    splits = connection.execute(chosen.where(col(Correction.kind) == "split")).all()
    merges = connection.execute(
        chosen.where(col(Correction.kind) == "merge", col(Correction.undone_by_id).is_(None))
    ).all()
    parts = {row.into_id for row in splits if row.undone_by_id is None}
    undone = [Merge(row.id, row.into_id, row.entity_id) for row in splits if row.into_id not in parts]
    made = [Merge(row.id, row.entity_id, row.into_id) for row in merges]
    into, overruled = fold_merges([*undone, *made])
    _mark(connection, {merge.correction_id: merge.correction_id in overruled for merge in made})
    return _keep_merges(connection, into)


def _keep_merges(connection: Connection, into: dict[UUID, UUID]) -> set[UUID]:
    standing = Standing(into)
    now = {entity_id: (goes, standing.survivor(entity_id)) for entity_id, goes in into.items()}
    stored = {
        entity_id: (goes, survivor)
        for entity_id, goes, survivor in connection.execute(
            select(col(MergedEntity.entity_id), col(MergedEntity.into_id), col(MergedEntity.survivor_id))
        )
    }
    changed = {id_ for id_ in now.keys() | stored.keys() if now.get(id_) != stored.get(id_)}
    connection.execute(delete(MergedEntity).where(col(MergedEntity.entity_id).in_(changed)))
    rows = [
        {"entity_id": id_, "into_id": now[id_][0], "survivor_id": now[id_][1]} for id_ in changed & now.keys()
    ]
    insert_rows(connection, MergedEntity, rows)
    return changed


def _articles_of(connection: Connection, entity_ids: set[UUID]) -> set[UUID]:
    """Return the articles where these entities were found, or where a correction put them."""
    found = select(col(Decision.article_id)).where(col(Decision.found_id).in_(entity_ids))
    put = (
        select(col(CorrectionArticle.article_id))
        .join(Correction, col(Correction.id) == col(CorrectionArticle.correction_id))
        .where(col(Correction.into_id).in_(entity_ids), col(Correction.undone_by_id).is_(None))
    )
    return {id_ for statement in (found, put) for id_ in connection.execute(statement).scalars()}


def _overrule(connection: Connection, row: Row) -> None:
    """Mark which corrections of the same kind and thing a later one overrules; a split only where it covers all."""
    subject = SUBJECTS[row["kind"]]
    same = connection.execute(
        select(col(Correction.id), col(Correction.article_ids))
        .where(
            getattr(Correction, subject) == row[subject],
            col(Correction.kind) == row["kind"],
            col(Correction.undone_by_id).is_(None),
        )
        .order_by(col(Correction.number).desc())
    )
    covered: set[str | None] = set()
    overruled = {}
    for correction_id, article_ids in same:
        scope = set(loads(article_ids)) if row["kind"] == "split" else {None}
        overruled[correction_id] = scope <= covered
        covered |= scope
    _mark(connection, overruled)


def _mark(connection: Connection, overruled: dict[UUID, bool]) -> None:
    if overruled:
        connection.execute(
            update(Correction)
            .where(col(Correction.id) == bindparam("made"))
            .values(is_overruled=bindparam("overruled")),
            [{"made": id_, "overruled": value} for id_, value in overruled.items()],
        )


def _correction(connection: Connection, correction_id: UUID | None) -> Row | None:
    names = (
        "id",
        "kind",
        "entity_id",
        "quote_id",
        "mention_id",
        "article_ids",
        "restores_id",
        "undone_by_id",
    )
    columns = [getattr(Correction, name) for name in (*names, "reason")]
    row = connection.execute(select(*columns).where(col(Correction.id) == correction_id)).mappings().first()
    return None if row is None else {**row, "article_ids": loads(row["article_ids"])}


def _next_number(connection: Connection) -> int:
    return (connection.execute(select(func.max(col(Correction.number)))).scalar() or 0) + 1


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
