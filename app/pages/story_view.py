"""A story's page: what outlets share and in which wording, what each alone prints. Pure.

Everything comes from the resources of a story and its comparison; nothing is compared here but words in two forms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.api.resources import Resource
from app.pages import phrases
from app.pages.arrivals import Arrival, make_arrivals
from app.pages.parts import (
    ArticleCard,
    Link,
    article_card,
    article_day,
    joined,
    named,
    publisher_name,
    quote_path,
    speaker_link,
    story_days,
)
from app.pages.phrases import Moment
from app.pages.wordings import Step, make_steps, split_text, with_gaps

MOST_COLUMNS = (
    4  # articles that have a place in every row, even when they lack it; of more, who lacks it is told
)
ALONE = 2  # articles from which there is something to compare
MANNERS = {
    "exact": "the same words",
    "cut": "cut",
    "reworded": "in other words",
    "fragment": "a fragment",
    "overlap": "overlaps",
}
FULLEST = "fullest wording"
SAME_IN_OTHER_FORM = "the same words in another form"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an article's quoted words a speaker has. width: in percent, for a bar."""

    speaker: Link
    share: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An article of a story, at the head of its column."""

    card: ArticleCard
    kinds: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A quote of an utterance as one article prints it."""

    kind: str
    kind_means: str
    manner: str
    is_fullest: bool
    steps: tuple[Step, ...]
    cue: str | None
    confidence: str
    where: str
    speaker: Link | None  # where outlets disagree


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article has of an utterance; nothing, where it lacks it."""

    publisher: str
    published: Moment
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Words that more than one article carries. said_by: several, likeliest first, where outlets disagree."""

    id: str | None
    said_by: tuple[Link, ...]
    is_disputed: bool
    carried: str
    missing_from: str | None  # by name, where not every article has a cell
    first: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A quote that one article alone carries."""

    id: str | None
    parts: tuple[str, ...]
    kind: str
    kind_means: str
    speaker: Link
    cue: str | None
    confidence: str
    where: str


@dataclass(frozen=True, slots=True)
class Exclusive:
    """What one article alone has."""

    publisher: str
    headline: str
    quotes: tuple[Single, ...]
    entities: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What articles count differently: for each article of the story what it says, or nothing."""

    counted: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story's page."""

    headline: str
    has_headline: bool
    headline_because: str
    counts: tuple[str, ...]
    days: tuple[Moment, ...]
    is_compared: bool
    is_complete: bool
    arrivals: tuple[Arrival, ...]
    outlets: tuple[Outlet, ...]
    columns: int  # for a layout side by side
    shared: tuple[Shared, ...]
    exclusive: tuple[Exclusive, ...]
    shared_entities: tuple[Link, ...]
    figures: tuple[FigureRow, ...]
    json: str


def make_story_view(story: Resource, comparison: Resource, briefs: Iterable[Resource]) -> StoryView:
    """Return a story's page, from its resource, its comparison, and the articles compared in brief."""
    by_id = {brief["article_id"]: brief for brief in briefs}
    articles = [article | by_id[article["id"]] for article in comparison["articles"]]
    outlets = [_outlet(article) for article in articles]
    shared = [each for each in comparison["utterances"] if len(each["carried_by"]) > 1]
    counts = story["counts"]
    return StoryView(
        headline=story["headline"] or phrases.NO_STORY_HEADLINE,
        has_headline=bool(story["headline"]),
        headline_because=story["headline_choice"]["reason"],
        counts=tuple(
            phrases.count(counts[name], noun)
            for name, noun in (("publishers", "outlet"), ("articles", "article"), ("quotes", "quote"))
        ),
        days=story_days(story),
        is_compared=len(articles) >= ALONE,
        is_complete=comparison["is_complete"],
        arrivals=make_arrivals(articles),
        outlets=tuple(outlets),
        columns=min(len(articles), MOST_COLUMNS),
        shared=tuple(_shared(each, articles, outlets) for each in shared),
        exclusive=tuple(_exclusives(comparison, outlets)),
        shared_entities=named(comparison["entities"]["shared"], "mention"),
        figures=tuple(_figure(each, articles) for each in comparison["figures"]),
        json=f"/v1/stories/{story['id']}/comparison",
    )


def _outlet(article: Resource) -> Outlet:
    shares = article["kinds"]
    return Outlet(
        card=article_card(article),
        kinds=", ".join(
            f"{phrases.percent(shares[kind])} {kind}" for kind in phrases.KINDS if kind in shares
        ),
        shares=tuple(
            Share(speaker_link(each), phrases.percent(each["share"]), round(100 * each["share"]))
            for each in article["speakers"]
        ),
    )


# --- shared words ---------------------------------------------------------------------------------


