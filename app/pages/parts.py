"""View models that several pages share: who speaks, an article in a list, an entity as a link. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.api.pagination import PageLinks
from app.api.resources import Resource
from app.pages import phrases
from app.pages.phrases import Moment
from app.pages.wordings import split_text


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, or, with `href` None, nowhere. note: what is said after them."""

    text: str
    href: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list begins, None on its first page, and where the pages beside this one are."""

    first_url: str | None
    beside: PageLinks


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list."""

    headline: Link
    has_headline: bool
    publisher: str
    published: Moment
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list."""

    headline: Link
    has_headline: bool
    days: tuple[Moment, ...]
    publishers: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity in a list."""

    name: Link
    type: str
    roles: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote in a list, without its article. where: its place in the article."""

    kind: str
    kind_means: str
    text: str
    parts: tuple[str, ...]  # of the text, where the article interrupts it
    where: str
    speaker: Link
    printed_speaker: str | None
    confidence: str


def article_path(article_id: str) -> str:
    """Return where an article is."""
    return f"/articles/{article_id}"


def quote_path(article_id: str, quote_id: str) -> str:
    """Return where a quote stands in its article."""
    return f"/articles/{article_id}#at-{quote_id}"


def entity_path(entity_id: str | None) -> str | None:
    """Return where an entity is, None for none."""
    return entity_id and f"/entities/{entity_id}"


def speaker_link(speaker: Resource | None) -> Link:
    """Return who speaks, and where the entity is if it is known."""
    return Link(phrases.speaker_name(speaker), entity_path(speaker["entity_id"] if speaker else None))


def printed_speaker(speaker: Resource | None) -> str | None:
    """Return the words that name the speaker, where they are not the name."""
    printed: str | None = speaker["text"] if speaker else None
    return printed if printed != phrases.speaker_name(speaker) else None


def story_path(story_id: str) -> str:
    """Return where a story is."""
    return f"/stories/{story_id}"


def article_card(article: Resource) -> ArticleCard:
    """Return an article as lists show it."""
    counts = article.get("counts")
    copied = article.get("copy_of")
    notes = [phrases.count(counts[f"{noun}s"], noun) for noun in ("quote",)] if counts else []
    if copied:
        notes.append(f"copy of an earlier article, {phrases.percent(copied['similarity'])} alike")
    return ArticleCard(
        headline=Link(
            article["headline"] or phrases.no_headline(article["opening"]),
            article_path(article.get("article_id") or article["id"]),
        ),
        has_headline=bool(article["headline"]),
        publisher=publisher_name(article["publisher"]),
        published=article_moment(article, "published"),
        notes=tuple(notes),
    )


def story_card(story: Resource) -> StoryCard:
    """Return a story as lists show it."""
    counts = story["counts"]
    return StoryCard(
        headline=Link(story["headline"] or phrases.NO_STORY_HEADLINE, story_path(story["id"])),
        has_headline=bool(story["headline"]),
        days=story_days(story),
        publishers=tuple(publisher["name"] for publisher in story["publishers"]),
        notes=tuple(phrases.count(counts[f"{noun}s"], noun) for noun in ("article", "quote")),
    )


def entity_card(entity: Resource) -> EntityCard:
    """Return an entity as lists show it."""
    counts = entity["counts"]
    return EntityCard(
        name=Link(entity["name"], entity_path(entity["id"])),
        type=entity["type"],
        roles=tuple(entity["roles"][:3]),
        notes=tuple(
            phrases.count(counts[f"{noun}s"], noun)
            for noun in ("article", "mention", "quote")
            if counts[f"{noun}s"]
        ),
    )


def quote_card(quote: Resource) -> QuoteCard:
    """Return a quote as lists show it."""
    speaker = quote["speaker"]
    return QuoteCard(
        kind=quote["kind"],
        kind_means=phrases.KINDS[quote["kind"]],
        text=quote["text"],
        parts=split_text(quote["text"], quote["segments"]),
        where=quote_path(quote["article_id"], quote["id"]),
        speaker=speaker_link(speaker),
        printed_speaker=printed_speaker(speaker),
        confidence=phrases.percent(quote["confidence"]),
    )


def publisher_name(publisher: Resource | None) -> str:
    """Return the name of an outlet, or that it is not known."""
    return publisher["name"] if publisher else phrases.NO_PUBLISHER


def article_moment(article: Resource, event: str) -> Moment:
    """Return when an article was "published" or "modified"."""
    told = (article[f"{event}_{name}"] for name in ("at", "precision", "zone", "offset_minutes"))
    return phrases.moment(*told)


def article_day(article: Resource) -> Moment:
    """Return the day an article was published, where it was: what a reader of the page would say."""
    return phrases.moment(
        article["published_at"], "day", article["published_zone"], article["published_offset_minutes"]
    )


def story_days(story: Resource) -> tuple[Moment, ...]:
    """Return over which days a story was printed, as far as dates are known: one, or the first and the last."""
    names = ("at", "precision", "zone", "offset_minutes")
    first, last = (
        phrases.printed_day(*(story[f"{end}_published_{name}"] for name in names))
        for end in ("first", "last")
    )
    return (first,) if first.text == last.text else (first, last)


def named(items: Iterable[Resource], noun: str = "mention") -> tuple[Link, ...]:
    """Return entities as links, each with how often it is mentioned."""
    return tuple(
        Link(item["name"], entity_path(item["id"]), phrases.count(item[f"{noun}s"], noun)) for item in items
    )


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence has them.

    >>> joined(["the Post", "the Herald", "the Wire"])
    'the Post, the Herald and the Wire'
    """
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])
