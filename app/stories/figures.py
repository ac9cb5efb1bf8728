"""Numbers the articles of a story give for the same thing, where they differ: `14 dead` here, `19 dead` there.

Candidates with spans, for a reader to judge: the same noun beside a number does not make it the same count.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.documents import Span
from app.stories.wording import Word, words_of

_READ = 4_000  # characters of an article read for figures: the counts of an event stand near the top
_AFTER = 3  # words in which what is counted follows the number: "14 more people"
_PASSED = frozenset(
    words.key for words in words_of("more other others another of the new additional further")
)
_MOST = 50  # differences returned
_ENDS = re.compile(r"[.!?;:,\n\"”()]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one article gives it. span: of the number up to the noun, in that article's text."""

    article_id: UUID
    number: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """What is counted, as a key such as `dead`, and the figures the articles give for it."""

    counted: str
    figures: tuple[Figure, ...]


def differing_figures(articles: Sequence[tuple[UUID, str]]) -> tuple[FigureDifference, ...]:
    """Return what articles count alike and number differently: no number is given by all of them."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for article_id, text in articles:
        for counted, figure in _figures(article_id, text[:_READ]):
            found[counted].append(figure)
    differing = (
        FigureDifference(counted, tuple(figures)) for counted, figures in found.items() if _differ(figures)
    )
    return tuple(sorted(differing, key=lambda each: (-len(each.figures), each.counted)))[:_MOST]


def _figures(article_id: UUID, text: str) -> list[tuple[str, Figure]]:
    words = words_of(text)
    found = []
    for at, word in enumerate(words):
        noun = _noun(words, at, text) if word.is_number else None
        if noun is not None:
            span = Span(word.start, noun.end)
            found.append((noun.key, Figure(article_id, word.key, span.of(text), span)))
    return found


def _noun(words: Sequence[Word], at: int, text: str) -> Word | None:
    """Return what a number counts: the next telling word before any mark, "people" in "14 more people"."""
    end = words[at].end
    for word in words[at + 1 : at + 1 + _AFTER]:
        if _ENDS.search(text, end, word.start) or word.is_number:
            return None
        if word.is_content and word.key not in _PASSED:
            return word
        end = word.end
    return None


def _differ(figures: Sequence[Figure]) -> bool:
    by_article: dict[UUID, set[str]] = defaultdict(set)
    for figure in figures:
        by_article[figure.article_id].add(figure.number)
    return len(by_article) > 1 and not set.intersection(*by_article.values())
