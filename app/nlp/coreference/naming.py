"""Put the names of one article together: "Ana Reis", "Reis", "Ms. Reis"; "U.S.", "United States".

Names only: who "the ambassador" or "she" is, others tell.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.countries import country_of, demonyms_to_country
from app.documents import EntityType, Gender, Mention
from app.nlp.coreference.person_names import are_compatible, family_name, given_name, name_parts
from app.nlp.data.organizations import DROPPED_WORDS, GENERIC_WORDS, KNOWN_ORGANIZATIONS
from app.nlp.data.titles import HONORIFICS

_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+$")
_LONGEST_HONORIFIC = 12
_SHORTEST_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Name mentions that co-refer, as indexes into the names, in text order."""

    members: tuple[int, ...]
    entity_type: EntityType
    name: str


def group_names(text: str, names: Sequence[Mention]) -> list[NameGroup]:
    """Return every name in exactly one group, groups in order of their first name."""
    people = [index for index, name in enumerate(names) if name.entity_type == "person"]
    others = [index for index, name in enumerate(names) if name.entity_type != "person"]
    clusters = [*_group_people(text, names, people), *_group_others(text, names, others)]
    groups = [_make_group(text, names, sorted(cluster)) for cluster in clusters]
    return sorted(groups, key=lambda group: group.members[0])


def honorific_gender(text: str, name: Mention) -> Gender | None:
    """Return the gender that the word before a name tells: "Mrs. Hall"."""
    start = max(0, name.span.start - _LONGEST_HONORIFIC)
    before = _BEFORE.search(text[start : name.span.start])
    return HONORIFICS.get(before.group(1).lower()) if before else None


def _make_group(text: str, names: Sequence[Mention], members: list[int]) -> NameGroup:
    surfaces = [_surface(text, names[index]) for index in members]
    fullest = max(surfaces, key=_fullness)
    return NameGroup(tuple(members), names[members[0]].entity_type, fullest)


def _fullness(surface: str) -> tuple[int, int, bool]:
    """Rank names: more words, more letters, and "Oslo" before the "OSLO" of a dateline."""
    return len(surface.split()), len(surface), not surface.isupper()


def _surface(text: str, name: Mention) -> str:
    return re.sub(r"\s+", " ", name.span.of(text))


# --- people ------------------------------------------------------------------------------------


def _group_people(text: str, names: Sequence[Mention], people: Iterable[int]) -> Iterable[list[int]]:
    parts = {index: name_parts(names[index].span.of(text)) for index in people}
    full = _group_full_names({index: each for index, each in parts.items() if len(each) > 1})
    by_word: dict[str, list[list[int]]] = defaultdict(list)
    for cluster in full:
        longest = max((parts[index] for index in cluster), key=len)
        for word in {family_name(longest), given_name(longest) or ""}:
            by_word[word].append(cluster)
    genders = {id(cluster): _cluster_gender(text, names, cluster) for cluster in full}
    alone: dict[tuple[str, Gender | None], list[int]] = {}
    for index, words in parts.items():
        if len(words) > 1:
            continue
        gender = honorific_gender(text, names[index])
        fits = [c for c in by_word.get(words[0], ()) if not gender or genders[id(c)] in (None, gender)]
        if len(fits) > 1:
            fits = [c for c in fits if gender and genders[id(c)] == gender]
        if len(fits) == 1:
            fits[0].append(index)
        else:
            alone.setdefault((words[0], gender if by_word.get(words[0]) else None), []).append(index)
    return [*full, *alone.values()]


def _cluster_gender(text: str, names: Sequence[Mention], cluster: Iterable[int]) -> Gender | None:
    told = {gender for index in cluster if (gender := honorific_gender(text, names[index]))}
    return told.pop() if len(told) == 1 else None


def _group_full_names(parts: dict[int, tuple[str, ...]]) -> list[list[int]]:
    """Group equal and compatible full names; a name compatible with two different ones stays alone."""
    exact: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, words in parts.items():
        exact[words].append(index)
    by_family: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(exact, key=lambda words: (-len(words), -len(words[0]))):
        fits = [other for other in by_family[words[-1]][:_SAME_FAMILY] if are_compatible(words, other)]
        if len(fits) == 1:
            exact[fits[0]].extend(exact.pop(words))
        else:
            by_family[words[-1]].append(words)
    return list(exact.values())


_SAME_FAMILY = 20  # full names looked at per family name; keeps a list of thousands linear

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
