"""The field of life a role belongs to, to tell two bearers of one name apart: a senator is hardly a striker.

Words that belong to several fields (director, president, captain) are left out: they are no evidence.
"""

import re
from collections.abc import Iterable

_FIELDS = {
    "politics": """
        ambassador chancellor congressman congresswoman councillor diplomat envoy governor lawmaker mayor
        minister premier senator
        """,
    "sport": """
        athlete boxer coach cyclist defender footballer forward goalkeeper midfielder quarterback
        runner sprinter striker swimmer
        """,
    "arts": """
        actor actress artist author comedian composer drummer guitarist musician novelist painter poet
        rapper singer vocalist
        """,
    "science": """
        archaeologist astronomer biologist chemist economist historian physicist professor
        researcher scientist
        """,
    "law": "attorney detective judge lawyer magistrate prosecutor sheriff",
    "religion": "archbishop bishop cardinal imam pastor pope priest rabbi",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split()}


def fields_of(roles: Iterable[str]) -> frozenset[str]:
    """Return the fields the roles belong to."""
    words = (word for role in roles for word in re.findall(r"[a-z]+", role.lower()))
    return frozenset(field for word in words if (field := _FIELD_OF.get(word)))


def are_at_odds(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether both sets of roles tell a field, and none in common."""
    one, other = fields_of(some), fields_of(others)
    return bool(one and other and not one & other)
