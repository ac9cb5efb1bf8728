"""Turn a document's bytes into text, and say what had to be mended on the way.

It knows encodings and control characters, and nothing of articles. A text in form "text" is never altered:
what cannot be kept as it is, is refused.
"""

import codecs
import re
from dataclasses import dataclass

import ftfy
from ftfy.badness import is_bad

from app.documents import RawDocument
from app.errors import NotDecodable
from app.extraction.charsets import declared_charset, known_charset, likely_charset, wide_charset

# The longer marks first: UTF-32-LE begins with the UTF-16-LE mark.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# C0 and C1 controls, except tab, line feed and carriage return; U+0085 (next line) splits lines as well.
_TOUCHING = re.compile(r".{0,2}[^\x00-\x7f]{2,}.{0,2}")  # mojibake of one character is at least two
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BIDI_OVERRIDE = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_MOST_CONTROLS = 0.02  # guess 2026-11-22: text has next to none, binary files a third
_MOJIBAKE_FIX = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a document, and the warnings its decoding gave. Raw spans point into `text`."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(raw: RawDocument) -> DecodedText:
    """Return the text of `raw`; mend it where its form allows, else raise NotDecodable."""
    decoded = _decoded_bytes(raw)
    if raw.form == "text":
        if "\x00" in decoded.text:
            raise NotDecodable("a clean text may not hold NUL characters")
        return decoded
    return _mended(decoded)


def _decoded_bytes(raw: RawDocument) -> DecodedText:
    """Decode by mark, zero bytes, the caller's word, as UTF-8, the page's own word, likelihood: the first that holds.

    The page's word comes after UTF-8, which other encodings hardly ever resemble: pages are often converted on
    their way to us, and keep the <meta> of before.
    """
    content = raw.content
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return DecodedText(content[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise NotDecodable(f"begins with the mark of {encoding} but is not {encoding}") from error
    hinted = known_charset(raw.hints.charset) if raw.hints.charset else None
    declared = declared_charset(content) if raw.form == "html" else None
    for charset in (wide_charset(content), hinted, "utf-8", declared):
        text = _strictly(content, charset) if charset else None
        if text is not None:
            return DecodedText(text)
    return _guessed(content)


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except UnicodeError:
        return None


def _guessed(content: bytes) -> DecodedText:
    """Read bytes that nobody names an encoding for.

    A text that is UTF-8 but for a few stray bytes keeps its UTF-8; only the stray bytes are read as cp1252.
    """
    mixed = content.decode("utf-8", errors="onrecord_cp1252")
    charset = likely_charset(content)
    plain = content.decode(charset, errors="replace")
    is_mixed = charset in ("cp1252", "cp1250") and len(mixed) < len(plain)
    text, warning = (mixed, "mixed_encoding") if is_mixed else (plain, f"decoded_as_{charset}")
    if text.count("\ufffd") + len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise NotDecodable("neither UTF-8 nor text in a common encoding")
    return DecodedText(text, (warning,))


def _cp1252_for_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error("onrecord_cp1252", _cp1252_for_stray_bytes)


def _mended(decoded: DecodedText) -> DecodedText:
    text, warnings = decoded.text, list(decoded.warnings)
    controls = len(_CONTROL.findall(text))
    if controls > max(8, _MOST_CONTROLS * len(text)):
        raise NotDecodable("holds too many control characters to be text")
    for pattern, replacement, warning in (
        (_CONTROL, " ", "control_characters_removed"),
        (_BIDI_OVERRIDE, "", "bidi_overrides_removed"),
        (_INVISIBLE, "", ""),
    ):
        text, count = pattern.subn(replacement, text)
        if count and warning:
            warnings.append(warning)
    # Telling that a text looks sound is ten times cheaper than trying to mend it, and looking only where foreign
    # characters touch ten times cheaper again.
    suspect = is_bad(" ".join(_TOUCHING.findall(text)))
    fixed = ftfy.fix_text(text, _MOJIBAKE_FIX) if suspect else text
    if fixed != text:
        warnings.append("mojibake_fixed")
    return DecodedText(fixed, tuple(warnings))
