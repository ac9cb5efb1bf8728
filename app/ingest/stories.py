"""Which story an article is in: kept in the article's own transaction, whatever comes, changes or goes.

The core decides (`app.stories`), this looks up and writes. It takes a connection that holds the writer's place, so
that two articles of one event that come at once end in one story, and never commits itself.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import stories
from app.db.engine import insert_rows
from app.db.ids import make_id
from app.db.story_candidates import (
    count_terms,
    find_nearby,
    load_frequencies,
    pack,
    unpack,
)
from app.db.story_links import add_links, renew_links
from app.db.story_tables import ArticleTerms, MergedStory, Story, StoryKey, StoryTerms
from app.db.tables import Article, Quote
from app.db.types import table_of
from app.documents import AnnotatedArticle
from app.ingest.story_changes import Before, record_stories
from app.ingest.utterances import mark_stale
from app.stories import ArticleVector, Profile, StoryArticle

type Terms = Mapping[str, int]

HEADLINES = 50  # articles a story's headline is chosen from, the earliest
OPENING = 200  # characters of a text that choosing a headline looks at
MOST_TERMS = 5000  # of an article; a long feature has 1,500
REGROUPED = 200  # articles of a story, the newest, that are looked through for a split; 200 take 0.1 s


def terms_of(annotated: AnnotatedArticle) -> Terms:
    """Return what an article is compared by. Slow enough (2 ms) to be done before the transaction."""
    return bounded(stories.terms_of(annotated.article.headline.value, annotated.article.text))


def bounded(terms: Counter[str]) -> Terms:
    """Return the commonest terms of a text, so that no text makes a transaction long."""
    return dict(terms.most_common(MOST_TERMS))


def place(connection: Connection, article_id: UUID, terms: Terms) -> UUID:
    """Put a stored article into the nearest story, or into one of its own; return the story's id.

    An article read again whose words are the same stays where it is.
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
    emptied = _leave(connection, article_id, _stored_weights(connection, article_id), before)
    if emptied is not None:
        connection.execute(delete(MergedStory).where(col(MergedStory.survivor_id) == emptied))
    record_stories(connection, before)


def summarize(connection: Connection, story_id: UUID) -> None:
    """Bring what a story says of its articles (dates, counts, headline) up to date; ask for its utterances."""
    article = table_of(Article).c
    at = article.published_at
    counted = select(
        func.count().label("article_count"),
        func.count(article.publisher_id.distinct()).label("publisher_count"),
        func.coalesce(func.sum(article.quote_count), 0).label("quote_count"),
        func.min(at).label("first_published_at"),
        func.max(at).label("last_published_at"),
        func.max(article.ordered_at).label("ordered_at"),
    ).where(article.story_id == story_id)
    summary = dict(connection.execute(counted).mappings().one())
    headline = stories.choose_headline(_earliest(connection, story_id))
    summary |= {
        "headline": headline.text,
        "headline_article_id": headline.article_id,
        "headline_reason": headline.reason,
    }
    connection.execute(update(Story).where(col(Story.id) == story_id).values(summary))
    connection.execute(
        update(StoryKey)
        .where(col(StoryKey.story_id) == story_id, col(StoryKey.ordered_at) != summary["ordered_at"])
        .values(ordered_at=summary["ordered_at"])
    )
    mark_stale(connection, [story_id])


def summarize_of(connection: Connection, article_ids: Collection[UUID]) -> None:
    """Do so for the stories of these articles: a correction has changed what is served of them."""
    chosen = select(col(Article.story_id)).where(col(Article.id).in_(article_ids))
    for story_id in {id_ for id_ in connection.execute(chosen).scalars() if id_}:
        renew_links(connection, story_id)
        summarize(connection, story_id)


# --- joining, leaving, merging ------------------------------------------------------------------------


