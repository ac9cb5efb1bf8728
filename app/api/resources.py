"""Rows → resources: the JSON shapes of the contract, as dicts. `schemas.py` documents the same shapes."""

from collections.abc import Iterable
from typing import Any

from app.db.keyset import Record

Resource = dict[str, Any]

ARTICLE_DETAIL = ("text", "paragraphs", "warnings", "removed", "provenance")


def make_article(row: Record) -> Resource:
    """Return an Article as lists show it."""
    publisher_id = row["publisher_id"]
    return {
        "id": row["id"],
        "external_id": row["external_id"],
        "url": row["url"],
        "headline": row["headline"],
        "publisher": publisher_id
        and {"id": publisher_id, "slug": row["publisher_slug"], "name": row["publisher_name"]},
        "byline": row["byline"],
        "authors": row["authors"],
        "published_at": row["published_at"],
        "published_precision": row["published_precision"],
        "published_zone": row["published_zone"],
        "modified_at": row["modified_at"],
        "dateline": row["dateline"],
        "credit": row["credit"],
        "language": row["language"],
        "word_count": row["word_count"],
        "story_id": None,
        "counts": {"quotes": row["quote_count"], "entities": row["entity_count"]},
        "revision": row["revision"],
        "ingested_at": row["ingested_at"],
        "fields": row["fields"],
    }


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
        if speaker_start is None
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
        "status": row["status"],
        "confidence": row["confidence"],
        "utterance_id": None,
        "provenance": row["provenance"],
    }


def make_mention(row: Record) -> Resource:
    """Return a Mention."""
    names = ("id", "article_id", "entity_id", "start", "end", "text", "kind", "confidence", "provenance")
    return {name: row[name] for name in names}


def make_entities(rows: Iterable[Record], names: Iterable[Record]) -> list[Resource]:
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
            "same_as": [],
        }
        for row in rows
    ]


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
