"""The entities found in articles: which stored ones an article may name, and which it is first to name.

Corrections leave these alone, so that the same documents always find the same entities; what is served of them is
in `served_entities`. It takes a connection that holds the writer's place, so that two articles cannot found the
same entity at once.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows
from app.db.records import Correction, MergedEntity
from app.db.tables import Decision, Entity, EntityCandidate, EntityKey, EntityLabel, EntityName, FoundEntity
from app.documents import AnnotatedArticle, CoreferenceChain
from app.ingest import rows
from app.resolution import Decision as Verdict
from app.resolution import KnownEntity, block_keys, is_common_name, normalise

COMPANY_LIMIT = 200  # articles of people with common names that are asked who else is in them
CANDIDATE_LIMIT = 500  # entities looked at for one article; a guess of 2026-11-22, far above what was seen


def find_candidates(connection: Connection, annotated: AnnotatedArticle) -> list[KnownEntity]:
    """Return the found entities that the article's chains may name, the most mentioned first."""
    keys = {key for chain in annotated.chains for key in block_keys(chain.entity_type, chain.name)}
    keyed = select(col(EntityKey.entity_id)).where(col(EntityKey.key).in_(keys))
    served_as = func.coalesce(col(MergedEntity.survivor_id), col(FoundEntity.id))
    found = connection.execute(
        select(
            col(FoundEntity.id), col(FoundEntity.type), col(FoundEntity.name), col(MergedEntity.survivor_id)
        )
        .outerjoin(MergedEntity, col(MergedEntity.entity_id) == col(FoundEntity.id))
        .outerjoin(Entity, col(Entity.id) == served_as)
        .where(col(FoundEntity.id).in_(keyed))
        .order_by(func.coalesce(col(Entity.mention_count), 0).desc(), col(FoundEntity.id))
        .limit(CANDIDATE_LIMIT)
    ).all()
    names = _names_of(connection, [row.id for row in found])
    people = [row.id for row in found if row.type == "person" and is_common_name(row.name)]
    company = _company_of(connection, people)
    return [
        KnownEntity(
            id=row.id,
            entity_type=row.type,
            name=row.name,
            aliases=tuple(sorted(names.get((row.id, "alias"), ()))),
            roles=tuple(sorted(names.get((row.id, "role"), ()))),
            company=frozenset(company.get(row.id, ())),
            stands_for=row.survivor_id,
        )
        for row in found
    ]


def keep_found(
    connection: Connection, annotated: AnnotatedArticle, decisions: Sequence[Verdict], keys: rows.ArticleKeys
) -> list[UUID]:
    """Write the entities the article is first to name, and the keys it adds; return each chain's entity."""
    found_ids: list[UUID] = []
    for founding_id, decision in zip(rows.founding_ids(annotated, keys), decisions, strict=True):
        if decision.same_as_chain is not None:
            found_ids.append(found_ids[decision.same_as_chain])
        elif decision.verdict == "same" and decision.entity_id is not None:
            found_ids.append(decision.entity_id)
        else:
            found_ids.append(founding_id)
    decided = list(zip(found_ids, annotated.chains, decisions, strict=True))
    founders = {found_id: chain for found_id, chain, _ in reversed(decided)}
    missing = founders.keys() - _existing(connection, col(FoundEntity.id), founders)
    insert_rows(connection, FoundEntity, [_found_row(id_, founders[id_]) for id_ in sorted(missing)])
    for found_id, _, decision in decided:
        if decision.verdict == "unsure" and decision.entity_id not in {None, found_id}:
            _keep_candidate(connection, found_id, decision)
    _keep_keys(connection, annotated, found_ids)
    return found_ids


def found_in(connection: Connection, article_id: UUID) -> set[UUID]:
    """Return the entities found in a stored article."""
    chosen = select(col(Decision.found_id)).where(col(Decision.article_id) == article_id)
    return set(connection.execute(chosen).scalars())


