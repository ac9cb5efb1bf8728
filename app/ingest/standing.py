"""Found rows + corrections in force → the rows that are served. Pure: `serving` reads and writes them.

What was found never depends on corrections, and what is served is made from it anew each time, so corrections may
be made and undone in any order: what holds is what those that are left say. Of two that decide the same thing
the later wins.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.documents import EntityType
from app.ingest import rows
from app.ingest.rows import ArticleKeys, Row
from app.nlp.quotes.speaker_types import type_of_named


@dataclass(frozen=True, slots=True)
class Merge:
    """That a person says one entity is another."""

    correction_id: UUID
    entity_id: UUID
    into_id: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What the corrections in force say of some articles and the entities found in them.

    into: merged entity → the one it is. parts: (article, entity) → the part split off there. speakers: quote →
    who says it, None for nobody known. rejected: quotes and mentions that are none. types: those speakers' as found.
    """

    into: Mapping[UUID, UUID] = field(default_factory=dict)
    parts: Mapping[tuple[UUID, UUID], UUID] = field(default_factory=dict)
    speakers: Mapping[UUID, UUID | None] = field(default_factory=dict)
    rejected: frozenset[UUID] = frozenset()
    types: Mapping[UUID, EntityType] = field(default_factory=dict)

    def place(self, article_id: UUID, entity_id: UUID) -> UUID:
        """Return the entity a found one is served as in an article: split where a part was split off, then merged.

        A part that was merged back into its whole is not split off a second time.
        """
        used: set[tuple[UUID, UUID]] = set()
        at = entity_id
        while True:
            place = (article_id, at)
            if place in self.parts and place not in used:
                used.add(place)
                at = self.parts[place]
            elif at in self.into:
                at = self.into[at]
            else:
                return at

    def survivor(self, entity_id: UUID) -> UUID:
        """Return the entity another is served as wherever no part is split off."""
        while entity_id in self.into:
            entity_id = self.into[entity_id]
        return entity_id


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """What was found in an article: the rows as the pipeline made them, whatever people have corrected."""

    keys: ArticleKeys
    mentions: Sequence[Row]
    quotes: Sequence[Row]
    names: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ServedArticle:
    """What is served of an article, and what corrections changed of what was found."""

    keys: ArticleKeys
    mentions: Sequence[Row]
    quotes: Sequence[Row]
    names: Sequence[Row]
    quote_mentions: Sequence[Row]
    links: Sequence[Row]
    as_found: Sequence[Row]

    @property
    def counts(self) -> Row:
        """The article's own counts."""
        said = sum(row["attribution"] in rows.WORDS_SAID for row in self.quotes)
        return {"quote_count": said, "entity_count": len(self.links)}


def fold_merges(merges: Sequence[Merge]) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Return where each entity goes, and the merges a later one overrules, from merges in the order they were made.

    A merge gives way to a later one of the same entity, and to later ones that would make it a circle.
    """
    standing = Standing(into := {})
    overruled = set()
    for merge in reversed(merges):
        if merge.entity_id in into or standing.survivor(merge.into_id) == merge.entity_id:
            overruled.add(merge.correction_id)
        else:
            into[merge.entity_id] = merge.into_id
    return into, overruled


def serve(found: FoundArticle, standing: Standing) -> ServedArticle:
    """Return what is served of an article."""
    place = _placer(found, standing)
    rejected = standing.rejected
    mentions = [
        row | {"entity_id": place[row["entity_id"]]} for row in found.mentions if row["id"] not in rejected
    ]
    quotes = [_speak(row, place, standing) for row in found.quotes if row["id"] not in rejected]
    links = rows.make_article_entity_rows(mentions, quotes, found.keys)
    return ServedArticle(
        keys=found.keys,
        mentions=mentions,
        quotes=quotes,
        names=_serve_names(found, place, standing),
        quote_mentions=rows.make_quote_mention_rows(quotes, mentions),
        links=links,
        as_found=[
            *_changed("mention", found.mentions, mentions, found.keys),
            *_changed("quote", found.quotes, quotes, found.keys),
        ],
    )


def _placer(found: FoundArticle, standing: Standing) -> dict[UUID, UUID]:
    ids = {row["entity_id"] for row in found.mentions} | {row["found_id"] for row in found.names}
    ids |= {row["speaker_id"] for row in found.quotes if row["speaker_id"]}
    return {entity_id: standing.place(found.keys.article_id, entity_id) for entity_id in ids}


def _speak(row: Row, place: Mapping[UUID, UUID], standing: Standing) -> Row:
    """Return a quote with who is served as its speaker; whom a person has named has no alternatives."""
    if row["id"] not in standing.speakers:
        speaker_id = row["speaker_id"] and place[row["speaker_id"]]
        others = _others(row["speaker_alternatives"], speaker_id, place)
        return row | {"speaker_id": speaker_id, "speaker_alternatives": others}
    speaker = standing.speakers[row["id"]]
    if speaker is not None:
        speaker_id = standing.survivor(speaker)
        kind = {"speaker_type": type_of_named(standing.types.get(speaker_id))}
        return row | _speaker(speaker_id, "correction", 1.0, "resolved") | kind
    return row | _speaker(None, None, 0.0, "unresolved" if row["speaker_text"] else "none")


def _speaker(speaker_id: UUID | None, resolved_by: str | None, confidence: float, status: str) -> Row:
    return {
        "speaker_type": None,
        "speaker_id": speaker_id,
        "speaker_resolved_by": resolved_by,
        "speaker_confidence": confidence,
        "status": status,
        "speaker_alternatives": [],
    }


def _others(found: Sequence[Row], speaker_id: UUID | None, place: Mapping[UUID, UUID]) -> list[Row]:
    """Return who else may speak, each once, as served: of two that were merged one is left."""
    others: dict[UUID, Row] = {}
    for other in found:
        entity_id = place[UUID(other["entity_id"])]
        if entity_id != speaker_id:
            others.setdefault(entity_id, other | {"entity_id": str(entity_id)})
    return list(others.values())


def _serve_names(found: FoundArticle, place: Mapping[UUID, UUID], standing: Standing) -> list[Row]:
    """Return the article's names, less the rejected mentions of each; an entity with no mention left has none."""
    gone = Counter(
        (row["entity_id"], "alias", row["text"][: rows.NAME_LENGTH])
        for row in found.mentions
        if row["id"] in standing.rejected and row["kind"] == "name"
    )
    mentioned = {row["entity_id"] for row in found.mentions if row["id"] not in standing.rejected}
    names = []
    for row in found.names:
        left = row["found_count"] - gone[row["found_id"], row["kind"], row["name"]]
        is_served = left > 0 and row["found_id"] in mentioned
        entity_id = place[row["found_id"]] if is_served else None
        names.append(row | {"entity_id": entity_id, "mention_count": left if is_served else 0})
    return names


def _changed(layer: str, found: Sequence[Row], served: Sequence[Row], keys: ArticleKeys) -> list[Row]:
    """Return what was found of each row that is served otherwise, or not at all."""
    by_id = {row["id"]: row for row in served}
    changed = []
    for row in found:
        now = by_id.get(row["id"])
        values = row if now is None else {name: row[name] for name in row if row[name] != now[name]}
        if values:
            changed.append(
                {
                    "id": row["id"],
                    "layer": layer,
                    "article_id": keys.article_id,
                    "found": values,
                    "is_rejected": now is None,
                }
            )
    return changed