def _place(connection: Connection, article_id: UUID, terms: Terms, before: Before) -> UUID:
    story_id = before.places[article_id]
    known = _stored_weights(connection, article_id)
    if story_id is not None and known is not None and known.keys() == terms.keys():
        renew_links(connection, story_id)
        summarize(connection, story_id)
        return story_id
    emptied = _leave(connection, article_id, known, before)
    weights = stories.weigh(terms, load_frequencies(connection, terms))
    vector = ArticleVector(weights, _published_at(connection, article_id))
    nearby = find_nearby(connection, stories.candidate_keys(weights))
    found = stories.assign(vector, nearby).story_id
    profile = next((stories.join(story, vector) for story in nearby if story.id == found), None)
    if profile is None:
        profile = stories.open_story(emptied or _free_id(connection, article_id), vector)
    elif emptied is not None:
        _redirect(connection, emptied, profile.id)
    insert_rows(
        connection,
        ArticleTerms,
        [{"article_id": article_id, "weights": pack(dict.fromkeys(terms, 0.0) | dict(weights))}],
    )
    count_terms(connection, terms, +1)
    _keep(connection, profile, [article_id], before)
    return _merge(connection, profile, nearby, before) if found else profile.id


def _keep(connection: Connection, profile: Profile, article_ids: Collection[UUID], before: Before) -> None:
    """Write a story as it is with these articles more."""
    before.note_stories(connection, [profile.id])
    before.note_articles(connection, article_ids)
    articles = update(Article).where(col(Article.id).in_(article_ids))
    connection.execute(articles.values(story_id=profile.id))
    is_here = col(StoryTerms.story_id) == profile.id
    weights = pack(profile.weights)
    if not connection.execute(update(StoryTerms).where(is_here).values(weights=weights)).rowcount:
        newest = select(func.max(col(Article.ordered_at))).where(col(Article.story_id) == profile.id)
        counts = dict.fromkeys(("article_count", "publisher_count", "quote_count"), 0)
        at = connection.execute(newest).scalar_one()
        insert_rows(
            connection, Story, [{"id": profile.id, "ordered_at": at, "headline_reason": "", **counts}]
        )
        insert_rows(connection, StoryTerms, [{"story_id": profile.id, "weights": weights}])
    _keep_keys(connection, profile)
    add_links(connection, profile.id, article_ids)
    summarize(connection, profile.id)


def _keep_keys(connection: Connection, profile: Profile) -> None:
    at = connection.execute(select(col(Story.ordered_at)).where(col(Story.id) == profile.id)).scalar_one()
    is_here = col(StoryKey.story_id) == profile.id
    before = set(connection.execute(select(col(StoryKey.key)).where(is_here)).scalars())
    keys = set(stories.candidate_keys(profile.weights))
    if before - keys:
        connection.execute(delete(StoryKey).where(is_here, col(StoryKey.key).in_(before - keys)))
    rows = [{"story_id": profile.id, "key": key, "ordered_at": at} for key in sorted(keys - before)]
    insert_rows(connection, StoryKey, rows)


def _merge(connection: Connection, story: Profile, nearby: Iterable[Profile], before: Before) -> UUID:
    """Merge a story that has grown with the one it turns out to be, if any; return the id that stays."""
    others = {other.id: other for other in nearby if other.id != story.id}
    found = stories.find_merge(story, list(others.values()))
    if found is None:
        return story.id
    gone, kept = sorted((story, others[found]), key=lambda one: (one.article_count, one.id == story.id))
    moved = connection.execute(select(col(Article.id)).where(col(Article.story_id) == gone.id)).scalars()
    _keep(connection, stories.merge(kept, gone), list(moved), before)
    connection.execute(delete(Story).where(col(Story.id) == gone.id))
    _redirect(connection, gone.id, kept.id)
    return kept.id


def _redirect(connection: Connection, story_id: UUID, survivor_id: UUID) -> None:
    merged = MergedStory
    connection.execute(
        update(merged).where(col(merged.survivor_id) == story_id).values(survivor_id=survivor_id)
    )
    connection.execute(insert(merged), [{"story_id": story_id, "survivor_id": survivor_id}])


