"""Give each name one type all over the document: what the network says of it wherever it stands, added up.

Knows nothing of who is who.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.countries import country_of
from app.nlp.mentions.found import Found, key_of
from app.nlp.tagger.heads import NAME_TYPES

type _Sums = list[float]  # log-probability of each type, over all printings


def elect_types(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the names with the type their document gives them.

    A country is a place whatever it does, but nobody called Jordan is one. The last word of a longer name is heard
    together with it: "Reis" beside "Ana Reis".
    """
    keys = [key_of(text, each.span) for each in found]
    sums: dict[str, _Sums] = defaultdict(lambda: [0.0] * len(NAME_TYPES))
    for key, each in zip(keys, found, strict=True):
        for index, value in enumerate(each.types):
            sums[key][index] += value
    heard = {key: _likeliest(own) for key, own in _with_full_names(sums).items() if any(own)}
    elected = []
    for key, each in zip(keys, found, strict=True):
        best = heard.get(key)
        if country_of(key) and (best is None or NAME_TYPES[best] != "person"):
            elected.append(replace(each, entity_type="place"))
        elif best is not None:
            chance = math.exp(each.types[best]) if each.types else each.confidence
            elected.append(replace(each, entity_type=NAME_TYPES[best], confidence=round(chance, 2)))
        else:
            elected.append(each)
    return elected


def _likeliest(sums: _Sums) -> int:
    return max(range(len(NAME_TYPES)), key=sums.__getitem__)


def _with_full_names(sums: dict[str, _Sums]) -> dict[str, _Sums]:
    heard = {key: list(own) for key, own in sums.items()}
    for key, own in sums.items():
        last = key.rsplit(" ", 1)[-1]
        if last != key and last in sums:
            heard[last] = [a + b for a, b in zip(heard[last], own, strict=True)]
    return heard
