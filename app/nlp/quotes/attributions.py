"""What a cue reports: speech, writing, a belief, or something else. Goes by the marks and the cue's words alone."""

import re

from app.documents import AttributionKind, QuoteKind, Span
from app.nlp.quotes.vocabulary import ATTRIBUTIONS, VERBS

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def classify(text: str, cue: Span | None, kind: QuoteKind) -> AttributionKind:
    """Return what kind of attribution a cue makes.

    Its first word that says anything decides: "hopes to say" is a belief, "said she hoped" is speech. Words in
    marks were said or written whatever the verb beside them: “…,” she marvelled. So are those without a cue
    (a transcript, a caption).
    """
    found = _of_words(text, cue)
    return found if found == "writing" or (kind == "indirect" and cue is not None) else "speech"


def _of_words(text: str, cue: Span | None) -> AttributionKind:
    for match in _WORD.finditer(text, cue.start, cue.end) if cue else ():
        word = match.group().lower()
        if word in ATTRIBUTIONS:
            return ATTRIBUTIONS[word]
        verb = VERBS.get(word)
        if verb is not None and "speech" in verb.classes:
            return "speech"
    return "other"
