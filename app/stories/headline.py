"""The headline a story is shown under, chosen from those of its articles, with the reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.stories.comparison import StoryArticle
from app.stories.terms import terms_of

_OPENING = 200  # characters of a text that stand in for a headline where no article has one


@dataclass(frozen=True, slots=True)
class StoryHeadline:
    """A headline, the article it is from (None without articles), and why it was chosen."""

    text: str | None
    article_id: UUID | None
    reason: str


def choose_headline(articles: Sequence[StoryArticle]) -> StoryHeadline:
    """Return the headline whose words most of the story's articles share; the earliest where several do.

    Without any headline the first sentence of the earliest article stands in.
    """
    if not articles:
        return StoryHeadline(None, None, "the story has no articles")
    earliest = sorted(articles, key=_when)
    titled = [article for article in earliest if article.headline]
    if not titled:
        opening = earliest[0].text[:_OPENING].split("\n", 1)[0]
        return StoryHeadline(
            _first_sentence(opening), earliest[0].id, "no article has a headline: its opening"
        )
    if len(titled) == 1:
        return StoryHeadline(titled[0].headline, titled[0].id, "the only headline")
    shared = Counter(
        term for article in articles for term in terms_of(article.headline, article.text[:_OPENING])
    )
    best = max(titled, key=lambda article: _typicality(article, shared))
    return StoryHeadline(best.headline, best.id, "its words are those most articles open with")


def _typicality(article: StoryArticle, shared: Counter[str]) -> float:
    """Return how many of the story's openings share a word of the headline, on average over its words."""
    terms = terms_of(article.headline)
    return sum(shared[term] for term in terms) / len(terms) if terms else 0.0


def _when(article: StoryArticle) -> tuple[bool, float, str]:
    at = article.published_at
    return at is None, at.timestamp() if at else 0.0, str(article.id)


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return text[: end + 1] if end > 0 else text
