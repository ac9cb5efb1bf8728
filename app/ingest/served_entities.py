"""The entities that are served: their rows, names and counts, kept by the difference each change makes.

By difference, since summing a much-mentioned entity's articles at each change would cost more and more. It takes a
connection that holds the writer's place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows
from app.db.records import Correction
from app.db.tables import ArticleEntity, Entity, EntityLabel, EntityName, FoundEntity
from app.ingest import change_log
from app.ingest.rows import NAME_LENGTH, Row
from app.ingest.standing import ServedArticle

type Label = tuple[UUID, str, str]  # entity, alias or role, the words


@dataclass(frozen=True, slots=True)
class Tally:
    """What some articles add to their entities' counts and names."""

    mentions: Counter[UUID]
    quotes: Counter[UUID]
    articles: Counter[tuple[UUID, datetime]]
    labels: Counter[tuple[Label, datetime]]

    @classmethod
    def of(cls, connection: Connection, article_ids: Sequence[UUID]) -> "Tally":
        """Return what stored articles add."""
        link = [getattr(ArticleEntity, name) for name in ("entity_id", "ordered_at", *_COUNTED)]
        name = [
            getattr(EntityName, name) for name in ("entity_id", "kind", "name", "ordered_at", "mention_count")
        ]
        links = connection.execute(select(*link).where(col(ArticleEntity.article_id).in_(article_ids)))
        names = connection.execute(select(*name).where(col(EntityName.article_id).in_(article_ids)))
        return cls.made_of(links.mappings(), names.mappings())

    @classmethod
    def made_of(cls, links: Iterable[Mapping[Any, Any]], names: Iterable[Mapping[Any, Any]]) -> "Tally":
        """Return what these rows of `article_entity` and `entity_name` add."""
        tally = cls(Counter(), Counter(), Counter(), Counter())
        for row in links:
            tally.mentions[row["entity_id"]] += row["mention_count"]
            tally.quotes[row["entity_id"]] += row["quote_count"]
            tally.articles[row["entity_id"], row["ordered_at"]] += 1
        for row in names:
            if row["entity_id"] is not None:
                label = (row["entity_id"], row["kind"], row["name"])
                tally.labels[label, row["ordered_at"]] += row["mention_count"]
        return tally


_COUNTED = ("mention_count", "quote_count")


def ensure(connection: Connection, served: Sequence[ServedArticle]) -> None:
    """Make the rows of the entities that are served for the first time, before anything refers to them."""
    seen = {link["entity_id"]: link["ordered_at"] for article in served for link in article.links}
    known = select(col(Entity.id)).where(col(Entity.id).in_(seen))
    missing = seen.keys() - set(connection.execute(known).scalars())
    zero = dict.fromkeys(("mention_count", "article_count", "quote_count"), 0)
    described = describe(connection, missing)
    insert_rows(
        connection,
        Entity,
        [
            {"id": id_, **described[id_], **zero, "first_seen_at": seen[id_], "last_seen_at": seen[id_]}
            for id_ in sorted(missing)
        ],
    )
    change_log.record_entities(connection, "created", missing)


def rename(connection: Connection, entity_id: UUID) -> None:
    """Bring an entity's name and type to what the corrections in force say, if it is served."""
    described = describe(connection, [entity_id])
    renamed = update(Entity).where(col(Entity.id) == entity_id).values(**described[entity_id])
    if connection.execute(renamed).rowcount:
        change_log.record_entities(connection, "changed", [entity_id])


