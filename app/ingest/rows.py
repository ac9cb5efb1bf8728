"""AnnotatedArticle + decisions → the rows of one article. Pure: what is computed here, `store` writes.

Rows are dicts by column name, ready for an insert of many.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.ids import make_id, make_layer_ids, search_key
from app.db.topics import fold_topic
from app.documents import AnnotatedArticle, CoreferenceChain, Provenance, Quote, Span, Stated
from app.extraction.addresses import is_same_page
from app.nlp.status import speaker_status
from app.resolution import Decision

Row = dict[str, Any]

WORDS_SAID = frozenset({"speech", "writing"})  # what counts, and lists show, unless beliefs are asked for
NAME_LENGTH = 300  # characters of a name that are indexed: Postgres takes at most 2,700 bytes in an index row


@dataclass(frozen=True, slots=True)
class ArticleKeys:
    """What every row of an article repeats."""

    article_id: UUID
    publisher_id: UUID | None
    ordered_at: datetime


def natural_key(annotated: AnnotatedArticle, content_digest: str) -> str:
    """Return what makes the article this article: the caller's id, else its URL, else its content.

    Of several addresses of one page the one it names as its own is taken, where that can be trusted.
    """
    article = annotated.article
    if article.external_id:
        return f"external:{article.external_id}"
    if not article.url:
        return f"content:{content_digest}"
    own = article.canonical_url.value
    return f"url:{own if own and is_same_page(own, article.url) else article.url}"


def make_article_row(annotated: AnnotatedArticle, keys: ArticleKeys) -> Row:
    """Return the article's row, less what only the store knows (revision, counts, natural key)."""
    article = annotated.article
    published, modified = article.published.value, article.modified.value
    return {
        "id": keys.article_id,
        "search_key": search_key(keys.article_id),
        "external_id": article.external_id,
        "url": article.url,
        "publisher_id": keys.publisher_id,
        "headline": article.headline.value,
        "byline": article.byline.value,
        "authors": list(article.authors.value or ()),
        "published_at": published and published.at,
        "published_precision": published and published.precision,
        "published_zone": published and published.zone,
        "published_offset_minutes": published and published.offset_minutes,
        "modified_at": modified and modified.at,
        "modified_precision": modified and modified.precision,
        "modified_zone": modified and modified.zone,
        "modified_offset_minutes": modified and modified.offset_minutes,
        "ordered_at": keys.ordered_at,
        "dateline": article.dateline.value
        and {"place": article.dateline.value.place, "agency": article.dateline.value.agency},
        "credit": article.credit.value,
        "language": article.language.value,
        "section": article.section.value,
        "keywords": list(article.keywords.value or ()),
        "lead_image_url": article.lead_image_url.value,
        "canonical_url": article.canonical_url.value,
        "text": article.text,
        "paragraphs": [_span(span) for span in article.paragraphs],
        "fields": {name: _stated(getattr(article, attribute)) for name, attribute in _STATED.items()},
        "warnings": list(article.warnings),
        "removed": [
            {"text": piece.text, "reason": piece.reason, "raw_span": _optional_span(piece.raw_span)}
            for piece in article.removed
        ],
        "provenance": [_provenance(part) for part in (article.provenance, annotated.provenance)],
        "word_count": len(re.findall(r"\w+", article.text)),
        "quote_count": sum(quote.attribution in WORDS_SAID for quote in annotated.quotes),
    }


def make_topic_rows(annotated: AnnotatedArticle, keys: ArticleKeys) -> list[Row]:
    """Return the section, keywords and warnings the article is found by, each once."""
    article = annotated.article
    topics = [
        ("section", article.section.value or ""),
        *(("keyword", keyword) for keyword in article.keywords.value or ()),
        *(("warning", warning) for warning in article.warnings),
    ]
    return [
        {"kind": kind, "folded": folded, "ordered_at": keys.ordered_at, "article_id": keys.article_id}
        for kind, folded in dict.fromkeys((kind, fold_topic(topic)) for kind, topic in topics)
        if folded
    ]


def make_mention_ids(annotated: AnnotatedArticle, article_id: UUID) -> dict[int, UUID]:
    """Return an id for each mention that is in a chain, by its index, in text order."""
    linked = sorted(
        (index for chain in annotated.chains for index in chain.mentions),
        key=lambda index: annotated.mentions[index].span,
    )
    surfaces = [annotated.mentions[index].span.of(annotated.article.text) for index in linked]
    return dict(zip(linked, make_layer_ids(article_id, "mention", surfaces), strict=True))


