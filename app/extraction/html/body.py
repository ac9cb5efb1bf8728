"""Choose which lines of a web page are the article's body."""

from app.errors import NoArticle
from app.extraction.body import Body, choose_body
from app.extraction.classifier import load_body_model
from app.extraction.html.opinions import shares, trafilatura_text
from app.extraction.html.page import Page
from app.extraction.html.tree import Element

_AGREES = 0.5  # share of a line that an opinion must hold


def choose_page_body(root: Element, page: Page) -> Body:
    """Return the body's lines, or raise NoArticle when the page has none to speak of."""
    if not page.blocks:
        raise NoArticle("the document is empty")
    chosen = [share >= _AGREES for share in shares(page.blocks, trafilatura_text(root))]
    if not any(chosen):
        return choose_body(page.blocks, load_body_model())
    first = chosen.index(True)
    return Body(
        kept=tuple(block for block, is_kept in zip(page.blocks, chosen, strict=True) if is_kept),
        head=page.blocks[:first],
        rest=tuple(
            block for block, is_kept in zip(page.blocks[first:], chosen[first:], strict=True) if not is_kept
        ),
    )
