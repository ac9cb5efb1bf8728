"""An article's page: its text with quotes, speakers and names marked in place, and what is known of it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.api.resources import Resource
from app.documents import Span
from app.pages import phrases
from app.pages.marks import Mark, Piece, choose_disjoint, mark_paragraphs
from app.pages.parts import (
    Link,
    article_moment,
    article_path,
    entity_path,
    printed_speaker,
    publisher_name,
    speaker_link,
    story_path,
)
from app.pages.phrases import Moment
from app.pages.wordings import split_text

LAYERS = {"quote": 0, "speaker": 1, "cue": 2, "name": 3}
RANKS = {
    "name": 0,
    "pronoun": 1,
    "nominal": 2,
}  # of mentions that overlap; "the Seoul envoy" gives way to "Seoul"


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark in the text says. id: of its place; number: of its quote; label: whom a link leads to."""

    role: Literal["quote", "speaker", "cue", "name"]
    id: str | None = None
    number: int | None = None
    kind: str | None = None
    href: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteNote:
    """A quote beside the text."""

    id: str
    number: int
    kind: str
    kind_means: str
    parts: tuple[str, ...]  # of what is said, where the article interrupts it
    speaker: Link
    printed_speaker: str | None
    how: str  # how the speaker is known, or why not
    others: tuple[Link, ...]  # who else it may be
    cue: str | None
    confidence: str
    in_story: str | None  # where it is compared with what others print


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an article: its value, or that there is none, and why."""

    name: str
    value: str | None
    reason: str | None
    machine: str | None = None  # of a time


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """The entities of one type, the most mentioned first."""

    type: str
    entities: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article's page."""

    headline: str
    has_headline: bool
    no_headline_because: str | None
    publisher: str
    published: Moment
    url: str | None
    language: str | None
    story: Link | None
    original: Link | None
    paragraphs: tuple[tuple[Piece[Marked] | str, ...], ...]
    quotes: tuple[QuoteNote, ...]
    facts: tuple[Fact, ...]
    entities: tuple[EntityGroup, ...]
    warnings: tuple[str, ...]
    removed: tuple[tuple[str, str], ...]  # what, and why
    provenance: str
    json: str


def make_article_view(article: Resource, story: Resource | None) -> ArticleView:
    """Return an article's page, from its resource with quotes, mentions and entities, and its story in brief."""
    quotes, names = article["quotes"], _names(article["entities"])
    paragraphs = [Span(each["start"], each["end"]) for each in article["paragraphs"]]
    marks = [*_quote_marks(quotes), *_speaker_marks(quotes), *_name_marks(article["mentions"], names)]
    is_compared = story is not None and story["counts"]["articles"] > 1
    return ArticleView(
        headline=article["headline"] or phrases.NO_HEADLINE,
        has_headline=bool(article["headline"]),
        no_headline_because=None if article["headline"] else _reason(article, "headline"),
        publisher=publisher_name(article["publisher"]),
        published=_published(article),
        url=phrases.web_address(article["url"]) or phrases.web_address(article["canonical_url"]),
        language=article["language"],
        story=None if story is None else _story_link(story),
        original=_original(article["copy_of"]),
        paragraphs=tuple(mark_paragraphs(article["text"], paragraphs, marks)),
        quotes=tuple(
            _note(number, quote, story["id"] if is_compared and story else None)
            for number, quote in enumerate(quotes, start=1)
        ),
        facts=tuple(_facts(article)),
        entities=tuple(_groups(article["entities"], _mention_counts(article["mentions"]))),
        warnings=tuple(article["warnings"]),
        removed=tuple((each["text"], each["reason"].replace("_", " ")) for each in article["removed"]),
        provenance=", ".join(
            f"{one['stage']} {one['version']} ({one['method']})" for one in article["provenance"]
        ),
        json=f"/v1/articles/{article['id']}?include=quotes",
    )


# --- marks ----------------------------------------------------------------------------------------


def _quote_marks(quotes: Sequence[Resource]) -> Iterator[Mark[Marked]]:
    for number, quote in enumerate(quotes, start=1):
        spans = tuple(Span(part["start"], part["end"]) for part in quote["segments"])
        label = phrases.speaker_name(quote["speaker"])
        what = Marked("quote", id=quote["id"], number=number, kind=quote["kind"], label=label)
        yield Mark(spans, LAYERS["quote"], what)


def _speaker_marks(quotes: Sequence[Resource]) -> Iterator[Mark[Marked]]:
    """Yield the words that name speakers and the cues, once where several quotes share them."""
    found: dict[tuple[Literal["speaker", "cue"], int, int], None] = {}
    roles: tuple[Literal["speaker", "cue"], ...] = ("speaker", "cue")
    for quote in quotes:
        for role in roles:
            if quote[role] and quote[role]["start"] is not None:
                found[role, quote[role]["start"], quote[role]["end"]] = None
    for role, start, end in found:
        yield Mark((Span(start, end),), LAYERS[role], Marked(role))


