"""Quotes for tests of utterances and comparison: give only what the test is about."""

from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from app.stories.quotes import QuoteText

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_numbers = count(1)


def make_quote(text, *, speaker="Ada Okafor", kind="direct", at=MONDAY, article=1, **fields) -> QuoteText:
    """Return a quote with an id of its own; speaker None is nobody known."""
    return QuoteText(
        id=UUID(int=next(_numbers)),
        text=text,
        kind=kind,
        article_id=UUID(int=article),
        speaker_name=speaker,
        published_at=at,
        **fields,
    )
