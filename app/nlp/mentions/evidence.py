"""Gather what a document says of each name's type: the words in it and beside it, and the model's labels.

Evidence is a share, 0 to 1, under a readable name; what each is worth `judging` has learned. Knows no weights.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from app.countries import nation_of
from app.documents import Span
from app.nlp.data.given_names import FAMILY_NAME_FIRST, FEMALE_NAMES, MALE_NAMES
from app.nlp.data.name_evidence import (
    AFTER_KINDS,
    BEFORE_KINDS,
    CALENDAR,
    FIRST_WORD_KINDS,
    HOLIDAYS,
    LAST_WORD_KINDS,
    NO_NAMES,
    NOUN_KINDS,
    PORTFOLIO_HOLDERS,
    PORTFOLIOS,
)
from app.nlp.data.organizations import STRONG_ORGANIZATION_WORDS
from app.nlp.data.places import is_city, is_region
from app.nlp.data.public_figures import PUBLIC_FIGURES
from app.nlp.data.titles import TITLES
from app.nlp.mentions.found import Found, key_of

type Evidence = dict[str, float]

_BESIDE = 60  # characters looked at on each side of an occurrence
_OCCURRENCES = 20  # of a name looked at: enough to tell, and linear
_GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES


def gather_evidence(text: str, names: Sequence[Found]) -> dict[str, Evidence]:
    """Return the evidence for each name of the document, by its key."""
    places: dict[str, list[Found]] = defaultdict(list)
    for each in names:
        places[key_of(text, each.span)].append(each)
    lists = _lists(text, names)
    own = {key: _shares(text, found[:_OCCURRENCES], lists) for key, found in places.items()}
    ordinary = frozenset(_SMALL_WORD.findall(text))
    return {key: own[key] | _of_words(key, ordinary) | kin for key, kin in _with_kin(own)}


def _shares(text: str, found: Sequence[Found], lists: Mapping[Span, set[str]]) -> Evidence:
    counts = Counter(
        feature
        for each in found
        for feature in {*_beside(text, each.span), *_labels(each), *lists.get(each.span, ())}
    )
    return {feature: count / len(found) for feature, count in counts.items()}


def _labels(found: Found) -> Iterator[str]:
    yield f"label {found.label or 'none'}"
    if found.label:
        yield f"model {found.entity_type}"


_JOINT = re.compile(r",? (?:and|or|&) |, ")


def _lists(text: str, names: Sequence[Found]) -> dict[Span, set[str]]:
    """Return what the model takes a name's neighbours in a list for: "Ana Reis, Lakeside Doe and Tom Hall"."""
    beside: dict[Span, set[str]] = defaultdict(set)
    for left, right in pairwise(names):
        if left.span.end < right.span.start and _JOINT.fullmatch(text, left.span.end, right.span.start):
            beside[left.span].add(f"in a list with a {right.entity_type}")
            beside[right.span].add(f"in a list with a {left.entity_type}")
    return beside


# --- the name itself ------------------------------------------------------------------------------

_SHAPES = {
    "capitals only": re.compile(r"[A-Z0-9.&]{2,}"),
    "camel case": re.compile(r"(?:i|e|[A-Z][a-z]+)[A-Z][a-z]+\w*"),
    "ends in number": re.compile(r".*\d"),
    "letters and number": re.compile(r"[A-Za-z]+-?\d+[A-Za-z]?"),
    "middle initial": re.compile(r"\w+ (?:[A-Z]\. )+[\w-]+"),
    "initials": re.compile(r"(?:[A-Z]\. ?)+[\w-]+"),
    "of within": re.compile(r".+ (?:of|for) .+"),
    "and within": re.compile(r".+ (?:&|and) .+"),
    "particle within": re.compile(r".+ (?:de|da|del|der|van|von|bin|bint|ibn|al|el|di) .+"),
    "hyphenated given name": re.compile(r"[A-Z]\w+ [A-Z]\w+-\w+"),
    "domain": re.compile(r".+\.(?:com|org|net|edu|gov|co\.uk)", re.IGNORECASE),
    "hashtag": re.compile(r"#.+"),
}


_SMALL_WORD = re.compile(r"\b[^\W\dA-Z_][\w-]+")


