"""Tell which outlet a page is from: by its URL, its masthead, its copyright line or its newsletter box.

It knows a table of outlets (`data/publishers.json`) and lines of furniture; never the article's sentences,
for an article names other outlets. An outlet that is not in the table stays unknown.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.documents import Stated
from app.extraction.addresses import split_address
from app.extraction.agencies import is_agency
from app.extraction.blocks import Block, locate

# Confidences are guesses of 2026-11-22, in this order of trust.
_BY_DOMAIN = 0.95
_BY_MASTHEAD = 0.9
_BY_COPYRIGHT = 0.85
_BY_MENTION = 0.6
_MASTHEAD_BLOCKS = 8
_SHORTEST_MENTION = 8  # "Time", "Metro" and "The Sun" are words too: they count as mastheads only
_WORD = re.compile(r"\w+")
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Publishers:
    """The table of outlets: canonical names by printed name (lower case) and by domain."""

    by_name: Mapping[str, str]
    by_domain: Mapping[str, str]
    telling: Mapping[str, tuple[str, ...]]  # printed names that can only be an outlet's, by their first word


@cache
def load_publishers() -> Publishers:
    """Read the table shipped with the package (about 3 ms, once for each process)."""
    rows = json.loads(files("app.extraction").joinpath("data/publishers.json").read_text("utf-8"))
    by_name = {printed.lower(): row["name"] for row in rows for printed in (row["name"], *row["aliases"])}
    by_domain = {domain: row["name"] for row in rows for domain in row["domains"]}
    telling: dict[str, tuple[str, ...]] = {}
    for name in sorted(by_name, key=len, reverse=True):
        if len(name) >= _SHORTEST_MENTION and not is_agency(name):
            first = _WORD.findall(name)[0]
            telling[first] = (*telling.get(first, ()), name)
    return Publishers(by_name, by_domain, telling)


def publisher_of_url(url: str) -> str | None:
    """Return the outlet whose domain, or a subdomain of it, the URL is on."""
    by_domain = load_publishers().by_domain
    labels = (split_address(url).hostname or "").split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((by_domain[domain] for domain in domains if domain in by_domain), None)


def find_publisher(raw_text: str, head: Iterable[Block], removed: Iterable[Block]) -> Stated[str]:
    """Return the outlet that the furniture names: `head` stands above the body, `removed` is all of it."""
    publishers = load_publishers()
    for block in list(head)[:_MASTHEAD_BLOCKS]:
        name = publishers.by_name.get(block.text.lower())
        if name:
            return Stated(name, "text", _BY_MASTHEAD, block.span, "masthead")
    mentions = [(name, block) for block in removed if (name := _mentioned(block.text, publishers))]
    mentions.sort(key=lambda pair: _COPYRIGHT.search(pair[1].text) is None)
    for name, block in mentions[:1]:
        is_copyright = _COPYRIGHT.search(block.text) is not None
        return Stated(
            publishers.by_name[name.lower()],
            "text",
            _BY_COPYRIGHT if is_copyright else _BY_MENTION,
            locate(raw_text, block, name),
            "copyright line" if is_copyright else "named in the page's furniture",
        )
    return Stated.absent("no known outlet is named outside the article")


def _mentioned(text: str, publishers: Publishers) -> str | None:
    """Return the first outlet's name in `text`, as printed there; looked up by its first word."""
    lowered = text.lower()
    if publishers.telling.keys().isdisjoint(_WORD.findall(lowered)):
        return None
    for word in _WORD.finditer(lowered):
        for name in publishers.telling.get(word.group(), ()):
            end = word.start() + len(name)
            if lowered.startswith(name, word.start()) and not lowered[end : end + 1].isalnum():
                return text[word.start() : end]
    return None
