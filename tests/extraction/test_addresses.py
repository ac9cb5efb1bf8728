import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.addresses import absolute, is_front_page, is_same_page, split_address

STORY = "https://mail.example/harbour/pier-to-close-in-may"
ANYTHING = st.text() | st.from_regex(r"https?://[a-z0-9.\[\]:@-]{0,20}[/?#][ -~]{0,40}")


@pytest.mark.parametrize(
    ("address", "base", "full"),
    [
        ("/a/b", "https://mail.example/x?y=1", "https://mail.example/a/b"),
        ("//img.example/a.jpg", "https://mail.example/x", "https://img.example/a.jpg"),
        ("https://img.example/a b.jpg", None, "https://img.example/a%20b.jpg"),
        (" https://img.example/\na.jpg ", None, "https://img.example/a.jpg"),
        ("https://mail.example/متن", None, "https://mail.example/متن"),
        ("a.jpg", None, None),
        ("data:image/png;base64,AAAA", None, None),
        ("javascript:alert(1)", "https://mail.example/x", None),
        ("http://[bad", "https://mail.example/x", None),
        ("a.jpg", "http://[bad", None),
        ("https:///a", None, None),
        ("https://mail.example/" + "a" * 2_000, None, None),
    ],
)
def test_an_address_is_completed_or_none(address, base, full):
    assert absolute(address, base) == full


@pytest.mark.parametrize(
    "address",
    [
        STORY + "?utm_campaign=feed&from=mail",
        STORY + "/",
        STORY + ".html",
        STORY + "/amp",
        STORY + "/index.html",
        "http://www.mail.example/harbour/pier-to-close-in-may#comments",
        "https://m.mail.example/pier-to-close-in-may",
        "https://MAIL.example/politics/Pier-to-close-in-may",
    ],
)
def test_a_page_under_another_address_of_the_same_site_is_the_same(address):
    assert is_same_page(STORY, address)


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://courier.example/harbour/pier-to-close-in-may", STORY),  # another outlet's
        ("https://mail.example/", STORY),
        ("https://mail.example/harbour", STORY),
        ("https://mail.example/harbour", "https://mail.example/harbour"),  # may be many's
        ("https://mail.example/2026/05", "https://mail.example/2026/05"),
        (STORY, STORY + "?page=2"),
        (STORY, STORY + "/2"),
        (STORY, "https://mail.example/harbour/ferry-to-close-in-may"),
        ("https://mail.example/story.php", "https://mail.example/story.php?id=20931"),
        ("https://mail.example/all-the-news", "https://mail.example/all-the-news?id=ab"),
        ("http://[bad", STORY),
        ("", ""),
    ],
)
def test_a_page_that_may_be_another_is_not_the_same(canonical, address):
    assert not is_same_page(canonical, address)


def test_what_tells_pages_apart_may_stand_in_the_query():
    own = "https://mail.example/story.php?id=20931"
    assert is_same_page(own, own + "&from=feed")
    assert not is_same_page(own, "https://mail.example/story.php?id=20932")
    assert is_same_page(
        "https://mail.example/news/c5y4p8d1v2eo", "https://mail.example/news/c5y4p8d1v2eo?a=b"
    )


def test_a_front_page_is_told_by_its_empty_path():
    assert is_front_page("https://mail.example/")
    assert not is_front_page("https://mail.example/?p=20931")


@given(ANYTHING, ANYTHING)
def test_no_address_is_a_fault(one, other):
    split_address(one)
    is_same_page(one, other)
    full = absolute(one, other)
    assert full is None or full.startswith(("http://", "https://"))
    assert full is None or absolute(full, None) == full
