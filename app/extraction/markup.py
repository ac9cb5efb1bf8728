"""Turn a web page's markup into the lines a reader sees, so that it can be read as a page dump.

It knows tags, not articles; metadata in the markup (title, JSON-LD) is not read here.
"""

from html.parser import HTMLParser

_UNSEEN = frozenset(
    """
    script style head noscript template svg iframe object select textarea
    """.split()  # noqa: SIM905 a table of words
)
_VOID = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    """.split()  # noqa: SIM905 a table of words
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend main nav ol option p pre section summary
    table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 a table of words
)


def visible_text(markup: str) -> str:
    """Return the visible text of `markup`: a blank line between blocks, list items with a bullet."""
    reader = _VisibleText()
    reader.feed(markup)
    reader.close()
    return "".join(reader.pieces)


class _VisibleText(HTMLParser):
    """Collects text pieces; `unseen` is the tag around us whose text is not shown, `depth` how often."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self.unseen:
            self.depth += tag == self.unseen
        elif tag in _UNSEEN:
            self.unseen, self.depth = tag, 1
        elif tag == "body":
            self.pieces.append("\n\n")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n• ")
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            self.depth -= tag == self.unseen
            if not self.depth:
                self.unseen = ""
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(" ".join(data.split("\n")))
