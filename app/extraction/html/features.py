"""Describe each line of a web page in numbers: wording, mark-up, neighbours, and who takes it for the body.

It knows nothing of weights: `trees` asks for these numbers by name.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import log

from app.extraction.blocks import Block, ends_sentence
from app.extraction.features import share_of_stopwords
from app.extraction.furniture import is_dated, kinds_of
from app.extraction.html.page import Holder, Page
from app.extraction.html.tree import Element

OPINIONS = ("trafilatura", "readability", "article_body", "description")
_EXTRACTORS = OPINIONS[:3]
_ABSENT = -1.0  # an opinion nobody gave, a neighbour there is none
_AGREES = 0.5
_TELLING_CHARACTERS = 200
_RUNNING_TEXT = 80  # characters; a line as long, and not a link, counts as the page's running text
_HEIGHT = 6  # elements up from a line whose names count; above it they name the whole page
_LONGEST_NAMES = 300

_AROUND = (
    "article main aside nav header footer figure form blockquote ul ol table section button a".split()  # noqa: SIM905
)
_NAME_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_NAME_GROUPS = {
    "body": "article body content story text entry paragraph main copy prose post wysiwyg richtext",
    "caption": "caption image photo figure media gallery credit video player slideshow",
    "related": "related recommend recommended recommendations more promo teaser card trending popular latest "
    "readmore also read list feed carousel inline links",
    "outside": "sidebar aside nav menu footer header navigation breadcrumb breadcrumbs rail widget modal popup "
    "overlay banner cookie",
    "boxes": "newsletter subscribe subscription signup paywall ad ads advert advertisement sponsored promoted "
    "donate",
    "talk": "comment comments share sharing social tools disqus reactions follow",
    "about": "author byline bio meta tag tags date time dateline topics category categories kicker",
    "heading": "title headline heading hed",
    "opening": "lead lede dek standfirst summary subtitle subheadline intro deck description excerpt",
    "inset": "pullquote pull quote infobox box factbox sidebar callout embed twitter instagram table",
}
_GROUPS_BY_WORD: dict[str, list[str]] = {}
for _group, _words in _NAME_GROUPS.items():
    for _word in _words.split():
        _GROUPS_BY_WORD.setdefault(_word, []).append(_group)

_OF_NEIGHBOURS = ("length", "ends", "link", "trafilatura", "readability", "tag_p", "any_kind")
_DISTANCES = (-2, -1, 1, 2)
_OF_WINDOW = ("trafilatura", "readability", "length", "link")
_WINDOW = 5  # lines on each side


def describe_page(page: Page, opinions: Mapping[str, Sequence[float]]) -> list[dict[str, float]]:
    """Return the numbers of each block of the page, by name; a name missing means 0."""
    rows = [
        _of_text(block) | _of_markup(holder) for block, holder in zip(page.blocks, page.holders, strict=True)
    ]
    _add_places(page, rows)
    _add_families(page, rows)
    for name in OPINIONS:
        _add_opinion(page, name, opinions.get(name), rows)
    for row in rows:
        row["votes"] = sum(row[name] > _AGREES for name in _EXTRACTORS)
    _add_neighbours(page, rows)
    return rows


def _of_text(block: Block) -> dict[str, float]:
    text = block.text
    opening = text[:_TELLING_CHARACTERS]
    words = opening.split()
    kinds = kinds_of(text)
    return {
        "length": log(1 + len(text)),
        "ends": float(ends_sentence(text)),
        "colon": float(text.endswith(":")),
        "stopwords": share_of_stopwords([word.lower() for word in words]),
        "capitals": sum(word[0].isupper() for word in words) / len(words),
        "digits": sum(map(str.isdigit, opening)) / len(opening),
        "bullet": float(block.has_bullet),
        "quotation": float(any(mark in opening for mark in '"“”«')),
        "upper": float(opening.isupper()),
        "first_lower": float(text[0].islower()),
        "dated": float(is_dated(text)),
        "separators": sum(opening.count(mark) for mark in "|»›·•>/"),
        "any_kind": float(len(kinds)),
    } | {f"kind_{kind}": 1.0 for kind in kinds}


def _of_markup(holder: Holder) -> dict[str, float]:
    elements = holder.elements
    around = {element.tag for element in elements}
    row = {"link": holder.link_share, "depth": float(len(elements))}
    row[f"tag_{elements[0].tag}"] = 1.0
    row |= {f"in_{tag}": 1.0 for tag in _AROUND if tag in around}
    row["hidden"] = float(any(map(is_hidden, elements)))
    for height, element in enumerate(elements[:_HEIGHT]):
        for group in _groups(_names(element)):
            row.setdefault(f"name_{group}", float(_HEIGHT - height))
    return row


def is_hidden(element: Element) -> bool:
    """Whether the element's own mark-up hides it; style sheets are not read."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _names(element: Element) -> str:
    if element.tag in ("body", "html"):
        return ""
    return " ".join(filter(None, map(element.get, ("class", "id", "itemprop", "role"))))[:_LONGEST_NAMES]


