import gzip
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AddressRefused, Busy, FetchDelayed, FetchFailed, RobotsRefused
from app.ingest import fetch
from app.ingest.addresses import is_public, parse_address
from app.ingest.fetch import Fetcher, inflate
from app.ingest.politeness import Turns
from tests.ingest.web import Answer, make_fetcher, run_site


@pytest.fixture
def site():
    with run_site() as site:
        yield site


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - an address that must be refused
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00:ec2::254",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::8.8.8.8",
        "2001:0:7f00:1::80ff:fffe",
        "2001:db8::1",
        "ff02::1",
    ],
)
def test_an_address_inside_is_not_public_however_it_is_wrapped(address):
    assert not is_public(parse_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(parse_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_no_way_of_writing_this_machine_reaches_it(site, host):
    port = site.url.rpartition(":")[2]
    with pytest.raises((AddressRefused, FetchDelayed)):  # the latter where the resolver refuses the spelling
        Fetcher(max_bytes=1000, interval=0.0).fetch(f"http://{host}:{port}/a")
    assert site.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.test/a",
        "gopher://news.test/a",
        "javascript:alert(1)",
        "//news.test/a",
        "/a",
        "",
        "http://",
        "http://user:secret@news.test/",
        "http://news.test:99999/",
        "http://\ud800/",
    ],
)
def test_only_plain_web_urls_are_fetched(url):
    with pytest.raises(AddressRefused):
        make_fetcher(resolve=lambda *_: pytest.fail("resolved")).fetch(url)


def test_a_name_with_one_address_inside_is_refused(site):
    fetcher = Fetcher(max_bytes=1000, interval=0.0, resolve=lambda *_: ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        fetcher.fetch("http://news.test/")


def test_a_name_that_changes_its_address_is_checked_at_each_connection(site):
    """DNS rebinding: what was checked is what is connected to, and the next connection is checked again."""
    site.pages["/a"] = Answer(b"x")
    port = int(site.url.rpartition(":")[2])
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    seen = []

    def allows(address):
        seen.append(str(address))
        return str(address) == "127.0.0.1"

    fetcher = make_fetcher(allows=allows, resolve=lambda *_: next(answers))
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.2"):
        fetcher.fetch(f"http://news.test:{port}/a")
    assert seen == ["127.0.0.1", "127.0.0.2"]
    assert site.paths() == ["/robots.txt"]


def test_a_page_comes_with_its_charset_validators_and_final_url(site):
    headers = {"Content-Type": "text/html; charset=koi8-r", "ETag": '"1"', "Last-Modified": "yesterday"}
    site.pages["/a"] = Answer(status=301, headers={"Location": "b#part"})
    site.pages["/b"] = Answer(b"<p>Hi", headers=headers)
    fetched = make_fetcher().fetch(site.url + "/a")
    assert fetched.content == b"<p>Hi"
    assert (fetched.url, fetched.media_type, fetched.charset) == (site.url + "/b", "text/html", "koi8-r")
    assert (fetched.etag, fetched.last_modified) == ('"1"', "yesterday")
    assert site.requests[-1][1]["User-Agent"] == fetch.USER_AGENT


def test_what_has_not_changed_has_no_content(site):
    site.pages["/a"] = lambda headers: Answer(status=304 if headers.get("If-None-Match") == '"1"' else 200)
    assert make_fetcher().fetch(site.url + "/a", etag='"1"').content is None
    assert make_fetcher().fetch(site.url + "/a").content == b""


@pytest.mark.parametrize(
    "inside", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "file:///etc/passwd"]
)
def test_a_redirect_to_the_inside_is_refused(site, inside):
    site.pages["/a"] = Answer(status=302, headers={"Location": inside})
    with pytest.raises(AddressRefused):
        make_fetcher(allows=lambda address: str(address) == "127.0.0.1").fetch(site.url + "/a")


def test_redirects_end(site):
    site.pages["/a"] = Answer(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchFailed, match="redirects"):
        make_fetcher().fetch(site.url + "/a")
    assert len(site.requests) == 2 + fetch.MOST_REDIRECTS


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, FetchFailed), (410, FetchFailed), (403, FetchFailed), (500, FetchDelayed), (503, FetchDelayed)],
)
def test_a_failure_says_whether_it_may_pass(site, status, kind):
    site.pages["/a"] = Answer(status=status)
    with pytest.raises(kind, match=str(status)):
        make_fetcher().fetch(site.url + "/a")


