"""The page of a search: the hits with the words found in them marked. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from urllib.parse import urlencode

from app.api.resources import Resource
from app.db.search_all import EXCERPT_LENGTH
from app.pages import phrases
from app.pages.parts import (
    ArticleCard,
    EntityCard,
    Link,
    QuoteCard,
    StoryCard,
    article_card,
    entity_card,
    quote_card,
    story_card,
)
from app.pages.wordings import split_text

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that was searched. is_found: it is one of the words looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """A hit: of article, quote, entity and story the one that it is.

    parts: of its words, those found told apart; several where an article interrupts a quote.
    """

    kind: str
    parts: tuple[tuple[Stretch, ...], ...]
    article: ArticleCard | None
    quote: QuoteCard | None
    printed_in: ArticleCard | None  # of a quote
    entity: EntityCard | None
    story: StoryCard | None
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The page of a search."""

    q: str
    kind: str | None
    hits: tuple[HitView, ...]
    among: str
    kinds: tuple[Link, ...]
    json: str


def make_search_view(
    q: str, kind: str | None, answer: Resource, briefs: Iterable[Resource], kinds: Sequence[Link]
) -> SearchView:
    """Return the page of an answer to a search.

    briefs: the articles of the quotes found, in brief. kinds: where each kind of hit is asked for alone.
    """
    printed = {brief["article_id"]: article_card(brief) for brief in briefs}
    among = [
        f"{'all ' if one['is_complete'] else 'the newest '}{phrases.count(one['among'], one['kind'])}"
        for one in answer["ranked"]
        if one["among"]
    ]
    return SearchView(
        q=q,
        kind=kind,
        hits=tuple(_hit(hit, printed) for hit in answer["items"]),
        among=", ".join(among),
        kinds=tuple(kinds),
        json=f"/v1/search?{urlencode({'q': q} | ({'kind': kind} if kind else {}))}",
    )


def tell_apart(text: str, found: Sequence[Range]) -> tuple[Stretch, ...]:
    """Return a text as stretches, those at `found` (disjoint, in order; what is outside is cut off) told apart.

    >>> [(each.text, each.is_found) for each in tell_apart("a flood pact", [(2, 7)])]
    [('a ', False), ('flood', True), (' pact', False)]
    """
    inside = [(max(start, 0), min(end, len(text))) for start, end in found if start < len(text) and end > 0]
    borders = sorted({0, len(text), *(border for each in inside for border in each)})
    starts = {start for start, _ in inside}
    return tuple(Stretch(text[start:end], start in starts) for start, end in pairwise(borders))


def _hit(hit: Resource, printed: Mapping[str, ArticleCard]) -> HitView:
    article, quote, entity, story = (hit[kind] for kind in ("article", "quote", "entity", "story"))
    excerpt = hit["excerpt"]
    return HitView(
        kind=hit["kind"],
        parts=_excerpt_parts(hit) if excerpt else _quote_parts(hit) if quote else (),
        article=article and article_card(article),
        quote=quote and quote_card(quote),
        printed_in=printed.get(quote["article_id"]) if quote else None,
        entity=entity and entity_card(entity),
        story=story and story_card(story),
        cut_before=bool(excerpt) and excerpt["start"] > 0,
        cut_after=bool(excerpt) and len(excerpt["text"]) >= EXCERPT_LENGTH,
    )


def _found(hit: Resource, shift: int) -> list[Range]:
    return [(one["start"] - shift, one["end"] - shift) for one in hit["highlights"] if one["field"] == "text"]


def _excerpt_parts(hit: Resource) -> tuple[tuple[Stretch, ...], ...]:
    """Return an excerpt, less the halves of words at its ends."""
    text, start = hit["excerpt"]["text"], hit["excerpt"]["start"]
    before = text.find(" ") + 1 if start else 0
    after = text.rfind(" ") if len(text) >= EXCERPT_LENGTH else len(text)
    return (tell_apart(text[before:after], _found(hit, start + before)),)


def _quote_parts(hit: Resource) -> tuple[tuple[Stretch, ...], ...]:
    parts = split_text(hit["quote"]["text"], hit["quote"]["segments"])
    starts = accumulate((len(part) + 1 for part in parts[:-1]), initial=0)
    return tuple(tell_apart(part, _found(hit, start)) for part, start in zip(parts, starts, strict=True))
