"""Take the names the network proposes, as typed spans of whole words; judges nothing."""

import re
from collections.abc import Iterator

from app.documents import Span
from app.nlp.mentions.found import Found
from app.nlp.tagger.heads import NAME_TYPES
from app.nlp.tagger.model import Tagged
from app.nlp.tagger.spans import TypedSpan, find_spans

_LONGEST_WORD = 40  # characters looked at before a name that begins within a word
# The network cuts words at every mark: “Hawke|'|s Bay”, “A|.|K|. Menon”. A name begins where its word begins.
_BEGUN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*['’.]\Z")


def propose_names(text: str, tagged: Tagged) -> Iterator[Found]:
    """Yield what the network takes for names, in text order, not overlapping."""
    pending: TypedSpan | None = None
    for span in find_spans(tagged.article, tagged.names):
        begun = _BEGUN.search(text, max(0, span.start - _LONGEST_WORD), span.start)
        if begun and pending is not None and pending.end > begun.start():
            pending = pending.joined(span)
            continue
        if pending is not None:
            yield _found(pending)
        pending = span.begun_at(begun.start()) if begun else span
    if pending is not None:
        yield _found(pending)


def _found(span: TypedSpan) -> Found:
    return Found(
        Span(span.start, span.end), NAME_TYPES[span.best], "network", round(span.chance, 2), span.types
    )
