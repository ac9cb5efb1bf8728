"""Whether two quotes carry the same words of one speaker, however outlets spelled, cut or reported them.

`“We do not recognise the pact”`, `"We don't recognize the pact,"` and `that she did not recognize the pact` do;
a negation more, another number, another weekday or another speaker makes another utterance. Pure, by words alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from app.stories.evidence import SURE_RUN, Evidence, Manner, find_evidence
from app.stories.quotes import QuoteText, Wording, word
from app.stories.speakers import SpeakerFit, passes_on, speaker_fit

# Set on tests/stories/utterance_pairs.toml, and on half the stories of 510 labelled articles of real outlets.
_LEAST_COMMON = 0.25  # of the shorter one's content words, before more is spent on a pair
_SURE_SHARE = 0.85  # with no speaker to go by
_SURE_WORDS = 4
_PLAIN_WORDS = 2  # of these that are no names: the name of a law or a place is in every article of its story
_MANY_WORDS = 10
_MANY_SHARE = 0.75  # of so many
_MARKED_CONTENT = 3  # in marks, with no speaker to go by
_MARKED_WORDS = 5
_UNMISTAKABLE = 6  # content words that nobody says twice by chance: other speakers, other days
_UNMISTAKABLE_RUN = 12  # likewise words in a row
_SAME_OCCASION = timedelta(days=4)  # guess, 2026-11-22: later, a short line is a formula used again


@dataclass(frozen=True, slots=True)
class Match:
    """How two quotes carry the same words. similarity: share of the shorter one's content found in the other."""

    manner: Manner
    similarity: float
    speakers: SpeakerFit


def same_utterance(one: QuoteText, other: QuoteText) -> Match | None:
    """Return how two quotes carry the same words, or None if they do not."""
    return match_wordings(word(one), word(other))


def match_wordings(one: Wording, other: Wording) -> Match | None:
    """Do as `same_utterance` does, for quotes whose words are read."""
    short, long = sorted((one, other), key=lambda wording: len(wording.words))
    if not short.words:
        return None
    if len(set(short.content) & set(long.content)) < _LEAST_COMMON * len(set(short.content)):
        return None
    found = find_evidence(short, long)
    if found is None or not _is_on_one_occasion(found, one.quote, other.quote):
        return None
    speakers = speaker_fit(one.quote, other.quote)
    if speakers == "different" and (passes_on(one, other) or passes_on(other, one)):
        speakers = "unknown"
    is_telling = (
        speakers == "same"
        or (speakers == "different" and _is_misattributed(found, one, other))
        or (speakers == "unknown" and _is_no_formula(found, one, other))
    )
    return Match(found.manner, found.share, speakers) if is_telling else None


def _is_on_one_occasion(found: Evidence, one: QuoteText, other: QuoteText) -> bool:
    """Whether two quotes are of the same days, or so long and alike that nobody says it twice."""
    first, second = one.published_at, other.published_at
    if not first or not second or abs(first - second) <= _SAME_OCCASION:
        return True
    return not found.is_partial and found.count >= _UNMISTAKABLE and found.share >= _SURE_SHARE


def _is_misattributed(found: Evidence, one: Wording, other: Wording) -> bool:
    """Whether outlets print one quote as that of two speakers. In a far longer one, it is quoted by that speaker."""
    is_direct = one.quote.kind == other.quote.kind == "direct"
    longest = max(len(one.content), len(other.content))
    is_sure = found.is_partial or found.share >= _SURE_SHARE
    is_unmistakable = found.count >= _UNMISTAKABLE or found.run >= _UNMISTAKABLE_RUN
    return is_direct and is_sure and is_unmistakable and found.count >= longest / 2


def _is_no_formula(found: Evidence, one: Wording, other: Wording) -> bool:
    """Whether so much is the same that two quotes are one, with no speaker to go by."""
    if found.manner == "fragment":
        return found.count >= _MARKED_CONTENT and found.run >= _MARKED_WORDS
    if found.count >= _MANY_WORDS and found.share >= _MANY_SHARE:
        return True
    shortest = min(len(one.content), len(other.content))
    if not found.is_partial and found.ordered < _SURE_SHARE * shortest:
        return False
    is_plain = found.ordered - found.names >= _PLAIN_WORDS
    return found.run >= SURE_RUN or (found.ordered >= _SURE_WORDS and is_plain)