def _of_words(key: str, ordinary: Collection[str]) -> Evidence:
    return dict.fromkeys(_word_features(key, ordinary), 1.0)


def _word_features(key: str, ordinary: Collection[str]) -> Iterator[str]:
    words = key.split()
    lowered = [word.casefold().strip(".,") for word in words]
    size = min(len(words), _MANY_WORDS)
    yield f"words {size}"
    if " ".join(lowered).replace("’", "'") in HOLIDAYS:
        yield "calendar"
    if key in NO_NAMES:
        yield "no name"
    if key.lower() in ordinary:
        yield "also an ordinary word"
    yield from (f"shape {name}" for name, shape in _SHAPES.items() if shape.fullmatch(key))
    if is_region(key) or nation_of(key):
        yield "listed region"
    if is_city(key):
        yield f"listed city words {min(size, 2)}"
    if lowered[0] in _GIVEN_NAMES:
        yield f"given name words {min(size, 3)}"
    yield from _only_word_features(lowered[0]) if size == 1 else _many_words_features(words, lowered)


def _only_word_features(word: str) -> Iterator[str]:
    if word in LAST_WORD_KINDS or word in TITLES:
        yield "only a kind"
    if word in CALENDAR:
        yield "calendar"
    if word in PUBLIC_FIGURES:
        yield "public figure"


def _many_words_features(words: Sequence[str], lowered: Sequence[str]) -> Iterator[str]:
    first, last = lowered[0], lowered[-1]
    if first in FAMILY_NAME_FIRST:
        yield "family name first"
    if last in LAST_WORD_KINDS:
        yield f"last {LAST_WORD_KINDS[last]}{' of a given name' * (first in _GIVEN_NAMES)}"
    if first in FIRST_WORD_KINDS:
        yield f"first {FIRST_WORD_KINDS[first]}"
    if not STRONG_ORGANIZATION_WORDS.isdisjoint(lowered):
        yield "organization word within"
    if any(nation_of(word) or is_region(word) for word in words):
        yield "nation within"
    elif is_city(words[0]) or is_city(" ".join(words[:2])):
        yield "city first"


_MANY_WORDS = 4

# --- beside it ------------------------------------------------------------------------------------

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?[ \n]?$")
_THE = re.compile(r"\b(?:the|The|THE)[ \n]$")
_ARTICLE = re.compile(r"\b(?:an?|its|his|her|their|our)[ \n]$", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?:…]['\"”’)]*\s+|\n|[-–—•]\s|^\s*)['\"“‘(]*$")
_QUOTE_BEFORE = re.compile(r"['\"“‘«]$")
_WORD_AFTER = re.compile(r"['’]?\s?([^\W\d_][\w-]*)")
_SIGNS_AFTER = {
    "possessive": re.compile(r"['’]s?\b"),
    "who": re.compile(r",? (?:who|whose)\b"),
    "age": re.compile(r",? \(?\d{1,2}[,)]"),
    "based": re.compile(r"[-‑](?:based|born)\b"),
    "bracketed capitals": re.compile(r" \([A-Z][A-Za-z]*[A-Z]\)"),
    "bracket": re.compile(r" \("),
    "closing mark": re.compile(r"[,.]?['\"”’»](?!s\b)"),
    "colon": re.compile(r":"),
    "number": re.compile(r" \d"),
    "capital": re.compile(r" [A-Z]"),
}
_PLACE_AFTER = re.compile(r", ((?:[A-Z][\w.]+ ?){1,2})(?<! )")
_APPOSITION = re.compile(
    r", (?:an?|the|its|his|her|their) (?:[\w'’-]+ ){0,5}?([\w'’-]+)"
    r"(?=[,.;]| (?:of|in|for|at|that|which|who|and|from|with)\b)"
)
_PLAIN_APPOSITION = re.compile(
    r", (?:([a-z][\w-]*) (?:of|for|at|and) |(?:[A-Z][\w.'’-]* ){1,3}(?:[a-z-]+ ){0,2}?([a-z-]+)[,.;])"
)


_PORTFOLIO_BEFORE = re.compile(r"\b(?:[Uu]nder)?(?:[Ss]ecretary|[Mm]inister) (?:of|for) (?:the )?$")
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+(?: \d{1,2})?)?(?: \([A-Z][\w ]+\))?\s*(?:—|–|--| -) ?")


