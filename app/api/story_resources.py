"""Rows and comparisons → the resources of stories. `story_schemas.py` documents the same shapes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.api.resources import Resource, shorten
from app.db.keyset import Record
from app.db.story_queries import Compared
from app.db.story_quotes import StoredQuote
from app.stories import (
    THRESHOLD,
    VERSION,
    ArticleVector,
    Bond,
    ComparedUtterance,
    ComparedVariant,
    Comparison,
    Coverage,
    FigureDifference,
    QuoteText,
    StoryArticle,
    StoryEntity,
    Utterance,
    compare,
    compare_variants,
    earliest,
    find_bonds,
    part_of,
    unite,
)

TIMES = ("published_at", "published_precision", "published_zone", "published_offset_minutes")

_TERM_KINDS = {"w": "word", "n": "name", "#": "number"}


def make_stories(
    rows: Iterable[Record], publishers: Iterable[Record], ends: Iterable[Record]
) -> list[Resource]:
    """Return Stories with their publishers; ends: of the first and last articles, how their times are stated."""
    printed: dict[Any, list[Resource]] = {}
    for row in publishers:
        ref = {name: row[name] for name in ("id", "slug", "name")}
        printed.setdefault(row["story_id"], []).append(ref)
    stated: dict[Any, Record] = {}
    for row in ends:
        stated.setdefault((row["story_id"], row["published_at"]), row)
    return [
        {
            "id": row["id"],
            "headline": row["headline"],
            "headline_choice": {"article_id": row["headline_article_id"], "reason": row["headline_reason"]},
            **_make_end("first", row, stated),
            **_make_end("last", row, stated),
            "counts": {name: row[f"{name[:-1]}_count"] for name in ("articles", "publishers", "quotes")},
            "publishers": printed.get(row["id"], []),
        }
        for row in rows
    ]


def make_story_detail(story: Resource, timeline: Iterable[Record]) -> Resource:
    """Return a Story with its articles in brief."""
    return story | {"timeline": [make_timeline_article(article) for article in timeline]}


def _make_end(end: str, row: Record, stated: Mapping[Any, Record]) -> Resource:
    at = row[f"{end}_published_at"]
    told = stated.get((row["id"], at), {})
    names = ("precision", "zone", "offset_minutes")
    return {f"{end}_published_at": at} | {
        f"{end}_published_{name}": told.get(f"published_{name}") for name in names
    }


def make_bonds(story: Record, articles: Mapping[UUID, ArticleVector]) -> Resource:
    """Return Bonds."""
    return {
        "story_id": story["id"],
        "method": "average-linkage",
        "version": VERSION,
        "threshold": THRESHOLD,
        "is_complete": len(articles) == story["article_count"],
        "articles": [_make_bond(bond) for bond in find_bonds(articles)],
    }


def _make_bond(bond: Bond) -> Resource:
    nearest = bond.nearest
    return {
        "article_id": bond.article_id,
        "similarity": _round(bond.similarity),
        "confidence": _round(bond.confidence),
        "nearest": nearest and {"article_id": nearest[0], "similarity": _round(nearest[1])},
        "shared": [{"kind": _TERM_KINDS[part_of(term)], "term": term[2:]} for term in bond.shared],
    }


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def make_comparison(story_id: UUID, compared: Compared) -> Resource:
    """Return a Comparison."""
    stored = {each.quote.id: each for each in compared.quotes}
    united = [unite(quotes) for quotes in _by_utterance(compared, stored)]
    comparison = compare(compared.articles, united)
    return {
        "story_id": story_id,
        "is_complete": compared.is_complete,
        "articles": [
            _make_article(article, coverage)
            for article, coverage in zip(compared.articles, comparison.coverage, strict=True)
        ],
        "utterances": [_make_compared_utterance(each, stored) for each in comparison.utterances],
        "entities": _make_entities(comparison),
        "figures": [_make_figures(each) for each in comparison.figures],
    }


def make_utterance(quotes: Sequence[StoredQuote]) -> Resource:
    """Return an Utterance, made of its quotes."""
    stored = {each.quote.id: each for each in quotes}
    utterance = unite(each.quote for each in quotes)
    publishers = {each.quote.publisher for each in quotes} - {None}
    return {
        **_make_utterance(utterance, compare_variants(utterance), stored),
        "story_id": quotes[0].story_id,
        "counts": {"quotes": len(quotes), "publishers": len(publishers)},
    }


def _by_utterance(compared: Compared, stored: Mapping[UUID, StoredQuote]) -> Iterable[list[QuoteText]]:
    """Return the quotes of each utterance, in the order of articles and texts."""
    grouped: dict[UUID, list[QuoteText]] = {}
    for article in compared.articles:
        for quote in article.quotes:
            grouped.setdefault(stored[quote.id].utterance_id or quote.id, []).append(quote)
    return grouped.values()


def make_timeline_article(row: Record) -> Resource:
    """Return an article in brief."""
    publisher = {name: row[f"publisher_{name}"] for name in ("id", "slug", "name")}
    return {
        "article_id": row["id"],
        "publisher": publisher if publisher["id"] else None,
        "headline": row["headline"],
        "opening": row["opening"] and shorten(row["opening"]),
        **{name: row[name] for name in TIMES},
    }


def _make_article(article: StoryArticle, coverage: Coverage) -> Resource:
    return {
        **{name: getattr(article, name) for name in ("id", "publisher", "headline", "published_at")},
        "speakers": [
            {
                "entity_id": share.speaker_id,
                "name": share.name,
                "word_count": share.word_count,
                "share": round(share.share, 4),
            }
            for share in coverage.speakers
        ],
        "kinds": {kind: round(share, 4) for kind, share in coverage.kinds.items()},
        "exclusive_quotes": coverage.exclusive_quotes,
    }


def _make_compared_utterance(compared: ComparedUtterance, stored: Mapping[UUID, StoredQuote]) -> Resource:
    return {
        **_make_utterance(compared.utterance, compared.variants, stored),
        "carried_by": compared.carried_by,
        "missing_from": compared.missing_from,
    }


def _make_utterance(
    utterance: Utterance, variants: Sequence[ComparedVariant], stored: Mapping[UUID, StoredQuote]
) -> Resource:
    claims = [
        {"entity_id": claim.speaker_id, "name": claim.name, "quote_ids": claim.quote_ids}
        for claim in utterance.speakers
    ]
    agreed = {name: claims[0][name] for name in ("entity_id", "name")} if len(claims) == 1 else None
    return {
        "id": stored[utterance.lead.id].utterance_id,
        "speaker": agreed,
        "speakers": claims,
        "is_disputed": utterance.is_disputed,
        "lead_quote_id": utterance.lead.id,
        "variants": [_make_variant(each, stored) for each in variants],
        "earliest": [
            {"quote_id": quote.id, "publisher": quote.publisher, "published_at": quote.published_at}
            for quote in earliest(utterance)
        ],
    }


def _make_variant(variant: ComparedVariant, stored: Mapping[UUID, StoredQuote]) -> Resource:
    quote = variant.quote
    is_named = quote.speaker_id or quote.speaker_name
    return {
        "quote_id": quote.id,
        **{
            name: getattr(quote, name) for name in ("article_id", "publisher", "published_at", "kind", "text")
        },
        **{name: getattr(stored[quote.id], name) for name in ("segments", "cue", "confidence", "provenance")},
        "speaker": {"entity_id": quote.speaker_id, "name": quote.speaker_name} if is_named else None,
        "manner": variant.manner,
        "difference": [
            {"op": change.op, "text": change.text, "instead_of": change.instead_of}
            for change in variant.difference
        ],
    }


def _make_entities(comparison: Comparison) -> Resource:
    return {
        "shared": [_make_entity(entity) for entity in comparison.shared_entities],
        "exclusive": {
            str(each.article_id): [_make_entity(entity) for entity in each.exclusive_entities]
            for each in comparison.coverage
        },
    }


def _make_entity(entity: StoryEntity) -> Resource:
    return {"id": entity.id, "name": entity.name, "mentions": entity.mention_count}


def _make_figures(difference: FigureDifference) -> Resource:
    return {
        "counted": difference.counted,
        "figures": [
            {
                "article_id": figure.article_id,
                "number": figure.number,
                "text": figure.text,
                "start": figure.span.start,
                "end": figure.span.end,
            }
            for figure in difference.figures
        ],
    }
