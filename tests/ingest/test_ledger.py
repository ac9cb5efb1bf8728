from datetime import UTC, datetime, timedelta, timezone

import orjson
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Hints, RawDocument
from app.ingest import ledger

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.none() | st.datetimes(datetime(1500, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=3).map(tuple)
HINTS = st.builds(
    Hints,
    **dict.fromkeys(("external_id", "url", "headline", "section", "lead_image_url", "language"), TEXTS),
    **dict.fromkeys(("published_at", "modified_at"), TIMES),
    **dict.fromkeys(("authors", "keywords"), NAMES),
)


@given(HINTS)
def test_hints_are_read_back_as_they_were_kept(hints):
    kept = ledger.read_hints(orjson.loads(ledger.pack_hints(hints)))
    assert kept == hints
    assert kept.published_at is None or kept.published_at.utcoffset() == hints.published_at.utcoffset()


def test_a_hint_that_is_not_given_does_not_change_what_a_document_is_known_by():
    given = Hints(headline="Pier closes", published_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert ledger.content_hash(RawDocument(b"a", "text", given)) == (
        "f073a2b3dd58e4db2b9573cf14171cac64f1a60cdfbc3a757b7f5b0c3c75c390"
    ), "as the first version had it"


def test_a_time_is_the_same_in_any_zone():
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    documents = [
        RawDocument(b"a", "text", Hints(published_at=at.astimezone(zone)))
        for zone in (UTC, timezone(timedelta(hours=5)))
    ]
    assert len(set(map(ledger.content_hash, documents))) == 1
