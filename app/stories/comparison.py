"""How the outlets of a story differ: whose words each carries, in which wording, and what it leaves out.

Pure. Everything points back at quotes, entities and spans that were passed in, so that it can be checked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.documents import QuoteKind
from app.stories.alignment import align
from app.stories.figures import FigureDifference, differing_figures
from app.stories.quotes import QuoteText
from app.stories.utterances import Utterance, group
from app.stories.wording import words_of

_MOST_WORDS = 700  # of a quote told apart one by one; what follows counts as one word
_LONGEST_WORD = 100  # characters; longer ones are compared as printed

Operation = Literal["equal", "insert", "delete", "replace"]


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """An entity an article mentions."""

    id: UUID
    name: str
    mention_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article as far as comparison needs it. quotes: those of speech and writing, in text order."""

    id: UUID
    publisher: str | None
    text: str
    headline: str | None = None
    published_at: datetime | None = None
    quotes: tuple[QuoteText, ...] = ()
    entities: tuple[StoryEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A step from the fullest wording to a variant's.

    text: of the variant for "equal" and "insert", of the fullest wording for "delete"; for "replace" of the
    variant, `instead_of` being what it replaces. Joined by spaces, what is not deleted gives the variant's text.
    """

    op: Operation
    text: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class ComparedVariant:
    """A quote of an utterance, and word by word how it differs from the fullest wording."""

    quote: QuoteText
    manner: str
    difference: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ComparedUtterance:
    """An utterance over a story's articles.

    carried_by, missing_from: article ids. earliest: the quotes printed first, several if at the same time, none
    if no date is known.
    """

    utterance: Utterance
    variants: tuple[ComparedVariant, ...]
    carried_by: tuple[UUID, ...]
    missing_from: tuple[UUID, ...]
    earliest: tuple[QuoteText, ...]

    @property
    def is_shared(self) -> bool:
        """Whether more than one article carries it."""
        return len(self.carried_by) > 1


@dataclass(frozen=True, slots=True)
class SpeakerShare:
    """How much of an article's quoted words a speaker has; nobody known is a speaker without id and name."""

    speaker_id: UUID | None
    name: str | None
    word_count: int
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one article gives, and what it alone has. kinds: of quotes, by their share of the quoted words."""

    article_id: UUID
    publisher: str | None
    speakers: tuple[SpeakerShare, ...]
    kinds: Mapping[QuoteKind, float]
    exclusive_quotes: tuple[UUID, ...]
    exclusive_entities: tuple[StoryEntity, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A story's articles side by side; shared utterances first, entities in all articles, figures that differ."""

    utterances: tuple[ComparedUtterance, ...]
    shared_entities: tuple[StoryEntity, ...]
    coverage: tuple[Coverage, ...]
    figures: tuple[FigureDifference, ...]


def compare(articles: Sequence[StoryArticle], utterances: Iterable[Utterance] | None = None) -> Comparison:
    """Return how the articles of a story differ; their quotes are grouped here unless they have been before."""
    if utterances is None:
        utterances = group(quote for article in articles for quote in article.quotes)
    compared = [_compare_utterance(utterance, articles) for utterance in utterances]
    carriers = Counter(entity.id for article in articles for entity in article.entities)
    return Comparison(
        utterances=tuple(sorted(compared, key=lambda each: -len(each.carried_by))),
        shared_entities=_shared_entities(articles, carriers),
        coverage=tuple(_coverage(article, compared, carriers, len(articles)) for article in articles),
        figures=differing_figures([(article.id, article.text) for article in articles]),
    )


def difference(full: str, variant: str) -> tuple[Change, ...]:
    """Return the steps from one wording to another, by words; spelling and marks of house style are equal.

    >>> [(change.op, change.text) for change in difference("We will not go there.", "We will never go.")]
    [('equal', 'We will'), ('replace', 'never'), ('equal', 'go'), ('delete', 'there.')]
    """
    old, new = full.split(None, _MOST_WORDS), variant.split(None, _MOST_WORDS)
    keys = [[_key_of(token) for token in tokens] for tokens in (old, new)]
    changes: list[Change] = []
    done = (0, 0)
    for first, second in [*align(*keys), (len(old), len(new))]:
        changes += _between(old[done[0] : first], new[done[1] : second])
        if second < len(new):
            changes.append(Change("equal", new[second]))
        done = first + 1, second + 1
    return tuple(_join(changes))


def _key_of(token: str) -> str:
    return (len(token) <= _LONGEST_WORD and " ".join(word.key for word in words_of(token))) or token


def _between(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    if old and new:
        return [Change("replace", " ".join(new), " ".join(old))]
    if new:
        return [Change("insert", " ".join(new))]
    return [Change("delete", " ".join(old))] if old else []


def _join(changes: Iterable[Change]) -> list[Change]:
    """Join what is equal in a row."""
    joined: list[list[Change]] = []
    for change in changes:
        if joined and joined[-1][0].op == change.op == "equal":
            joined[-1].append(change)
        else:
            joined.append([change])
    return [
        Change(run[0].op, " ".join(each.text for each in run), run[0].instead_of) if run[1:] else run[0]
        for run in joined
    ]


def compare_variants(utterance: Utterance) -> tuple[ComparedVariant, ...]:
    """Return an utterance's variants, earliest first, with how each differs from the fullest wording."""
    return tuple(
        ComparedVariant(each.quote, each.match.manner, difference(utterance.lead.text, each.quote.text))
        for each in utterance.variants
    )


def earliest(utterance: Utterance) -> tuple[QuoteText, ...]:
    """Return the quotes printed first: several if at the same time, none if no date is known."""
    quotes = [variant.quote for variant in utterance.variants]
    first = min((quote.published_at for quote in quotes if quote.published_at), default=None)
    return tuple(quote for quote in quotes if first and quote.published_at == first)


def _compare_utterance(utterance: Utterance, articles: Sequence[StoryArticle]) -> ComparedUtterance:
    carriers = {variant.quote.article_id for variant in utterance.variants}
    return ComparedUtterance(
        utterance=utterance,
        variants=compare_variants(utterance),
        carried_by=tuple(article.id for article in articles if article.id in carriers),
        missing_from=tuple(article.id for article in articles if article.id not in carriers),
        earliest=earliest(utterance),
    )


def _shared_entities(articles: Sequence[StoryArticle], carriers: Counter[UUID]) -> tuple[StoryEntity, ...]:
    """Return the entities of all articles with their mentions added up, most mentioned first."""
    if len(articles) < 2:  # noqa: PLR2004 - one article shares nothing
        return ()
    counts: Counter[UUID] = Counter()
    names: dict[UUID, str] = {}
    for article in articles:
        for entity in article.entities:
            counts[entity.id] += entity.mention_count
            names.setdefault(entity.id, entity.name)
    shared = [StoryEntity(key, names[key], counts[key]) for key in names if carriers[key] == len(articles)]
    return tuple(sorted(shared, key=lambda entity: (-entity.mention_count, entity.name)))


def _coverage(
    article: StoryArticle,
    utterances: Sequence[ComparedUtterance],
    carriers: Counter[UUID],
    article_count: int,
) -> Coverage:
    only_here = {
        variant.quote.id
        for each in utterances
        if each.carried_by == (article.id,)
        for variant in each.variants
    }
    is_alone = article_count == 1
    return Coverage(
        article_id=article.id,
        publisher=article.publisher,
        speakers=_speakers(article.quotes),
        kinds=_kinds(article.quotes),
        exclusive_quotes=tuple(
            quote.id for quote in article.quotes if quote.id in only_here and not is_alone
        ),
        exclusive_entities=tuple(
            entity for entity in article.entities if carriers[entity.id] == 1 and not is_alone
        ),
    )


def _speakers(quotes: Sequence[QuoteText]) -> tuple[SpeakerShare, ...]:
    """Return the speakers of an article by their share of its quoted words."""
    counts: dict[tuple[UUID | None, str | None], int] = defaultdict(int)
    names: dict[UUID, str | None] = {}
    for quote in quotes:
        if quote.speaker_id:
            names.setdefault(quote.speaker_id, quote.speaker_name)
        key = (quote.speaker_id, names[quote.speaker_id] if quote.speaker_id else quote.speaker_name)
        counts[key] += len(quote.text.split())
    total = sum(counts.values()) or 1
    shares = (SpeakerShare(*key, count, count / total) for key, count in counts.items())
    return tuple(sorted(shares, key=lambda share: (-share.word_count, share.name or "")))


def _kinds(quotes: Sequence[QuoteText]) -> dict[QuoteKind, float]:
    counts: Counter[QuoteKind] = Counter()
    for quote in quotes:
        counts[quote.kind] += len(quote.text.split())
    return {kind: count / counts.total() for kind, count in counts.items() if count}
