"""Find the words that link a speaker to what was said: "said", "according to", "put it".

Knows the words beside a candidate, so that "a state official" or "was told" is no cue. It must not know which
quoted region a cue serves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.nlp.quotes.vocabulary import (
    ALSO_NOUNS,
    PARTICLES,
    PARTICLES_OF_PASSIVES,
    PHRASES,
    VERBS,
    WORDS,
    CueClass,
    VerbForm,
)
from app.nlp.quotes.words import Word

_BEFORE_NOUN = (WORDS["determiners"] | WORDS["prepositions"] | {"'s"}) - {"to", "one", "some", "many", "as"}
_BEFORE_VERB = WORDS["pronouns"] | WORDS["auxiliaries"] | WORDS["before_verbs"]
_OPENS_CLAUSE = frozenset({"", ",", "when", "if", "though", "while", "and"})
_NO_CUE_AFTER = frozenset({"so-called", "so", "more", "less"})
_PASSED_OVER = WORDS["adverbs"] - {"to", "by", "as", "on"}
_NEGATIONS = frozenset({"never", "not"})
_VERB_GROUP = WORDS["auxiliaries"] | _NEGATIONS | {"ever", "once", "actually", "even"}
_DENYING = frozenset({"deny", "denies", "denied", "denying"})
_BETWEEN_DENIAL_AND_CUE = frozenset(
    {"he", "she", "they", "it", "i", "we", "that", "having", "had", "ever", "has"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at words[first:last] of its sentence."""

    first: int
    last: int
    classes: frozenset[CueClass]
    form: VerbForm

    @property
    def precedes_speaker(self) -> bool:
        """Whether the speaker always follows ("according to")."""
        return "phrase" in self.classes


def find_cues(words: Sequence[Word]) -> tuple[Cue, ...]:
    """Return the cues of a sentence, left to right."""
    found: list[Cue] = []
    for at in range(len(words)):
        if (not found or at >= found[-1].last) and (cue := _cue_at(words, at)) is not None:
            found.append(cue)
    return tuple(found)


def _cue_at(words: Sequence[Word], at: int) -> Cue | None:
    lower = words[at].lower
    verb = VERBS.get(lower)
    for phrase, kind in PHRASES.get(lower, ()):
        if tuple(word.lower for word in words[at : at + len(phrase)]) == phrase:
            return Cue(at, at + len(phrase), frozenset({kind}), verb.form if verb else "past")
    if verb is None or not _acts_as_verb(words, at, verb.form):
        return None
    return Cue(at, at + 1, verb.classes, verb.form)


def _acts_as_verb(words: Sequence[Word], at: int, form: VerbForm) -> bool:
    """Tell a verb from a noun ("the claims"), a passive ("was told"), a name ("Price Reports")."""
    lower, before = words[at].lower, _before(words, at)
    if before in _NO_CUE_AFTER or (words[at].is_name_like and at > 0):
        return False
    if form == "past" and _is_passive(words, at, before):
        return False
    if _after(words, at, 1) in PARTICLES.get(lower, ()):
        return False
    if lower in ALSO_NOUNS and form != "participle":
        return _can_follow_subject(words, at, before)
    return form != "base" or before not in _BEFORE_NOUN


def _is_passive(words: Sequence[Word], at: int, before: str) -> bool:
    """Whether nobody speaks here: "was told", "said to be rich", "Asked why it rained, he …"."""
    lower, after = words[at].lower, _after(words, at, 1)
    if before in WORDS["be"] or (at == 0 and lower in WORDS["participle_openers"]):
        return True
    if after == "to" and lower in ("said", "asked") and _after(words, at, 2) in ("", "be", "have"):
        return True
    return before in _OPENS_CLAUSE and after in PARTICLES_OF_PASSIVES.get(lower, ())


def is_passive(words: Sequence[Word], at: int) -> bool:
    """Whether words[at] is what was done to the subject: was ‹told›, had been ‹asked›; not: was ‹saying›."""
    return _before(words, at) in WORDS["be"] and not words[at].lower.endswith("ing")


def find_address(words: Sequence[Word], high: int) -> Cue | None:
    """Return the last passive before words[high] whose subject is spoken to: Roe ‹was told›, Roe ‹was asked›."""
    for at in range(high - 1, 0, -1):
        if words[at].lower in WORDS["heard"] and is_passive(words, at):
            return Cue(at - 1, at + 1, frozenset({"speech"}), "past")
    return None


def is_denied(words: Sequence[Word], cue: Cue) -> bool:
    """Whether the words were not said: never said; did not tell; denied saying; at no point did X say."""
    low = cue.first
    while low > 0 and (words[low - 1].lower in _VERB_GROUP or words[low - 1].lower.endswith("n't")):
        low -= 1
    if any(word.lower in _NEGATIONS or word.lower.endswith("n't") for word in words[low : cue.first]):
        return True
    subject = low
    while subject > 0 and words[subject - 1].lower in _BETWEEN_DENIAL_AND_CUE:
        subject -= 1
    if subject > 0 and words[subject - 1].lower in _DENYING:
        return True
    opening = [word.lower for word in words[:4]]
    negated = opening[:1] == ["never"] or opening[:2] == ["at", "no"] or opening[:2] == ["in", "no"]
    return negated and any(word.lower in ("did", "has", "had", "have") for word in words[: cue.first])


def _can_follow_subject(words: Sequence[Word], at: int, before: str) -> bool:
    """Whether the word before is a pronoun, a name, an auxiliary, a comma or a region: "Lee | notes"."""
    if at == 0 or before in _BEFORE_VERB:
        return True
    previous = words[at - 1]
    if previous.region is not None or previous.text == ",":
        return True
    return previous.is_name_like and previous.lower not in _BEFORE_NOUN


def _after(words: Sequence[Word], at: int, distance: int) -> str:
    return words[at + distance].lower if at + distance < len(words) else ""


def _before(words: Sequence[Word], at: int) -> str:
    """Return the word before, adverbs aside; empty at the sentence's start."""
    at -= 1
    while at > 0 and words[at].lower in _PASSED_OVER:
        at -= 1
    return words[at].lower if at >= 0 else ""
