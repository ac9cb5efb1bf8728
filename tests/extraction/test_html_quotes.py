"""What HTML says of words that are quoted: <q>, and who signs a <blockquote>."""

import pytest

from app.documents import RawDocument
from app.extraction import extract
from tests.extraction.pages import PARAGRAPHS


def text_of(markup):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body><article><h1>Pier to close</h1>{body}{markup}</article></body></html>"
    return extract(RawDocument(page.encode(), "html")).text


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("<q>cold in every season</q>", "“cold in every season”"),
        ("<q><em>cold</em> in every season</q>", "“cold in every season”"),
        ("<q>“cold in every season”</q>", "“cold in every season”"),
    ],
)
def test_words_in_q_stand_in_the_marks_a_reader_sees(words, printed):
    line = f"<p>The pier was {words}, its master Ada Quill told the council on a Monday in May.</p>"
    assert f"The pier was {printed}, its master" in text_of(line)


@pytest.mark.parametrize(
    "signed",
    [
        "<blockquote><p>{words}</p><footer>Ada Quill, pier master</footer></blockquote>",
        "<blockquote><p>{words}</p><cite>Ada Quill, pier master</cite></blockquote>",
        "<blockquote>{words}<footer>— <cite>Ada Quill</cite>, pier master</footer></blockquote>",
    ],
)
def test_who_signs_a_block_quote_stands_in_a_line_of_its_own(signed):
    words = "We kept this pier open through three winters, and we would have kept it open for thirty more."
    assert f"{words}\n\n— Ada Quill, pier master" in text_of(signed.format(words=words))


def test_a_title_cited_in_a_line_stays_in_it():
    line = "<p>Her book <cite>The Cold Pier</cite> tells of three winters that she spent by the sea in Turku.</p>"
    assert "Her book The Cold Pier tells of three winters" in text_of(line)