def drop_unfound(connection: Connection, found_ids: set[UUID]) -> None:
    """Drop those of the entities that no article names any more, unless a correction speaks of them."""
    gone = found_ids - _existing(connection, col(Decision.found_id), found_ids)
    for subject in (col(Correction.entity_id), col(Correction.into_id)) if gone else ():
        gone -= _existing(connection, subject, gone)
    if gone:
        pairs = (col(EntityCandidate.entity_id).in_(gone), col(EntityCandidate.candidate_id).in_(gone))
        connection.execute(delete(EntityCandidate).where(or_(*pairs)))
        connection.execute(delete(EntityKey).where(col(EntityKey.entity_id).in_(gone)))
        connection.execute(delete(FoundEntity).where(col(FoundEntity.id).in_(gone)))


def _names_of(connection: Connection, found_ids: Sequence[UUID]) -> dict[tuple[UUID, str], list[str]]:
    """Return the names and roles of found entities, by entity and kind.

    An entity that no correction touches is served under its own id, and its names are summed there already; of the
    others the articles are asked.
    """
    corrected = set()
    for subject in (col(Correction.entity_id), col(Correction.into_id)):
        corrected |= _existing(connection, subject, found_ids)
    label, name = EntityLabel, EntityName
    summed = select(col(label.entity_id), col(label.kind), col(label.name)).where(
        col(label.entity_id).in_(set(found_ids) - corrected)
    )
    asked = select(col(name.found_id), col(name.kind), col(name.name)).where(
        col(name.found_id).in_(corrected)
    )
    names: dict[tuple[UUID, str], list[str]] = {}
    for statement in (summed, asked.distinct()):
        for entity_id, kind, text in connection.execute(statement):
            names.setdefault((entity_id, kind), []).append(text)
    return names


def _company_of(connection: Connection, found_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Return the normalised names of the people and organisations found in the same articles as these people."""
    if not found_ids:
        return {}
    articles = (
        select(col(Decision.found_id), col(Decision.article_id))
        .where(col(Decision.found_id).in_(found_ids))
        .limit(COMPANY_LIMIT)
        .subquery()
    )
    beside = connection.execute(
        select(articles.c.found_id, col(FoundEntity.type), col(FoundEntity.name))
        .join(Decision, col(Decision.article_id) == articles.c.article_id)
        .join(FoundEntity, col(FoundEntity.id) == col(Decision.found_id))
        .where(col(FoundEntity.type).in_(("person", "organization")))
    )
    company: dict[UUID, set[str]] = {}
    for found_id, entity_type, name in beside:
        company.setdefault(found_id, set()).add(normalise(entity_type, name))
    return company


def _found_row(found_id: UUID, chain: CoreferenceChain) -> rows.Row:
    return {"id": found_id, "type": chain.entity_type, "name": chain.name[: rows.NAME_LENGTH]}


def _keep_candidate(connection: Connection, found_id: UUID, decision: Verdict) -> None:
    table = EntityCandidate
    pair = (col(table.entity_id) == found_id, col(table.candidate_id) == decision.entity_id)
    connection.execute(delete(table).where(*pair))
    row = {"entity_id": found_id, "candidate_id": decision.entity_id}
    connection.execute(insert(table), [row | {"confidence": decision.confidence, "reason": decision.reason}])


def _keep_keys(connection: Connection, annotated: AnnotatedArticle, found_ids: Sequence[UUID]) -> None:
    wanted = {
        (key, found_id)
        for chain, found_id in zip(annotated.chains, found_ids, strict=True)
        for key in block_keys(chain.entity_type, chain.name)
    }
    stored = connection.execute(
        select(col(EntityKey.key), col(EntityKey.entity_id)).where(
            col(EntityKey.entity_id).in_(set(found_ids))
        )
    )
    missing = wanted - {(row.key, row.entity_id) for row in stored}
    insert_rows(connection, EntityKey, [{"key": key, "entity_id": id_} for key, id_ in sorted(missing)])


def _existing(connection: Connection, column: Any, ids: Iterable[UUID]) -> set[UUID]:
    return set(connection.execute(select(column).where(column.in_(set(ids))).distinct()).scalars())