@lru_cache(maxsize=4096)
def _groups(names: str) -> frozenset[str]:
    words = (word.lower() for word in _NAME_WORD.findall(names))
    return frozenset(group for word in words for group in _GROUPS_BY_WORD.get(word, ()))


def _add_places(page: Page, rows: Sequence[dict[str, float]]) -> None:
    sizes = [len(block.text) for block in page.blocks]
    total = max(1, sum(sizes))
    heading = next((at for at, h in enumerate(page.holders) if h.elements[0].tag == "h1"), 0)
    counts = Counter(block.text for block in page.blocks)
    for index, (row, before) in enumerate(zip(rows, accumulate(sizes, initial=0), strict=False)):
        row["place"] = before / total
        row["rank"] = index / len(rows)
        row["from_h1"] = float(max(-20, min(60, index - heading)))
        row["repeated"] = float(counts[page.blocks[index].text] > 1)


def _running(page: Page) -> list[int]:
    return [
        len(block.text) if len(block.text) >= _RUNNING_TEXT and holder.link_share < _AGREES else 0
        for block, holder in zip(page.blocks, page.holders, strict=True)
    ]


def _add_families(page: Page, rows: Sequence[dict[str, float]]) -> None:
    """Add which share of the page's running text stands under the same element as the block, and one above."""
    sizes = _running(page)
    total = max(1, sum(sizes))
    for level in (1, 2, 3):
        keys = [id(h.elements[min(level, len(h.elements) - 1)]) for h in page.holders]
        sums: dict[int, int] = {}
        for key, size in zip(keys, sizes, strict=True):
            sums[key] = sums.get(key, 0) + size
        for row, key in zip(rows, keys, strict=True):
            row[f"family_{level}"] = sums[key] / total
    for row in rows:
        row["page_running"] = log(1 + total)


def _add_opinion(
    page: Page, name: str, shares: Sequence[float] | None, rows: Sequence[dict[str, float]]
) -> None:
    """Add the block's share, where in the opinion's stretch it stands, and how much the opinion takes of the page."""
    if shares is None:
        for row in rows:
            row[name] = row[f"{name}_run"] = row[f"{name}_part"] = _ABSENT
        return
    sizes = [len(b.text) if share >= _AGREES else 0 for b, share in zip(page.blocks, shares, strict=True)]
    total = max(1, sum(sizes))
    part = total / max(1, sum(_running(page)))
    for row, share, run in zip(rows, shares, accumulate(sizes), strict=True):
        row[name] = share
        row[f"{name}_run"] = run / total
        row[f"{name}_part"] = part


def _add_neighbours(page: Page, rows: Sequence[dict[str, float]]) -> None:
    """Add what the two lines before and after are like, and the mean of the lines around."""
    parents = [holder.elements[1] if len(holder.elements) > 1 else None for holder in page.holders]
    count = len(rows)
    for name in _OF_NEIGHBOURS:
        column = [row.get(name, 0.0) for row in rows]
        for distance in _DISTANCES:
            for index, row in enumerate(rows):
                at = index + distance
                row[f"{name}{distance:+}"] = column[at] if 0 <= at < count else _ABSENT
    for distance in _DISTANCES:
        for index, row in enumerate(rows):
            at = index + distance
            row[f"same_parent{distance:+}"] = float(0 <= at < count and parents[at] is parents[index])
    for name in _OF_WINDOW:
        sums = list(accumulate((row[name] for row in rows), initial=0.0))
        for index, row in enumerate(rows):
            first, last = max(0, index - _WINDOW), min(count, index + _WINDOW + 1)
            row[f"{name}_window"] = (sums[last] - sums[first]) / (last - first)
