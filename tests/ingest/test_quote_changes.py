"""What is compared of a quote between two readings, and what rows set aside by older versions lack."""

import orjson
import pytest
from sqlalchemy import text as sql

from app.db.engine import reading, writing
from app.ingest.quote_changes import COMPARED, tell_change
from app.ingest.revisions import load_revision
from tests.factories import add_article


def row(**values):
    return dict.fromkeys(COMPARED) | values


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("person", "person", None),
        ("person", "group", "changed"),
        (None, "person", None),  # read before speakers had types
        ("person", None, None),
    ],
)
def test_a_type_of_speaker_differs_from_another_and_not_from_none(before, after, change):
    assert tell_change(row(speaker_type=before), row(speaker_type=after)) == change


def test_another_speaker_is_a_change_whatever_is_known_of_the_type():
    assert tell_change(row(speaker_text="she"), row(speaker_text="he", speaker_type="person")) == "changed"


def test_a_revision_kept_before_speakers_had_types_has_none(engine):
    article_id = add_article(engine, external_id="a")
    add_article(engine, external_id="a", content="b")
    with writing(engine) as connection:
        [kept] = connection.execute(sql("SELECT quotes FROM article_revision")).scalars()
        older = [
            {name: value for name, value in quote.items() if name != "speaker_type"}
            for quote in orjson.loads(kept)
        ]
        connection.execute(
            sql("UPDATE article_revision SET quotes = :quotes"), {"quotes": orjson.dumps(older).decode()}
        )
    with reading(engine) as connection:
        assert [quote["speaker_type"] for quote in load_revision(connection, article_id, 1)["quotes"]] == [
            None
        ]
        assert [quote["speaker_type"] for quote in load_revision(connection, article_id, 2)["quotes"]] == [
            "person"
        ]