def test_a_busy_site_says_when_to_come_again(site):
    site.pages["/a"] = Answer(status=429, headers={"Retry-After": "120"})
    with pytest.raises(FetchDelayed) as raised:
        make_fetcher().fetch(site.url + "/a")
    assert raised.value.seconds == 120


def test_another_media_type_is_refused(site):
    site.pages["/a"] = Answer(b"%PDF", headers={"Content-Type": "application/pdf"})
    with pytest.raises(FetchFailed, match="application/pdf"):
        make_fetcher().fetch(site.url + "/a")


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_over_the_limit_is_refused(site, stated):
    headers = {"Content-Type": "text/html"} | ({} if stated else {"Content-Length": "5"})
    site.pages["/a"] = Answer(b"x" * 5000, headers=headers if stated else {"Content-Type": "text/html"})
    with pytest.raises(FetchFailed, match="larger than 1000"):
        make_fetcher(max_bytes=1000).fetch(site.url + "/a")


def test_a_decompression_bomb_is_refused_and_a_packed_page_is_not(site):
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/good"] = Answer(gzip.compress(b"<p>Hi" * 1000), headers=packed)
    site.pages["/bomb"] = Answer(gzip.compress(bytes(50_000_000), 1), headers=packed)
    fetcher = make_fetcher(max_bytes=2_000_000)
    assert fetcher.fetch(site.url + "/good").content == b"<p>Hi" * 1000
    with pytest.raises(FetchFailed, match="larger than"):
        fetcher.fetch(site.url + "/bomb")


def test_an_answer_packed_otherwise_or_broken_is_refused(site):
    site.pages["/br"] = Answer(b"x", headers={"Content-Type": "text/html", "Content-Encoding": "br"})
    site.pages["/bad"] = Answer(b"no gzip", headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    for path in ("/br", "/bad"):
        with pytest.raises(FetchFailed):
            make_fetcher().fetch(site.url + path)


@given(st.binary(max_size=3000), st.integers(1, 100), st.sampled_from(["gzip", "deflate", ""]))
def test_what_was_packed_comes_back_however_it_is_cut(content, size, coding):
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "": bytes}[coding](content)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(inflate(chunks, coding)) == content


def test_a_site_that_drips_is_given_up_at_the_deadline(site):
    def slow(_headers):
        time.sleep(1)
        return Answer(b"x")

    site.pages["/a"] = slow
    started = time.monotonic()
    with pytest.raises(FetchDelayed):
        make_fetcher(seconds=0.3).fetch(site.url + "/a")
    assert time.monotonic() - started < 0.9


def test_a_server_that_is_not_there_is_tried_later():
    with pytest.raises(FetchDelayed, match="cannot be reached"):
        make_fetcher().fetch("http://127.0.0.1:1/")


def test_robots_txt_is_obeyed_and_asked_for_once(site):
    site.pages |= {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /closed"),
        "/open": Answer(),
        "/closed/a": Answer(),
    }
    fetcher = make_fetcher()
    fetcher.fetch(site.url + "/open")
    with pytest.raises(RobotsRefused):
        fetcher.fetch(site.url + "/closed/a")
    assert site.paths() == ["/robots.txt", "/open"]


def test_robots_txt_is_asked_after_a_redirect_too(site):
    site.pages |= {
        "/robots.txt": Answer(b"User-agent: OnRecord\nDisallow: /closed"),
        "/a": Answer(status=302, headers={"Location": "/closed"}),
    }
    with pytest.raises(RobotsRefused):
        make_fetcher().fetch(site.url + "/a")


def test_while_robots_txt_is_down_nothing_is_fetched(site):
    site.pages |= {"/robots.txt": Answer(status=503), "/a": Answer()}
    with pytest.raises(FetchDelayed):
        make_fetcher().fetch(site.url + "/a")
    assert site.paths() == ["/robots.txt"]


def test_a_host_has_one_request_at_a_time_and_a_while_between():
    turns = Turns(interval=0.1)
    with turns.take("news.test", None):
        pass
    started = time.monotonic()
    with turns.take("other.test", None):
        assert time.monotonic() - started < 0.05
    with turns.take("news.test", None):
        assert time.monotonic() - started >= 0.05


def test_a_turn_too_far_off_is_not_waited_for():
    turns = Turns(interval=0.0)
    with turns.take("slow.test", 30):
        pass
    with pytest.raises(Busy), turns.take("slow.test", 30):
        pass
