"""Which story an article is in: kept in the article's own transaction, whatever comes, changes or goes.

The core decides (`app.stories`), this looks up; `story_grouping` writes. It takes a connection that holds the
writer's place, so that two articles of one event that come at once end in one story, and never commits itself.
"""

from collections import Counter
from collections.abc import KeysView, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import stories
from app.db.engine import insert_rows
from app.db.story_candidates import count_terms, find_nearby, load_frequencies, pack, unpack
from app.db.story_links import renew_links
from app.db.story_tables import ArticleTerms, MergedStory, Story
from app.db.story_vectors import load_vectors
from app.db.tables import Article
from app.documents import AnnotatedArticle
from app.ingest.story_changes import Before, record_stories
from app.ingest.story_grouping import forget_utterances, rearrange
from app.ingest.story_summary import summarize
from app.stories import ArticleVector

type Terms = Mapping[str, int]
type _Known = tuple[KeysView[str], int]  # what an article is compared by, and the version that weighed it

VERSION = int(stories.VERSION)  # of the weights articles are compared by
MOST_TERMS = 5000  # of an article; a long feature has 1,500
NEIGHBOURS = (
    30  # articles of each story near one that comes, grouped with it: those nearest in time; 91 take 19 ms
)


def terms_of(annotated: AnnotatedArticle) -> Terms:
    """Return what an article is compared by. Slow enough (2 ms) to be done before the transaction."""
    return bounded(stories.terms_of(annotated.article.headline.value, annotated.article.text))


def bounded(terms: Counter[str]) -> Terms:
    """Return the commonest terms of a text, so that no text makes a transaction long."""
    return dict(terms.most_common(MOST_TERMS))


def place(connection: Connection, article_id: UUID, terms: Terms) -> UUID:
    """Put a stored article into the nearest story, or into one of its own; return the story's id.

    An article read again whose words are the same stays where it is, unless another version weighed them.
    """
    before = Before()
    before.note_articles(connection, [article_id])
    story_id = _place(connection, article_id, terms, before)
    record_stories(connection, before)
    return story_id


def withdraw(connection: Connection, article_id: UUID) -> None:
    """Take an article that is about to be deleted out of its story; a story left empty goes."""
    before = Before()
    before.note_articles(connection, [article_id])
    emptied = _leave(connection, article_id, _stored_terms(connection, article_id), before)
    if emptied is not None:
        connection.execute(delete(MergedStory).where(col(MergedStory.survivor_id) == emptied))
    record_stories(connection, before)


def _place(connection: Connection, article_id: UUID, terms: Terms, before: Before) -> UUID:
    story_id = before.places[article_id]
    known = _stored_terms(connection, article_id)
    if story_id is not None and known == (terms.keys(), VERSION):
        renew_links(connection, story_id)
        summarize(connection, story_id)
        return story_id
    emptied = _leave(connection, article_id, known, before)
    weights = stories.weigh(terms, load_frequencies(connection, terms))
    stored = pack(dict.fromkeys(terms, 0.0) | dict(weights))
    insert_rows(connection, ArticleTerms, [{"article_id": article_id, "weights": stored, "version": VERSION}])
    count_terms(connection, terms, +1)
    published_at, ordered_at = _dates(connection, article_id)
    vector = ArticleVector(weights, published_at)
    near = stories.find_near(vector, find_nearby(connection, stories.candidate_keys(weights)))
    members = {near_id: load_vectors(connection, near_id, NEIGHBOURS, around=ordered_at) for near_id in near}
    articles = reduce(or_, members.values(), {article_id: vector})
    if emptied is not None:  # the article takes its id along
        members[emptied] = {article_id: vector}
    return rearrange(connection, members, articles, before)[article_id]


def _leave(connection: Connection, article_id: UUID, known: _Known | None, before: Before) -> UUID | None:
    """Take an article out of its story, which may fall into parts; return the story's id if it is gone."""
    story_id = before.places[article_id]
    if known is not None:
        count_terms(connection, known[0], -1)
        connection.execute(delete(ArticleTerms).where(col(ArticleTerms.article_id) == article_id))
    if story_id is None:
        return None
    connection.execute(update(Article).where(col(Article.id) == article_id).values(story_id=None))
    forget_utterances(connection, [article_id])
    vectors = load_vectors(connection, story_id)
    if not vectors:
        connection.execute(delete(Story).where(col(Story.id) == story_id))
        return story_id
    rearrange(connection, {story_id: vectors | {article_id: ArticleVector({})}}, vectors, before)
    return None


def _dates(connection: Connection, article_id: UUID) -> tuple[datetime | None, datetime]:
    columns = col(Article.published_at), col(Article.ordered_at)
    published_at, ordered_at = connection.execute(select(*columns).where(col(Article.id) == article_id)).one()
    return published_at, ordered_at


def _stored_terms(connection: Connection, article_id: UUID) -> _Known | None:
    columns = col(ArticleTerms.weights), col(ArticleTerms.version)
    stored = connection.execute(select(*columns).where(col(ArticleTerms.article_id) == article_id)).first()
    return (unpack(stored.weights).keys(), stored.version) if stored else None