def describe(connection: Connection, entity_ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Return name and type of entities: as found, or as the last correction in force has it."""
    ids = set(entity_ids)
    found = connection.execute(
        select(col(FoundEntity.id), col(FoundEntity.name), col(FoundEntity.type)).where(
            col(FoundEntity.id).in_(ids)
        )
    )
    described: dict[UUID, Row] = {id_: {"name": name, "type": type_} for id_, name, type_ in found}
    corrected = connection.execute(
        select(col(Correction.entity_id), col(Correction.kind), col(Correction.name), col(Correction.type))
        .where(
            col(Correction.entity_id).in_(ids),
            col(Correction.kind).in_(("rename", "retype")),
            col(Correction.undone_by_id).is_(None),
        )
        .order_by(col(Correction.number))
    )
    for entity_id, kind, name, type_ in corrected:
        if entity_id is not None:
            described[entity_id] |= {"name": name} if kind == "rename" else {"type": type_}
    return {id_: row | {"sort_name": row["name"].casefold()[:NAME_LENGTH]} for id_, row in described.items()}


def recount(connection: Connection, before: Tally, after: Tally) -> None:
    """Change the entities' counts and names by what changed, and drop those no article mentions or quotes."""
    mentions, quotes = _difference(before.mentions, after.mentions), _difference(before.quotes, after.quotes)
    articles = _difference(before.articles, after.articles)
    changed = mentions.keys() | quotes.keys() | {entity_id for entity_id, _ in articles}
    if changed:
        present: Counter[UUID] = Counter()
        for (entity_id, _), count in articles.items():
            present[entity_id] += count
        _recount_entities(
            connection,
            [
                {"entity": id_, "mentions": mentions[id_], "quotes": quotes[id_], "articles": present[id_]}
                for id_ in sorted(changed)
            ],
        )
    labels: Counter[Label] = Counter()
    for (label, _), count in _difference(before.labels, after.labels).items():
        labels[label] += count
    if labels:
        _recount_labels(connection, labels)
    left = {entity_id for entity_id, _ in before.articles} - {entity_id for entity_id, _ in after.articles}
    if left:
        still = select(col(ArticleEntity.entity_id)).where(col(ArticleEntity.entity_id).in_(left)).distinct()
        gone = left - set(connection.execute(still).scalars())
        connection.execute(delete(EntityLabel).where(col(EntityLabel.entity_id).in_(gone)))
        connection.execute(delete(Entity).where(col(Entity.id).in_(gone)))
        change_log.record_gone(connection, gone)


def _difference[T](before: Counter[T], after: Counter[T]) -> Counter[T]:
    changed = Counter(after)
    changed.subtract(before)
    return Counter({key: count for key, count in changed.items() if count})


def _recount_entities(connection: Connection, changes: list[Row]) -> None:
    link = ArticleEntity
    seen = col(link.entity_id) == bindparam("entity")
    first = select(func.min(col(link.ordered_at))).where(seen).scalar_subquery()
    last = select(func.max(col(link.ordered_at))).where(seen).scalar_subquery()
    connection.execute(
        update(Entity)
        .where(col(Entity.id) == bindparam("entity"))
        .values(
            mention_count=col(Entity.mention_count) + bindparam("mentions"),
            quote_count=col(Entity.quote_count) + bindparam("quotes"),
            article_count=col(Entity.article_count) + bindparam("articles"),
            first_seen_at=func.coalesce(first, col(Entity.first_seen_at)),
            last_seen_at=func.coalesce(last, col(Entity.last_seen_at)),
        ),
        changes,
    )


def _recount_labels(connection: Connection, changes: Mapping[Label, int]) -> None:
    rows = [_label_row(*place, count) for place, count in sorted(changes.items())]
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    upsert = dialect.insert(EntityLabel)
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["entity_id", "kind", "name"],
            set_={"mention_count": col(EntityLabel.mention_count) + upsert.excluded.mention_count},
        ),
        rows,
    )
    first, last = (
        select(bound(col(EntityName.ordered_at))).where(*_is_place(EntityName)).scalar_subquery()
        for bound in (func.min, func.max)
    )
    label = EntityLabel
    connection.execute(
        update(label)
        .where(*_is_place(label))
        .values(
            first_seen_at=func.coalesce(first, col(label.first_seen_at)),
            last_seen_at=func.coalesce(last, col(label.last_seen_at)),
        ),
        [
            {"entity": entity_id, "label_kind": kind, "words": words}
            for entity_id, kind, words in sorted(changes)
        ],
    )
    changed = {entity_id for entity_id, _, _ in changes}
    connection.execute(delete(label).where(col(label.entity_id).in_(changed), col(label.mention_count) <= 0))


def _is_place(table: type[EntityName | EntityLabel]) -> list[ColumnElement[bool]]:
    slots = {"entity_id": "entity", "kind": "label_kind", "name": "words"}
    return [getattr(table, column) == bindparam(slot) for column, slot in slots.items()]


def _label_row(entity_id: UUID, kind: str, name: str, count: int) -> Row:
    return {
        "entity_id": entity_id,
        "kind": kind,
        "name": name,
        "folded": name.casefold(),
        "mention_count": count,
        "first_seen_at": _NEVER,  # brought up to date right after
        "last_seen_at": _NEVER,
    }


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00Z")