def _name_marks(mentions: Sequence[Resource], names: Mapping[str, str]) -> Iterator[Mark[Marked]]:
    ranked = sorted(mentions, key=lambda one: (RANKS[one["kind"]], one["start"] - one["end"], one["start"]))
    for span, mention in choose_disjoint((Span(one["start"], one["end"]), one) for one in ranked):
        name = names.get(mention["entity_id"])
        label = name if name != mention["text"] else None
        href = entity_path(mention["entity_id"])
        yield Mark((span,), LAYERS["name"], Marked("name", href=href, label=label, kind=mention["kind"]))


# --- beside the text ------------------------------------------------------------------------------


def _note(number: int, quote: Resource, story_id: str | None) -> QuoteNote:
    speaker = quote["speaker"]
    return QuoteNote(
        id=quote["id"],
        number=number,
        kind=quote["kind"],
        kind_means=phrases.KINDS[quote["kind"]],
        parts=split_text(quote["text"], quote["segments"]),
        speaker=speaker_link(speaker),
        printed_speaker=printed_speaker(speaker),
        how=_how_known(speaker, quote["status"]),
        others=tuple(_others(speaker)),
        cue=quote["cue"] and quote["cue"]["text"],
        confidence=phrases.percent(quote["confidence"]),
        in_story=f"{story_path(story_id)}#u-{quote['utterance_id']}"
        if story_id and quote["utterance_id"]
        else None,
    )


def _how_known(speaker: Resource | None, status: str) -> str:
    """Say how the speaker is known, or why not."""
    if speaker is None or speaker["entity_id"] is None:
        return phrases.STATUSES.get(status, phrases.STATUSES["none"])
    how = phrases.RESOLVED_BY.get(speaker["resolved_by"], "told by other means")
    return f"{how[0].upper()}{how[1:]}, {phrases.percent(speaker['confidence'])} sure."


def _others(speaker: Resource | None) -> Iterator[Link]:
    for other in (speaker or {}).get("alternatives") or ():
        yield Link(other["name"], entity_path(other["entity_id"]), phrases.percent(other["confidence"]))


def _facts(article: Resource) -> Iterator[Fact]:
    modified = article_moment(article, "modified")
    dateline = article["dateline"]
    values = {
        "byline": article["byline"],
        "authors": ", ".join(article["authors"]) or None,
        "dateline": dateline and ", ".join(part for part in (dateline["place"], dateline["agency"]) if part),
        "credit": article["credit"],
        "modified_at": modified.text if modified.machine else None,
        "section": article["section"],
        "keywords": ", ".join(article["keywords"]) or None,
        "language": article["language"],
    }
    labels = {"credit": "wire credit", "modified_at": "changed"}
    for name, value in values.items():
        machine = modified.machine if name == "modified_at" else None
        yield Fact(labels.get(name, name), value, None if value else _reason(article, name), machine)
    yield Fact("length", phrases.count(article["word_count"], "word"), None)
    came = phrases.moment(article["ingested_at"])
    yield Fact("came in", f"{came.text} UTC, revision {article['revision']}", None, came.machine)


def _published(article: Resource) -> Moment:
    at = article_moment(article, "published")
    reason = None if at.machine else _reason(article, "published_at")
    return Moment(f"{at.text}: {reason}") if reason else at


def _reason(article: Resource, field: str) -> str | None:
    """Return why a field has no value."""
    reason: str | None = (article["fields"].get(field) or {}).get("reason")
    return reason


def _story_link(story: Resource) -> Link:
    counts = story["counts"]
    note = f"{phrases.count(counts['articles'], 'article')}, {phrases.count(counts['publishers'], 'outlet')}"
    return Link(story["headline"] or phrases.NO_STORY_HEADLINE, story_path(story["id"]), note)


def _original(copy_of: Resource | None) -> Link | None:
    if copy_of is None:
        return None
    alike = phrases.percent(copy_of["similarity"])
    return Link(
        "an earlier article", article_path(copy_of["article_id"]), f"{alike} of their wording is shared"
    )


def _names(entities: Iterable[Resource]) -> dict[str, str]:
    return {entity["id"]: entity["name"] for entity in entities}


def _mention_counts(mentions: Iterable[Resource]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention["entity_id"]] = counts.get(mention["entity_id"], 0) + 1
    return counts


def _groups(entities: Sequence[Resource], counts: Mapping[str, int]) -> Iterator[EntityGroup]:
    ordered = sorted(entities, key=lambda one: (-counts.get(one["id"], 0), one["name"]))
    for type_, plural in phrases.ENTITY_TYPES.items():
        links = tuple(
            Link(one["name"], entity_path(one["id"]), phrases.count(counts.get(one["id"], 0), "mention"))
            for one in ordered
            if one["type"] == type_
        )
        if links:
            yield EntityGroup(plural, links)
