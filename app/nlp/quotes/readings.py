"""Read one sentence: which of its quoted regions are attributed in it, by which words, to whom.

Each rule takes a sentence whose quoted regions are single words and returns a `Reading` or None. What happens
between sentences and paragraphs is told in `quotations.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents import QuoteKind, Span
from app.nlp.quotes.clauses import clause_beside
from app.nlp.quotes.contents import (
    clause_end,
    clause_start,
    inner_span,
    is_fragment,
    is_title,
    kind_of,
    stands_alone,
)
from app.nlp.quotes.cues import Cue, find_address, find_cues
from app.nlp.quotes.speakers import (
    Range,
    label_before,
    leading_subject,
    nearest_name,
    speaker_after,
    speaker_before,
)
from app.nlp.quotes.vocabulary import WORDS, CueClass
from app.nlp.quotes.words import Word

_FURTHEST_CUE = 40  # words between a cue and a region in its clause; guess, 2026-11-22
DASHES = frozenset(("—", "–", "―", "-"))
_SHORTEST_ADDRESS = 4  # words: "Roe was told:"
_MOST_CUES = 4  # cues of a sentence tried for one region, outermost or last; bounds the work
_LONGEST_PREAMBLE = 20  # words between a cue and its colon or comma; guess, 2026-11-22
ADDRESS = "marks+address"  # method of words spoken to whom the sentence names, maybe by nobody it names
TOLD = "marks+sentence-before"  # method of words that follow a sentence on what their speaker does
_BESIDE: frozenset[CueClass] = frozenset({"speech", "carrying", "phrase"})  # cues that stand beside a quote
_REPORTING: frozenset[CueClass] = frozenset({"speech", "framing"})  # cues that take a clause
_CLOSING: frozenset[CueClass] = frozenset({"speech", "phrase"})  # cues that close a clause
_ADJUNCT_OPENERS = WORDS["prepositions"] | WORDS["times"] | WORDS["adverbs"] | {","}
_NO_SUBJECT = WORDS["conjunctions"] | WORDS["prepositions"] | WORDS["adverbs"] | WORDS["auxiliaries"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its cues."""

    text: str  # the article's
    words: Sequence[Word]
    cues: Sequence[Cue]

    def cue_before(self, at: int) -> Cue | None:
        """Return the nearest cue that ends before words[at]."""
        return next((cue for cue in reversed(self.cues) if cue.last <= at), None)

    def cue_after(self, at: int) -> Cue | None:
        """Return the nearest cue that begins after words[at]."""
        return next((cue for cue in self.cues if cue.first > at), None)

    def has_region(self, first: int, last: int) -> bool:
        """Whether a quoted region stands in words[first:last]."""
        return any(word.region is not None for word in self.words[first:last])

    def after_region(self, at: int) -> int:
        """Return the place after the nearest region before words[at]; 0 if there is none."""
        return next((n + 1 for n in range(at - 1, -1, -1) if self.words[n].region is not None), 0)

    def next_region(self, at: int) -> int:
        """Return the place of the first region from words[at] on, or the sentence's end."""
        return next(
            (n for n in range(at, len(self.words)) if self.words[n].region is not None), len(self.words)
        )

    def span(self, first: int, last: int) -> Span:
        """Return the span of words[first:last]."""
        return Span(self.words[first].start, self.words[last - 1].end)


@dataclass(frozen=True, slots=True)
class Reading:
    """An attribution found in a sentence; it accounts for every region before words[last]."""

    kind: QuoteKind
    parts: tuple[Span, ...]
    cue: Cue | None
    speaker: Range | None
    method: str
    last: int


Rule = Callable[[Line, int, Sequence[Reading]], Reading | None]


def read_line(text: str, words: Sequence[Word]) -> Line:
    """Return a sentence with its cues found."""
    return Line(text, words, find_cues(words))