def _shared(utterance: Resource, articles: Sequence[Resource], outlets: Sequence[Outlet]) -> Shared:
    carriers, lacking = set(utterance["carried_by"]), set(utterance["missing_from"])
    shows_all = len(articles) <= MOST_COLUMNS
    cells = tuple(
        _cell(utterance, article["id"], outlet)
        for article, outlet in zip(articles, outlets, strict=True)
        if shows_all or article["id"] in carriers
    )
    missing = dict.fromkeys(
        outlet.card.publisher
        for article, outlet in zip(articles, outlets, strict=True)
        if article["id"] in lacking
    )
    return Shared(
        id=utterance["id"],
        said_by=tuple(map(speaker_link, utterance["speakers"])) or (Link(phrases.NOBODY),),
        is_disputed=utterance["is_disputed"],
        carried=f"{len(carriers)} of {phrases.count(len(articles), 'article')}",
        missing_from=joined(list(missing)) if missing and not shows_all else None,
        first=_first(utterance, articles),
        cells=cells,
    )


def _cell(utterance: Resource, article_id: str, outlet: Outlet) -> Cell:
    lead = next(each for each in utterance["variants"] if each["quote_id"] == utterance["lead_quote_id"])
    wordings = tuple(
        _wording(each, lead, shows_speaker=utterance["is_disputed"])
        for each in utterance["variants"]
        if each["article_id"] == article_id
    )
    return Cell(outlet.card.publisher, outlet.card.published, wordings)


def _wording(variant: Resource, lead: Resource, *, shows_speaker: bool) -> Wording:
    is_fullest = variant["quote_id"] == lead["quote_id"]
    steps = make_steps(lead["text"], variant["difference"])
    has_other_form = any(step.op == "form" for step in steps) and not any(
        step.op in {"added", "left out"} for step in steps
    )
    manner = SAME_IN_OTHER_FORM if has_other_form else MANNERS[variant["manner"]]
    return Wording(
        kind=variant["kind"],
        kind_means=phrases.KINDS[variant["kind"]],
        manner=FULLEST if is_fullest else manner,
        is_fullest=is_fullest,
        steps=with_gaps(steps, split_text(variant["text"], variant["segments"])),
        cue=variant["cue"] and variant["cue"]["text"],
        confidence=phrases.percent(variant["confidence"]),
        where=quote_path(variant["article_id"], variant["quote_id"]),
        speaker=speaker_link(variant["speaker"]) if shows_speaker else None,
    )


def _first(utterance: Resource, articles: Sequence[Resource]) -> str:
    """Say who printed it first, as far as dates tell."""
    variants = utterance["variants"]
    first = {each["quote_id"] for each in utterance["earliest"]}
    carriers = {each["article_id"] for each in variants if each["quote_id"] in first}
    earliest = [article for article in articles if article["id"] in carriers]
    if not earliest:
        return "Who printed it first is not known: no article with it has a date."
    names = dict.fromkeys(publisher_name(article["publisher"]) for article in earliest)
    among = " among those with a date" if any(each["published_at"] is None for each in variants) else ""
    return f"First printed{among}: {joined(list(names))}, {article_day(earliest[0]).text}."


# --- what one alone has ---------------------------------------------------------------------------


def _exclusives(comparison: Resource, outlets: Sequence[Outlet]) -> Iterator[Exclusive]:
    quotes = {
        variant["quote_id"]: (utterance["id"], variant)
        for utterance in comparison["utterances"]
        for variant in utterance["variants"]
    }
    entities = comparison["entities"]["exclusive"]
    for article, outlet in zip(comparison["articles"], outlets, strict=True):
        yield Exclusive(
            publisher=outlet.card.publisher,
            headline=outlet.card.headline.text,
            quotes=tuple(_singles(article["exclusive_quotes"], quotes)),
            entities=named(entities.get(article["id"], ()), "mention"),
        )


def _singles(quote_ids: Iterable[str], quotes: Mapping[str, tuple[str | None, Resource]]) -> Iterator[Single]:
    """Yield quotes; an utterance that an article prints twice has its place at the first."""
    placed: set[str | None] = set()
    for quote_id in quote_ids:
        utterance_id, variant = quotes[quote_id]
        yield Single(
            id=None if utterance_id in placed else utterance_id,
            parts=split_text(variant["text"], variant["segments"]),
            kind=variant["kind"],
            kind_means=phrases.KINDS[variant["kind"]],
            speaker=speaker_link(variant["speaker"]),
            cue=variant["cue"] and variant["cue"]["text"],
            confidence=phrases.percent(variant["confidence"]),
            where=quote_path(variant["article_id"], quote_id),
        )
        placed.add(utterance_id)


def _figure(difference: Resource, articles: Sequence[Resource]) -> FigureRow:
    said: dict[str, list[str]] = {}
    for figure in difference["figures"]:
        said.setdefault(figure["article_id"], []).append(figure["text"])
    return FigureRow(
        difference["counted"],
        tuple("; ".join(dict.fromkeys(said.get(article["id"], ()))) for article in articles),
    )
