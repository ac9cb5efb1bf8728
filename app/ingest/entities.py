"""The entities of an article: which stored ones it may name, which it is first to name, and their counts.

It takes a connection that holds the writer's place, so that two articles cannot found the same entity at once.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows
from app.db.tables import ArticleEntity, Entity, EntityCandidate, EntityKey, EntityName
from app.documents import AnnotatedArticle, CoreferenceChain
from app.ingest import rows
from app.resolution import Decision, KnownEntity, block_keys

CANDIDATE_LIMIT = 500  # entities looked at for one article; a guess of 2026-11-22, far above what was seen


def find_candidates(connection: Connection, annotated: AnnotatedArticle) -> list[KnownEntity]:
    """Return the stored entities that the article's chains may name, the most mentioned first."""
    keys = {key for chain in annotated.chains for key in block_keys(chain.entity_type, chain.name)}
    keyed = select(col(EntityKey.entity_id)).where(col(EntityKey.key).in_(keys))
    found = connection.execute(
        select(col(Entity.id), col(Entity.type), col(Entity.name))
        .where(col(Entity.id).in_(keyed))
        .order_by(col(Entity.mention_count).desc(), col(Entity.id))
        .limit(CANDIDATE_LIMIT)
    ).all()
    names: dict[tuple[UUID, str], list[str]] = {}
    for entity_id, kind, name in connection.execute(
        select(col(EntityName.entity_id), col(EntityName.kind), col(EntityName.name))
        .where(col(EntityName.entity_id).in_([row.id for row in found]))
        .distinct()
    ):
        names.setdefault((entity_id, kind), []).append(name)
    return [
        KnownEntity(
            id=row.id,
            entity_type=row.type,
            name=row.name,
            aliases=tuple(sorted(names.get((row.id, "alias"), ()))),
            roles=tuple(sorted(names.get((row.id, "role"), ()))),
        )
        for row in found
    ]


def keep_entities(
    connection: Connection, annotated: AnnotatedArticle, decisions: Sequence[Decision], keys: rows.ArticleKeys
) -> list[UUID]:
    """Write the entities the article is first to name, and the keys it adds; return each chain's entity."""
    entity_ids: list[UUID] = []
    for founding_id, decision in zip(rows.founding_ids(annotated, keys), decisions, strict=True):
        if decision.same_as_chain is not None:
            entity_ids.append(entity_ids[decision.same_as_chain])
        elif decision.verdict == "same" and decision.entity_id is not None:
            entity_ids.append(decision.entity_id)
        else:
            entity_ids.append(founding_id)
    decided = list(zip(entity_ids, annotated.chains, decisions, strict=True))
    founders = {entity_id: chain for entity_id, chain, _ in reversed(decided)}
    missing = founders.keys() - _existing(connection, col(Entity.id), founders)
    insert_rows(connection, Entity, [_entity_row(id_, founders[id_], keys) for id_ in sorted(missing)])
    for entity_id, _, decision in decided:
        if decision.verdict == "unsure" and decision.entity_id not in {None, entity_id}:
            _keep_candidate(connection, entity_id, decision)
    _keep_keys(connection, annotated, entity_ids)
    return entity_ids


def count_of(connection: Connection, article_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Return how often the stored article mentions and quotes each of its entities."""
    stored = connection.execute(
        select(
            col(ArticleEntity.entity_id), col(ArticleEntity.mention_count), col(ArticleEntity.quote_count)
        ).where(col(ArticleEntity.article_id) == article_id)
    )
    return {entity_id: (mentions, quotes) for entity_id, mentions, quotes in stored}


def recount(
    connection: Connection, before: dict[UUID, tuple[int, int]], after: dict[UUID, tuple[int, int]]
) -> None:
    """Change the entities' counts by what one article changed, and drop those no article mentions any more.

    By difference, since summing a much-mentioned entity's articles at each ingest would cost more and more.
    """
    changed = before.keys() | after.keys()
    if not changed:
        return
    link = ArticleEntity
    seen = col(link.entity_id) == bindparam("entity")
    connection.execute(
        update(Entity)
        .where(col(Entity.id) == bindparam("entity"))
        .values(
            mention_count=col(Entity.mention_count) + bindparam("mentions"),
            quote_count=col(Entity.quote_count) + bindparam("quotes"),
            article_count=col(Entity.article_count) + bindparam("articles"),
            first_seen_at=func.coalesce(
                select(func.min(col(link.ordered_at))).where(seen).scalar_subquery(),
                col(Entity.first_seen_at),
            ),
            last_seen_at=func.coalesce(
                select(func.max(col(link.ordered_at))).where(seen).scalar_subquery(), col(Entity.last_seen_at)
            ),
        ),
        [
            {
                "entity": entity_id,
                "mentions": after.get(entity_id, (0, 0))[0] - before.get(entity_id, (0, 0))[0],
                "quotes": after.get(entity_id, (0, 0))[1] - before.get(entity_id, (0, 0))[1],
                "articles": (entity_id in after) - (entity_id in before),
            }
            for entity_id in sorted(changed)
        ],
    )
    _drop_unmentioned(connection, changed - after.keys())


def _drop_unmentioned(connection: Connection, entity_ids: set[UUID]) -> None:
    gone = entity_ids - _existing(connection, col(ArticleEntity.entity_id), entity_ids)
    pairs = (col(EntityCandidate.entity_id).in_(gone), col(EntityCandidate.candidate_id).in_(gone))
    connection.execute(delete(EntityCandidate).where(or_(*pairs)))
    connection.execute(delete(EntityKey).where(col(EntityKey.entity_id).in_(gone)))
    connection.execute(delete(Entity).where(col(Entity.id).in_(gone)))


def _entity_row(entity_id: UUID, chain: CoreferenceChain, keys: rows.ArticleKeys) -> rows.Row:
    return {
        "id": entity_id,
        "type": chain.entity_type,
        "name": chain.name[: rows.NAME_LENGTH],
        "sort_name": chain.name.casefold()[: rows.NAME_LENGTH],
        "mention_count": 0,
        "article_count": 0,
        "quote_count": 0,
        "first_seen_at": keys.ordered_at,
        "last_seen_at": keys.ordered_at,
    }


def _keep_candidate(connection: Connection, entity_id: UUID, decision: Decision) -> None:
    table = EntityCandidate
    pair = (col(table.entity_id) == entity_id, col(table.candidate_id) == decision.entity_id)
    connection.execute(delete(table).where(*pair))
    row = {"entity_id": entity_id, "candidate_id": decision.entity_id}
    connection.execute(insert(table), [row | {"confidence": decision.confidence, "reason": decision.reason}])


def _keep_keys(connection: Connection, annotated: AnnotatedArticle, entity_ids: Sequence[UUID]) -> None:
    wanted = {
        (key, entity_id)
        for chain, entity_id in zip(annotated.chains, entity_ids, strict=True)
        for key in block_keys(chain.entity_type, chain.name)
    }
    stored = connection.execute(
        select(col(EntityKey.key), col(EntityKey.entity_id)).where(
            col(EntityKey.entity_id).in_(set(entity_ids))
        )
    )
    missing = wanted - {(row.key, row.entity_id) for row in stored}
    insert_rows(connection, EntityKey, [{"key": key, "entity_id": id_} for key, id_ in sorted(missing)])


def _existing(connection: Connection, column: Any, ids: Iterable[UUID]) -> set[UUID]:
    return set(connection.execute(select(column).where(column.in_(set(ids))).distinct()).scalars())
