"""Tables of stories, and of what is kept so that an article finds its story.

A story is derived from its articles: nothing here is stated by anyone, and all of it can be made again from them.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel


class Story(SQLModel, table=True):
    """The articles about one event. Which they are stands in `article.story_id`."""

    __table_args__ = (Index("ix_story_ordered_at_id", "ordered_at", "id"),)

    id: UUID = Field(primary_key=True)
    headline: str | None = Field(sa_column=Column(Text, nullable=True), default=None)
    headline_article_id: UUID | None = None
    headline_reason: str = ""
    first_published_at: datetime | None = None  # of the articles that have a date
    last_published_at: datetime | None = None
    ordered_at: datetime  # of its newest article
    article_count: int = 0
    publisher_count: int = 0
    quote_count: int = 0


class StoryTerms(SQLModel, table=True):
    """The weights of a story's profile: zlib, JSON. Apart from `story`, whose lists would have to read past them."""

    __tablename__ = "story_terms"

    story_id: UUID = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    weights: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class StoryKey(SQLModel, table=True):
    """A telling term of a story, under which an article looks for it."""

    __tablename__ = "story_key"
    __table_args__ = (Index("ix_story_key_key_ordered_at_story_id", "key", "ordered_at", "story_id"),)

    story_id: UUID = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    key: str = Field(primary_key=True)
    ordered_at: datetime  # the story's: the newest of a crowd are looked at


class MergedStory(SQLModel, table=True):
    """A story that turned out to be another. Its id was given out, so it leads there."""

    __tablename__ = "merged_story"

    story_id: UUID = Field(primary_key=True)
    survivor_id: UUID = Field(index=True)  # where the chain of merges ends


class StaleStory(SQLModel, table=True):
    """A story whose quotes are to be grouped into utterances again. number: how often it was asked for."""

    __tablename__ = "stale_story"

    story_id: UUID = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    number: int = 1


class ArticleTerms(SQLModel, table=True):
    """An article's terms and their weights when it came, 0 for those too light to be compared: zlib, JSON.

    Kept so that a story can be made again without the article, and its terms taken back from the frequencies.
    """

    __tablename__ = "article_terms"

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    weights: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    version: int = Field(index=True)  # of `app.stories`, whose weights they are


class TermFrequency(SQLModel, table=True):
    """In how many articles a term occurs; the empty term is in all of them."""

    __tablename__ = "term_frequency"

    term: str = Field(sa_column=Column(Text, primary_key=True))
    article_count: int


class PublisherOfStory(SQLModel, table=True):
    """That an outlet printed an article of a story, and when the newest: so that its stories are found in order."""

    __tablename__ = "story_publisher"
    __table_args__ = (
        Index(
            "ix_story_publisher_publisher_id_ordered_at_story_id", "publisher_id", "ordered_at", "story_id"
        ),
    )

    story_id: UUID = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    publisher_id: UUID = Field(primary_key=True, foreign_key="publisher.id")
    ordered_at: datetime


class EntityOfStory(SQLModel, table=True):
    """That an entity is in an article of a story, and when in the newest; and when one last quoted it."""

    __tablename__ = "story_entity"
    __table_args__ = (
        Index("ix_story_entity_entity_id_ordered_at_story_id", "entity_id", "ordered_at", "story_id"),
        Index("ix_story_entity_entity_id_said_at_story_id", "entity_id", "said_at", "story_id"),
    )

    story_id: UUID = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    entity_id: UUID = Field(primary_key=True, foreign_key="entity.id", ondelete="CASCADE")
    ordered_at: datetime
    said_at: datetime | None = None  # of the newest article that quotes it