def _leave(
    connection: Connection, article_id: UUID, weights: Mapping[str, float] | None, before: Before
) -> UUID | None:
    """Take an article out of its story, which may fall into parts; return the story's id if it is gone."""
    story_id = before.places[article_id]
    if weights is not None:
        count_terms(connection, weights.keys(), -1)
        connection.execute(delete(ArticleTerms).where(col(ArticleTerms.article_id) == article_id))
    if story_id is None:
        return None
    connection.execute(update(Article).where(col(Article.id) == article_id).values(story_id=None))
    _forget_utterances(connection, [article_id])
    vectors = _vectors(connection, story_id)
    if not vectors:
        connection.execute(delete(Story).where(col(Story.id) == story_id))
        return story_id
    rest, *parts = stories.regroup(vectors)
    for part in parts:
        _keep(connection, _sum_up(_free_id(connection, part[0]), part, vectors), part, before)
        _forget_utterances(connection, part)
    renew_links(connection, story_id)
    if len(vectors) < REGROUPED:
        _keep(connection, _sum_up(story_id, rest, vectors), (), before)
    else:  # the profile of a story so large hardly changes with one article
        summarize(connection, story_id)
    return None


def _sum_up(story_id: UUID, article_ids: Iterable[UUID], vectors: Mapping[UUID, ArticleVector]) -> Profile:
    first, *others = (vectors[article_id] for article_id in article_ids)
    profile = stories.open_story(story_id, first)
    for vector in others:
        profile = stories.join(profile, vector)
    by_weight = sorted(profile.weights.items(), key=lambda item: (-item[1], item[0]))
    return replace(profile, weights=dict(by_weight))


def _forget_utterances(connection: Connection, article_ids: Collection[UUID]) -> None:
    quotes = update(Quote).where(col(Quote.article_id).in_(article_ids))
    connection.execute(quotes.values(utterance_id=None))


# --- reading ------------------------------------------------------------------------------------------


def _published_at(connection: Connection, article_id: UUID) -> datetime | None:
    chosen = select(col(Article.published_at)).where(col(Article.id) == article_id)
    return connection.execute(chosen).scalar_one()


def _stored_weights(connection: Connection, article_id: UUID) -> dict[str, float] | None:
    chosen = select(col(ArticleTerms.weights)).where(col(ArticleTerms.article_id) == article_id)
    stored = connection.execute(chosen).scalar_one_or_none()
    return unpack(stored) if stored else None


def _vectors(connection: Connection, story_id: UUID) -> dict[UUID, ArticleVector]:
    """Return the newest articles of a story as they were weighed when they came."""
    chosen = (
        select(col(Article.id), col(ArticleTerms.weights), col(Article.published_at))
        .join(ArticleTerms, col(ArticleTerms.article_id) == col(Article.id))
        .where(col(Article.story_id) == story_id)
        .order_by(col(Article.ordered_at).desc(), col(Article.id))
        .limit(REGROUPED)
    )
    return {
        article_id: ArticleVector({term: weight for term, weight in unpack(stored).items() if weight}, at)
        for article_id, stored, at in connection.execute(chosen)
    }


def _earliest(connection: Connection, story_id: UUID) -> list[StoryArticle]:
    opening = func.substr(col(Article.text), 1, OPENING)
    chosen = (
        select(col(Article.id), col(Article.headline), col(Article.published_at), opening)
        .where(col(Article.story_id) == story_id)
        .order_by(col(Article.ordered_at), col(Article.id))
        .limit(HEADLINES)
    )
    return [
        StoryArticle(id=id_, publisher=None, text=opening, headline=headline, published_at=at)
        for id_, headline, at, opening in connection.execute(chosen)
    ]


def _free_id(connection: Connection, article_id: UUID) -> UUID:
    """Return the id of the story an article founds: the first that no story has or had."""
    for number in count():
        story_id = make_id("story", article_id, *([number] if number else []))
        taken = (
            select(column).where(column == story_id) for column in (col(Story.id), col(MergedStory.story_id))
        )
        if not any(connection.execute(statement).first() for statement in taken):
            return story_id
    raise AssertionError
