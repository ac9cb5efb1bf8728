"""Choose which lines of a web page are the article's body.

The trees judge each line with its neighbours; what is left to the rules here is what holds for the whole.
"""

import re
from collections.abc import Sequence

from app.errors import NoArticle
from app.extraction.blocks import Block
from app.extraction.body import MOST_BLOCKS, Body, choose_body
from app.extraction.classifier import load_body_model
from app.extraction.html.features import describe_page
from app.extraction.html.opinions import ask, shares
from app.extraction.html.page import Page
from app.extraction.html.statements import Statements
from app.extraction.html.tree import Element
from app.extraction.html.trees import PageTrees, body_probabilities

_LIKELY = 0.3  # best out of fold of .25 to .5
_SHORTEST_BODY = 120  # characters; below it the lines alone are asked, as of a page dump
_SHORTEST_REPEAT = 8  # words; shorter lines may be said twice
_REPEATED = 0.9  # share of a line's runs of four words that shorter lines have said
_SHINGLE = 4
_WORD = re.compile(r"\w+")


def choose_page_body(root: Element, page: Page, statements: Statements, model: PageTrees) -> Body:
    """Return the body's lines, or raise NoArticle when the page has none to speak of."""
    if not page.blocks:
        raise NoArticle("the document is empty")
    if len(page.blocks) > MOST_BLOCKS:
        raise NoArticle(
            f"expected the page of one article, found {len(page.blocks)} lines (at most {MOST_BLOCKS})"
        )
    chosen = likely_body(page, ask(root, statements), model)
    size = sum(len(block.text) for block, is_kept in zip(page.blocks, chosen, strict=True) if is_kept)
    if size < _SHORTEST_BODY:
        return choose_body(page.blocks, load_body_model())
    return _parted(page.blocks, chosen)


def likely_body(page: Page, opinions: dict[str, str], model: PageTrees) -> list[bool]:
    """Return for each line whether it is likely in the body and says what no other line there says."""
    held = {name: shares(page.blocks, text) for name, text in opinions.items()}
    probabilities = body_probabilities(describe_page(page, held), model)
    return _without_repeats(page.blocks, [probability >= _LIKELY for probability in probabilities])


def _without_repeats(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """Drop what shorter lines, or the same line before, have said: pull quotes, a hidden copy of the whole."""
    result, said = list(chosen), set[tuple[str, ...]]()
    for index in sorted(range(len(blocks)), key=lambda index: len(blocks[index].text)):
        words = _WORD.findall(blocks[index].text) if chosen[index] else []
        if len(words) < _SHORTEST_REPEAT:
            continue
        runs = list(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))
        result[index] = sum(map(said.__contains__, runs)) < _REPEATED * len(runs)
        said.update(runs)
    return result


def _parted(blocks: Sequence[Block], chosen: Sequence[bool]) -> Body:
    first = chosen.index(True)
    pairs = list(zip(blocks, chosen, strict=True))
    return Body(
        kept=tuple(block for block, is_kept in pairs if is_kept),
        head=tuple(blocks[:first]),
        rest=tuple(block for block, is_kept in pairs[first:] if not is_kept),
    )
