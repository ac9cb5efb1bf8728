import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadLine
from app.ingest.readers.lines import cut_lines
from app.ingest.submissions import parse_line


@given(st.binary(max_size=200), st.integers(1, 20))
def test_lines_are_the_same_however_the_bytes_are_cut(content, size):
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    found = [(line.number, line.content) for line in cut_lines(chunks, 1000)]
    assert found == [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]


def test_a_line_over_the_limit_is_cut_and_the_next_is_whole():
    long, good = list(cut_lines([b"x" * 50, b"y" * 50 + b"\n{}"], 60))
    assert (len(long.content), long.is_cut, good.content, good.is_cut) == (60, True, b"{}", False)
    with pytest.raises(BadLine, match="longer than 60"):
        long.submission()


def test_a_line_without_end_takes_no_more_memory_than_the_limit():
    tracemalloc.start()
    list(cut_lines((b"x" * 10_000 for _ in range(2000)), 50_000))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_line_brings_its_hints_and_its_id_is_the_callers_key():
    line = {"id": 7, "text": "Lisbon slept.", "headline": "Night", "more": [1]}
    submission = parse_line(json.dumps(line).encode())
    assert submission.raw.content == b"Lisbon slept."
    assert (submission.raw.hints.external_id, submission.raw.hints.headline) == ("7", "Night")
    assert not submission.must_fetch


def test_a_line_with_a_url_alone_is_to_be_fetched():
    submission = parse_line(b'{"url": "https://news.test/a"}')
    assert submission.must_fetch
    assert submission.raw.hints.url == "https://news.test/a"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"{}",
        b'{"id": 1}',
        b'{"text": "a", "html": "b"}',
        b'{"text": 7}',
        b'{"text": "a\\u0000"}',
        b'{"text": "\\ud800"}',
        b'{"text": "a", "published_at": "soon"}',
        b'{"url": "file:///etc/passwd"}',
        b"[" * 100_000,
    ],
    ids=lambda line: repr(line)[:30],
)
def test_a_bad_line_says_what_is_wrong(line):
    with pytest.raises(BadLine, match=r"\w"):
        parse_line(line)