def read_region(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Return how the region at words[at] is attributed within its sentence; the first rule that applies wins.

    `earlier` are the readings of the regions before it in the sentence.
    """
    for rule in _RULES:
        reading = rule(line, at, earlier)
        if reading is not None:
            return reading
    return None


def read_told(before: Line, line: Line) -> Reading | None:
    """Read: Lee turned to the crew. “…” The crew cheered. Who acts in the sentence before speaks."""
    words = before.words
    if len(line.words) != 1 or before.has_region(0, len(words)) or not stands_alone(line.text, line.words[0]):
        return None
    speaker = leading_subject(words, 0, len(words))
    if speaker is None or not (
        words[speaker.first].is_name_like or words[speaker.first].lower in ("he", "she")
    ):
        return None
    return _marked(line, 0, None, speaker, TOLD)


def _cue_then_quote(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: He said: “…”; Lee told the court, “…”; chanting “…”."""
    cue = line.cue_before(at)
    if cue is None or not cue.classes & _BESIDE or _is_used(cue, earlier) or not _introduces(line, cue, at):
        return None
    speaker = _subject(line, cue, at, earlier)
    if line.words[at - 1].text != ":" and not _is_whole(line, at):
        # said, “we have a week to go” until the vote
        last = clause_end(line.words, at, line.cues)
        return _clause(line, (at, last), cue, speaker, "clause+cue-before")
    return _marked(line, at, cue, speaker, "marks+cue-before")


def _introduces(line: Line, cue: Cue, at: int) -> bool:
    """Whether a cue leads straight to the region: nothing, a colon, or adjuncts and a comma between."""
    between = line.words[cue.last : at]
    if len(between) > _LONGEST_PREAMBLE or line.has_region(cue.last, at):
        return False
    if not between or between[-1].text == ":":
        return bool(between) or _is_whole(line, at)
    if between[-1].text != "," or any(word.lower in WORDS["clause_openers"] for word in between):
        return False
    hears = cue.first == 0 or cue.precedes_speaker or line.words[cue.first].lower in WORDS["heard"]
    return hears or between[0].lower in _ADJUNCT_OPENERS


def _is_whole(line: Line, at: int) -> bool:
    """Whether nothing of the clause follows the region: said “…”., not said “no one” will win."""
    ends = at + 1 == len(line.words) or line.words[at + 1].is_sign
    return ends or stands_alone(line.text, line.words[at])


def _quote_then_cue(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: “…,” he said; “…,” marvelled Mara Quill, the envoy; “…,” according to the ministry."""
    del earlier
    words, cue = line.words, line.cue_after(at)
    if at + 1 == len(words) or not _opens_clause(line, at):
        return None
    low = at + 1 + (words[at + 1].text == ",")
    if low == at + 1 and not stands_alone(line.text, words[at]):
        return None
    beside = clause_beside(words, low, line.next_region(low))
    if beside is not None:
        return _marked(line, at, *beside, "marks+cue-after")
    if cue is None or not cue.classes & _BESIDE or line.has_region(at + 1, cue.first):
        return None
    if cue.precedes_speaker or _is_bare(words[low : cue.first]):
        speaker = speaker_after(words, cue.last, line.next_region(cue.last))
        return _marked(line, at, cue, speaker, "marks+cue-after")
    speaker = speaker_before(words, low, cue.first)
    return None if speaker is None else _marked(line, at, cue, speaker, "marks+cue-after")


def _opens_clause(line: Line, at: int) -> bool:
    """Whether a region begins a clause: first in the sentence, after a sign, a region or a conjunction."""
    if at == 0 or line.words[at - 1].region is not None or line.words[at - 1].is_sign:
        return True
    return all(word.lower in WORDS["conjunctions"] for word in line.words[:at])


def _is_bare(words: Sequence[Word]) -> bool:
    """Whether no subject can be among the words."""
    plain = WORDS["adverbs"] | WORDS["auxiliaries"]
    return all(word.is_sign or word.lower in plain for word in words)


def _label_then_quote(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: Lee: “…”; The league had a short answer: “…”."""
    del earlier
    if at == 0 or line.words[at - 1].text != ":":
        return None
    if at + 1 < len(line.words) and not stands_alone(line.text, line.words[at]):
        return None
    low = line.after_region(at)
    speaker = label_before(line.words, low, at - 1) or leading_subject(line.words, low, at - 1)
    return _marked(line, at, None, speaker, "marks+colon")


def _cue_then_clause(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: Lee said that the pact would “benefit both”; Roe called him “a fool”.

    The outermost clause that still holds the region counts: Lee said Roe was right to call it “dead”.
    """
    if at + 1 >= len(line.words) - 1 and is_title(line.text, line.words, at):
        return None
    near = [cue for cue in line.cues if at - _FURTHEST_CUE <= cue.last <= at and cue.classes & _REPORTING]
    for cue in near[:_MOST_CUES]:
        if _is_used(cue, earlier):
            continue
        speaker = _subject(line, cue, at, earlier)
        if speaker is None:
            continue
        first = clause_start(line.words, cue, at)
        last = clause_end(line.words, first, line.cues)
        if last > at:
            return _clause(line, (first, last), cue, speaker, "clause+cue-before")
    return None


def _clause_then_cue(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: Oslo is ready “at once” to sign, a diplomat says; the deal is “dead”, according to Lee."""
    words = line.words
    first = max((reading.last for reading in earlier), default=0)
    for cue in line.cues[-_MOST_CUES:]:
        if cue.first <= at or not cue.classes & _CLOSING:
            continue
        last = _clause_end_before(line, cue, at)
        speaker = None if last is None else _closing_speaker(line, cue, last)
        if last is None or speaker is None or not _closes(line, cue, speaker):
            continue
        while first < last and (words[first].is_sign or words[first].lower in WORDS["conjunctions"]):
            first += 1
        if first < last:
            return _clause(line, (first, last), cue, speaker, "clause+cue-after")
    return None


def _clause_end_before(line: Line, cue: Cue, at: int) -> int | None:
    """Return the end of the clause that a closing cue reports: a comma, or a region that holds the comma."""
    if cue.precedes_speaker:
        return cue.first - (line.words[cue.first - 1].text == ",")
    comma = next((n for n in range(cue.first - 1, at, -1) if line.words[n].text == ","), None)
    if comma is None and stands_alone(line.text, line.words[at]) and not line.has_region(at + 1, cue.first):
        return at + 1
    return comma


def _closing_speaker(line: Line, cue: Cue, end: int) -> Range | None:
    """Return the speaker of a cue that closes the clause words[:end], when nothing else stands between."""
    first = end + (line.words[end].text == ",")
    if cue.precedes_speaker or _is_bare(line.words[first : cue.first]):
        return speaker_after(line.words, cue.last, len(line.words))
    speaker = speaker_before(line.words, first, cue.first)
    return speaker if speaker is not None and speaker.first == first else None


def _closes(line: Line, cue: Cue, speaker: Range) -> bool:
    """Whether only adjuncts follow cue and speaker: …, Lee said on Friday., not …, Lee said yes."""
    after = max(cue.last, speaker.last)
    if line.has_region(after, len(line.words)):
        return False
    if after == len(line.words) or line.words[after].is_sign:
        return True
    opens = line.words[after].lower in WORDS["prepositions"] | WORDS["times"]
    return opens or line.words[cue.first].lower in WORDS["heard"]


def _clause_around_cue(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: The plan, Lee said, “has no future”; Lee is, a top aide said, “very confident”."""
    words, cue = line.words, line.cue_before(at)
    if cue is None or earlier or "speech" not in cue.classes or words[cue.last].text != ",":
        return None
    if line.has_region(0, cue.last) or (at == cue.last + 1 and not is_fragment(line.text, words[at])):
        return None
    comma = next((n for n in range(cue.first - 1, 0, -1) if words[n].text == ","), None)
    speaker = None if comma is None else speaker_before(words, comma + 1, cue.first)
    last = clause_end(words, cue.last, line.cues)
    if comma is None or speaker is None or speaker.first != comma + 1 or last <= at:
        return None
    parts = (line.span(0, comma), line.span(cue.last + 1, last))
    return Reading("mixed", parts, cue, speaker, "clause+cue-between", last)


def _address_then_quote(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: Lee was asked by a judge: “…”; Lee was told: “…”. The words are not Lee's."""
    del earlier
    if at < _SHORTEST_ADDRESS or line.words[at - 1].text not in (":", ",") or line.has_region(0, at):
        return None
    cue, spoken = find_address(line.words, at), line.cue_before(at)
    if cue is None or not _is_whole(line, at) or (spoken is not None and spoken.first > cue.first):
        return None
    by = next((n for n in range(cue.last, at) if line.words[n].lower == "by"), None)
    speaker = None if by is None else speaker_after(line.words, by + 1, at)
    return _marked(line, at, cue, speaker, ADDRESS)


def _quote_then_signature(line: Line, at: int, earlier: Sequence[Reading]) -> Reading | None:
    """Read: “…” — Mara Quill, baker."""
    words, first = line.words, at + 2
    if earlier or at > 0 or first >= len(words) or words[at + 1].text not in DASHES:
        return None
    last = first
    while last < len(words) and words[last].is_name_like:
        last += 1
    if last == first or (last < len(words) and words[last].text != ","):
        return None
    return _marked(line, at, None, Range(first, last), "marks+signature")


# In this order: a rule that asks for more stands before one that would also accept.
_RULES: tuple[Rule, ...] = (
    _address_then_quote,
    _clause_around_cue,
    _cue_then_quote,
    _quote_then_cue,
    _label_then_quote,
    _quote_then_signature,
    _cue_then_clause,
    _clause_then_cue,
)


def _marked(line: Line, at: int, cue: Cue | None, speaker: Range | None, method: str) -> Reading:
    return Reading("direct", (inner_span(line.text, line.words[at]),), cue, speaker, method, at + 1)


def _clause(line: Line, clause: tuple[int, int], cue: Cue, speaker: Range | None, method: str) -> Reading:
    first, last = clause
    kind = kind_of(line.words[first:last])
    part = line.span(first, last)
    if last - first == 1:
        part = inner_span(line.text, line.words[first])
    return Reading(kind, (part,), cue, speaker, method, last)


def _is_used(cue: Cue, readings: Sequence[Reading]) -> bool:
    used = (reading.cue for reading in readings if reading.cue is not None)
    return any(other.first < cue.last and cue.first < other.last for other in used)


def _subject(line: Line, cue: Cue, high: int, earlier: Sequence[Reading]) -> Range | None:
    """Return the subject of a cue that stands before its content.

    A participle ("adding that") or a second verb ("but admitted") shares the subject of the cue before it.
    """
    words = line.words
    if cue.precedes_speaker:
        return speaker_after(words, cue.last, high)
    low = line.after_region(cue.first)
    if cue.form != "participle" or _has_own_subject(words, cue.first):
        speaker = speaker_before(words, low, cue.first)
        if speaker is not None and (cue.form != "participle" or _opens_own_clause(words, low, speaker)):
            return speaker
    inverted = speaker_after(words, cue.last, high) if cue.first == low else None  # Said Smith: “…”
    if inverted is not None or (earlier and earlier[-1].speaker is not None):
        return inverted or earlier[-1].speaker
    return leading_subject(words, 0, cue.first) or nearest_name(words, 0, cue.first)


def _opens_own_clause(words: Sequence[Word], low: int, speaker: Range) -> bool:
    """Whether a participle's phrase is its subject: with ‹one of the men› crying; not: issued ‹a note› saying."""
    if speaker.first == low:
        return True
    before = words[speaker.first - 1]
    return before.is_sign or before.lower in WORDS["prepositions"] | WORDS["conjunctions"]


def _has_own_subject(words: Sequence[Word], cue: int) -> bool:
    """Whether a participle's subject stands right before it (one of her ads asking), not: …, adding."""
    if cue == 0:
        return False
    before = words[cue - 1]
    return not before.is_sign and before.region is None and before.lower not in _NO_SUBJECT
