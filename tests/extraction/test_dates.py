"""What date lines say: the day, the precision, the zone, and which of them are no dates."""

from datetime import UTC, datetime

import pytest

from app.extraction.dates import find_dates


def read(line):
    (date,) = find_dates(line)
    return date


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published : May 7, 2019 - 08:05", datetime(2019, 5, 7, 8, 5, tzinfo=UTC)),
        ("7 May 2019", datetime(2019, 5, 7, tzinfo=UTC)),
        ("Tuesday 7 May 2019 09:25", datetime(2019, 5, 7, 9, 25, tzinfo=UTC)),
        ("2019-05-07T23:10:59Z", datetime(2019, 5, 7, 23, 10, 59, tzinfo=UTC)),
        ("2019-05-07 23:10:59 +09:00", datetime(2019, 5, 7, 14, 10, 59, tzinfo=UTC)),
        ("May 7th, 2019 at 4:30 p.m. ET", datetime(2019, 5, 7, 20, 30, tzinfo=UTC)),
        ("January 7, 2019 4:30 PM EST", datetime(2019, 1, 7, 21, 30, tzinfo=UTC)),
        ("12:30 BST, 7 May 2019", datetime(2019, 5, 7, 11, 30, tzinfo=UTC)),
        ("7. Mai 2019, 18:05 Uhr", datetime(2019, 5, 7, 18, 5, tzinfo=UTC)),
        ("7 de mayo de 2019", datetime(2019, 5, 7, tzinfo=UTC)),
        ("31.12.2019", datetime(2019, 12, 31, tzinfo=UTC)),
        ("25/05/2019 17:00", datetime(2019, 5, 25, 17, 0, tzinfo=UTC)),
        ("05/07/19 11:35 AM ET", datetime(2019, 5, 7, 15, 35, tzinfo=UTC)),
        ("May 7, 2019 12:05 AM", datetime(2019, 5, 7, 0, 5, tzinfo=UTC)),
    ],
)
def test_a_printed_date_is_read_in_utc(line, expected):
    assert read(line).publication.at == expected


@pytest.mark.parametrize(
    ("line", "precision", "zone"),
    [
        ("7 May 2019", "day", "unknown"),
        ("7 May 2019 09:25", "minute", "unknown"),
        ("2019-05-07T23:10:59Z", "second", "stated"),
        ("May 7, 2019, 19:28 IST", "minute", "assumed"),
    ],
)
def test_precision_and_zone_say_how_exact_the_line_is(line, precision, zone):
    publication = read(line).publication
    assert (publication.precision, publication.zone) == (precision, zone)


@pytest.mark.parametrize(
    "line",
    ["05/07/2019", "May 7", "Monday", "31 February 2019", "Call 555-0199-2019", "Flight 2019 left", ""],
)
def test_what_is_no_full_date_or_an_ambiguous_one_is_no_date(line):
    assert find_dates(line) == []


def test_published_and_updated_on_one_line_are_told_apart():
    dates = find_dates("Published: 7 May 2019 09:25 | Updated: 8 May 2019 10:00")
    assert [(date.label, date.publication.at.day) for date in dates] == [("published", 7), ("modified", 8)]


def test_a_span_covers_date_time_and_zone():
    line = "Posted on May 7, 2019 at 4:30 p.m. EDT in Harbours"
    assert read(line).span.of(line) == "May 7, 2019 at 4:30 p.m. EDT"