def make_mention_rows(
    annotated: AnnotatedArticle, entity_ids: Sequence[UUID], keys: ArticleKeys
) -> list[Row]:
    """Return a row for each mention that is in a chain, in text order; `entity_ids` are the chains' entities."""
    chain_of = {index: number for number, chain in enumerate(annotated.chains) for index in chain.mentions}
    rows = []
    for ordinal, (index, mention_id) in enumerate(make_mention_ids(annotated, keys.article_id).items()):
        mention = annotated.mentions[index]
        rows.append(
            {
                "id": mention_id,
                "article_id": keys.article_id,
                "entity_id": entity_ids[chain_of[index]],
                "ordered_at": keys.ordered_at,
                "rank": -ordinal,
                "start": mention.span.start,
                "end": mention.span.end,
                "text": mention.span.of(annotated.article.text),
                "kind": mention.kind,
                "confidence": mention.confidence,
                "provenance": _provenance(annotated.provenance) | {"method": mention.method},
            }
        )
    return rows


def make_quote_rows(annotated: AnnotatedArticle, entity_ids: Sequence[UUID], keys: ArticleKeys) -> list[Row]:
    """Return a row for each quote, in text order."""
    text = annotated.article.text
    quotes = sorted(annotated.quotes, key=lambda quote: quote.content[0])
    contents = [" ".join(span.of(text) for span in quote.content) for quote in quotes]
    ids = make_layer_ids(keys.article_id, "quote", contents)
    rows = []
    for ordinal, (quote, content, quote_id) in enumerate(zip(quotes, contents, ids, strict=True)):
        rows.append(
            {
                "id": quote_id,
                "search_key": search_key(quote_id),
                "article_id": keys.article_id,
                "publisher_id": keys.publisher_id,
                "ordered_at": keys.ordered_at,
                "rank": -ordinal,
                "kind": quote.kind,
                "attribution": quote.attribution,
                "text": content,
                "segments": [_span(span) for span in quote.content],
                **_named_span("cue", quote.cue, text),
                **_named_span("speaker", quote.speaker, text),
                "speaker_type": quote.speaker_type,
                "speaker_id": None if quote.speaker_chain is None else entity_ids[quote.speaker_chain],
                "speaker_resolved_by": _resolved_by(annotated, quote),
                "speaker_confidence": quote.speaker_confidence,
                "speaker_alternatives": _speaker_alternatives(annotated, quote, entity_ids),
                "status": speaker_status(text, quote),
                "confidence": quote.confidence,
                "provenance": _provenance(annotated.provenance) | {"method": quote.method},
            }
        )
    return rows


def quote_as_now(row: Row) -> Row:
    """Return a quote's row that was set aside as JSON, with the columns that rows have got since."""
    return row | {"speaker_type": row.get("speaker_type")}  # the columns stay in their order


def make_quote_mention_rows(quote_rows: Sequence[Row], mention_rows: Sequence[Row]) -> list[Row]:
    """Return which entities the words of each quote mention."""
    starts = [row["start"] for row in mention_rows]
    rows: dict[tuple[UUID, UUID], Row] = {}
    for quote in quote_rows:
        for segment in quote["segments"]:
            inside = slice(bisect_left(starts, segment["start"]), bisect_left(starts, segment["end"]))
            for mention in mention_rows[inside]:
                rows[quote["id"], mention["entity_id"]] = {
                    "quote_id": quote["id"],
                    "entity_id": mention["entity_id"],
                    **{name: quote[name] for name in ("ordered_at", "article_id", "rank")},
                }
    return list(rows.values())


def make_article_entity_rows(
    mention_rows: Sequence[Row], quote_rows: Sequence[Row], keys: ArticleKeys
) -> list[Row]:
    """Return one row for each entity that the article mentions or quotes, with how often it does."""
    mentions = Counter(row["entity_id"] for row in mention_rows)
    speakers = dict.fromkeys(row["speaker_id"] for row in quote_rows if row["speaker_id"])
    quotes = Counter(row["speaker_id"] for row in quote_rows if row["attribution"] in WORDS_SAID)
    return [
        {
            "article_id": keys.article_id,
            "entity_id": entity_id,
            "ordered_at": keys.ordered_at,
            "mention_count": mentions[entity_id],
            "quote_count": quotes[entity_id],
        }
        for entity_id in {**mentions, **speakers}
    ]


