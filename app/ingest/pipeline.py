"""The story of the product: a document comes in, is read, resolved and stored. Start here.

`read` is pure and slow (about 0.1 s of CPU an article), so it runs outside any transaction, in a reading process
when a server is running. What follows is quick and happens in one transaction: all of an article or nothing. Then
its quotes are grouped with those of its story's other articles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from app import extraction, nlp, resolution
from app.db.engine import reading, writing
from app.documents import AnnotatedArticle, RawDocument
from app.errors import DocumentError
from app.ingest import entities, ledger, store, stories, utterances

VERSION = f"extraction-{extraction.VERSION}+nlp-{nlp.VERSION}+resolution-{resolution.VERSION}"

Read = Callable[[RawDocument], AnnotatedArticle]
AlsoWrite = Callable[[Connection, UUID], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a document: the article it is now, and whether that is new, revised or known already."""

    article_id: UUID
    outcome: Literal["new", "revised", "known"]


def version_with(quote_model: nlp.QuoteModel) -> str:
    """Return the version kept with what was read: which model finds quotes changes what is found too."""
    return f"{VERSION}+{quote_model}"


def read(raw: RawDocument, models: nlp.Models) -> AnnotatedArticle:
    """Return the annotated article a raw document holds; raise `DocumentError` if it holds none."""
    return nlp.annotate(extraction.extract(raw), models)


def ingest(
    engine: Engine,
    raw: RawDocument,
    read: Read,
    *,
    name: str | None = None,
    version: str = VERSION,
    also: AlsoWrite | None = None,
) -> Ingested:
    """Read, resolve and store one document. Doing it again with the same version of the pipeline changes nothing.

    A document that cannot be read is kept with the reason, and its `DocumentError` raised. also: what is written
    of the article in the transaction that stores it, so that a job is done when its article is there.
    """
    with reading(engine) as connection:
        known = ledger.find_known(connection, raw, version)
    if known is not None:
        return Ingested(known, "known")
    try:
        annotated = read(raw)
    except DocumentError as error:
        with writing(engine) as connection:
            ledger.keep_failure(connection, raw, error, name=name, version=version)
        raise
    terms = stories.terms_of(annotated)
    with writing(engine) as connection:
        known = ledger.find_known(connection, raw, version)  # another process may have been quicker
        if known is not None:
            return Ingested(known, "known")
        decisions = resolution.resolve(annotated, entities.find_candidates(connection, annotated))
        article_id, is_new = store.keep_article(
            connection, raw, annotated, decisions, name=name, version=version
        )
        stories.place(connection, article_id, terms)
        if also is not None:
            also(connection, article_id)
    utterances.settle(engine)
    return Ingested(article_id, "new" if is_new else "revised")
