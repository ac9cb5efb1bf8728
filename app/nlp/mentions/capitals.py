"""Find names again where they are printed in capitals: in headlines, and before the turns of a conversation.

Knows the names found so far with their types, and the words of the text; finds no name of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.documents import EntityType, Span
from app.nlp.data.titles import TITLES
from app.nlp.mentions.found import REPEAT_CONFIDENCE, Found, without_overlaps
from app.nlp.words import Word, runs_in, words_of

_LONGEST = 6  # words of a name looked for
_SHORTEST = 3  # letters; below it a word in capitals is as often an acronym
_INITIALS = re.compile(r"(?:\A|(?<=\n))(?P<initials>[A-Z]{2,3})(?=:\s)")
_FULL_LABEL = re.compile(r"(?:\A|(?<=\n))(?P<name>[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]*){1,2})(?=:\s)")


def settle_capitals(text: str, words: Sequence[Word], found: Sequence[Found]) -> list[Found]:
    """Return the names, those in capitals typed as where the text prints them in small letters.

    ‹MAYOR REIS QUITS› above "Ana Reis" names her, and so does the label of ‹REIS: It is.› A label of initials
    (‹AR: It is.›) is no name: whoever links the turns knows whose it is.
    """
    small = _printed_small(text, found)
    again = without_overlaps([*_full_labels(text, small), *_in_capitals(text, words, small)])
    taken = {offset for each in again for offset in range(each.span.start, each.span.end)}
    initials = _initials(text, found)
    kept = (
        each
        for each in found
        if each.span not in initials
        and not (each.span.of(text).isupper() and taken.intersection(range(each.span.start, each.span.end)))
    )
    return without_overlaps([*again, *kept])


def _printed_small(text: str, found: Sequence[Found]) -> dict[str, EntityType]:
    """Map the names that hold small letters, and the family names of people, to their types, in capitals."""
    names: dict[str, EntityType] = {}
    for each in found:
        parts = [word.text for word in words_of(text, each.span.start, each.span.end)]
        if not parts or each.span.of(text).isupper():
            continue
        names[" ".join(parts).upper()] = each.entity_type
        if each.entity_type == "person":
            names[parts[-1].upper()] = "person"
    return {name: kind for name, kind in names.items() if len(name) >= _SHORTEST}


def _in_capitals(text: str, words: Sequence[Word], names: Mapping[str, EntityType]) -> Iterator[Found]:
    """Yield the names in capitals; one word that the text also has in small letters only as a turn's label."""
    ordinary = {word.text for word in words if word.text.islower()}
    for first, last, kind in runs_in(text, words, names, _LONGEST):
        word, end = words[first], words[last - 1].end
        if last - first > 1 or word.text.lower() not in ordinary or text.startswith(":", end):
            yield Found(Span(word.start, end), kind, "repeat", REPEAT_CONFIDENCE)


def _full_labels(text: str, names: Mapping[str, EntityType]) -> Iterator[Found]:
    """Yield labels of turns that hold a person's name: ‹RAY DELORME: It is.› where the text knows "Ray"."""
    for label in _FULL_LABEL.finditer(text):
        first, _, rest = label["name"].partition(" ")
        start = label.end() - len(rest) if first.lower().strip(".") in TITLES else label.start()
        if any(names.get(word) == "person" for word in label["name"].split()):
            yield Found(Span(start, label.end()), "person", "repeat", REPEAT_CONFIDENCE)


def _initials(text: str, found: Sequence[Found]) -> frozenset[Span]:
    """Return the labels of turns that are the initials of a person named in full."""
    people = {
        "".join(word.text[0] for word in words_of(text, each.span.start, each.span.end))
        for each in found
        if each.entity_type == "person"
    }
    labels = (label for label in _INITIALS.finditer(text) if label["initials"] in people)
    return frozenset(Span(*label.span("initials")) for label in labels)
