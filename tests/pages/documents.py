"""Pages as documents: parsed as strictly as XML is, and held to what every page must be."""

import copy
from itertools import pairwise

from lxml import etree

DOCTYPE = "<!DOCTYPE html>\n"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def parse(answer, status=200):
    """Return the root of a page that is as every page must be."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith(DOCTYPE)
    root = etree.fromstring(answer.text.removeprefix(DOCTYPE).encode())
    check(root)
    return root


def check(root) -> None:
    assert len(root.findall(".//h1")) == 1
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in HEADINGS]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels
    labelled = {element.get("for") for element in root.iter("label")}
    assert all(element.get("id") in labelled for element in root.iter("input"))
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in {"style", "script", "iframe"}
        assert not any(name.startswith("on") for name in element.attrib)
        for name in ("aria-labelledby", "aria-describedby"):
            assert element.get(name) is None or element.get(name) in ids
    for link in root.iter("a"):
        assert not list(link.iter("a"))[1:], "a link within a link"
        assert plain(link).strip() or link.get("aria-label")
        assert not link.get("href").startswith("#") or link.get("href")[1:] in ids
    assert all(table.find("caption") is not None for table in root.iter("table"))
    assert root.find(".//body/a").get("href") == "#content"
    assert root.find(".//main").get("id") == "content"


def plain(element) -> str:
    return "".join(element.itertext())


def said(element) -> str:
    """Return what is written, with single spaces, and one between cells."""
    spaced = copy.deepcopy(element)
    spaced.tail = None
    for cell in spaced.iter("td", "th", "dt", "dd"):
        cell.tail = " " + (cell.tail or "")
    return " ".join(plain(spaced).replace("\u00a0", " ").split())


def by_class(root, name):
    return [element for element in root.iter() if name in (element.get("class") or "").split()]


def links(root):
    return [element.get("href") for element in root.iter("a", "link")]
