"""Read the clause beside words in marks: “…,” ‹chorused the crew›; “…,” ‹Roe deadpanned›.

Verbs of saying are an open class, so the verb is told by where it stands: it and a subject fill the place between the
marks and the next sign, adjunct or sentence. Must not know what stands in the marks.
"""

from collections.abc import Sequence

from app.nlp.quotes.cues import Cue, is_passive
from app.nlp.quotes.speakers import Range, speaker_after, speaker_before
from app.nlp.quotes.vocabulary import ALSO_NOUNS, VERBS, WORDS, CueClass
from app.nlp.quotes.words import Word

_SPEECH: frozenset[CueClass] = frozenset(("speech",))
_CLOSED = frozenset().union(
    *(
        WORDS[name]
        for name in (
            "adverbs",
            "auxiliaries",
            "pronouns",
            "determiners",
            "conjunctions",
            "subordinators",
            "prepositions",
            "times",
            "objects",
        )
    )
) - {"went", "continued", "began", "tried"}
_SUBJECTS = frozenset(("he", "she", "they", "i", "we", "you", "it"))
_ADJUNCTS = (
    WORDS["prepositions"] | WORDS["times"] | WORDS["adverbs"] | WORDS["subordinators"] | {"and", "but"}
)
_PARTICLES = frozenset(("in", "on", "out", "up", "back", "off", "away", "over", "along"))
_ARRIVING = frozenset(("came", "comes", "was", "is"))  # “No,” came the reply from Roe
_LONGEST_SUBJECT = 12  # words; guess, 2026-11-30


def clause_beside(words: Sequence[Word], first: int, high: int) -> tuple[Cue, Range | None] | None:
    """Return the verb and the subject of the clause that begins at words[first] and ends by words[high].

    The speaker is None where the clause names none: “No,” came the reply.
    """
    while first < high and (words[first].lower.endswith("ly") or words[first].lower in ("then", "later")):
        first += 1
    if first + 1 >= high:
        return None
    return _arriving(words, first, high) or _inverted(words, first, high) or _plain(words, first, high)


def _arriving(words: Sequence[Word], first: int, high: int) -> tuple[Cue, Range | None] | None:
    """Read: came the reply from Roe; was the answer of the union."""
    if words[first].lower not in _ARRIVING or words[first + 1].lower not in WORDS["articles"]:
        return None
    last = first + 2
    while last < high and not words[last].is_sign and words[last].lower not in _ADJUNCTS:
        last += 1
    cue = Cue(first, last, _SPEECH, "past")
    if last < high and words[last].lower in ("from", "of"):
        return cue, speaker_after(words, last + 1, high)
    return (cue, None) if words[first].lower.startswith("c") else None


def _inverted(words: Sequence[Word], first: int, high: int) -> tuple[Cue, Range] | None:
    """Read: chorused the crew; chimed in Roe, the mate. Not: coach Roe said."""
    if not _may_be_verb(words[first]):
        return None
    subject = first + 1 + (words[first + 1].lower in _PARTICLES)
    if subject >= high or not _opens_subject(words, subject):
        return None
    speaker = speaker_after(words, subject, high)
    if speaker is None or not _is_over(words, speaker.last, high):
        return None
    return Cue(first, subject, _SPEECH, "past"), speaker


def _plain(words: Sequence[Word], first: int, high: int) -> tuple[Cue, Range] | None:
    """Read: he marvelled; Roe, the mate, deadpanned; the judge cut in."""
    if words[first].lower in _SUBJECTS or words[first].is_name_like:
        least = first + 1
    elif words[first].lower in WORDS["determiners"]:
        least = first + 2
    else:
        return None
    places = [
        at
        for at in range(least, min(high, first + _LONGEST_SUBJECT))
        if _may_be_verb(words[at]) and not is_passive(words, at)
    ]
    surely = [at for at in places if words[first].lower in _SUBJECTS or _is_finite(words[at].lower)]
    for at in surely or [at for at in places if _stands_as_verb(words, at, high)]:
        speaker = speaker_before(words, first, at)
        if speaker is not None and speaker.first == first:
            return Cue(at, _past_particle(words, at, high), _SPEECH, "past"), speaker
    return None


def _is_finite(lower: str) -> bool:
    return lower.endswith("ed") or (lower in VERBS and lower not in ALSO_NOUNS)


def _stands_as_verb(words: Sequence[Word], at: int, high: int) -> bool:
    """Whether nothing but a verb may stand here: ‹Roe wept›; Roe ‹wept› in court; the judge ‹cut› in."""
    following = _past_particle(words, at, high)
    if following >= high or words[following].is_sign:
        return True
    return words[at - 1].is_name_like and words[following].lower in _ADJUNCTS


def _past_particle(words: Sequence[Word], at: int, high: int) -> int:
    """Return the place after a verb and the particle that ends its clause: cut in, not said in Bern."""
    after = at + 1
    if after < high and words[after].lower in _PARTICLES and (after + 1 == high or words[after + 1].is_sign):
        return after + 1
    return after


def _may_be_verb(word: Word) -> bool:
    return word.text[:1].isalpha() and word.text[0].islower() and word.lower not in _CLOSED


def _opens_subject(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    return word.is_name_like or word.lower in _SUBJECTS or word.lower in WORDS["determiners"]


def _is_over(words: Sequence[Word], at: int, high: int) -> bool:
    """Whether no verb follows, whose subject the words before would be: ‹actor Tom Hale› said."""
    if at >= high or words[at].is_sign or words[at].region is not None:
        return True
    return words[at].lower in _ADJUNCTS or words[at].lower.endswith(("ing", "ly"))
