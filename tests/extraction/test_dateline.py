"""Datelines and credits: what opens and closes a wire story."""

import pytest

from app.documents import Dateline
from app.extraction.dateline import read_credit, read_dateline


@pytest.mark.parametrize(
    ("paragraph", "dateline", "rest"),
    [
        ("OSLO — The ferry sank.", Dateline("OSLO"), "The ferry sank."),
        ("OSLO - The ferry sank.", Dateline("OSLO"), "The ferry sank."),
        ("OSLO, March 4 (Reuters) - The ferry sank.", Dateline("OSLO", "Reuters"), "The ferry sank."),
        ("BERGEN, Norway (AP) — The ferry sank.", Dateline("BERGEN, Norway", "AP"), "The ferry sank."),
        ("NEW ASHBY (AFP) – The ferry sank.", Dateline("NEW ASHBY", "AFP"), "The ferry sank."),
        ("Bergen, Norway (CNN) — The ferry sank.", Dateline("Bergen, Norway", "CNN"), "The ferry sank."),
        ("OSLO, Oct. 12 (Yonhap) -- The ferry sank.", Dateline("OSLO", "Yonhap"), "The ferry sank."),
        ("ST. JOHN'S, N.L. — The ferry sank.", Dateline("ST. JOHN'S, N.L."), "The ferry sank."),
        ("OSLO: The ferry sank.", Dateline("OSLO"), "The ferry sank."),
    ],
)
def test_a_dateline_opens_the_paragraph(paragraph, dateline, rest):
    opening = read_dateline(paragraph)
    assert (opening.dateline, paragraph[opening.length :]) == (dateline, rest)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The ferry — a new one — sank.",
        "Bergen — the port — is closed.",
        "UPDATE — The ferry sank.",
        "NATO's chief (a Norwegian) said so.",
        "US-backed troops sank the ferry.",
        "“OSLO — never again,” she said.",
        "",
    ],
)
def test_an_ordinary_sentence_opens_with_no_dateline(paragraph):
    assert read_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "credit", "kept"),
    [
        ("The ferry sank. (Yonhap News)", "Yonhap News", "The ferry sank."),
        ("The ferry sank. (AP)", "AP", "The ferry sank."),
        ("The ferry sank. - Reuters", "Reuters", "The ferry sank."),
        ("The ferry sank. — AFP", "AFP", "The ferry sank."),
        ("The ferry sank. (Harbour News Agency)", "Harbour News Agency", "The ferry sank."),
        ("(AFP)", "AFP", ""),
        ("— AP", "AP", ""),
    ],
)
def test_a_credit_closes_the_paragraph(paragraph, credit, kept):
    closing = read_credit(paragraph)
    assert (closing.credit, paragraph[: closing.start].strip()) == (credit, kept)


@pytest.mark.parametrize(
    "paragraph", ["The ferry sank (again).", "It sank. (She laughed.)", "A co-op", "- 30 -", ""]
)
def test_other_brackets_and_dashes_are_no_credit(paragraph):
    assert read_credit(paragraph) is None
