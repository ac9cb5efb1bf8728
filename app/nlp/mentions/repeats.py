"""Find names again wherever they stand: whole, as a family name alone, as "the Maddens" or "the North".

Knows the names found so far and the words of the text; judges no type.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.countries import names_to_country
from app.documents import EntityType, Span
from app.nlp.data.given_names import FEMALE_NAMES, MALE_NAMES
from app.nlp.mentions.found import REPEAT_CONFIDENCE, Found
from app.nlp.words import Word, runs_in, stands_among_capitals, words_of

_DIRECTIONS = frozenset(("North", "South"))
_LONGEST_REPEAT = 6  # words of a name looked for again
_GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES
_THE = frozenset(("the", "The"))
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def find_repeats(text: str, words: Sequence[Word], found: Sequence[Found]) -> Iterator[Found]:
    """Find each name again wherever it stands whole."""
    names: dict[str, EntityType] = {}
    for each in found:
        name = " ".join(word.text for word in words_of(text, each.span.start, each.span.end))
        if len(name) > 1:  # a letter alone is an initial, a grade or an article, a thousand times over
            names[name] = each.entity_type
    yield from _again(text, words, names)


_ACRONYM = re.compile(r" ?\((?P<short>[A-Z][A-Za-z\d&.-]{0,9}[A-Z\d])\)")


def find_acronyms(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Find the short form printed after a name: "Lakeside Fishers' Union (LFU)"."""
    for each in found:
        short = _ACRONYM.match(text, each.span.end)
        if short and " " in each.span.of(text) and short["short"][0] == each.span.of(text)[0]:
            yield Found(Span(*short.span("short")), each.entity_type, "acronym", REPEAT_CONFIDENCE)


def find_family_names(text: str, words: Sequence[Word], found: Sequence[Found]) -> Iterator[Found]:
    """Find the family names and given names of people alone."""
    names: dict[str, EntityType] = {}
    for each in found:
        if each.entity_type == "person":
            parts = [word.text for word in words_of(text, each.span.start, each.span.end)]
            if len(parts) > 1:
                names[parts[-1]] = "person"
                if parts[0].lower() in _GIVEN_NAMES:
                    names[parts[0]] = "person"
    yield from _again(text, words, names)


def find_families(text: str, words: Sequence[Word], found: Sequence[Found]) -> Iterator[Found]:
    """Find people called together by their family name: "the Maddens" beside "Ellen Madden"."""
    plurals = {
        _plural(parts[-1].text)
        for each in found
        if each.entity_type == "person" and len(parts := words_of(text, each.span.start, each.span.end)) > 1
    }
    for before, word in pairwise(words):
        if word.text in plurals and before.text in _THE and text[before.end : word.start].isspace():
            yield Found(Span(word.start, word.end), "group", "family", REPEAT_CONFIDENCE)


def _plural(name: str) -> str:
    return name + ("es" if name.endswith(_SIBILANTS) else "s")


def _again(text: str, words: Sequence[Word], names: Mapping[str, EntityType]) -> Iterator[Found]:
    ordinary = {word.text for word in words if word.text.islower()}
    for first, last, kind in runs_in(text, words, names, _LONGEST_REPEAT):
        word = words[first]
        is_name = last - first > 1 or (
            word.text.lower() not in ordinary and not stands_among_capitals(words, first)
        )
        if word.is_capitalised and is_name:
            yield Found(Span(word.start, words[last - 1].end), kind, "repeat", REPEAT_CONFIDENCE)


def find_directions(text: str, words: Sequence[Word], found: Sequence[Found]) -> Iterator[Found]:
    """Find "the North" for "North Korea", where the text names that country and no other so called."""
    countries = {name for each in found if (name := names_to_country().get(each.span.of(text)))}
    short = Counter(name.split()[0] for name in countries if " " in name)
    for position, word in enumerate(words):
        if word.text not in _DIRECTIONS or short[word.text] != 1:
            continue
        follows_the = position > 0 and words[position - 1].text.lower() == "the"
        follower = words[position + 1] if position + 1 < len(words) else None
        names_more = (
            follower is not None and follower.is_capitalised and text[word.end : follower.start] == " "
        )
        if follows_the and not names_more:
            yield Found(Span(word.start, word.end), "place", "short-name", REPEAT_CONFIDENCE)
