"""Find the words that name the speaker on either side of a cue.

Works on the words of one sentence and returns a range of them. No parser: noun phrases are told by what may
not stand in one (verbs, signs, subordinators). It must not know which quote the cue serves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.nlp.quotes.vocabulary import ALSO_NOUNS, VERBS, WORDS
from app.nlp.quotes.words import Word

# All in words; guesses of 2026-11-22 that the training texts of benchmarks/quality/quotes.py bear out.
_LONGEST = 30  # a speaker with its appositives
_LONGEST_PHRASE = 14  # the noun phrase alone
_LONGEST_LABEL = 5  # "Ann Lee:"
_LONGEST_PARTICLE = 3  # letters: "de", "van", "of", "and" stand within names
_LONGEST_TIME = 5  # "Late last month, …", the comma included
_LONGEST_PLACE = 3  # "in Bern, Utah, …", commas included

_ADVERBS, _DETERMINERS, _PREPOSITIONS = WORDS["adverbs"], WORDS["determiners"], WORDS["prepositions"]
_PRONOUNS = WORDS["pronouns"] - _DETERMINERS
_OPENERS = _PREPOSITIONS | WORDS["subordinators"] | WORDS["conjunctions"] | _ADVERBS
_STOPS = WORDS["subordinators"] | WORDS["auxiliaries"] | (WORDS["conjunctions"] - {"and"})
_OUTSIDE_PHRASE = _STOPS | (_PREPOSITIONS - WORDS["phrase_prepositions"])
_AFTER_SUBJECT = _OUTSIDE_PHRASE | (_ADVERBS - {"to", "on"})
_BETWEEN_SUBJECT_AND_CUE = _ADVERBS | WORDS["auxiliaries"] | WORDS["times"]
_NEVER_INSIDE = _STOPS | WORDS["objects"] | _PRONOUNS | (_PREPOSITIONS - WORDS["inside_speakers"])


@dataclass(frozen=True, slots=True)
class Range:
    """words[first:last] of a sentence; never empty."""

    first: int
    last: int


def speaker_before(words: Sequence[Word], low: int, cue: int) -> Range | None:
    """Return the subject that ends just before words[cue], no further left than words[low].

    Adverbs and auxiliaries between the two are skipped: "| Quill, who is leaving, | later said".
    """
    last = cue
    while last > low and _stands_before_cue(words[last - 1]):
        last -= 1
    low = max(low, last - _LONGEST)
    if last <= low or words[last - 1].lower in WORDS["conjunctions"]:
        return None
    if words[last - 1].text == ",":
        return _before_interruption(words, low, last - 1)
    return _phrase_ending(words, low, last)


def speaker_after(words: Sequence[Word], first: int, high: int) -> Range | None:
    """Return the noun phrase from words[first] on, with its appositive: "said | Mara Quill, the envoy"."""
    while first < high and words[first].lower in _ADVERBS:
        first += 1
    last = _phrase_end(words, first, high)
    if last == first or not _can_name(words[first:last]):
        return None
    if last + 1 < high and words[last].text == "," and _is_appositive(words, last + 1, first):
        last = max(last, _phrase_end(words, last + 1, high))
    return Range(first, last)


def leading_subject(words: Sequence[Word], low: int, high: int) -> Range | None:
    """Return the first noun phrase after an opening adverbial: "On Friday, | the mayor | asked …"."""
    first = low
    while first < high and (words[first].is_sign or words[first].lower in WORDS["conjunctions"]):
        first += 1
    if first < high and _opens_adverbial(words, first, high):
        first = _past_adverbial(words, first, high)
    last = first
    while last < min(high, first + _LONGEST_PHRASE) and not _ends_subject(words[last], last == first):
        last += 1
        if words[first].lower in _PRONOUNS or _ends_name(words, first, last, high):
            break
    return Range(first, last) if last > first and _can_name(words[first:last]) else None


def _ends_name(words: Sequence[Word], first: int, at: int, high: int) -> bool:
    """Whether a name that opens a sentence ends before words[at], whatever that is: ‹Ada Quill› made three."""
    if at >= high or not words[first].is_name_like or words[first].lower in _DETERMINERS:
        return False
    return words[at - 1].is_name_like and words[at].text.islower() and len(words[at].text) > _LONGEST_PARTICLE


def label_before(words: Sequence[Word], low: int, high: int) -> Range | None:
    """Return the name that stands alone before words[high], as in a transcript: "| Ann Lee |: “…”"."""
    first = high
    while first > low and words[first - 1].is_name_like:
        first -= 1
    alone = first == low or words[first - 1].is_sign
    return Range(first, high) if alone and 0 < high - first <= _LONGEST_LABEL else None


def nearest_name(words: Sequence[Word], low: int, high: int) -> Range | None:
    """Return the pronoun or name nearest before words[high]: "When | he | returned and began by saying"."""
    for at in range(high - 1, max(low, high - _LONGEST) - 1, -1):
        if words[at].lower in ("he", "she", "they"):
            return Range(at, at + 1)
        if words[at].is_name_like and at > low and words[at].lower not in _OPENERS:
            return _phrase_ending(words, low, at + 1)
    return None


def _stands_before_cue(word: Word) -> bool:
    """Whether a word may stand between subject and verb: "has", "later", "repeatedly", "on Friday"."""
    if word.lower in WORDS["times"]:
        return True
    adverb = word.lower.endswith("ly") and word.lower not in WORDS["not_adverbs"]
    return not word.is_name_like and (adverb or word.lower in _BETWEEN_SUBJECT_AND_CUE)


def _before_interruption(words: Sequence[Word], low: int, comma: int) -> Range | None:
    """Find the head before what stands between two commas; words[comma] is the one before the cue."""
    for at in range(comma - 1, low, -1):
        head = _phrase_ending(words, low, at) if words[at].text == "," else None
        if head is not None:
            return Range(head.first, comma) if _is_appositive(words, at + 1, head.first) else head
    return None


def _phrase_ending(words: Sequence[Word], low: int, last: int) -> Range | None:
    """Return the noun phrase that ends before words[last]."""
    if last > low and words[last - 1].lower in _PRONOUNS:
        return Range(last - 1, last)
    first = last
    while first > low and last - first < _LONGEST_PHRASE and _may_join(words, first - 1, low, last):
        first -= 1
    first = max([first, *(at for at in range(first + 1, last) if _begins_phrase(words, at))])
    while first < last and words[first].lower in _OPENERS - {"both"}:
        first += 1
    return Range(first, last) if first < last and _can_name(words[first:last]) else None


def _may_join(words: Sequence[Word], at: int, low: int, last: int) -> bool:
    """Whether words[at] can belong to the noun phrase that goes on at words[at + 1]."""
    word = words[at]
    before = words[at - 1] if at > low else None
    if word.is_sign or word.region is not None or word.lower == "and":
        joins = word.text in ("&", "-", "and") and at + 1 < last
        return joins and before is not None and before.is_name_like
    if word.lower in _NEVER_INSIDE or (word.lower in _PREPOSITIONS and before is None):
        return False
    if word.is_name_like or word.lower in _PREPOSITIONS:
        return True
    is_verb = word.lower in VERBS and word.lower not in ALSO_NOUNS
    is_participle = word.lower.endswith("ed") and before is not None and before.lower not in _DETERMINERS
    return not is_verb and not is_participle


def _begins_phrase(words: Sequence[Word], at: int) -> bool:
    """Whether an article begins a new phrase here: "at that point | the crowd", not "head of the union"."""
    before = words[at - 1]
    joined = before.lower in _PREPOSITIONS or before.lower in ("and", "both", "all", "half") or before.is_sign
    return words[at].lower in WORDS["articles"] and not joined


def _phrase_end(words: Sequence[Word], first: int, high: int) -> int:
    """Return where the noun phrase that begins at words[first] ends."""
    if first < high and words[first].lower in _PRONOUNS:
        return first + 1
    at = first
    while at < min(high, first + _LONGEST_PHRASE) and not _ends_phrase(words[at], at == first):
        at += 1
    while at > first and words[at - 1].lower in _PREPOSITIONS:
        at -= 1
    return at


def _ends_phrase(word: Word, is_first: bool) -> bool:  # noqa: FBT001 - private predicate
    if word.region is not None or (word.is_sign and word.text not in "&-") or word.lower in _OUTSIDE_PHRASE:
        return True
    return not is_first and (word.lower in WORDS["times"] or (not word.is_name_like and word.lower in VERBS))


def _ends_subject(word: Word, is_first: bool) -> bool:  # noqa: FBT001 - private predicate
    if word.region is not None or word.is_sign or word.lower in _AFTER_SUBJECT:
        return True
    verbal = word.lower in VERBS or word.lower.endswith("ed")
    return not is_first and verbal and not word.is_name_like


def _opens_adverbial(words: Sequence[Word], first: int, high: int) -> bool:
    """Whether the subject comes later: "On Friday, | he", "Facing defeat, | he", "Last week, | he"."""
    lower = words[first].lower
    if lower in _OPENERS or lower in WORDS["participle_openers"] or lower.endswith("ing"):
        return True
    comma = next(
        (at for at in range(first, min(high, first + _LONGEST_TIME)) if words[at].text == ","), first
    )
    return any(word.lower in WORDS["times"] for word in words[first:comma])


def _past_adverbial(words: Sequence[Word], first: int, high: int) -> int:
    """Return where the subject begins: "At a rally in Bern, Utah, on Sunday, | she", "When | he returned"."""
    commas = [at for at in range(first, min(high, first + _LONGEST)) if words[at].text == ","]
    for comma, following in pairwise([*commas, high]):
        is_place = following < high and following - comma <= _LONGEST_PLACE
        if comma + 1 < high and words[comma + 1].lower not in _PREPOSITIONS and not is_place:
            return comma + 1
    return first + 1


def _is_appositive(words: Sequence[Word], first: int, phrase: int) -> bool:
    """Whether words[first:] describes the phrase before the comma: "the envoy", "43", "head of the club".

    A name does after a role: "the captain, Ana Ruiz", "the envoy to Peru, Ana Ruiz"; not: "Ana Ruiz, Peru".
    """
    word = words[first]
    if word.lower in _DETERMINERS or word.text.isdigit():
        return True
    if word.is_name_like:
        has_surname = first + 1 < len(words) and words[first + 1].is_name_like
        is_role = words[phrase].lower in _DETERMINERS and words[phrase + 1].text.islower()
        return first > 1 and (not words[first - 2].is_name_like or (is_role and has_surname))
    if word.is_sign or word.region is not None or word.lower in _OPENERS | _PRONOUNS:
        return False
    return word.lower not in VERBS and not word.lower.endswith(("ing", "ed"))


def _can_name(words: Sequence[Word]) -> bool:
    """Whether the words could name a speaker: a pronoun, a name, a plural, or a noun with a word before."""
    if len(words) > 1 or words[0].is_name_like:
        return True
    lower = words[0].lower
    return lower in _PRONOUNS or lower in WORDS["bare_speakers"] or lower.endswith("s")
