"""What an attribution is like, read off the text by one rule for the golden and for the found ones.

Knows spans and words, and the project's own classes of cues; must not know who annotated or found them.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from app.documents import Span
from app.nlp.quotes.attributions import classify

type SpeakerForm = Literal["pronoun", "name", "nominal", "none"]
type Traits = Mapping[str, str]  # trait → value, both as printed

WORD = re.compile(r"\w+")  # as in the PolNeAR scorer
_PRONOUNS = frozenset(
    {"i", "we", "you", "he", "she", "it", "they", "me", "us", "him", "her", "them", "himself", "herself"}
    | {"itself", "themselves", "who", "whom", "which", "that", "this", "these", "those", "one"}
)


def describe(
    text: str,
    kind: str,
    content: Sequence[Span],
    cue: Sequence[Span],
    speaker: Sequence[Span],
    publisher: str,
) -> Traits:
    """Return every trait an attribution is counted under."""
    parts = "split" if is_split(text, content) else "in one piece"
    return {
        "kind": kind,
        "content": parts,
        "kind and content": f"{kind}, {parts}",
        "speaker": speaker_form(text, speaker),
        "cue": cue_class(text, cue),
        "publisher": publisher,
    }


def is_split(text: str, content: Sequence[Span]) -> bool:
    """Whether words that are no content stand between the parts: ‹“We won,”› she said. ‹“At last.”›."""
    ordered = sorted(content)
    gaps = ((left.end, right.start) for left, right in pairwise(ordered))
    return any(WORD.search(text, end, start) for end, start in gaps)


def speaker_form(text: str, speaker: Sequence[Span]) -> SpeakerForm:
    """Return how the speaker is printed; "name" when a name is among its words ("the envoy, Mara Quill").

    A capital at the start of a sentence is a name's only where the text nowhere has the word without it:
    "Officials" beside "three officials" is none.
    """
    words = [word.group() for span in speaker for word in WORD.finditer(text, span.start, span.end)]
    if not words:
        return "none"
    if all(word.lower() in _PRONOUNS for word in words):
        return "pronoun"
    return "name" if any(_is_name(text, word) for word in words) else "nominal"


def cue_class(text: str, cue: Sequence[Span]) -> str:
    """Return what the cue's words report, as the project classes them; parts of a cue are read as one."""
    words = " ".join(span.of(text) for span in sorted(cue))
    return classify(words, Span(0, len(words)) if words else None, "indirect")


def _is_name(text: str, word: str) -> bool:
    if not word[0].isupper() or word.lower() in _PRONOUNS:
        return False
    return re.search(rf"\b{re.escape(word.lower())}\b", text) is None
