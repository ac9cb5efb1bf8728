"""Say which organization a noun takes up: "The ministry said", "the airline added".

Knows the names of the organizations, by number; a noun that two may be meant by is left alone.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.documents import Mention, Span
from app.nlp.coreference.places import Places
from app.nlp.data.organizations import COMMERCIAL_NOUNS, ORGANIZATION_NOUNS

_NOUNS = "|".join(sorted(ORGANIZATION_NOUNS, key=lambda noun: (-len(noun), noun)))
_PHRASE = re.compile(rf"\b[Tt]he (?:[a-z][\w-]{{1,20}} ){{0,2}}?({_NOUNS})\b(?! [A-Z]|['’-])")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CONFIDENCE = {"same-noun": 0.8, "only-company": 0.7}  # guesses of 2026-11-22
_NEAR = 3  # sentences in which the only company may be meant; guess of 2026-11-22
_MOST = 20  # organizations looked at for a noun; keeps long lists linear


def link_organizations(
    article: Places, organizations: Mapping[int, Sequence[Span]]
) -> Iterator[tuple[Mention, int]]:
    """Yield the nouns that take up an organization as a subject, each with its number.

    By the noun in its name ("the ministry"), else, for a company, as the only one named within three sentences.
    """
    by_noun: dict[str, list[int]] = defaultdict(list)
    for number, spans in organizations.items():
        for noun in {word.lower() for span in spans for word in _WORD.findall(span.of(article.text))}:
            if noun in ORGANIZATION_NOUNS:
                by_noun[noun].append(number)
    named_at = sorted((span.start, number) for number, spans in organizations.items() for span in spans)
    for found in _PHRASE.finditer(article.text):
        span, noun = Span(*found.span()), found.group(1)
        if article.is_quoted(span.start) or not article.is_subject(span):
            continue
        bearers = by_noun.get(noun, [])[:_MOST]
        fits, method = {each for each in bearers if organizations[each][0].start < span.start}, "same-noun"
        if not fits and noun in COMMERCIAL_NOUNS:
            fits, method = _named_near(article, named_at, span), "only-company"
        if len(fits) == 1:
            yield Mention(span, "nominal", "organization", _CONFIDENCE[method], method), fits.pop()


def _named_near(article: Places, named_at: Sequence[tuple[int, int]], span: Span) -> set[int]:
    first = max(0, article.sentence_at(span.start) - _NEAR)
    low = bisect.bisect_left(named_at, (article.sentences[first].start, -1))
    high = bisect.bisect_left(named_at, (span.start, -1))
    return {number for _, number in named_at[max(low, high - _MOST) : high]}
