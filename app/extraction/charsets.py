"""Tell in which encoding bytes are that are no UTF-8: by what is declared, else by what the text then reads like.

It knows encodings and letters; the last word, and what to mend, is `decoding`'s.
"""

import codecs
import re
from collections.abc import Iterator

from app.extraction.language import tell_language

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes in which a page must declare its encoding; browsers look at 1024
# What browsers take these names for: pages that claim the narrower encoding use the wider one.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}
_FOREIGN = ("cp1251", "koi8_r", "cp932", "euc_jp", "cp949", "gb18030", "big5", "cp1253", "cp1255", "cp1256")
_WESTERN = ("cp1252", "cp1250")
_SAMPLE = 32_768  # bytes; each candidate is tried on all of them
_LEAST_FOREIGN = 0.3  # share of letters beyond Latin; curly quotation marks alone make no text Chinese
_CENTRAL_EUROPEAN = frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"})
# Of four bytes, which are often zero and which never; four-byte encodings first, whose zeros fit the others too.
_WIDE = (
    ("utf-32-le", (2,), (0,)),
    ("utf-32-be", (1,), (3,)),
    ("utf-16-le", (1, 3), (0, 2)),
    ("utf-16-be", (0, 2), (1, 3)),
)
# Guesses of 2026-11-22, of the bytes at those places: English has 99 % zeros, Russian 18 %; a stray zero is rare.
_OFTEN_ZERO, _NEVER_ZERO, _FEWEST_ZEROS = 0.1, 0.01, 3
_MARKUP = re.compile(
    rb"<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+|<[^<>]{0,1000}>", re.IGNORECASE
)


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that a page's own head names, as Python calls it."""
    match = _DECLARED.search(content[:_HEAD])
    return known_charset((match[1] or match[2]).decode("ascii")) if match else None


def wide_charset(content: bytes) -> str | None:
    """Return the encoding of two or four bytes a character that the places of zero bytes tell of; None for none.

    "a" is 61 00 in UTF-16-LE: text of which every second byte is often zero, and the others never, is in no other.
    """
    sample = content[:_SAMPLE]
    zeros = [sample[place::4].count(0) for place in range(4)]
    if sum(zeros) < _FEWEST_ZEROS or len(content) % 2:
        return None
    for charset, often, never in _WIDE:
        shares = [
            sum(zeros[at] for at in places) * 4 / len(places) / len(sample) for places in (often, never)
        ]
        if shares[0] >= _OFTEN_ZERO and shares[1] <= _NEVER_ZERO:
            return charset
    return None


def known_charset(name: str) -> str | None:
    """Return Python's name of the encoding a browser would use for `name`; None for what encodes no text safely."""
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in ("utf-7", "idna", "punycode", "unicode_escape"):  # noqa: SLF001 the only place Python says it
        return None
    return _WIDER.get(info.name, info.name)


def likely_charset(content: bytes) -> str:
    """Return the encoding that undeclared bytes are most likely in: cp1252 unless much speaks for another."""
    sample = _MARKUP.sub(b" ", content[: 4 * _SAMPLE])[:_SAMPLE]
    foreign = next(_foreign_guesses(sample), None)
    if foreign:
        return foreign
    language = tell_language(sample.decode("cp1252", errors="replace")).value
    return "cp1250" if language in _CENTRAL_EUROPEAN else "cp1252"


def _foreign_guesses(sample: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 few documents need it

    for match in from_bytes(sample, cp_isolation=[*_FOREIGN, *_WESTERN]):
        if match.encoding in _WESTERN:
            return
        text = str(match)
        letters = sum(map(str.isalpha, text))
        if sum(char.isalpha() and char > "\u036f" for char in text) >= _LEAST_FOREIGN * max(1, letters):
            yield match.encoding
