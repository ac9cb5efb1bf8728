import gzip
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadLine, FetchFailed
from app.ingest.readers.warc import read_warc

HTML = [("Content-Type", "text/html; charset=iso-8859-1")]


def archive(*records, packed=True):
    """Return a WARC of (type, url, status line, headers, body)."""
    written = []
    for kind, url, status, headers, body in records:
        lines = [status, *(f"{name}: {value}" for name, value in headers)]
        http = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        head += f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
        record = head.encode() + http + b"\r\n\r\n"
        written.append(gzip.compress(record) if packed else record)
    return b"".join(written)


def page(
    body=b"<p>Lisbon slept.",
    headers=HTML,
    status="HTTP/1.1 200 OK",
    url="https://news.test/a",
    kind="response",
):
    return kind, url, status, headers, body


def read(content, max_bytes=10_000):
    return list(read_warc(BytesIO(content), max_bytes=max_bytes))


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_an_archive_come_with_url_and_charset(packed):
    [found] = read(archive(page(), packed=packed))
    raw = found.submission.raw
    assert (raw.content, raw.form) == (b"<p>Lisbon slept.", "html")
    assert (raw.hints.url, raw.hints.charset) == ("https://news.test/a", "iso-8859-1")
    assert not found.submission.must_fetch


def test_what_is_no_page_is_passed_over():
    image = page(headers=[("Content-Type", "image/png")])
    missing = page(status="HTTP/1.1 404 Not Found")
    asked = ("request", "https://news.test/a", "GET / HTTP/1.1", [], b"")
    found = read(archive(image, missing, asked, page(url="https://news.test/b")))
    assert [(one.line, one.name) for one in found] == [(1, "https://news.test/b")]


def test_a_packed_and_a_chunked_body_are_unpacked():
    packed = page(gzip.compress(b"<p>Lisbon"), [*HTML, ("Content-Encoding", "gzip")])
    chunked = page(b"5\r\n<p>Li\r\n4\r\nsbon\r\n0\r\n\r\n", [*HTML, ("Transfer-Encoding", "chunked")])
    assert [one.submission.raw.content for one in read(archive(packed, chunked))] == [b"<p>Lisbon"] * 2


def test_a_bad_record_fails_alone():
    bomb = page(gzip.compress(bytes(5_000_000)), [*HTML, ("Content-Encoding", "gzip")])
    strange = page(b"x", [*HTML, ("Content-Encoding", "br")])
    torn = page(b"no gzip", [*HTML, ("Content-Encoding", "gzip")])
    found = read(archive(bomb, page(b"x" * 20_000), strange, torn, page()))
    assert [type(one.error) for one in found] == [FetchFailed, FetchFailed, FetchFailed, BadLine, type(None)]


def test_an_archive_that_breaks_off_gives_what_came_before_and_the_reason():
    whole = archive(page(), page(url="https://news.test/b", body=b"<p>" + bytes(range(256)) * 20))
    found = read(whole[:-80])
    assert found[0].error is None
    assert len(found) <= 3


def test_what_is_no_archive_says_so():
    [found] = read(b"hello, this is no archive at all\r\n" * 20)
    assert isinstance(found.error, BadLine)


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_a_reason(content):
    for given_bytes in (content, archive(page(), packed=False)[:150] + content):
        for found in read(given_bytes):
            assert found.error is not None or found.submission.raw.content is not None
