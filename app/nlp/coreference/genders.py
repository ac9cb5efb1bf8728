"""What an article tells of its people's genders: honorifics, offices, kin, given names, in that order of trust.

Knows the words around a name; a family name tells nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from app.documents import Gender, Mention, Span
from app.nlp.coreference.naming import NameGroup
from app.nlp.coreference.people import honorific_gender
from app.nlp.coreference.person_names import gender_of_name, name_parts
from app.nlp.data.phrases import KIN_GENDER

_KIN = "|".join(sorted(KIN_GENDER, key=lambda word: (-len(word), word)))
_REACH = 60  # characters on either side of a name
# “Her husband, Tom Hall”, “my sister Ana”, “whose father, the novelist Tom Hall”
_BEFORE = re.compile(rf"\b({_KIN})(?:,? (?:the|a) [\w-]+(?: [\w-]+)?)?,? $", re.IGNORECASE)
_CLOSES = frozenset(",.;:")
# “Ana Reis, his sister,”, “Ana Reis, 43, a mother of two”
_AFTER = re.compile(
    rf",(?: \d{{1,3}},)? (?:(?:his|her|their|an?|the) )?(?:(?!whose|of)[\w-]+ ){{0,2}}({_KIN})(?=[,.;]| of| who| to)"
)


def read_genders(
    text: str,
    names: Sequence[Mention],
    people: Mapping[int, NameGroup],
    offices: Iterable[tuple[int, Gender]],
) -> dict[int, Gender]:
    """Return the genders told. offices: person → what an office beside the name tells ("spokesman")."""
    told: dict[int, Gender] = {}
    for person, group in people.items():
        gender = _agreed(honorific_gender(text, names[index]) for index in group.members)
        if gender:
            told[person] = gender
    for person, gender in offices:
        told.setdefault(person, gender)
    for person, group in people.items():
        gender = _agreed(kin_gender(text, names[index].span) for index in group.members)
        gender = gender or gender_of_name(name_parts(group.name))
        if gender:
            told.setdefault(person, gender)
    return told


def kin_gender(text: str, name: Span) -> Gender | None:
    """Return the gender of the word for a relation beside a name: "Her husband, Tom Hall"."""
    found = _BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    if found and found.group().endswith(", ") and text[name.end : name.end + 1] not in _CLOSES:
        found = None  # "To call his mother, Reis left": the comma ends a clause
    found = found or _AFTER.match(text, name.end, name.end + _REACH)
    return KIN_GENDER[found.group(1).lower()] if found else None


def _agreed(genders: Iterable[Gender | None]) -> Gender | None:
    told = {gender for gender in genders if gender}
    return told.pop() if len(told) == 1 else None
