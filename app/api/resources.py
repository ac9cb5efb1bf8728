"""Rows → resources: the JSON shapes of the contract, as dicts. `schemas.py` documents the same shapes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.db.keyset import Record
from app.resolution.same_as import SameAs

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class IdTable:
    """The operator's table of ids, and the name of its file."""

    name: str
    same_as: SameAs


_LONGEST_OPENING = 120  # characters
ARTICLE_DETAIL = ("text", "paragraphs", "warnings", "removed", "provenance")


def make_article(row: Record) -> Resource:
    """Return an Article as lists show it."""
    publisher_id = row["publisher_id"]
    return {
        "id": row["id"],
        "external_id": row["external_id"],
        "url": row["url"],
        "headline": row["headline"],
        "opening": row["opening"] and shorten(row["opening"]),
        "publisher": publisher_id
        and {"id": publisher_id, "slug": row["publisher_slug"], "name": row["publisher_name"]},
        "byline": row["byline"],
        "authors": row["authors"],
        "published_at": row["published_at"],
        "published_precision": row["published_precision"],
        "published_zone": row["published_zone"],
        "published_offset_minutes": row["published_offset_minutes"],
        "modified_at": row["modified_at"],
        "modified_precision": row["modified_precision"],
        "modified_zone": row["modified_zone"],
        "modified_offset_minutes": row["modified_offset_minutes"],
        "dateline": row["dateline"],
        "credit": row["credit"],
        "language": row["language"],
        "section": row["section"],
        "keywords": row["keywords"],
        "lead_image_url": row["lead_image_url"],
        "canonical_url": row["canonical_url"],
        "word_count": row["word_count"],
        "story_id": row["story_id"],
        "copy_of": row["copy_of_id"]
        and {"article_id": row["copy_of_id"], "similarity": row["copy_similarity"]},
        "counts": {"quotes": row["quote_count"], "entities": row["entity_count"]},
        "revision": row["revision"],
        "ingested_at": row["ingested_at"],
        "fields": row["fields"],
    }


def shorten(opening: str) -> str:
    """Return the first words of a text: of its first line, at most 120 characters, no word cut through."""
    line = opening.split("\n", 1)[0]
    return line if len(line) <= _LONGEST_OPENING else line[: _LONGEST_OPENING + 1].rsplit(" ", 1)[0]


def make_article_detail(row: Record) -> Resource:
    """Return an Article with its text and what was removed from it."""
    return make_article(row) | {name: row[name] for name in ARTICLE_DETAIL}


def make_quote(row: Record) -> Resource:
    """Return a Quote."""
    cue_start, speaker_start = row["cue_start"], row["speaker_start"]
    return {
        "id": row["id"],
        "article_id": row["article_id"],
        "kind": row["kind"],
        "attribution": row["attribution"],
        "text": row["text"],
        "segments": row["segments"],
        "cue": None
        if cue_start is None
        else {"start": cue_start, "end": row["cue_end"], "text": row["cue_text"]},
        "speaker": None
        if speaker_start is None and row["speaker_id"] is None
        else {
            "start": speaker_start,
            "end": row["speaker_end"],
            "text": row["speaker_text"],
            "entity_id": row["speaker_id"],
            "name": row["speaker_name"],
            "resolved_by": row["speaker_resolved_by"],
            "confidence": row["speaker_confidence"],
            "alternatives": row["speaker_alternatives"],
        },
        "speaker_type": row["speaker_type"],
        "status": row["status"],
        "confidence": row["confidence"],
        "utterance_id": row["utterance_id"],
        "provenance": row["provenance"],
    }


def make_mention(row: Record) -> Resource:
    """Return a Mention."""
    names = ("id", "article_id", "entity_id", "start", "end", "text", "kind", "confidence", "provenance")
    return {name: row[name] for name in names}


def make_entities(rows: Iterable[Record], names: Iterable[Record], ids: IdTable) -> list[Resource]:
    """Return Entities with their names and roles, the commonest first."""
    found: dict[tuple[Any, str], list[str]] = {}
    for named in names:
        found.setdefault((named["entity_id"], named["kind"]), []).append(named["name"])
    return [
        {
            "id": row["id"],
            "type": row["type"],
            "name": row["name"],
            "aliases": found.get((row["id"], "alias"), []),
            "roles": found.get((row["id"], "role"), []),
            "counts": {
                "mentions": row["mention_count"],
                "articles": row["article_count"],
                "quotes": row["quote_count"],
            },
            "first_seen_at": row["first_seen_at"],
            "last_seen_at": row["last_seen_at"],
            **_same_as(row, found.get((row["id"], "alias"), []), ids),
        }
        for row in rows
    ]


