"""Counting what a search finds in Postgres, which groups by hashing, and so is asked for the counts themselves.

Articles are counted by narrow rows (`searched_article`): of a word that half of them have it took 0.9 s of CPU to
read their own, 0.02 to read these. Quotes are small enough: reading their own rows takes 0.05 s more.
"""

from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    Uuid,
    cast,
    column,
    func,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.engine import Connection

from app.db import search, search_all
from app.db.facet_counts import Counts, name_month, quoting
from app.db.lookups import find_publishers
from app.db.queries import QUOTE
from app.db.search_all import SearchFilter

ARTICLE = table(
    "searched_article",
    column("article_id", Uuid()),
    column("publisher_id", Uuid()),
    column("story_id", Uuid()),
    column("month", Integer()),
)
BY_PUBLISHER, BY_SPEAKER = 0b011, 0b101  # of publisher, speaker and day, a bit for each that is left out


def count_articles(connection: Connection, wanted: SearchFilter) -> tuple[Counts, Counts]:
    """Return the counts of articles, and of their stories.

    A story is of the month of the newest of them, and of each of their publishers.
    """
    # It does not know what unpacking an article's words costs, and would read all for a common word: 0.9 s
    _tune(connection, enable_seqscan="off")
    articles, stories = Counts(), Counts()
    counted = _group_articles(_find_articles(connection, wanted))
    for of, publisher_id, month, count in connection.execute(counted):
        counts = articles if of == "article" else stories
        if of != "story":
            counts.publisher[publisher_id] += count
        if of != "outlet":
            counts.month[name_month(month)] += count
    return articles, stories


def count_quotes(connection: Connection, wanted: SearchFilter, most: int) -> Counts:  # noqa: ARG001 - as in SQLite
    """Return the counts of quotes."""
    _tune(connection, enable_seqscan="on")
    listing = search_all.list_matches(connection, "quote", wanted)
    columns = (QUOTE.c.publisher_id, QUOTE.c.speaker_id, cast(QUOTE.c.ordered_at, Date).label("day"))
    wide = listing.statement.reading.statement
    found = wide.with_only_columns(*columns, maintain_column_froms=True).subquery()
    grouped = (found.c.publisher_id, found.c.speaker_id, found.c.day)
    counted = select(func.grouping(*grouped), *grouped, func.count()).group_by(func.grouping_sets(*grouped))
    counts = Counts()
    for grouping, publisher_id, speaker_id, day, count in connection.execute(counted, listing.values):
        if grouping == BY_PUBLISHER:
            counts.publisher[publisher_id] += count
        elif grouping == BY_SPEAKER:
            counts.speaker[speaker_id] += count
        else:
            counts.month[f"{day:%Y-%m}"] += count
    return counts


def _find_articles(connection: Connection, wanted: SearchFilter) -> Select[Any]:
    row = ARTICLE.c
    words = search.find_words("postgresql", "article", wanted.q)
    found = select(row.publisher_id, row.month, row.story_id).where(words.condition)
    if wanted.publisher:
        found = found.where(row.publisher_id.in_(find_publishers(connection, wanted.publisher)))
    if wanted.speaker:
        found = found.where(row.article_id.in_(quoting(connection, wanted.speaker)))
    return found


def _group_articles(rows: Select[Any]) -> Any:
    """Return what counts articles by publisher and month, stories by month, and stories by publisher ("outlet")."""
    found = rows.cte("found").c
    in_story = found.story_id.is_not(None)
    newest = select(func.max(found.month).label("month")).where(in_story).group_by(found.story_id).subquery()
    printed = select(found.publisher_id, found.story_id).where(in_story).distinct().subquery()
    nobody, never = literal(None, Uuid()), literal(None, Integer())
    return union_all(
        select(literal("article"), found.publisher_id, found.month, func.count()).group_by(
            found.publisher_id, found.month
        ),
        select(literal("story"), nobody, newest.c.month, func.count()).group_by(newest.c.month),
        select(literal("outlet"), printed.c.publisher_id, never, func.count()).group_by(
            printed.c.publisher_id
        ),
    )


def _tune(connection: Connection, *, enable_seqscan: str) -> None:
    """Give this transaction room to hash 100,000 stories, and no compiling, which took longer than it saved."""
    settings = {"work_mem": "32MB", "jit": "off", "enable_seqscan": enable_seqscan}
    chosen = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())
    connection.execute(text(f"SELECT {chosen}"))
