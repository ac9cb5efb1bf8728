"""The pipeline without a database: JSON Lines in, JSON Lines out, for pipes and benchmarks.

Order is kept, one line out for each line in; a bad line becomes an error object and the run goes on.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from app import nlp
from app.documents import AnnotatedArticle, DocumentForm, ExtractedArticle, Hints, RawDocument, Span
from app.errors import BadLine, DocumentError
from app.ingest.pipeline import read, version_with

FORMS: dict[str, DocumentForm] = {"text": "text", "raw_text": "page", "html": "html"}


def annotate_lines(lines: Iterable[bytes], models: nlp.Models) -> Iterator[tuple[bytes, bool]]:
    """Yield, for each line, the line to answer and whether it is good."""
    version = version_with(models.quotes)
    for line in lines:
        line_id: Any = None
        try:
            record = _parse(line)
            line_id = record["id"]
            yield _dump(line_id, read(_raw_document(record), models), version), True
        except DocumentError as error:
            yield orjson.dumps({"id": line_id, "error": error.to_record()}), False
        except Exception as error:  # noqa: BLE001 - one line's bug must not cost the others
            failure = {"code": "reading_failed", "stage": "nlp", "detail": f"{type(error).__name__}: {error}"}
            yield orjson.dumps({"id": line_id, "error": failure}), False


def _parse(line: bytes) -> dict[str, Any]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadLine(f"This is no JSON: {error}.") from None
    if not isinstance(record, dict) or "id" not in record:
        raise BadLine("A line is an object with an id.")
    return record


def _raw_document(record: dict[str, Any]) -> RawDocument:
    given = [name for name in FORMS if isinstance(record.get(name), str)]
    if len(given) != 1:
        raise BadLine("A line has exactly one of text, raw_text and html, as a string.")
    url = record.get("url")
    hints = Hints(url=url if isinstance(url, str) else None)
    return RawDocument(record[given[0]].encode(), FORMS[given[0]], hints)


def _dump(line_id: Any, annotated: AnnotatedArticle, version: str) -> bytes:
    return orjson.dumps(
        {
            "id": line_id,
            "article": _article(annotated.article),
            "entities": [
                {
                    "id": number,
                    "type": chain.entity_type,
                    "name": chain.name,
                    "roles": chain.roles,
                    "mentions": [
                        {"start": mention.span.start, "end": mention.span.end, "kind": mention.kind}
                        for mention in (annotated.mentions[index] for index in chain.mentions)
                    ],
                }
                for number, chain in enumerate(annotated.chains)
            ],
            "quotes": [
                {
                    "kind": quote.kind,
                    "attribution": quote.attribution,
                    "content": [_pair(span) for span in quote.content],
                    "cue": [_pair(quote.cue)] if quote.cue else [],
                    "speaker": [_pair(quote.speaker)] if quote.speaker else [],
                    "speaker_entity": quote.speaker_chain,
                    "speaker_type": quote.speaker_type,
                    "speaker_alternatives": [
                        {"entity": other.chain, "confidence": other.confidence}
                        for other in quote.speaker_alternatives
                    ],
                    "confidence": quote.confidence,
                    "method": quote.method,
                }
                for quote in annotated.quotes
            ],
            "pipeline": {"version": version},
        },
        option=orjson.OPT_UTC_Z,
    )


def _article(article: ExtractedArticle) -> dict[str, Any]:
    published, modified = article.published.value, article.modified.value
    return {
        "headline": article.headline.value,
        "byline": article.byline.value,
        "authors": article.authors.value or (),
        "publisher": article.publisher.value,
        "published_at": published and published.at,
        "published_precision": published and published.precision,
        "published_zone": published and published.zone,
        "published_offset_minutes": published and published.offset_minutes,
        "modified_at": modified and modified.at,
        "dateline": article.dateline.value,
        "credit": article.credit.value,
        "language": article.language.value,
        "section": article.section.value,
        "keywords": article.keywords.value or (),
        "lead_image_url": article.lead_image_url.value,
        "canonical_url": article.canonical_url.value,
        "text": article.text,
        "warnings": article.warnings,
    }


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end
