"""The words of a quote in a form that house style leaves alone, each with its place in the printed text.

`We don't recognise`, `“We do not recognize”` have the same keys. Must not know quotes, speakers or stories.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from app.countries import names_to_country, nation_of
from app.stories.spellings import JOINED_PREFIXES, SPELLED_PARTS, SPELLINGS
from app.stories.terms import stem
from app.stories.verb_forms import BASE_FORMS
from app.stories.vocabulary import (
    CONTRACTED_ENDINGS,
    CONTRACTIONS,
    CONTRASTS,
    NEGATORS,
    NUMBER_WORDS,
    SMALL_WORDS,
    SYNONYMS,
)

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*"
    rf"|(?:\b(?:{'|'.join(sorted(JOINED_PREFIXES))})-)?[^\W_]+(?:['’][^\W_]+)*"
    r"|%",
    re.IGNORECASE,
)
_MARK = re.compile(r"[,;:.!?…—–]|(?<=\s)-(?=\s)")
_BETWEEN = 12  # characters read for marks after a word: a closing mark, dots, a space or two
_SENTENCE_END = re.compile(r"[.!?…](?![\w.,])")
_APOSTROPHE = re.compile("['’]")
_OPENERS = SMALL_WORDS | NEGATORS
_TENS = frozenset(str(number) for number in range(20, 100, 10))
_SCALES = {"hundred": 100, "thousand": 1000}
_DIGITS = 5  # of a number before "thousand": longer ones are none, and int() must not be fed a megabyte
_LONGEST_NAME = 3  # words of a country's name: "Bosnia and Herzegovina"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a quote.

    key: what it is compared by. start, end: in the quote's text; a contraction's two words have the same place.
    form: as printed, in small letters: `would` where the key is `will`. after: the marks up to the next word.
    """

    key: str
    start: int
    end: int
    is_name: bool  # opens with a capital, and not because it opens a sentence
    opens_sentence: bool
    form: str = ""
    after: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is written, or could be, in digits."""
        return self.key[0].isdigit()

    @property
    def is_negator(self) -> bool:
        """Whether it turns a statement round."""
        return self.key in _NEGATOR_KEYS

    @property
    def is_content(self) -> bool:
        """Whether it says something that small words and negators do not."""
        return self.key not in SMALL_WORDS and not self.is_negator


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a quote in order; a country is one word, by whatever name, adjective or capital."""
    matches = list(_WORD.finditer(text))
    opening = _opening_words(text, matches)
    return tuple(_read(text, matches, opening))


def contrast(one: str, other: str) -> bool:
    """Whether two keys exclude each other: two weekdays, `rise` and `fall`."""
    return one != other and _share_a_row(_contrasts(), one, other)


def has_contrast(key: str) -> bool:
    """Whether there is a word that a key excludes."""
    return key in _contrasts()


def mean_the_same(one: str, other: str) -> bool:
    """Whether two keys are words that outlets and translators print for each other: `willing`, `ready`."""
    return _share_a_row(_synonyms(), one, other)


def _opening_words(text: str, matches: list[re.Match[str]]) -> frozenset[int]:
    """Return the places of words that open a sentence, where a capital says nothing.

    A quote broken by `she said` has a comma where its first sentence ended: `We rang twice, Nobody came.`
    """
    opening, before = set(), 0
    for match in matches:
        is_first = before == 0 or _SENTENCE_END.search(text, before, match.start()) is not None
        if is_first or (text[before : match.start()] == ", " and _is_small_with_capital(match.group())):
            opening.add(match.start())
        before = match.end()
    return frozenset(opening)


def _is_small_with_capital(surface: str) -> bool:
    word = _APOSTROPHE.split(surface, maxsplit=1)[0]
    return word[0].isupper() and word != "I" and word.lower() in _OPENERS


