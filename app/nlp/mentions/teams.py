"""Tell the nations that play in a match report: "Belgium beat Panama" is about two teams, no countries.

Knows the places the tables found and the words beside them. Outside match reports a country is a place whatever it
does ("Norway beat the deadline").
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.documents import Span
from app.nlp.data.sport import MATCH_WORDS, OPPONENT_WORDS, TEAM_NOUNS, TEAM_VERBS
from app.nlp.mentions.found import Found, key_of
from app.nlp.words import Word

# Different words of a match that make a report of one: of 840 articles on politics none has more than five.
_FEWEST_WORDS = 6
_BESIDE = 30  # characters looked at on each side

_AFTER = re.compile(r"(?P<genitive>['’]s?)? (?P<words>[a-z-]+(?: [a-z]+)?)")
_BEFORE = re.compile(r"(?P<word>[A-Za-z]+)\.?(?: the)? \Z")
_SCORE_AFTER = re.compile(r" \(?\d{1,3} ?[–-] ?\d")
_SCORE_BEFORE = re.compile(r"\d ?[–-] ?\d{1,3}\)? \Z")
_LOCATED = frozenset(("in", "from", "across", "to", "near", "throughout", "outside"))


def settle_teams(text: str, words: Sequence[Word], found: Sequence[Found]) -> list[Found]:
    """Return the names; in a match report a nation that plays more often than it is a place is an organization."""
    if len({word.text.lower() for word in words} & MATCH_WORDS) < _FEWEST_WORDS:
        return list(found)
    balance: Counter[str] = Counter()
    for each in found:
        if _is_listed_place(each):
            balance[key_of(text, each.span)] += _plays(text, each.span) - _is_located(text, each.span)
    return [
        replace(each, entity_type="organization")
        if _is_listed_place(each) and balance[key_of(text, each.span)] > 0
        else each
        for each in found
    ]


def _is_listed_place(found: Found) -> bool:
    return found.method == "table" and found.entity_type == "place"


def _plays(text: str, span: Span) -> bool:
    start = max(0, span.start - _BESIDE)
    if _SCORE_AFTER.match(text, span.end) or _SCORE_BEFORE.search(text, start, span.start):
        return True
    before = _BEFORE.search(text, start, span.start)
    if before and before["word"].lower() in OPPONENT_WORDS:
        return True
    after = _AFTER.match(text, span.end)
    if after is None:
        return False
    return not (TEAM_NOUNS if after["genitive"] else TEAM_NOUNS | TEAM_VERBS).isdisjoint(
        after["words"].split()
    )


def _is_located(text: str, span: Span) -> bool:
    before = _BEFORE.search(text, max(0, span.start - _BESIDE), span.start)
    return before is not None and before["word"].lower() in _LOCATED
