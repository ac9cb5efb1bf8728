"""Bring names to the form in which they are compared: `Acmé Corp.` and `The ACME Corporation` are one.

Knows names as strings; whether two bearers of a name are one is for `resolve`.
"""

import re
import unicodedata

from app.countries import country_of
from app.documents import EntityType

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "president")
)
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LEGAL_FORMS = frozenset(
    ("ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "limited", "llc")
)
_LEGAL_FORMS |= {"incorporated", "llp", "ltd", "nv", "plc"}
_SHORTEST_EXPANSION = 2  # words an acronym stands for at least


def normalise(entity_type: EntityType, name: str) -> str:
    """Return the form of `name` that is equal for names of one thing.

    No accents, case, honorifics, legal forms or leading "the"; a country has its main name. Never empty for
    a name with a letter or digit; normalising twice changes nothing.
    """
    words = name_words(name)
    if entity_type == "place":
        country = country_of(name) or country_of(" ".join(words))
        words = name_words(country) if country else words
    dropped = _HONORIFICS | _SUFFIXES if entity_type == "person" else _LEGAL_FORMS
    if words[:1] == ("the",) and len(words) > 1:
        words = words[1:]
    kept = tuple(word for word in words if word not in dropped)
    return " ".join(kept or words)


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents or inner full stops."""
    folded = unicodedata.normalize("NFKD", name).casefold()  # this way round: 𝐀 is A only once decomposed
    plain = unicodedata.normalize("NFKD", folded)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("’", "'")
    return tuple(re.sub(r"'s$", "", word.replace(".", "")) for word in _WORD.findall(plain))


def acronym_of(normal: str) -> str | None:
    """Return the initials of a normalised name of several words, small words left out."""
    words = [word for word in normal.split() if word not in ("of", "the", "and", "for", "on", "in")]
    return "".join(word[0] for word in words) if len(words) >= _SHORTEST_EXPANSION else None
