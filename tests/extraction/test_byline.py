"""Who wrote it: bylines as outlets print them, and notes on the author."""

import pytest

from app.extraction.byline import read_author_note, read_bare_name, read_byline


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ada Lund", ("Ada Lund",)),
        ("By Ada Lund and Piet van Dorn, Reuters", ("Ada Lund", "Piet van Dorn")),
        ("By Ada Lund, Piet Dorn & Sun-hee Roh", ("Ada Lund", "Piet Dorn", "Sun-hee Roh")),
        ("By ADA B. LUND", ("Ada B. Lund",)),
        ("Written by Ada Lund | May 7, 2019", ("Ada Lund",)),
        ("by Ada Lund - 05/07/19 11:35 AM ET", ("Ada Lund",)),
        ("By Ada Lund, Harbour Correspondent", ("Ada Lund",)),
        ("By Ada Lund For Harbour Online", ("Ada Lund",)),
        ("By Ada Lund Staff Writer", ("Ada Lund",)),
        ("Von Jörg Ährens", ("Jörg Ährens",)),
        ("By KN기자5", ("KN기자5",)),
        ("By Reuters", ("Reuters",)),
        ("Ada Lund, Energy Reporter 22 May 2019 3:55pm", ("Ada Lund",)),
    ],
)
def test_a_byline_gives_the_names_of_its_authors(line, authors):
    assert read_byline(line).authors == authors


@pytest.mark.parametrize(
    "line",
    [
        "By the way, the ferry sank",
        "Bypass opens",
        "By",
        "By using this site you agree to cookies",
        "By 2030",
        "",
    ],
)
def test_what_names_nobody_is_no_byline(line):
    assert read_byline(line) is None


def test_by_on_its_own_line_takes_the_name_from_the_next():
    assert read_byline("By", "Ada Lund").authors == ("Ada Lund",)


def test_a_byline_is_printed_without_the_date_on_its_line():
    assert read_byline("By Ada Lund | Published May 7, 2019").printed == "By Ada Lund"


@pytest.mark.parametrize(
    "line", ["Harbour news today", "Middle", "SPORTS DESK", "Read More", "Ferry sinks.", "ByThe Tidal Press"]
)
def test_a_line_that_is_no_persons_name_is_not_taken_for_one(line):
    assert read_bare_name(line) is None


def test_a_note_on_the_author_names_the_author():
    note = "Mia Sun Okoro is a reporter covering ports from Harwich. She studied in Leeds."
    assert read_author_note(note) == "Mia Sun Okoro"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Mia Okoro is a reporter, and she said on Monday that the ferry had been late.",
        "Mia Okoro was the first to reach the harbour.",
        "The council is a writer of many letters.",
    ],
)
def test_a_sentence_of_the_story_is_no_note_on_the_author(paragraph):
    assert read_author_note(paragraph) is None
