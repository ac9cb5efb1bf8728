"""How well a text answers a query, and where: pure, the same for both databases.

The databases' own rankings are linear in the matches and differ from one another. So the newest matches alone are
ranked, here: by how densely the words stand, in headlines more than in texts, newer before older.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db.search import Query, Term

# BM25's usual values (Robertson and Zaragoza 2009); no weight by rarity: every match holds all words
SATURATION, LENGTH_WEIGHT = 1.2, 0.75
HEADLINE_SHARE = 0.4  # guesses of 2026-11-22, as are the two below
HALF_LIFE_DAYS = 180.0  # what is this much older than the newest match counts
OLDEST_SHARE = 0.5  # between half and all of its score
MOST_HIGHLIGHTS = 50


@dataclass(frozen=True, slots=True)
class Pattern:
    """A query made ready to be looked for in many texts: one expression for each group of alternatives."""

    groups: tuple[re.Pattern[str], ...]


def compile_query(query: Query) -> Pattern:
    """Return what finds a query's words in texts."""
    return Pattern(tuple(re.compile("|".join(map(_term, group)), re.IGNORECASE) for group in query.groups))


def find_words(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    """Return where the words stand, as disjoint half-open ranges of code points in order; at most 50."""
    found: set[tuple[int, int]] = set()
    for group in pattern.groups:
        for _, match in zip(range(MOST_HIGHLIGHTS), group.finditer(text), strict=False):
            found.add(match.span())
    disjoint: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not disjoint or start >= disjoint[-1][1]:
            disjoint.append((start, end))
    return disjoint[:MOST_HIGHLIGHTS]


def score_text(pattern: Pattern, text: str, mean_length: float) -> float:
    """Return 0..1: how much of the text is about the words, each group of them counting alike."""
    if not pattern.groups:
        return 0.0
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * len(text) / max(mean_length, 1.0))
    counts = [sum(1 for _ in group.finditer(text)) for group in pattern.groups]
    return sum(count / (count + norm) for count in counts) / len(counts)


def score_headline(pattern: Pattern, headline: str) -> float:
    """Return 0..1: the share of the groups that are in the headline."""
    return sum(group.search(headline) is not None for group in pattern.groups) / max(len(pattern.groups), 1)


def age_weight(at: datetime, newest: datetime) -> float:
    """Return 1 for the newest match, less for older ones, at least `OLDEST_SHARE`."""
    days = max((newest - at).total_seconds(), 0.0) / 86_400
    return OLDEST_SHARE + (1 - OLDEST_SHARE) * float(0.5 ** (days / HALF_LIFE_DAYS))


def plain_words(query: Query) -> str | None:
    """Return the query as a name may be written; None where it has alternatives or exclusions.

    "ada okafor" may be a name, "flood OR storm" is none.
    """
    if query.excluded or any(len(group) != 1 for group in query.groups):
        return None
    terms: Sequence[Term] = [group[0] for group in query.groups]
    return " ".join(word for term in terms for word in term.words).casefold()


def _term(term: Term) -> str:
    words = r"[\W_]+".join(map(re.escape, term.words))
    return rf"(?<![^\W_]){words}" + (r"[^\W_]*" if term.is_prefix else r"(?![^\W_])")
