"""What a cue reports: speech, writing, a belief, or something else. Goes by the cue's words alone."""

import re

from app.documents import AttributionKind, Span
from app.nlp.quotes.vocabulary import ATTRIBUTIONS, VERBS

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def classify(text: str, cue: Span | None) -> AttributionKind:
    """Return what kind of attribution a cue makes.

    Its first word that says anything decides: "hopes to say" is a belief, "said she hoped" is speech. Words in
    marks with no cue beside them (a transcript, a caption) count as speech.
    """
    if cue is None:
        return "speech"
    for match in _WORD.finditer(text, cue.start, cue.end):
        word = match.group().lower()
        if word in ATTRIBUTIONS:
            return ATTRIBUTIONS[word]
        verb = VERBS.get(word)
        if verb is not None and "speech" in verb.classes:
            return "speech"
    return "other"