def _read(text: str, matches: list[re.Match[str]], opening: frozenset[int]) -> Iterator[Word]:
    position = 0
    while position < len(matches):
        run, key = _country(text, matches, position) or _round_number(matches, position) or (1, "")
        first, last = matches[position], matches[position + run - 1]
        read = ((key, key),) if key else _keys(first.group(), _next(matches, position))
        position += run
        following = matches[position].start() if position < len(matches) else len(text)
        marks = "".join(_MARK.findall(text, last.end(), min(following, last.end() + _BETWEEN)))
        opens = first.start() in opening
        is_name = first.group()[0].isupper() and (bool(key) or not opens) and not text.isupper()
        for number, (each, form) in enumerate(read, 1):
            after = marks if number == len(read) else ""
            yield Word(each, first.start(), last.end(), is_name and each != "i", opens, form, after)


def _country(text: str, matches: list[re.Match[str]], position: int) -> tuple[int, str] | None:
    """Return how many words name the country that is named here, and its main name."""
    if not text[matches[position].start()].isupper():
        return None
    for size in range(min(_LONGEST_NAME, len(matches) - position), 1, -1):
        surface = text[matches[position].start() : matches[position + size - 1].end()]
        if surface in names_to_country():
            return size, names_to_country()[surface].lower()
    nation = nation_of(re.sub("['’]s$", "", matches[position].group()))
    return (1, nation.lower()) if nation else None


def _round_number(matches: list[re.Match[str]], position: int) -> tuple[int, str] | None:
    """Read "nine hundred", "forty thousand" and "forty-two", which others print as 900, 40,000 and 42."""
    first, following = _key(matches[position].group().lower()), _next(matches, position)
    if not first.isdecimal() or len(first) >= _DIGITS or not following:
        return None
    if following in _SCALES:
        return 2, str(int(first) * _SCALES[following])
    unit = "1" if following == "one" else NUMBER_WORDS.get(following, "")
    is_compound = len(unit) == 1 and first in _TENS and not matches[position].group().isdecimal()
    return (2, str(int(first) + int(unit))) if is_compound else None


def _next(matches: list[re.Match[str]], position: int) -> str:
    return matches[position + 1].group().lower() if position + 1 < len(matches) else ""


def _keys(surface: str, following: str) -> tuple[tuple[str, str], ...]:
    """Return the keys of a printed word, with their forms: two of "don't", none of "per" in "per cent"."""
    word = surface.lower().replace("’", "'")
    if word in CONTRACTIONS:
        return tuple((key, key) for key in CONTRACTIONS[word])
    if word == "per" and following.startswith("cent"):
        return ()
    for ending, instead in CONTRACTED_ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            first = word.removesuffix(ending)
            return ((_key(first), first), (instead, ending)) if instead else ((_key(first), word),)
    return ((_key(word), word),)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word in ("percent", "cent", "cents", "%"):
        return "%"
    base = BASE_FORMS.get(word, word)
    for british, american in SPELLED_PARTS:
        base = base.replace(british, american)
    if base in SMALL_WORDS or base in NEGATORS:
        return base
    for british, american in SPELLINGS:
        if base.endswith(british) and len(base) > len(british) + 1:
            return stem(base.removesuffix(british) + american)
    return stem(base.replace(".", "").replace("-", ""))


_NEGATOR_KEYS = NEGATORS | {stem(word) for word in NEGATORS}


def _share_a_row(rows: dict[str, frozenset[int]], one: str, other: str) -> bool:
    return bool(rows.get(one, frozenset()) & rows.get(other, frozenset()))


@cache
def _contrasts() -> dict[str, frozenset[int]]:
    return _rows(CONTRASTS)


@cache
def _synonyms() -> dict[str, frozenset[int]]:
    return _rows(SYNONYMS)


def _rows(table: tuple[frozenset[str], ...]) -> dict[str, frozenset[int]]:
    """Return the rows of a table that each key stands in."""
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(table):
        for word in row:
            rows.setdefault(_key(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in rows.items()}
