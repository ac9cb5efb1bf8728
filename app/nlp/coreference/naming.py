"""Put the names of one article together: "Ana Reis", "Reis", "Ms. Reis"; "U.S.", "United States".

Names only: who "the ambassador" or "she" is, others tell.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.countries import country_of, demonyms_to_country
from app.documents import EntityType, Mention
from app.nlp.coreference.people import group_people
from app.nlp.data.organizations import DROPPED_WORDS, GENERIC_WORDS, KNOWN_ORGANIZATIONS

_SHORTEST_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Name mentions that co-refer, as indexes into the names, in text order."""

    members: tuple[int, ...]
    entity_type: EntityType
    name: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups, in order of their first name, and the names that several groups compete for.

    contested: index of a name → numbers of the groups it may belong to; it is in none.
    """

    groups: list[NameGroup]
    contested: dict[int, list[int]]


def group_names(text: str, names: Sequence[Mention]) -> Grouped:
    """Return every name in exactly one group, except the contested ones."""
    indexes = [index for index, name in enumerate(names) if name.entity_type == "person"]
    others = [index for index, name in enumerate(names) if name.entity_type != "person"]
    people = group_people(text, names, indexes)
    clusters = [*people.members, *(sorted(cluster) for cluster in _group_others(text, names, others))]
    order = sorted(range(len(clusters)), key=lambda number: clusters[number][0])
    place = {number: position for position, number in enumerate(order)}
    contested = {index: sorted(place[each] for each in rivals) for index, rivals in people.contested.items()}
    return Grouped([_make_group(text, names, clusters[number]) for number in order], contested)


def _make_group(text: str, names: Sequence[Mention], members: list[int]) -> NameGroup:
    surfaces = [_surface(text, names[index]) for index in members]
    fullest = max(surfaces, key=_fullness)
    return NameGroup(tuple(members), names[members[0]].entity_type, fullest)


def _fullness(surface: str) -> tuple[int, int, bool]:
    """Rank names: more words, more letters, and "Oslo" before the "OSLO" of a dateline."""
    return len(surface.split()), len(surface), not surface.isupper()


def _surface(text: str, name: Mention) -> str:
    return re.sub(r"\s+", " ", name.span.of(text))


# --- the rest ----------------------------------------------------------------------------------


def _group_others(text: str, names: Sequence[Mention], others: Iterable[int]) -> Iterable[list[int]]:
    clusters: dict[str, list[int]] = defaultdict(list)
    for index in others:
        clusters[_key(_surface(text, names[index]), names[index])].append(index)
    for direction in ("north", "south"):  # "the North" for the one country so called
        named = [key for key in clusters if key.startswith(direction + " ") and country_of(key)]
        if len(named) == 1 and any(
            names[index].method == "short-name" for index in clusters.get(direction, ())
        ):
            clusters[named[0]].extend(clusters.pop(direction))
    full_names = {key: _surface(text, names[members[0]]) for key, members in clusters.items()}
    organizations = {
        k: v for k, v in full_names.items() if names[clusters[k][0]].entity_type == "organization"
    }
    for short, full in _short_forms(text, names, clusters, organizations).items():
        if short in clusters and full in clusters and short != full:
            clusters[full].extend(clusters.pop(short))
    return clusters.values()


def _key(surface: str, name: Mention) -> str:
    nation = demonyms_to_country().get(surface) if name.entity_type == "group" else country_of(surface)
    kind = "group " if name.entity_type == "group" else ""
    known = KNOWN_ORGANIZATIONS.get(surface) if name.entity_type == "organization" else None
    return kind + (nation or known or surface.removeprefix("The ").replace(".", "")).casefold()


def _short_forms(
    text: str, names: Sequence[Mention], clusters: dict[str, list[int]], organizations: dict[str, str]
) -> dict[str, str]:
    """Map the key of an acronym or short name to that of the one full name it stands for."""
    by_short: dict[str, set[str]] = defaultdict(set)
    for key, surface in organizations.items():
        for short in _possible_short_forms(surface):
            by_short[short].add(key)
    found = {}
    for key, members in clusters.items():
        fulls = by_short.get(key, set()) - {key}
        first = names[members[0]]
        if len(fulls) == 1 and (first.entity_type == "organization" or _is_acronym(first.span.of(text))):
            found[key] = fulls.pop()
    return found


def _is_acronym(surface: str) -> bool:
    letters = surface.replace(".", "")
    return len(letters) >= _SHORTEST_ACRONYM and letters.isupper()


def _possible_short_forms(surface: str) -> Iterable[str]:
    """Yield the keys a full name may be shortened to: its initials, and itself without "Corporation"."""
    words = re.findall(r"[^\W_]+", surface)
    capitals = [word for word in words if word[0].isupper()]
    if len(capitals) >= _SHORTEST_ACRONYM:
        yield "".join(word[0] for word in capitals).casefold()
        yield "".join(word[0] for word in words).casefold()
    lowered = [word.casefold() for word in words]
    while len(lowered) > 1 and lowered[-1] in DROPPED_WORDS | GENERIC_WORDS:
        lowered = lowered[:-1]
        if lowered[0] not in GENERIC_WORDS or len(lowered) > 1:
            yield " ".join(lowered)
