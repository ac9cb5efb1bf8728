"""Read who wrote an article: from its byline, or from the note on the author that follows it.

A byline is kept as printed; its names are taken apart. An organization signs only where no person does.
Better no author than a wrong one: what does not look like a name is dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.agencies import AGENCIES, is_agency
from app.extraction.dates import find_dates
from app.extraction.publisher import load_publishers

_OPENING = re.compile(
    r"(?:(?:written|reported|posted|published|story|words|text|article|review(?:ed)?)\s+)?by\b:?\s*|authors?:\s*|von\s+|par\s+",
    re.IGNORECASE,
)
# What ends the names: a date, a label of one, a separator, a role, an outlet ("for MailOnline").
_CUT = re.compile(
    r"\s[|•·/—–-]\s|\s[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\blast\b|\s(?:on|for|at|in|from|of|via|with)\s|\s(?:on|for|at)$|\(|@"
    r"|\s\d+\s(?:min|hour|day)|\bphotograph|\bphotos?\b|\S+@\S+|:",
    re.IGNORECASE,
)
# Dumps lose the space between elements: "ByAda Lund", "Ada LundStaff Writer".
_GLUED = re.compile(
    r"(?<=^By)(?=[A-Z])|(?<=[a-z])(?=(?:Staff|Senior|Columnist|Contributor|Reporter|Editor)\b)"
)
_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|writer|correspondent|editor|columnist|contributor|staff|journalist|producer|bureau|chief|desk|analyst"
    r"|critic|author|reporting|senior|special|news|team|intern|photographer|director|professor|fellow|ph\.?d|jr|m\.?d|report)\b\.?",
    re.IGNORECASE,
)
_ROLE_AT_END = re.compile(
    r"\s+(?:(?:senior|staff|chief|special|political|deputy|managing|news|sports|business|science)\s+){0,3}"
    r"(?:staff\s+)?(?:reporter|writer|correspondent|editor|columnist|contributor|journalist|staff|producer)s?$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
    de da do dos del della der den di du la le van von bin ibn al el bint ter ten y e af
    """.split()  # noqa: SIM905 a table of words
)
_ARTICLES = frozenset({"the", "a", "this"})
_NAME_WORDS = range(1, 6)
_LONGEST_BYLINE = 200
_LONGEST_NAME = 40
_LONGEST_SIGNATURE = 100  # guesses of 2026-11-22, all three
_NO_NAME = frozenset(
    """
    all in home news sport sports world business politics opinion culture video photos
    more share follow comments the this related latest top read live breaking advertisement newsletter
    subscribe menu search close view uk us
    """.split()  # noqa: SIM905 a table of words
)
_BIO = re.compile(
    r"(?:about (?:the author"
    r"|[^\W\d_]+)[:.]?\s+)?(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}?),?\s+"
    r"(?:is|was|has been|covers|reports|writes|joined|worked)\s+(?P<rest>.{0,160})",
    re.DOTALL,
)
_TRADE = re.compile(
    r"\b(?:reporter|writer|editor|journalist|correspondent|columnist|contributor|blogger|covering|covers"
    r"|author of|freelance\w*"
    r"|translator|photographer|producer|reporting|writes|newsroom|intern)\b"
)
_STORY_VERB = re.compile(r"\b(?:said|says|told|arrested|killed|charged)\b")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed and the names in it."""

    printed: str
    authors: tuple[str, ...]
    confidence: float


def read_byline(line: str, following: str = "") -> Byline | None:
    """Read a line of furniture as a byline; `following` is the next line, for a "By" that stands alone."""
    if len(line) > _LONGEST_BYLINE:
        return None
    spaced = _GLUED.sub(" ", line)
    opening = _OPENING.match(spaced)
    if opening and opening.end() == len(spaced):
        names = _names(following) if _is_all_names(following) else ()
        return Byline(f"{line} {following}", names, 0.8) if names else None
    if opening:
        names = _names(spaced[opening.end() :])
        return Byline(_printed(line), names, 0.95) if names else None
    return _signed(line)


def read_bare_name(line: str) -> Byline | None:
    """Read a line that is nothing but a person's name; only its place on the page makes it a byline."""
    words = line.split()
    is_person = (
        len(words) in range(2, 5) and len(line) <= _LONGEST_NAME and _is_name(line) and not _ROLE.search(line)
    )
    if (
        not is_person
        or any(word.lower() in _NO_NAME or not word[0].isalpha() for word in words)
        or line.isupper()
        or _GLUED.search(line)
    ):
        return None
    return Byline(line, (line,), 0.5)


