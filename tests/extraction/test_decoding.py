"""Bytes to text: encodings, stray bytes, control characters, and the verbatim form."""

import pytest

from app.documents import RawDocument
from app.errors import NotDecodable
from app.extraction.decoding import decode


def page(content):
    return decode(RawDocument(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_with_or_without_a_byte_order_mark_is_read(encoding):
    assert page("Ærø ferry".encode(encoding)).text == "Ærø ferry"


def test_western_bytes_that_are_no_utf8_are_read_as_cp1252_with_a_warning():
    decoded = page("“Ærø”, she said".encode("cp1252"))
    assert decoded.text == "“Ærø”, she said"
    assert decoded.warnings == ("decoded_as_cp1252",)


def test_a_stray_byte_in_utf8_does_not_spoil_the_rest():
    decoded = page("Ærø and caf".encode() + b"\xe9" + " in Århus".encode())
    assert decoded.text == "Ærø and café in Århus"
    assert decoded.warnings == ("mixed_encoding",)


def test_mojibake_is_mended_with_a_warning_and_quotation_marks_stay():
    decoded = page("The cafÃ© owner said: “No.”".encode())
    assert decoded.text == "The café owner said: “No.”"
    assert decoded.warnings == ("mojibake_fixed",)


def test_a_control_character_in_a_page_becomes_a_space():
    decoded = page(b"The ferry\x00sank.")
    assert decoded.text == "The ferry sank."
    assert decoded.warnings == ("control_characters_removed",)


def test_bidi_overrides_are_removed_from_a_page():
    decoded = page("The \u202eyrref\u202c sank.".encode())
    assert decoded.text == "The yrref sank."
    assert decoded.warnings == ("bidi_overrides_removed",)


def test_binary_content_is_not_decodable():
    with pytest.raises(NotDecodable):
        page(bytes(range(256)) * 8)


def test_a_broken_utf16_page_is_not_decodable():
    with pytest.raises(NotDecodable):
        page(b"\xff\xfea")


def test_a_clean_text_keeps_its_mojibake_and_overrides():
    text = "cafÃ© \u202e\x07 x"
    assert decode(RawDocument(text.encode(), "text")).text == text


def test_a_clean_text_with_nul_is_not_decodable():
    with pytest.raises(NotDecodable):
        decode(RawDocument(b"a\x00b", "text"))
