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
_MARKUP = re.compile(
    rb"<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+|<[^<>]{0,1000}>", re.IGNORECASE
)


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that a page's own head names, as Python calls it."""
    match = _DECLARED.search(content[:_HEAD])
    return known_charset((match[1] or match[2]).decode("ascii")) if match else None


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