def _beside(text: str, span: Span) -> Iterator[str]:
    if (
        span.of(text).isupper()
        and text[max(0, span.start - 2) : span.start] in ("", "\n\n")
        and _DATELINE.match(text, span.end)
    ):
        yield "dateline"
    before = text[max(0, span.start - _BESIDE) : span.start].rpartition("\n\n")[2]
    after = text[span.end : span.end + _BESIDE].partition("\n\n")[0]
    if before.endswith("#"):
        yield "shape hashtag"
    if _PORTFOLIO_BEFORE.search(before):
        yield "portfolio"
    yield from _before(before)
    yield from _after(span.of(text), after)


def _before(before: str) -> Iterator[str]:
    if _QUOTE_BEFORE.search(before):
        yield "before quotation mark"
    if _OPENING.search(before):
        yield "before sentence start"
        return
    for name, article in (("the", _THE), ("article", _ARTICLE)):
        found = article.search(before)
        if found:
            yield f"before {name}"
            before = before[: found.start()]
    word = _WORD_BEFORE.search(before)
    if word:
        yield from _kinds_before(word.group(1))


def _kinds_before(word: str) -> Iterator[str]:
    lower = word.lower()
    kind = BEFORE_KINDS.get(lower) or NOUN_KINDS.get(lower)
    if kind:
        yield f"before {kind}"
    elif nation_of(word):
        yield "before nation"
    elif word[0].isupper():
        yield "before capital"


def _after(name: str, after: str) -> Iterator[str]:
    yield from (f"after {name}" for name, sign in _SIGNS_AFTER.items() if sign.match(after))
    place = _PLACE_AFTER.match(after)
    if place and (nation_of(place.group(1)) or is_region(place.group(1))):
        yield "after place"
    word = _WORD_AFTER.match(after.removeprefix("'s").removeprefix("’s"))
    if word:
        if word.group(1).lower() in PORTFOLIO_HOLDERS and PORTFOLIOS.issuperset(name.lower().split()):
            yield "portfolio"
        kind = AFTER_KINDS.get(word.group(1)) or NOUN_KINDS.get(word.group(1))
        yield f"after {kind or ('verb' if word.group(1).endswith('ed') else 'other')}"
    apposition = _APPOSITION.match(after)
    if apposition:
        kind = NOUN_KINDS.get(apposition.group(1).lower())
        yield f"apposition {kind or 'other'}"
    else:
        plain = _PLAIN_APPOSITION.match(after)
        noun = (plain.group(1) or plain.group(2)) if plain else ""
        if noun in NOUN_KINDS:
            yield f"apposition {NOUN_KINDS[noun]}"


# --- the other names ------------------------------------------------------------------------------


def _with_kin(own: Mapping[str, Evidence]) -> Iterator[tuple[str, Evidence]]:
    """Yield each name with what the names it shares its first or last word with tell: "Reis" of "Ana Reis"."""
    longer: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for key, evidence in own.items():
        words = key.split()
        if len(words) > 1:
            longer[words[-1]].append(("last", evidence))
            longer[words[0]].append(("first", evidence))
    for key in own:
        words = key.split()
        if len(words) == 1:
            kin = longer.get(key, [])
            yield key, _renamed(((f"as {side} word of", other) for side, other in kin), len(kin))
        else:
            short = [
                (side, own[word]) for side, word in (("first", words[0]), ("last", words[-1])) if word in own
            ]
            yield key, _renamed(((f"its {side} word", other) for side, other in short), 1)


def _renamed(kin: Iterable[tuple[str, Evidence]], count: int) -> Evidence:
    shares: Evidence = defaultdict(float)
    for prefix, evidence in islice(kin, _OCCURRENCES):
        for feature, share in evidence.items():
            if feature in _TELLING or feature.startswith("model "):
                shares[f"{prefix}: {feature}"] += share / count
    return dict(shares)


# What is worth telling of a related name.
_TELLING = frozenset(
    (
        "after saying",
        "after who",
        "after age",
        "before person noun",
        "before saying",
        "before the",
        "before preposition in",
        "apposition person noun",
        "apposition organization noun",
    )
)
