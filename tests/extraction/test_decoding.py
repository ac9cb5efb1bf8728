"""Bytes to text: encodings, stray bytes, control characters, and the verbatim form."""

import pytest

from app.documents import Hints, RawDocument
from app.errors import NotDecodable
from app.extraction.decoding import decode


def page(content):
    return decode(RawDocument(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_with_or_without_a_byte_order_mark_is_read(encoding):
    assert page("Ærø ferry".encode(encoding)).text == "Ærø ferry"


@pytest.mark.parametrize("text", ["Ærø ferry — “late”", "Паром не вышел в море, сказала Ада."])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("form", ["page", "text", "html"])
def test_wide_encodings_without_a_mark_are_told_by_their_zero_bytes(encoding, text, form):
    content = text.encode(encoding)
    assert decode(RawDocument(content, form)).text == text
    assert decode(RawDocument(content, form, Hints(charset="utf-8"))).text == text


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


SENTENCES = {
    "cp1250": "Burmistrz powiedział, że ulica będzie otwarta dla pieszych, a mieszkańcy są zadowoleni.",
    "cp1251": "Мэр заявил, что улица будет открыта для пешеходов. «Мы долго ждали», добавил он.",
    "cp1252": "Der Bürgermeister sagte, die Straße sei für Fußgänger geöffnet. „Endlich“, fügte er hinzu.",
    "cp1256": "قال رئيس البلدية إن الشارع سيفتح للمشاة قريبا بعد انتظار طويل من السكان",
    "shift_jis": "市長は通りが開かれると述べた。「長く待ちました」と付け加えた。",
    "euc_kr": "시장은 거리가 개방될 것이라고 말했다. 우리는 오래 기다렸다고 덧붙였다.",
}


@pytest.mark.parametrize("encoding", SENTENCES)
def test_undeclared_bytes_are_read_in_the_encoding_they_read_best_in(encoding):
    sentence = SENTENCES[encoding]
    assert page(sentence.encode(encoding)).text == sentence


@pytest.mark.parametrize("encoding", SENTENCES)
def test_a_page_may_declare_its_encoding(encoding):
    markup = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>é</p>'.encode(
        "ascii", "ignore"
    )
    content = markup + SENTENCES[encoding].encode(encoding)
    assert decode(RawDocument(content, "html")).text.endswith(SENTENCES[encoding])


def test_the_callers_charset_goes_before_the_pages_own():
    content = '<meta charset="iso-8859-1"><p>Мэр'.encode("koi8_r")
    assert decode(RawDocument(content, "html", Hints(charset="KOI8-R"))).text.endswith("Мэр")


def test_a_page_that_is_utf8_is_read_so_whatever_it_declares():
    assert decode(RawDocument('<meta charset="iso-8859-1"><p>Ærø'.encode(), "html")).text.endswith("Ærø")


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "base64", "idna", "no-such-thing", ""])
def test_a_charset_that_encodes_no_text_is_not_believed(charset):
    assert decode(RawDocument("Ærø".encode(), "html", Hints(charset=charset))).text == "Ærø"
