"""Which articles are copies of which: decided as an article comes, is revised or goes, in its own transaction.

An article's original is the earliest published of those it is like. It takes a connection that already holds the
writer's place, and never commits itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.copies import ArticleBand, ArticleCopy, nearest_with_bands
from app.db.engine import insert_rows
from app.db.tables import Article
from app.ingest.shingles import ShingledText, find_bands, find_likeness

CANDIDATES = 8  # compared word by word, those that share most keys: 1 ms each


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as it is compared."""

    id: UUID
    ordered_at: datetime
    publisher_id: UUID | None
    shingled: ShingledText

    @property
    def place(self) -> tuple[datetime, UUID]:
        """What decides which of two is the original."""
        return self.ordered_at, self.id

    def likeness(self, other: "Printed") -> float | None:
        """Return how alike the two are if one is a copy of the other."""
        is_same_publisher = self.publisher_id is not None and self.publisher_id == other.publisher_id
        return find_likeness(self.shingled, other.shingled, is_same_publisher=is_same_publisher)


def link_article(connection: Connection, article_id: UUID) -> set[UUID]:
    """Find what an article that came, or came anew, is a copy of, and what is a copy of it.

    Return the other articles that are a copy of another one now, or none any more.
    """
    orphans = unlink_article(connection, article_id)
    [article] = _load(connection, [article_id])
    bands = find_bands(article.shingled)
    rows = [
        {"band": band, "ordered_at": article.ordered_at, "article_id": article_id}
        for band in dict.fromkeys(bands)
    ]
    insert_rows(connection, ArticleBand, rows)
    alike = _find_alike(connection, article, bands)
    _decide(connection, article, alike)
    later = [(other, likeness) for other, likeness in alike if other.place > article.place]
    before = _take_over(connection, article, later) | dict.fromkeys(orphans, article_id)
    link_orphans(connection, orphans)
    now = _originals_of(connection, before)
    return {other for other, original in before.items() if now.get(other) != original}


def unlink_article(connection: Connection, article_id: UUID) -> list[UUID]:
    """Take an article out of all links; return those that were its copies, for `link_orphans`."""
    copy = ArticleCopy
    orphans = _copies_of(connection, [article_id])
    connection.execute(
        delete(copy).where(or_(col(copy.article_id) == article_id, col(copy.original_id) == article_id))
    )
    connection.execute(delete(ArticleBand).where(col(ArticleBand.article_id) == article_id))
    return orphans


def link_orphans(connection: Connection, article_ids: Iterable[UUID]) -> None:
    """Find anew what articles are copies of whose original has gone: mostly of the earliest among them."""
    linked = _originals_of(connection, article_ids)
    orphans = sorted(_load(connection, set(article_ids) - linked.keys()), key=lambda article: article.place)
    heir: Printed | None = None
    for orphan in orphans:
        likeness = heir and orphan.likeness(heir)
        if heir is not None and likeness:
            _keep(connection, orphan, heir, likeness)
        else:
            original = _decide(
                connection, orphan, _find_alike(connection, orphan, find_bands(orphan.shingled))
            )
            heir = heir or original or orphan


def _take_over(
    connection: Connection, article: Printed, later: Sequence[tuple[Printed, float]]
) -> dict[UUID, UUID | None]:
    """Make an article the original of those later ones that had a later original or none, and of their copies.

    Return the originals these had before.
    """
    originals = _originals_of(connection, [other.id for other, _ in later])
    places = {known.id: known.place for known in _load(connection, set(originals.values()))}
    moved = [
        (other, likeness)
        for other, likeness in later
        if other.id not in originals or places[originals[other.id]] > article.place
    ]
    for other, likeness in moved:
        _keep(connection, other, article, likeness)
    before = {other.id: originals.get(other.id) for other, _ in moved}
    copies = _copies_of(connection, list(before))
    before |= dict(_originals_of(connection, copies))
    for copy in _load(connection, copies):
        if found := article.likeness(copy):
            _keep(connection, copy, article, found)
    return before


def _decide(
    connection: Connection, article: Printed, alike: Sequence[tuple[Printed, float]]
) -> Printed | None:
    """Keep and return the earliest of those an article is like, if it is earlier than the article."""
    if not alike:
        return None
    original, likeness = min(alike, key=lambda pair: pair[0].place)
    if original.place > article.place:
        return None
    _keep(connection, article, original, likeness)
    return original


def _find_alike(
    connection: Connection, article: Printed, bands: Sequence[int]
) -> list[tuple[Printed, float]]:
    """Return the articles that are like this one, of those that share most keys and of their originals."""
    if not bands:
        return []
    slots = {f"band_{number}": band for number, band in enumerate(bands)}
    keys = {"ordered_at": article.ordered_at, "article_id": article.id}
    found = Counter(connection.execute(nearest_with_bands(len(bands)), slots | keys).scalars())
    ids = [id_ for id_, _ in found.most_common(CANDIDATES)]
    ids += [id_ for id_ in _originals_of(connection, ids).values() if id_ != article.id]
    compared = ((other, article.likeness(other)) for other in _load(connection, set(ids)))
    return [(other, likeness) for other, likeness in compared if likeness is not None]


def _keep(connection: Connection, article: Printed, original: Printed, likeness: float) -> None:
    connection.execute(delete(ArticleCopy).where(col(ArticleCopy.article_id) == article.id))
    row = {"article_id": article.id, "original_id": original.id, "similarity": round(likeness, 3)}
    connection.execute(insert(ArticleCopy), [row])


def _originals_of(connection: Connection, article_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    copy = ArticleCopy
    chosen = select(col(copy.article_id), col(copy.original_id)).where(
        col(copy.article_id).in_(list(article_ids))
    )
    return {row.article_id: row.original_id for row in connection.execute(chosen)}


def _copies_of(connection: Connection, article_ids: Iterable[UUID]) -> list[UUID]:
    copy = ArticleCopy
    chosen = select(col(copy.article_id)).where(col(copy.original_id).in_(list(article_ids)))
    return list(connection.execute(chosen).scalars())


def _load(connection: Connection, article_ids: Iterable[UUID]) -> list[Printed]:
    article = Article
    chosen = select(
        col(article.id), col(article.ordered_at), col(article.publisher_id), col(article.text)
    ).where(col(article.id).in_(list(article_ids)))
    return [Printed(*row[:3], ShingledText(row[3])) for row in connection.execute(chosen)]