def _same_as(row: Record, aliases: list[str], ids: IdTable) -> Resource:
    match = ids.same_as.find(row["type"], row["name"], aliases)
    if match is None:
        return {"same_as": [], "same_as_origin": None}
    return {"same_as": [match.uri], "same_as_origin": {"table": ids.name, "matched": match.name}}


def make_entity_detail(
    row: Record, names: Iterable[Record], labels: Iterable[Record], ids: IdTable
) -> Resource:
    """Return an Entity with its names and roles over time."""
    uses: dict[str, list[Resource]] = {"alias": [], "role": []}
    for label in labels:
        times = {name: label[name] for name in ("first_seen_at", "last_seen_at")}
        uses[label["kind"]].append({"name": label["name"], "mentions": label["mention_count"], **times})
    [entity] = make_entities([row], names, ids)
    return entity | {"alias_uses": uses["alias"], "role_uses": uses["role"]}


def make_related(row: Record) -> Resource:
    """Return a RelatedEntity."""
    return {name: row[name] for name in ("id", "type", "name", "article_count", "last_together_at")}


def make_candidate(row: Record) -> Resource:
    """Return a Candidate."""
    one, other = ({name: row[f"{end}_{name}"] for name in ("id", "type", "name")} for end in ("one", "other"))
    return {"entity": one, "candidate": other, "confidence": row["confidence"], "reason": row["reason"]}


def make_correction(row: Record) -> Resource:
    """Return a Correction."""
    same = ("id", "kind", "state", "quote_id", "mention_id", "article_ids", "name", "type", "undone_by_id")
    told = ("author", "reason", "made_at", "subject")
    other = {"reattribute": "entity_id", "keep_apart": "candidate_id"}.get(row["kind"], "into_id")
    named = {"entity_id": row["entity_id"], "into_id": None, "candidate_id": None} | {other: row["into_id"]}
    return {
        **{name: row[name] for name in same},
        **named,
        "correction_id": row["restores_id"],
        **{name: row[name] for name in told},
    }


def make_run(row: Record) -> Resource:
    """Return a Run."""
    return {
        **{name: row[name] for name in ("id", "state", "pipeline_version", "since")},
        "progress": {name: row[f"{name}_count"] for name in ("total", "done", "failed")},
        "differences": {name: row[f"{name}_count"] for name in ("appeared", "vanished", "changed")},
        **{name: row[name] for name in ("started_at", "finished_at")},
    }


def make_difference(row: Record) -> Resource:
    """Return a Difference; the reason of a failure is kept where the quote would be."""
    is_failure = row["change"] == "failed"
    return {
        **{name: row[name] for name in ("id", "run_id", "change", "document_id", "article_id", "quote_id")},
        "before": row["before"],
        "after": None if is_failure else row["after"],
        "error": row["after"] if is_failure else None,
    }


def make_revision(row: Record) -> Resource:
    """Return a Revision."""
    names = ("article_id", "number", "pipeline_version", "ingested_at")
    return {name: row[name] for name in names} | {"is_current": bool(row["is_current"])}


def make_change(row: Record) -> Resource:
    """Return a Change."""
    told = ("article_id", "publisher_id", "into_id", "made_at")
    return {
        **{name: row[name] for name in ("number", "kind", "change")},
        "id": row["subject_id"],
        **{name: row[name] for name in told},
    }


def make_publisher(row: Record) -> Resource:
    """Return a Publisher."""
    counts = {"articles": row["article_count"]}
    return {"id": row["id"], "slug": row["slug"], "name": row["name"], "counts": counts}


def make_document(row: Record) -> Resource:
    """Return a Document: what came in, and what became of it."""
    names = (
        "id",
        "name",
        "form",
        "byte_count",
        "kept_byte_count",
        "state",
        "error",
        "pipeline_version",
        "article_id",
        "received_at",
        "job_id",
        "line",
    )
    return {name: row[name] for name in names}


def make_job(row: Record) -> Resource:
    """Return a Job: what was asked to be read later, and how far it is."""
    counts = {"total": row["total_count"], "done": row["done_count"], "failed": row["failed_count"]}
    names = ("article_id", "error", "created_at", "started_at", "finished_at")
    return {"id": row["id"], "kind": row["kind"], "state": row["state"], "counts": counts} | {
        name: row[name] for name in names
    }


def make_feed(row: Record) -> Resource:
    """Return a Feed: where it is, and how it is."""
    names = ("id", "url", "publisher", "state", "error", "failure_count", "entry_count", "job_id")
    times = {"created_at": row["created_at"], "polled_at": row["polled_at"], "next_poll_at": row["due_at"]}
    return {name: row[name] for name in names} | times
