"""The whole of extraction: decode, cut into blocks, choose the body, read what the page says of it.

Each step is a function of its own module; this one puts their results together and lets the caller's hints
win.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.documents import (
    LANGUAGE_NOT_READ,
    Dateline,
    ExtractedArticle,
    Hints,
    Provenance,
    Publication,
    RawDocument,
    Removed,
    Span,
    Stated,
)
from app.errors import NoArticle
from app.extraction.addresses import absolute
from app.extraction.blocks import Block, cut_blocks, locate
from app.extraction.body import Body, choose_body, reason_for
from app.extraction.classifier import load_body_model
from app.extraction.dateline import read_credit, read_dateline
from app.extraction.decoding import DecodedText, decode
from app.extraction.header import read_header
from app.extraction.html.body import choose_page_body
from app.extraction.html.doubts import find_doubts
from app.extraction.html.metadata import choose_published, read_metadata
from app.extraction.html.page import read_page
from app.extraction.html.signature import find_signature
from app.extraction.html.statements import read_statements
from app.extraction.html.tree import parse
from app.extraction.html.trees import load_page_trees
from app.extraction.language import is_foreign, tell_language
from app.extraction.publisher import find_publisher, publisher_of_url

VERSION = "5"

_NO_DATELINE: Stated[Dateline] = Stated.absent("no dateline opens the body")
_NO_CREDIT: Stated[str] = Stated.absent("no credit closes the body")
_CUT_SHORT = ("...", "…", "[…]", "[...]")
_BY_DOMAIN = 0.95  # guess: a domain is its outlet's but for syndication sites


def extract(raw: RawDocument) -> ExtractedArticle:
    """Return the article that `raw` holds.

    Raises NotDecodable when its bytes are no text, NoArticle when it is empty or furniture only. A document
    of form "text" is kept verbatim: `text` is the decoded content to the character. Raw spans point into the
    decoded text (for form "html", into its visible text).
    """
    decoded = decode(raw)
    if raw.form == "text":
        article = _verbatim(decoded)
    elif raw.form == "html":
        article = _from_html(decoded, raw.hints)
    else:
        body = choose_body(cut_blocks(decoded.text), load_body_model())
        article = _from_page(decoded, body, raw.hints)
    return _with_language_doubt(_with_hints(article, raw.hints))


def _verbatim(decoded: DecodedText) -> ExtractedArticle:
    """Keep a clean text as it is; read only what stands inside it, never a headline or a byline."""
    blocks = cut_blocks(decoded.text)
    if not blocks:
        raise NoArticle("the document is empty")
    dateline, _ = _opening(decoded.text, blocks[0])
    credit, _ = _closing(decoded.text, blocks[-1])
    reason = "a clean text prints its body only"
    return ExtractedArticle(
        text=decoded.text,
        paragraphs=tuple(block.span for block in blocks),
        headline=Stated.absent(reason),
        byline=Stated.absent(reason),
        authors=Stated.absent(reason),
        published=Stated.absent(reason),
        modified=Stated.absent(reason),
        dateline=dateline,
        credit=credit,
        publisher=Stated.absent(reason),
        language=tell_language(decoded.text),
        warnings=_warnings(decoded, blocks[-1].text),
        provenance=Provenance("extraction", VERSION, "verbatim"),
    )


def _from_html(decoded: DecodedText, hints: Hints) -> ExtractedArticle:
    root = parse(decoded.text)
    page = read_page(root)
    statements = read_statements(root)
    metadata = read_metadata(root, page, statements, hints.url)
    body = choose_page_body(root, page, statements, load_page_trees(), headline=metadata.headline.value)
    article = _from_page(replace(decoded, text=page.text), body, hints)
    by_class = find_signature(page, body, metadata.publisher.value)
    return replace(
        article,
        headline=_first_stated(metadata.headline, article.headline),
        byline=_first_stated(by_class.byline, article.byline),
        authors=_first_stated(metadata.authors, by_class.authors, article.authors),
        published=choose_published(metadata, article.published),
        modified=_first_stated(metadata.modified, article.modified),
        publisher=_first_stated(metadata.publisher, article.publisher),
        language=_first_stated(article.language, metadata.language),
        section=metadata.section,
        keywords=metadata.keywords,
        lead_image_url=metadata.lead_image_url,
        canonical_url=metadata.canonical_url,
        warnings=(*article.warnings, *find_doubts(page, body, statements)),
        provenance=Provenance("extraction", VERSION, "html"),
    )


def _first_stated[T](*stated: Stated[T]) -> Stated[T]:
    """Return the first that has a value, the last where none has."""
    return next((one for one in stated if one.value is not None), stated[-1])


def _from_page(decoded: DecodedText, body: Body, hints: Hints) -> ExtractedArticle:
    header = read_header(decoded.text, body, hints.url)
    dateline, opening_length = _opening(decoded.text, body.kept[0])
    credit, credit_start = _closing(decoded.text, body.kept[-1])
    paragraphs = [block.text for block in body.kept]
    paragraphs[-1] = paragraphs[-1][:credit_start].rstrip()
    paragraphs[0] = paragraphs[0][opening_length:].lstrip()
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if credit.value is None:
        credit = _credit_line(decoded.text, body.rest)
    furniture = (*body.head, *body.rest)
    removed = [Removed(b.text, header.reasons.get(b.span) or reason_for(b), b.span) for b in furniture]
    removed += _cut_from_body(decoded.text, dateline=dateline, credit=credit, body=body.kept)
    return ExtractedArticle(
        text="\n\n".join(paragraphs),
        paragraphs=_paragraph_spans(paragraphs),
        headline=header.headline,
        byline=header.byline,
        authors=header.authors,
        published=header.published,
        modified=header.modified,
        dateline=dateline,
        credit=credit,
        publisher=find_publisher(decoded.text, body.head, furniture),
        language=tell_language(" ".join(paragraphs)),
        removed=tuple(sorted(removed, key=_place)),
        warnings=_warnings(decoded, paragraphs[-1]),
        provenance=Provenance("extraction", VERSION, "line-classifier"),
    )


def _opening(raw_text: str, block: Block) -> tuple[Stated[Dateline], int]:
    """Return the dateline of the first paragraph and the number of characters it takes there."""
    opening = read_dateline(block.text)
    if opening is None:
        return _NO_DATELINE, 0
    surface = block.text[: opening.length].rstrip()
    return Stated(opening.dateline, "text", 0.9, locate(raw_text, block, surface)), opening.length


def _closing(raw_text: str, block: Block) -> tuple[Stated[str], int | None]:
    """Return the credit of the last paragraph and where in it the credit starts."""
    closing = read_credit(block.text)
    if closing is None:
        return _NO_CREDIT, None
    return Stated(
        closing.credit, "text", 0.95, locate(raw_text, block, block.text[closing.start :].strip())
    ), closing.start


def _credit_line(raw_text: str, rest: Sequence[Block]) -> Stated[str]:
    """Return the credit that stands on a line of its own just below the body."""
    for block in rest:
        closing = read_credit(block.text)
        if closing and not block.text[: closing.start].strip():
            return Stated(closing.credit, "text", 0.8, locate(raw_text, block, closing.credit))
    return _NO_CREDIT


def _cut_from_body(
    raw_text: str, *, dateline: Stated[Dateline], credit: Stated[str], body: Sequence[Block]
) -> Iterable[Removed]:
    """Record what was cut from the ends of the body itself."""
    for reason, span in (("dateline", dateline.raw_span), ("credit", credit.raw_span)):
        if span and any(block.span.covers(span) for block in (body[0], body[-1])):
            yield Removed(span.of(raw_text), reason, span)


def _place(removed: Removed) -> Span:
    return removed.raw_span or Span(0, 0)


def _paragraph_spans(paragraphs: Sequence[str]) -> tuple[Span, ...]:
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + len("\n\n")
    return tuple(spans)


def _warnings(decoded: DecodedText, last_paragraph: str) -> tuple[str, ...]:
    truncated = ("possibly_truncated",) if last_paragraph.endswith(_CUT_SHORT) else ()
    return (*decoded.warnings, *truncated)


def _with_hints(article: ExtractedArticle, hints: Hints) -> ExtractedArticle:
    """Put the caller's word over the document's own."""
    outlet = publisher_of_url(hints.url) if hints.url else None
    image = absolute(hints.lead_image_url, hints.url) if hints.lead_image_url else None
    return replace(
        article,
        headline=_hinted(hints.headline, article.headline),
        authors=_hinted(hints.authors, article.authors),
        published=_hinted(_publication(hints.published_at), article.published),
        modified=_hinted(_publication(hints.modified_at), article.modified),
        publisher=_hinted(
            hints.publisher,
            Stated(outlet, "caller", _BY_DOMAIN, None, "domain of the caller's URL")
            if outlet
            else article.publisher,
        ),
        language=_hinted(hints.language, article.language),
        section=_hinted(hints.section, article.section),
        keywords=_hinted(hints.keywords, article.keywords),
        lead_image_url=_hinted(image, article.lead_image_url),
        url=hints.url,
        external_id=hints.external_id,
    )


def _with_language_doubt(article: ExtractedArticle) -> ExtractedArticle:
    """Warn of a text that is known not to be English, so that nobody reads it as if it were."""
    if not is_foreign(article.text, article.language):
        return article
    return replace(article, warnings=(*article.warnings, LANGUAGE_NOT_READ))


def _hinted[T](hint: T | None, stated: Stated[T]) -> Stated[T]:
    return Stated(hint, "caller", 1.0) if hint else stated


def _publication(at: datetime | None) -> Publication | None:
    """Return the time a caller gives; None for one that UTC cannot say, as the year 1 in a zone ahead of it."""
    if at is None:
        return None
    offset = at.utcoffset()
    if offset is None:
        return Publication(at.replace(tzinfo=UTC), "second", "unknown")
    try:
        return Publication(at.astimezone(UTC), "second", "stated", round(offset.total_seconds() / 60))
    except OverflowError:
        return None
