"""Values for tests, with defaults: give only what the test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from app.documents import (
    Alternative,
    AnnotatedArticle,
    CoreferenceChain,
    Dateline,
    EntityType,
    ExtractedArticle,
    Hints,
    Mention,
    Origin,
    Provenance,
    Publication,
    Quote,
    RawDocument,
    Span,
    Stated,
)
from app.ingest.pipeline import VERSION, ingest
from app.nlp.quotes import type_speakers

TEXT = "“We will rebuild the bridge,” said Mayor Ada Okafor.\n\nOkafor spoke in Lisbon on Monday."
type Words = tuple[str, str | None, str | None]  # content, cue and speaker of a quote


def find(text: str, words: str, nth: int = 0) -> Span:
    """Return where the nth occurrence of `words` stands in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def stated(value: Any, origin: Origin = "text") -> Stated[Any]:  # Any: each field has its own type
    return Stated.absent("the test gives none") if value is None else Stated(value, origin, 0.9)


def make_extracted(
    text: str = TEXT,
    *,
    published_at: datetime | None = datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    **fields: Any,
) -> ExtractedArticle:
    paragraphs, at = [], 0
    for paragraph in text.split("\n\n"):
        paragraphs.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    published = published_at and Publication(published_at, "minute", "stated")
    return ExtractedArticle(
        text=text,
        paragraphs=tuple(paragraphs),
        headline=stated(fields.get("headline", "Mayor to rebuild bridge")),
        byline=stated(fields.get("byline", "By Jo Day")),
        authors=stated(fields.get("authors", ("Jo Day",))),
        published=stated(published),
        modified=stated(None),
        dateline=stated(fields.get("dateline", Dateline("LISBON"))),
        credit=stated(fields.get("credit")),
        publisher=stated(fields.get("publisher", "The Harbour Post")),
        language=stated(fields.get("language", "en")),
        section=stated(fields.get("section"), "json-ld"),
        keywords=stated(fields.get("keywords"), "meta"),
        lead_image_url=stated(fields.get("lead_image_url"), "meta"),
        canonical_url=stated(fields.get("canonical_url"), "meta"),
        url=fields.get("url"),
        external_id=fields.get("external_id"),
        warnings=fields.get("warnings", ()),
    )


def make_annotated(
    text: str = TEXT,
    *,
    people: Sequence[str] = ("Ada Okafor",),
    places: Sequence[str] = ("Lisbon",),
    quotes: Sequence[Words] | None = None,
    alternatives: Sequence[tuple[str, float]] = (),
    **fields: Any,
) -> AnnotatedArticle:
    """Return an article whose chains are the names given, each by its occurrences.

    quotes: (content, cue, speaker) by their words; the speaker's chain is the one with a mention there.
    alternatives: (name, confidence) of who else says each quote.
    """
    mentions: list[Mention] = []
    chains: list[CoreferenceChain] = []
    typed: list[tuple[EntityType, str]] = [("person", name) for name in people] + [
        ("place", name) for name in places
    ]
    for entity_type, name in typed:
        found = [Span(at, at + len(name)) for at in range(len(text)) if text.startswith(name, at)]
        if found:
            indexes = tuple(range(len(mentions), len(mentions) + len(found)))
            mentions += [Mention(span, "name", entity_type, 0.9, "test") for span in found]
            roles = ("mayor",) if entity_type == "person" else ()
            chains.append(CoreferenceChain(indexes, entity_type, name, roles))
    if quotes is None:
        quotes = [("We will rebuild the bridge,", "said", "Mayor Ada Okafor")] if text == TEXT else []
    numbers = {chain.name: number for number, chain in enumerate(chains)}
    others = tuple(Alternative(numbers[name], confidence) for name, confidence in alternatives)
    return AnnotatedArticle(
        article=make_extracted(text, **fields),
        sentences=(),
        mentions=tuple(mentions),
        chains=tuple(chains),
        quotes=type_speakers(
            text,
            [_make_quote(text, mentions, chains, others, quote) for quote in quotes],
            mentions,
            chains,
            {},
        ),
        provenance=Provenance("nlp", "test", "test"),
    )


def _make_quote(
    text: str,
    mentions: Sequence[Mention],
    chains: Sequence[CoreferenceChain],
    others: tuple[Alternative, ...],
    words: Words,
) -> Quote:
    content, cue, speaker = words
    said_by = find(text, speaker) if speaker else None
    chain = next(
        (
            number
            for number, chain in enumerate(chains)
            if said_by and any(mentions[index].span.overlaps(said_by) for index in chain.mentions)
        ),
        None,
    )
    return Quote(
        kind="direct",
        content=(find(text, content),),
        cue=find(text, cue) if cue else None,
        speaker=said_by,
        speaker_chain=chain,
        confidence=0.9,
        speaker_confidence=0.8 if chain is not None else 0.0,
        method="test",
        speaker_alternatives=others,
    )


def add_article(
    engine: Engine,
    annotated: AnnotatedArticle | None = None,
    *,
    content: str | None = None,
    version: str = VERSION,
    **fields: Any,
) -> UUID:
    """Ingest an article as if it had been read so, and return its id."""
    annotated = annotated or make_annotated(**fields)
    raw = RawDocument(
        (content or repr(annotated)).encode(),
        "text",
        Hints(external_id=annotated.article.external_id, url=annotated.article.url),
    )
    return ingest(engine, raw, lambda _: annotated, version=version).article_id
