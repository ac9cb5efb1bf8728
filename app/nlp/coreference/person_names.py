"""What the words of a person's name tell: its family name, its given name, the gender they suggest.

Knows names alone, no text around them; "Kim" is a family name before it is a girl's.
"""

import re

from app.documents import Gender
from app.nlp.data.given_names import FAMILY_NAME_FIRST, FEMALE_NAMES, MALE_NAMES

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md"))
_PART = re.compile(r"[^\W_]+(?:['’.‑-][^\W_]+)*")


def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without "Jr." and the like."""
    parts = tuple(part.casefold() for part in _PART.findall(name))
    return tuple(part for part in parts if part not in _SUFFIXES) or parts


def is_family_name_first(parts: tuple[str, ...]) -> bool:
    """Whether a full name is in East Asian order: "Choi Dae-jung", but "Lee Harris" is not."""
    if len(parts) not in (2, 3) or parts[0] not in FAMILY_NAME_FIRST:
        return False
    return parts[-1] not in FEMALE_NAMES | MALE_NAMES and (
        "-" in parts[1] or len(parts) == 3 or parts[0] not in FEMALE_NAMES | MALE_NAMES  # noqa: PLR2004
    )


def given_name(parts: tuple[str, ...]) -> str | None:
    """Return the first given name of a full name; None for one word alone."""
    if len(parts) == 1:
        return None
    return parts[1] if is_family_name_first(parts) else parts[0]


def gender_of_name(parts: tuple[str, ...]) -> Gender | None:
    """Return the gender a given name suggests. A family name suggests none ("Kim Il-nam", "Lee" alone)."""
    given = given_name(parts) or parts[0]
    if is_family_name_first(parts) or (len(parts) == 1 and given in FAMILY_NAME_FIRST):
        return None
    return "female" if given in FEMALE_NAMES else "male" if given in MALE_NAMES else None


def are_compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: same family name, no given name against another.

    "J. Doe", "Jane Doe" and "Jane Mary Doe" are; "Jane Doe" and "John Doe" are not.
    """
    if one == other:
        return True
    if is_family_name_first(one) or is_family_name_first(other) or one[-1] != other[-1]:
        return False
    first, second = one[0], other[0]
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])
