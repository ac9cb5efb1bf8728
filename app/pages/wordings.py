"""A wording beside the fullest one, word by word, as pages show it. Pure.

The comparison takes "pre-emptive" for "preemptive" and "Tokyo" for "Japan": the same words in another form. A reader
wants to see those too, so they are told apart here from words that are printed alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Literal

from app.api.resources import Resource

Op = Literal["same", "form", "added", "left out", "gap"]

_AS_TYPED = str.maketrans("“”„«»‘’‚‛–—", '"""""\'\'\'\'--')
_AT_THE_EDGE = "\"'.,;:!?()[]…"


@dataclass(frozen=True, slots=True)
class Step:
    """Words of a wording, and how they stand to the fullest one.

    instead_of: of "form", what that one prints. A "gap" has no words: there the article interrupts the speaker.
    """

    op: Op
    text: str
    instead_of: str | None = None


def make_steps(full: str, changes: Sequence[Resource]) -> tuple[Step, ...]:
    """Return the steps of a variant's `difference` from the fullest wording `full`.

    >>> make_steps("a preemptive strike", [{"op": "equal", "text": "a pre-emptive strike", "instead_of": None}])[1]
    Step(op='form', text='pre-emptive', instead_of='preemptive')
    """
    steps: list[Step] = []
    rest: Sequence[str] = full.split()
    for change in changes:
        old = change["instead_of"] if change["op"] == "replace" else change["text"]
        taken, rest = _take(rest, 0 if change["op"] == "insert" else len(old.split()))
        steps += _STEPS[change["op"]](change["text"], old, taken)
    return tuple(steps)


def split_text(text: str, segments: Sequence[Resource]) -> tuple[str, ...]:
    """Return a quote's text as its segments, which it has joined by spaces.

    >>> split_text("Yes, we will.", [{"start": 5, "end": 9}, {"start": 20, "end": 28}])
    ('Yes,', 'we will.')
    """
    parts, at = [], 0
    for segment in segments:
        end = at + segment["end"] - segment["start"]
        parts.append(text[at:end])
        at = end + 1
    return tuple(parts)


def with_gaps(steps: Iterable[Step], parts: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps with a gap where a part of the quote ends and another one begins.

    >>> [step.text or "|" for step in with_gaps([Step("same", "Yes, we will.")], ["Yes,", "we will."])]
    ['Yes,', '|', 'we will.']
    """
    ends = set(accumulate(len(part.split()) for part in parts[:-1]))
    found: list[Step] = []
    done = 0
    for step in steps:
        words = [] if step.op == "left out" else step.text.split()
        for piece in _cut(step, words, [end - done for end in sorted(ends)]):
            if words and done in ends:
                found.append(Step("gap", ""))
            found.append(piece)
            done += len(piece.text.split()) if words else 0
    return tuple(found)


def _cut(step: Step, words: Sequence[str], places: Iterable[int]) -> list[Step]:
    """Return a step in pieces; one in another form stays whole beside what it stands for."""
    inside = [place for place in places if 0 < place < len(words)]
    if not inside or step.op == "form":
        return [step]
    return [Step(step.op, " ".join(words[start:end])) for start, end in pairwise([0, *inside, len(words)])]


def _take(words: Sequence[str], number: int) -> tuple[Sequence[str], Sequence[str]]:
    return words[:number], words[number:]


def _equal(text: str, _old: str, taken: Sequence[str]) -> Iterator[Step]:
    pairs = list(zip(text.split(), taken, strict=False))
    if len(pairs) != len(text.split()):  # a stretch that was not compared word by word
        yield Step("same", text)
        return
    for is_alike, run in groupby(pairs, key=lambda pair: _plain(pair[0]) == _plain(pair[1])):
        printed, other = (" ".join(words) for words in zip(*run, strict=True))
        yield Step("same", printed) if is_alike else Step("form", printed, other)


def _replaced(text: str, old: str, _taken: Sequence[str]) -> Iterable[Step]:
    return (Step("left out", old), Step("added", text))


_STEPS: dict[str, Callable[[str, str, Sequence[str]], Iterable[Step]]] = {
    "equal": _equal,
    "replace": _replaced,
    "insert": lambda text, _old, _taken: (Step("added", text),),
    "delete": lambda text, _old, _taken: (Step("left out", text),),
}


def _plain(word: str) -> str:
    """Return a word without what house style alone decides: marks around it, their shape, a capital.

    >>> _plain("“Threats,"), _plain("North’s")
    ('threats', "north's")
    """
    return word.translate(_AS_TYPED).strip(_AT_THE_EDGE).casefold()
