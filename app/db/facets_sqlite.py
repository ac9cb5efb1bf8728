"""Counting what a search finds in SQLite: narrow rows of all matches are read once, and counted here.

The index of words gives matches in the order of the narrow rows' key, so reading these is a walk through 30 MB.
SQLite groups by sorting: grouping a million rows took 2.3 s of CPU, counting them here 0.9. Ids are numbers in these
rows (`search_number`): as text they took 2.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from heapq import nlargest
from itertools import batched
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, TableClause, Uuid, column, select, table
from sqlalchemy.engine import Connection

from app.db import search
from app.db.facet_counts import Counts, name_month, quoting
from app.db.lookups import find_publishers, find_speakers
from app.db.search_all import SearchFilter

NUMBER = table("search_number", column("number"), column("id", Uuid())).c
ARTICLE = table("searched_article", *map(column, ("search_key", "month", "publisher", "story", "article_id")))
QUOTE = table("searched_quote", *map(column, ("search_key", "month", "publisher", "speaker", "is_said")))
BATCH = 500  # rows at a time: larger ones leave the processor's cache, and are a tenth slower
NUMBERS = 10_000  # looked up at a time; SQLite takes 32,766 parameters


def count_articles(connection: Connection, wanted: SearchFilter) -> tuple[Counts, Counts]:
    """Return the counts of articles, and of their stories.

    A story is of the month of the newest of them, and of each of their publishers.
    """
    publishers, months = Counter[int | None](), Counter[int]()
    newest: dict[int | None, int] = {}
    printed: set[tuple[int | None, int | None]] = set()
    columns = (ARTICLE.c.publisher, ARTICLE.c.month, ARTICLE.c.story)
    for by, at, stories in _read(connection, wanted, "article", *columns):
        publishers.update(by)
        months.update(at)
        printed.update(zip(stories, by, strict=True))
        for story, month in zip(stories, at, strict=True):
            if newest.get(story, -1) < month:
                newest[story] = month
    newest.pop(None, None)  # articles that are in no story yet
    outlets = Counter(publisher for story, publisher in printed if story is not None)
    return (
        Counts(publisher=_identify(connection, publishers), month=_name_months(months)),
        Counts(publisher=_identify(connection, outlets), month=_name_months(Counter(newest.values()))),
    )


def count_quotes(connection: Connection, wanted: SearchFilter, most: int) -> Counts:
    """Return the counts of quotes; of speakers those alone that may be among the `most` most quoted."""
    publishers, months, speakers = Counter[int | None](), Counter[int](), Counter[int | None]()
    columns = (QUOTE.c.publisher, QUOTE.c.month, QUOTE.c.speaker)
    for by, at, said_by in _read(connection, wanted, "quote", *columns):
        publishers.update(by)
        months.update(at)
        speakers.update(said_by)
    speakers.pop(None, None)
    least = min(nlargest(most, speakers.values()), default=0)
    commonest = Counter({speaker: count for speaker, count in speakers.items() if count >= least})
    return Counts(
        publisher=_identify(connection, publishers),
        speaker=_identify(connection, commonest),
        month=_name_months(months),
    )


def _read(
    connection: Connection, wanted: SearchFilter, target: str, *columns: ColumnElement[Any]
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield these columns of all matches, each as a tuple, for some of the rows at a time."""
    rows = ARTICLE if target == "article" else QUOTE
    words = search.find_words("sqlite", target, wanted.q)
    joined = words.kept_in.join(rows, rows.c.search_key == words.key)
    found = select(*columns).select_from(joined).where(words.condition)
    cursor: Any = connection.execute(found.where(*_narrow(connection, wanted, rows))).cursor
    while batch := cursor.fetchmany(BATCH):
        yield list(zip(*batch, strict=True))


def _narrow(connection: Connection, wanted: SearchFilter, rows: TableClause) -> Iterator[ColumnElement[bool]]:
    if wanted.publisher:
        yield rows.c.publisher.in_(_numbers(find_publishers(connection, wanted.publisher)))
    if rows is QUOTE:
        yield QUOTE.c.is_said
    if wanted.speaker and rows is QUOTE:
        yield QUOTE.c.speaker.in_(_numbers(find_speakers(connection, wanted.speaker)))
    elif wanted.speaker:
        yield ARTICLE.c.article_id.in_(quoting(connection, wanted.speaker))


def _numbers(ids: Collection[UUID]) -> Any:
    return select(NUMBER.number).where(NUMBER.id.in_(ids))


def _identify(connection: Connection, counts: Counter[int | None]) -> Counter[UUID | None]:
    """Return counts of numbers as counts of what they stand for."""
    ids: dict[int | None, UUID | None] = {None: None}
    for numbers in batched(counts.keys() - {None}, NUMBERS, strict=False):
        chosen = select(NUMBER.number, NUMBER.id).where(NUMBER.number.in_(numbers))
        ids |= {row.number: row.id for row in connection.execute(chosen)}
    return Counter({ids[number]: count for number, count in counts.items()})


def _name_months(counts: Counter[int]) -> Counter[str]:
    return Counter({name_month(month): count for month, count in counts.items()})
