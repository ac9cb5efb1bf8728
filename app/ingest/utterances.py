"""Which quotes of a story carry the same words: worked out after what changed it is stored, in no transaction.

Comparing a story's quotes takes up to seconds, too long to keep other writers waiting. So whatever changes a story
marks it stale in its own transaction, and `settle` groups the quotes of stale stories until none is left. A process
that dies in between leaves the mark, and the next one settles it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import stories
from app.db.engine import reading, writing
from app.db.ids import make_id
from app.db.story_quotes import load_quotes
from app.db.story_tables import StaleStory
from app.db.tables import Quote
from app.stories import Utterance

MOST_QUOTES = 1000  # of a story, the newest: 0.4 to 0.6 s of CPU; older ones keep the utterance they have


def mark_stale(connection: Connection, story_ids: Collection[UUID]) -> None:
    """Ask for the utterances of these stories."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    upsert = dialect.insert(StaleStory)
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["story_id"], set_={"number": col(StaleStory.number) + 1}
        ),
        [{"story_id": story_id, "number": 1} for story_id in story_ids],
    )


def settle(engine: Engine) -> None:
    """Group the quotes of every stale story. Any number of processes may do so at once."""
    while True:
        with reading(engine) as connection:
            stale = connection.execute(select(col(StaleStory.story_id), col(StaleStory.number))).first()
            if stale is None:
                return
            told = load_quotes(connection, stale.story_id, MOST_QUOTES)
        held = {each.quote.id: each.utterance_id for each in told}
        named = name_utterances(stale.story_id, stories.group(each.quote for each in told), held)
        changed = {quote_id: named[quote_id] for quote_id in named if named[quote_id] != held[quote_id]}
        with writing(engine) as connection:
            is_as_read = (col(StaleStory.story_id) == stale.story_id, col(StaleStory.number) == stale.number)
            if connection.execute(delete(StaleStory).where(*is_as_read)).rowcount:
                _write(connection, changed)


def name_utterances(
    story_id: UUID, utterances: Sequence[Utterance], held: Mapping[UUID, UUID | None]
) -> dict[UUID, UUID]:
    """Return the utterance of each quote. An id that most of an utterance's quotes have already stays its id.

    A new one is that of its earliest quote, in this story.
    """
    named: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    waiting = []
    for utterance in sorted(utterances, key=lambda each: -len(each.variants)):
        quote_ids = [variant.quote.id for variant in utterance.variants]
        known = Counter(id_ for quote_id in quote_ids if (id_ := held.get(quote_id)) and id_ not in taken)
        if not known:
            waiting.append(quote_ids)
            continue
        utterance_id = known.most_common(1)[0][0]
        taken.add(utterance_id)
        named |= dict.fromkeys(quote_ids, utterance_id)
    for quote_ids in waiting:
        utterance_id = make_id("utterance", story_id, quote_ids[0])
        while utterance_id in taken:
            utterance_id = make_id("utterance", utterance_id)
        taken.add(utterance_id)
        named |= dict.fromkeys(quote_ids, utterance_id)
    return named


def _write(connection: Connection, utterance_of: Mapping[UUID, UUID]) -> None:
    if utterance_of:
        connection.execute(
            update(Quote).where(col(Quote.id) == bindparam("quote")).values(utterance_id=bindparam("said")),
            [{"quote": quote_id, "said": said} for quote_id, said in utterance_of.items()],
        )
