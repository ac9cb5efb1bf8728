import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.robots import Robots, Rule, parse


def rules(*lines, agent="*"):
    return parse("\n".join([f"User-agent: {agent}", *lines]).encode(), "OnRecord")


@pytest.mark.parametrize(
    ("pattern", "path", "is_closed"),
    [
        ("/", "/a", True),
        ("/a", "/b", False),
        ("/a", "/abc", True),
        ("/a*c", "/abbbc?x", True),
        ("/*.pdf$", "/x/a.pdf", True),
        ("/*.pdf$", "/x/a.pdf?x", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*a*a$", "/a", False),
        ("/caf\u00e9", "/caf%C3%A9", True),
        ("", "/a", False),
    ],
)
def test_a_pattern_matches_the_beginning_of_a_path(pattern, path, is_closed):
    assert rules(f"Disallow: {pattern}").allow(path) is not is_closed


def test_the_longest_pattern_decides_and_allow_on_a_tie():
    found = rules("Disallow: /news", "Allow: /news/open", "Disallow: /same", "Allow: /same")
    assert not found.allow("/news/a")
    assert found.allow("/news/open/a")
    assert found.allow("/same")


def test_a_group_of_our_own_comes_before_that_of_all():
    others = b"User-agent: *\nDisallow: /\n\nUser-agent: OTHER\n"
    text = others + b"User-Agent: onrecord/2 # us\nDisallow: /x\nCrawl-delay: 2.5\n"
    found = parse(text, "OnRecord")
    assert found.allow("/a")
    assert not found.allow("/x")
    assert found.delay == 2.5


def test_an_empty_or_strange_file_closes_nothing():
    for content in (
        b"",
        b"\xff\xfe\x00",
        b"<html>not found</html>",
        b"Disallow: /",
        b"User-agent: *\nCrawl-delay: soon",
    ):
        assert parse(content, "OnRecord") == Robots()


def test_a_hostile_pattern_takes_no_time():
    found = Robots(tuple(Rule("/" + "*a" * 500 + "*b$", allows=False) for _ in range(20)))
    started = time.process_time()
    found.allow("/" + "a" * 20_000)
    assert time.process_time() - started < 1


@given(st.binary(max_size=300), st.text(max_size=50))
def test_any_file_and_any_path_give_an_answer(content, path):
    assert parse(content, "OnRecord").allow(path.encode("utf-8", "replace").decode()) in {True, False}
