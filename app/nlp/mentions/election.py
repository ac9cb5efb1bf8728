"""Give each name one type all over the document, and leave out what is no name.

The tables decide what they hold; for the rest the evidence of the whole document is judged. Knows nothing of who is
who.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.countries import country_of
from app.documents import EntityType
from app.nlp.data.organizations import KNOWN_ORGANIZATIONS
from app.nlp.data.products import KNOWN_PRODUCTS
from app.nlp.data.public_figures import PUBLIC_FIGURES
from app.nlp.mentions.evidence import gather_evidence
from app.nlp.mentions.found import Found, key_of
from app.nlp.mentions.judging import Verdict, Weights, judge, load_name_model

type Odds = dict[Verdict, float]

_NO_NAME = 0.6  # of "none", from which on a name is dropped

_OVERRULED = 0.5  # guess of 2026-11-22
_NAMESAKE = 0.04  # how likely a firm's first word alone is a person's name to begin with; guess of 2026-11-22
_AT_ODDS = 0.2  # how much likelier a name and its last word alone agree than not; guess of 2026-11-22


def elect_types(text: str, found: Sequence[Found], weights: Weights | None = None) -> list[Found]:
    """Return the names with the type their document gives them, without those that are no names."""
    weights = load_name_model() if weights is None else weights
    keys = [key_of(text, each.span) for each in found]
    settled = _settled(keys, found)
    odds = {
        key: judge(evidence, weights)
        for key, evidence in gather_evidence(text, found).items()
        if key not in settled
    }
    types = _elect(odds) | settled
    return [
        replace(each, entity_type=kind, confidence=_confidence(kind, odds.get(key), each))
        for key, each in zip(keys, found, strict=True)
        if (kind := types[key]) != "none"
    ]


def _confidence(kind: EntityType, odds: Odds | None, found: Found) -> float:
    """Return how likely the type is; one that related names decided against the odds is as likely as not."""
    if odds is None:
        return found.confidence
    return round(odds[kind] if kind == _likeliest(odds) else max(odds[kind], _OVERRULED), 2)


def _settled(keys: Sequence[str], found: Sequence[Found]) -> dict[str, EntityType]:
    """Return the types no evidence may change: of the tables' names, and of peoples ("Muslims")."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    listed: dict[str, EntityType] = {}
    for key, each in zip(keys, found, strict=True):
        votes[key][each.entity_type] += 1
        if each.method in ("table", "dateline"):
            listed[key] = each.entity_type
        elif key in KNOWN_ORGANIZATIONS:
            listed[key] = "organization"
        elif key in KNOWN_PRODUCTS:
            listed[key] = "product"
        elif " " in key and country_of(key):  # "N. Korea"
            listed[key] = "place"
    winners = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    families = {
        key.rsplit(" ", 1)[-1] for key, winner in winners.items() if winner == "person" and " " in key
    }
    groups: dict[str, EntityType] = {
        key: "group" for key, winner in winners.items() if winner == "group" and key not in families
    }
    return groups | listed


def _elect(odds: Mapping[str, Odds]) -> dict[str, Verdict]:
    types: dict[str, Verdict] = {key: _likeliest(each) for key, each in odds.items()}
    for alone, fulls in _full_names(odds).items():
        types |= _agree(alone, fulls, odds)
    people = {word for key, kind in types.items() if kind == "person" and " " in key for word in key.split()}
    firsts = {key.split()[0] for key, kind in types.items() if kind == "organization" and " " in key}
    for key in firsts - people:
        is_person = types.get(key) == "person" and key.casefold() not in PUBLIC_FIGURES
        if is_person and odds[key]["organization"] > _NAMESAKE * odds[key]["person"]:
            types[key] = (
                "organization"  # "Ora" beside "Ora Media"; but not the man of the "Trump Organization"
            )
    return types


def _likeliest(odds: Odds, but: Verdict | None = None) -> Verdict:
    likeliest = max((kind for kind in odds if kind != but), key=lambda kind: odds[kind])
    if likeliest == "none" and odds["none"] < _NO_NAME:
        return max((kind for kind in odds if kind not in (but, "none")), key=lambda kind: odds[kind])
    return likeliest


def _full_names(odds: Iterable[str]) -> dict[str, list[str]]:
    """Map each name of one word to the longer ones it ends: "Reis" to "Ana Reis"."""
    fulls: dict[str, list[str]] = {key: [] for key in odds if " " not in key}
    for key in odds:
        last = key.rsplit(" ", 1)[-1]
        if last != key and last in fulls:
            fulls[last].append(key)
    return fulls


def _agree(alone: str, fulls: Sequence[str], odds: Mapping[str, Odds]) -> dict[str, Verdict]:
    """Return the types of a last word alone and of its full names: mostly both are a person's, or neither is.

    One full name of a person is enough: "Stop Reis" beside "Ana Reis" does not make Reis a movement.
    """
    other = _likeliest(odds[alone], but="person")
    types: dict[str, Verdict] = {}
    for full in fulls:
        other_full = _likeliest(odds[full], but="person")
        choices: dict[tuple[Verdict, Verdict], float] = {
            ("person", "person"): odds[full]["person"] * odds[alone]["person"],
            (other_full, other): odds[full][other_full] * odds[alone][other],
            (other_full, "person"): odds[full][other_full] * odds[alone]["person"] * _AT_ODDS,
        }
        types[full], chosen = max(choices, key=lambda pair: choices[pair])
        types[alone] = "person" if "person" in (chosen, types.get(alone)) else chosen
    return types
