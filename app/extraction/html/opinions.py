"""Ask others what a page's article is: trafilatura, readability, and the page itself in its structured data.

Each gives a text; what counts is which of our own lines it holds, so that paragraphs, order and spans are ours. An
opinion that fails is no opinion. Nothing here reaches the network.
"""

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice

from app.extraction.blocks import Block
from app.extraction.html.page import read_page
from app.extraction.html.statements import Statements
from app.extraction.html.tree import Element, parse

# Others walk the tree by recursion, and some of their searches are quadratic: what is larger or deeper than any of
# 302 labelled pages by a good margin (8,600 elements, 60 levels) they are not asked about.
_MOST_ELEMENTS = 25_000
_DEEPEST = 200
_LONGEST = 3_000_000  # characters, scripts too
_TAG = re.compile(r"<[^<>]{1,300}>")
_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_SHORT = 6  # words; a shorter line counts only where it is a line of the opinion's too


def ask(root: Element, statements: Statements) -> dict[str, str]:
    """Return what each takes for the article's text; who has no opinion, or fails, is left out."""
    texts = {"article_body": _stated(statements, "body"), "description": _stated(statements, "description")}
    if _is_of_common_size(root):
        for name, extractor in (("trafilatura", trafilatura_text), ("readability", readability_text)):
            try:
                texts[name] = extractor(root)
            except Exception:  # noqa: BLE001, S112 whatever fails in them on a broken page, we have others to ask
                continue
    return {name: text for name, text in texts.items() if text}


def trafilatura_text(root: Element) -> str:
    """Return the article that trafilatura sees, "" where it sees none.

    favor_precision is ahead of its other modes on the labelled pages (F1 .975 and .924; default .965 and .916).
    """
    import trafilatura  # noqa: PLC0415 a process that only serves requests has no use for it

    logging.getLogger("trafilatura").setLevel(
        logging.CRITICAL
    )  # that a page holds no article is for us to say
    document = trafilatura.bare_extraction(root, include_comments=False, favor_precision=True)
    return getattr(document, "text", None) or ""


def readability_text(root: Element) -> str:
    """Return the visible text of what readability keeps of the page."""
    from readability import Document  # noqa: PLC0415 as above

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    kept = Document(deepcopy(root)).summary(html_partial=True)
    return read_page(parse(kept)).text


def shares(blocks: Sequence[Block], text: str) -> list[float]:
    """Return for each block how much of it `text` holds, 0 to 1: its runs of four words, or a short line whole."""
    shingles = set(_shingles(_WORD.findall(text)))
    lines = {" ".join(_WORD.findall(line)) for line in text.splitlines()}
    return [_share(_WORD.findall(block.text), shingles, lines) for block in blocks]


def _stated(statements: Statements, field: str) -> str:
    """Return the longest statement of a field, as lines without mark-up."""
    longest = max((statement.value for statement in statements[field]), key=len, default="")
    return _TAG.sub("\n", longest)


def _share(words: Sequence[str], shingles: set[tuple[str, ...]], lines: set[str]) -> float:
    if len(words) < _SHORT:
        return float(bool(words) and " ".join(words) in lines)
    own = _shingles(words)
    return sum(map(shingles.__contains__, own)) / len(own)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _is_of_common_size(root: Element) -> bool:
    from lxml.etree import iterwalk  # noqa: PLC0415 as above

    depth = length = 0
    for event, element in islice(iterwalk(root, events=("start", "end")), 2 * _MOST_ELEMENTS + 1):
        depth += 1 if event == "start" else -1
        length += len((element.text if event == "start" else element.tail) or "")
        if depth > _DEEPEST or length > _LONGEST:
            return False
    return depth == 0