def make_decision_rows(decisions: Mapping[UUID, Decision], keys: ArticleKeys) -> list[Row]:
    """Return what the resolver held of each found entity of the article."""
    return [
        {
            "article_id": keys.article_id,
            "found_id": found_id,
            "confidence": decision.confidence,
            "reason": decision.reason,
        }
        for found_id, decision in decisions.items()
    ]


def make_name_rows(annotated: AnnotatedArticle, entity_ids: Sequence[UUID], keys: ArticleKeys) -> list[Row]:
    """Return the names and roles the article prints for the entities found in it, with counts."""
    text = annotated.article.text
    counts: Counter[tuple[UUID, str, str]] = Counter()
    for chain, entity_id in zip(annotated.chains, entity_ids, strict=True):
        counts.update((entity_id, "role", role[:NAME_LENGTH]) for role in set(chain.roles))
        counts.update((entity_id, "alias", name[:NAME_LENGTH]) for name in _names(annotated, chain, text))
    return [
        {
            "article_id": keys.article_id,
            "found_id": found_id,
            "kind": kind,
            "name": name,
            "found_count": count,
            "ordered_at": keys.ordered_at,
        }
        for (found_id, kind, name), count in counts.items()
    ]


def founding_ids(annotated: AnnotatedArticle, keys: ArticleKeys) -> list[UUID]:
    """Return, for each chain, the id of the entity it would found: that of its first name, and its type."""
    mention_ids = make_mention_ids(annotated, keys.article_id)
    founders = []
    for chain in annotated.chains:
        named = (index for index in chain.mentions if annotated.mentions[index].kind == "name")
        founders.append(make_id("entity", chain.entity_type, mention_ids[next(named, chain.mentions[0])]))
    return founders


_STATED = {
    "headline": "headline",
    "byline": "byline",
    "authors": "authors",
    "published_at": "published",
    "modified_at": "modified",
    "dateline": "dateline",
    "credit": "credit",
    "publisher": "publisher",
    "language": "language",
    "section": "section",
    "keywords": "keywords",
    "lead_image_url": "lead_image_url",
    "canonical_url": "canonical_url",
}


def _names(annotated: AnnotatedArticle, chain: CoreferenceChain, text: str) -> list[str]:
    named = [annotated.mentions[index] for index in chain.mentions]
    return [mention.span.of(text) for mention in named if mention.kind == "name"] or [chain.name]


def _named_span(role: str, span: Span | None, text: str) -> Row:
    start, end, words = (span.start, span.end, span.of(text)) if span else (None, None, None)
    return {f"{role}_start": start, f"{role}_end": end, f"{role}_text": words}


def _resolved_by(annotated: AnnotatedArticle, quote: Quote) -> str | None:
    """Return what tied the speaker to the entity: a name, a nominal, a pronoun, or the context alone."""
    if quote.speaker_chain is None:
        return None
    mentions = (annotated.mentions[index] for index in annotated.chains[quote.speaker_chain].mentions)
    speaker = quote.speaker
    return next((m.kind for m in mentions if speaker and m.span.overlaps(speaker)), "context")


def _speaker_alternatives(annotated: AnnotatedArticle, quote: Quote, entity_ids: Sequence[UUID]) -> list[Row]:
    """Return the other entities the speaker may be, likeliest first, each once.

    They are entities of this article, so each is there as long as the quote is.
    """
    said_by = None if quote.speaker_chain is None else entity_ids[quote.speaker_chain]
    found: dict[UUID, Row] = {}
    for other in quote.speaker_alternatives:
        entity_id, name = entity_ids[other.chain], annotated.chains[other.chain].name[:NAME_LENGTH]
        if entity_id != said_by:
            found.setdefault(
                entity_id, {"entity_id": str(entity_id), "name": name, "confidence": other.confidence}
            )
    return list(found.values())


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _optional_span(span: Span | None) -> Row | None:
    return None if span is None else _span(span)


def _stated(stated: Stated[Any]) -> Row:
    return {
        "origin": stated.origin,
        "confidence": stated.confidence,
        "raw_span": _optional_span(stated.raw_span),
        "reason": stated.reason,
    }


def _provenance(provenance: Provenance) -> Row:
    return {"stage": provenance.stage, "version": provenance.version, "method": provenance.method}
