"""How well a quote's speaker is known."""

import re
from typing import Literal

from app.documents import Quote

Status = Literal["resolved", "named", "unresolved", "none"]

# Words of a name: capitals, particles between them, titles with their full stop. "Ms. Vera de la Cruz"
_NAME = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*(?: (?:[^\W\d_a-zß-öø-ÿ][\w'’.-]*|de|la|der|den|van|von|bin|al|of|the)){0,7}"
)
_ENDS = frozenset(("", "\n", ".", "!", "?", "”", '"', "’"))  # what a sentence may begin after
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "this", "that", "those", "these"})
_OPENERS = frozenset(
    {"the", "a", "an", "one", "some", "many", "several", "other", "another", "his", "her", "their"}
)


def speaker_status(text: str, quote: Quote) -> Status:
    """Return how well the speaker is known.

    resolved: a chain of the article. named: a proper name that no chain has ("said Okoro"). unresolved: a phrase
    or pronoun that nobody could be found for ("officials said", "she said"). none: no speaker is printed.
    """
    if quote.speaker_chain is not None:
        return "resolved"
    if quote.speaker is None:
        return "none"
    words = quote.speaker.of(text)
    first = words.partition(" ")[0].lower()
    if first in _PRONOUNS or first in _OPENERS or _NAME.fullmatch(words) is None:
        return "unresolved"
    before = text[: quote.speaker.start].rstrip(' “"‘')[-1:]
    if " " not in words and before in _ENDS:
        return "unresolved"  # "Officials said": any word has a capital there
    return "named"
