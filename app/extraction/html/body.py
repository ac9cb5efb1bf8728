"""Choose which lines of a web page are the article's body.

The trees judge each line with its neighbours; what is left to the rules here is what holds for the whole.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from app.errors import NoArticle
from app.extraction.blocks import Block, ends_sentence
from app.extraction.body import MOST_BLOCKS, Body, choose_body
from app.extraction.byline import read_byline
from app.extraction.classifier import load_body_model
from app.extraction.furniture import kinds_of
from app.extraction.html.features import describe_page
from app.extraction.html.opinions import ask, shares
from app.extraction.html.page import INSETS, Holder, Page
from app.extraction.html.statements import Statements
from app.extraction.html.tree import Element
from app.extraction.html.trees import PageTrees, body_probabilities
from app.extraction.repeats import without_repeats

_LIKELY = 0.3  # best out of fold of .25 to .5
_SHORTEST_BODY = 120  # characters; below it the lines alone are asked, as of a page dump
_MOSTLY_LINK = 0.5
_LINK_BOXES = frozenset({"related", "newsletter", "share", "advertisement", "navigation"})
_OPENING = 4  # lines of the body among which a headline may have been taken in
_HEADING_HEIGHT = 3
_INSET_HEIGHT = 4


def choose_page_body(
    root: Element, page: Page, statements: Statements, model: PageTrees, *, headline: str | None
) -> Body:
    """Return the body's lines, or raise NoArticle when the page has none to speak of."""
    if not page.blocks:
        raise NoArticle("the document is empty")
    if len(page.blocks) > MOST_BLOCKS:
        raise NoArticle(
            f"expected the page of one article, found {len(page.blocks)} lines (at most {MOST_BLOCKS})"
        )
    chosen = likely_body(page, ask(root, statements), model, headline=headline)
    size = sum(len(block.text) for block, is_kept in zip(page.blocks, chosen, strict=True) if is_kept)
    if size < _SHORTEST_BODY:
        return choose_body(page.blocks, load_body_model())
    return _parted(page.blocks, chosen)


def likely_body(
    page: Page, opinions: dict[str, str], model: PageTrees, *, headline: str | None = None
) -> list[bool]:
    """Return for each line whether it is likely in the body, below the headline, and no repeat or link box."""
    held = {name: shares(page.blocks, text) for name, text in opinions.items()}
    probabilities = body_probabilities(describe_page(page, held), model)
    chosen = [
        probability >= _LIKELY and not _is_link_box(block, holder)
        for probability, block, holder in zip(probabilities, page.blocks, page.holders, strict=True)
    ]
    insets = {index for index, holder in enumerate(page.holders) if _is_inset(holder)}
    texts = [block.text for block in page.blocks]
    return _with_signatures(
        page, without_repeats(texts, _below_headline(page, chosen, headline), insets=insets), insets
    )


def _with_signatures(page: Page, chosen: Sequence[bool], insets: AbstractSet[int]) -> list[bool]:
    """Keep who signs a block quote where its words are kept: short lines by themselves look like furniture."""
    result = list(chosen)
    for index in sorted(insets - {0}):
        if index - 1 in insets and result[index - 1] and page.blocks[index].text.startswith("— "):
            result[index] = True
    return result


def _is_link_box(block: Block, holder: Holder) -> bool:
    """Whether a line between paragraphs leads elsewhere: "Read more: How Veldhaven lost its trams"."""
    return (
        holder.link_share >= _MOSTLY_LINK
        and not ends_sentence(block.text)
        and not _LINK_BOXES.isdisjoint(kinds_of(block.text))
    )


def _below_headline(page: Page, chosen: Sequence[bool], headline: str | None) -> list[bool]:
    """Drop the headline from the lines that open the body, what stands above it, and a byline below it."""
    result = list(chosen)
    opening = [index for index, is_kept in enumerate(chosen) if is_kept][:_OPENING]
    names = [n for n, index in enumerate(opening) if _is_headline(page, index, headline)]
    for index in opening[: names[-1] + 1] if names else ():
        result[index] = False
    for index in opening:
        if result[index] and not read_byline(page.blocks[index].text):
            break
        result[index] = False
    return result


def _is_headline(page: Page, index: int, headline: str | None) -> bool:
    in_heading = any(element.tag == "h1" for element in page.holders[index].elements[:_HEADING_HEIGHT])
    return in_heading or page.blocks[index].text == headline


def _is_inset(holder: Holder) -> bool:
    return any(
        element.tag in INSETS or "pull" in (element.get("class") or "").lower()
        for element in holder.elements[:_INSET_HEIGHT]
    )


def _parted(blocks: Sequence[Block], chosen: Sequence[bool]) -> Body:
    first = chosen.index(True)
    pairs = list(zip(blocks, chosen, strict=True))
    return Body(
        kept=tuple(block for block, is_kept in pairs if is_kept),
        head=tuple(blocks[:first]),
        rest=tuple(block for block, is_kept in pairs[first:] if not is_kept),
    )