def read_author_note(paragraph: str) -> str | None:
    """Return the name that a note on the author opens with: "Mia Okoro is a reporter covering ports."."""
    match = _BIO.match(paragraph)
    if (
        not match
        or not _TRADE.search(paragraph[:400])
        or _STORY_VERB.search(paragraph[:400])
        or '"' in paragraph
        or "“" in paragraph
    ):
        return None
    name = match["name"]
    return name if _is_name(name) and len(name.split()) > 1 else None


def clean_authors(stated: Sequence[str], publisher: str | None) -> tuple[str, ...]:
    """Return the names in what a page's data call its authors: "By Ada Lund, Harbour Post" → Ada Lund.

    Addresses, roles and the outlet itself are no authors; an agency is one where nobody else is.
    """
    found: list[str] = []
    for value in stated:
        if len(value) > _LONGEST_BYLINE or "://" in value:
            continue
        spaced = _GLUED.sub(" ", value)
        opening = _OPENING.match(spaced)
        found += _names(spaced[opening.end() :] if opening else spaced)
    found = [_without_outlet(name) for name in found if any(map(str.isalpha, name))]
    found = [name for name in found if not (publisher and _is_outlet(name, publisher))]
    people = [name for name in found if not is_agency(name)]
    return tuple(dict.fromkeys(people or found))


def _without_outlet(name: str) -> str:
    """Return "Ada Lund" for "Ada Lund Reuters": some pages print both in one element."""
    words = name.split()
    for size in range(len(words) - 2, 0, -1):
        tail = " ".join(words[-size:]).lower()
        if tail in AGENCIES or tail in load_publishers().by_name:
            return " ".join(words[:-size])
    return name


def _is_outlet(name: str, publisher: str) -> bool:
    own, outlet = ("".join(filter(str.isalnum, text.lower())) for text in (name, publisher))
    return bool(own) and (own in outlet or own.startswith(outlet))


def _signed(line: str) -> Byline | None:
    """Read "Noah Brandt, Energy Reporter 22 May 2019": a name, a comma and a role, and no "by"."""
    name, comma, rest = line.partition(",")
    if not comma or len(line) > _LONGEST_SIGNATURE or line.endswith("."):
        return None
    is_signed = _ROLE.search(rest[:_LONGEST_NAME]) and len(name.split()) > 1 and _is_name(name)
    return Byline(_printed(line), (name.strip(),), 0.7) if is_signed else None


def _printed(line: str) -> str:
    """Return the byline without the date that may share its line."""
    dates = find_dates(line)
    text = line[: dates[0].span.start] if dates else line
    text = re.sub(
        r"[\s|•·,-]*(?:\b(?:published|updated|posted)\b[\s:]*(?:on)?)?[\s|•·,-]*$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return text or line


def _names(text: str) -> tuple[str, ...]:
    """Return the people that `text` lists; if none, the organization it opens with."""
    dates = find_dates(text)
    text = text[: dates[0].span.start] if dates else text
    cut = _CUT.search(text)
    first, *others = _SPLIT.split(text[: cut.start()] if cut else text)
    # "Ada Lund, Harbour Correspondent" is a person and a role, "Ada Lund Staff Writer" is both in one part.
    parts = [first, *(part for part in others if len(part.split()) > 1 and not _ROLE.search(part))]
    names = [_ROLE_AT_END.sub("", part.strip(" .,-\t")) for part in parts]
    names = [name for name in names if _is_name(name) and not _ROLE.search(name)]
    people = [name for name in names if not is_agency(name)]
    return tuple(dict.fromkeys(_in_name_case(name) for name in people or names[:1]))


def _is_all_names(line: str) -> bool:
    return len(line) <= _LONGEST_BYLINE and all(
        read_bare_name(part) or is_agency(part) for part in _SPLIT.split(line)
    )


def _is_name(text: str) -> bool:
    words = text.split()
    if len(words) not in _NAME_WORDS or len(text) > _LONGEST_NAME or words[0].lower() in _ARTICLES:
        return False
    if text[-1] in ".!?" and not words[-1][:-1].isalpha():
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES or not word.isascii() for word in words)


def _in_name_case(name: str) -> str:
    """Return "Ada B. Lund" for "ADA B. LUND"; shorter capitals may be initials or an agency."""
    words = name.split()
    if len(words) > 1 and name.isupper() and name.isascii():
        return " ".join(
            word.capitalize() if "'" not in word and "-" not in word else word.title() for word in words
        )
    return name
