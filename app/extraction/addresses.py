"""Web addresses as callers and pages give them: taken apart, completed, and told whether two are one page's.

Pages write anything where an address belongs, so nothing here raises. It knows nothing of articles.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit

LONGEST_ADDRESS = 2_000  # characters; what the API takes

_NO_ADDRESS = SplitResult("", "", "", "", "")
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT = re.compile(r"[ \xa0<>\"{}|\\^`]")  # in no address, nor IRI (RFC 3987): browsers escape them
_OTHER_FACE = re.compile(r"^(?:www\d?|m|mobile|amp)\.")  # of one site
_ENDING = re.compile(r"\.(?:amp|s?html?|php|aspx?|jsp|ece|cms)$")
_FACES = frozenset({"", "amp", "index", "print", "default"})  # last parts that name a face of the page before
_WORD = re.compile(r"[^\W_]+")
_TELLING_WORDS = 3  # "pier-to-close" is one article's, "latest-news" may be many's; guesses of 2026-11-22
_TELLING_DIGITS = 5  # no year
_TELLING_CODE = 8  # letters and digits: "c5y4p8d1v2eo"
_MOST_PARAMETERS = 50


def split_address(address: str | None) -> SplitResult:
    """Return the parts of an address; all empty for none, and for what is none, as "http://[bad"."""
    if address is None or len(address) > LONGEST_ADDRESS:
        return _NO_ADDRESS
    try:
        return urlsplit(address)
    except ValueError:
        return _NO_ADDRESS


def absolute(address: str, base: str | None) -> str | None:
    """Return a web address in full, from where it stands; None for what is none, or is too long."""
    try:
        full = _DROPPED.sub("", urljoin(base or "", _DROPPED.sub("", address).strip()))
    except ValueError:
        return None
    parts = split_address(_UNFIT.sub(lambda unfit: quote(unfit.group()), full))
    return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else None


def is_front_page(address: str) -> bool:
    """Whether an address is a site's own rather than one of its pages'."""
    parts = split_address(address)
    return not parts.path.strip("/") and not parts.query


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site, its `www.`, `m.` and `amp.` faces aside."""
    return _site(split_address(one)) == _site(split_address(other)) != ""


def is_same_page(canonical: str, address: str) -> bool:
    """Whether a page found at `address` may well have `canonical` as its own address.

    It must be on the same site and end in the same telling part, or have the same path and what tells pages apart
    in its query: pages name their section, their first part or another outlet as canonical too, and would
    swallow one another.

    >>> is_same_page("https://mail.example/a/pier-to-close", "http://m.mail.example/pier-to-close/amp?from=feed")
    True
    """
    own, other = split_address(canonical), split_address(address)
    if not is_same_site(canonical, address):
        return False
    kept, asked = _parameters(own), _parameters(other)
    if any(name == "id" or value.isdecimal() for name, value in asked - kept):
        return False  # another page: ?page=2, ?id=7
    name = _last_part(own.path)
    is_named = name == _last_part(other.path) and _is_telling(name)
    return is_named or (own.path == other.path and any(_is_telling(value) for _, value in kept & asked))


def _site(parts: SplitResult) -> str:
    return _OTHER_FACE.sub("", (parts.hostname or "").lower())


def _parameters(parts: SplitResult) -> set[tuple[str, str]]:
    try:
        return set(parse_qsl(parts.query, max_num_fields=_MOST_PARAMETERS))
    except ValueError:
        return set()


def _last_part(path: str) -> str:
    """Return the last part of a path that is no face of the page: "/a/pier-to-close/amp/" has "pier-to-close"."""
    parts = [_ENDING.sub("", part) for part in path.lower().split("/")]
    while parts and parts[-1] in _FACES:
        parts.pop()
    return parts[-1] if parts else ""


def _is_telling(part: str) -> bool:
    words = _WORD.findall(part)
    return len(words) >= _TELLING_WORDS or any(map(_is_code, words))


def _is_code(word: str) -> bool:
    digits = sum(map(str.isdigit, word))
    return digits >= _TELLING_DIGITS or (len(word) >= _TELLING_CODE and 0 < digits < len(word))
