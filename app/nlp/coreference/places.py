"""Where a span stands: in which sentence and paragraph, within quotation marks or not, as a subject or not.

Knows the text, its stretches and who speaks as the network has it; no parser: a subject is told by the words around.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.documents import Sentence, Span

_LONGEST_OPENING = 120
_LONGEST_APPOSITION = 90
_LONGEST_VERB = 40
_NO_VERB = (
    "a|about|after|an|and|as|at|because|before|but|by|during|for|from|if|in|into|it|near|of|on|or|over|since|so|"
    "than|that|the|then|there|this|though|through|to|under|until|when|where|which|while|with|without"
)
# “On Monday, Reis”, “But Reis”: capitals and one stretch up to a comma
_OPENING = re.compile(
    r"[\"'“‘(]*(?:[A-Z][^\W_]*\.?\s*){0,3}(?:[^,.\"”]{0,40},\s*)?(?:[A-Z][^\W_]*\.?\s*){0,3}"
)
# “The head of the Ports Authority, Reis”: words up to a comma, none of them a verb
_APPOSITION_BEFORE = re.compile(
    r"[\"'“‘(]*(?:An?|The|Its|His|Her|Their|One)\s(?:(?!\b(?:is|was|has|had|were|are|said|\w+ed)\b)[^,.;:\"”\n]){1,100},\s*"
)
# “Reis left”, “Reis, the head of the union, left”
_VERB_AFTER = re.compile(
    rf"(?:,[^,.;:\"“”\n]{{1,{_LONGEST_APPOSITION}}},)?\s+(?!(?:{_NO_VERB})\b)(?:\w+ly\s+)?[a-z]+(?:ed|s|d|t|w|e|ll)\b"
)
_REPLIES_AFTER = re.compile(
    r"\s+(?:replied|answered|countered|responded|retorted|shot back|replies|answers)\b"
)


@dataclass(frozen=True, slots=True)
class Places:
    """The text with its sentences and quoted stretches, in order."""

    text: str
    sentences: list[Span]
    quoted: list[Span]
    speakers: list[Span]  # words that name who speaks
    paragraphs: list[int]  # where each begins

    @classmethod
    def of(
        cls, text: str, sentences: Sequence[Sentence], quoted: Sequence[Span], speakers: Sequence[Span]
    ) -> "Places":
        """Return the places of a text; a paragraph begins after a blank line."""
        spans = [sentence.span for sentence in sentences]
        begins = [
            after.start for before, after in pairwise(spans) if "\n\n" in text[before.end : after.start]
        ]
        return cls(text, spans, list(quoted), list(speakers), begins)

    def paragraph_at(self, position: int) -> int:
        """Return the number of the paragraph that holds `position`."""
        return bisect.bisect_right(self.paragraphs, position)

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that holds `position` (or the one before it)."""
        return max(0, bisect.bisect_right(self.sentences, position, key=lambda span: span.start) - 1)

    def is_quoted(self, position: int) -> bool:
        """Whether `position` stands within quotation marks."""
        index = bisect.bisect_right(self.quoted, position, key=lambda span: span.start) - 1
        return index >= 0 and position < self.quoted[index].end

    def is_subject(self, span: Span) -> bool:
        """Whether `span` looks like the subject of its sentence or of a verb of saying.

        It opens the sentence ("Reis left", "On Monday, Reis left", "The envoy, Reis, left"), or stands beside
        "said" ("..., said Reis"), or before what looks like a verb.
        """
        if not self.sentences:
            return False
        text, start = self.text, self.sentences[self.sentence_at(span.start)].start
        opening = text[start : span.start] if span.start - start <= _LONGEST_OPENING else "."
        if _OPENING.fullmatch(opening) or _APPOSITION_BEFORE.fullmatch(opening):
            return True
        return self.speaks(span) or bool(
            _VERB_AFTER.match(text, span.end, span.end + _LONGEST_APPOSITION + _LONGEST_VERB)
        )

    def speaks(self, span: Span) -> bool:
        """Whether the network takes a word of `span` for a part of who speaks."""
        first = bisect.bisect_right(self.speakers, span.start, key=lambda each: each.end)
        return first < len(self.speakers) and self.speakers[first].start < span.end

    def replies(self, span: Span) -> bool:
        """Whether `span` answers somebody: "he replied"."""
        return bool(_REPLIES_AFTER.match(self.text, span.end, span.end + _LONGEST_VERB))
