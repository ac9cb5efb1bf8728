"""Turn a web page's tree into the lines a reader sees, each with the mark-up around it.

It knows tags, not articles: which line belongs to one is `body`'s to choose, what scripts and <meta> say is read
elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.extraction.blocks import Block, cut_blocks
from app.extraction.html.tree import Element

_UNSEEN = frozenset(
    """
    script style head noscript template svg iframe object select textarea math canvas video audio map
    """.split()  # noqa: SIM905 a table of words
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend main nav ol option p pre section summary
    table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 a table of words
)
_LINES = frozenset({"br", "li"})
INSETS = frozenset({"blockquote", "aside", "figure"})
_MARKS = "“\"„«'‘”»’"
_CELLS = frozenset({"td", "th"})
_IN_DATA_TABLE = frozenset(
    """
    a abbr b br caption cite code col colgroup em font i img small span strong sub sup tbody td tfoot th thead
    time tr u
    """.split()  # noqa: SIM905 a table of words
)
_LONGEST_CELL = 150  # characters; guess 2026-11-22, above it a table holds the page and not figures
_MOST_CELLS = 3_000  # elements looked at to tell what a table is for


@dataclass(frozen=True, slots=True)
class Holder:
    """The mark-up around a line: the elements that hold it, innermost first, and the share of it that is link.

    `elements` end at <body>; two lines of one paragraph share the same ones.
    """

    elements: tuple[Element, ...]
    link_share: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees: `text` has a blank line between blocks; `holders` are those of `blocks`, in order."""

    text: str
    blocks: tuple[Block, ...]
    holders: tuple[Holder, ...]


def read_page(root: Element) -> Page:
    """Return the visible lines of a page."""
    body = root.find("body")
    writer = _Writer()
    writer.write(root if body is None else body)
    text = "".join(writer.pieces)
    blocks = cut_blocks(text)
    return Page(text, blocks, tuple(_holders(blocks, writer)))


class _Writer:
    """Walks the tree and collects its text; `runs` are where in it which element's own words begin."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, Element, bool]] = []
        self.links = 0  # around us
        self.owes_bullet = False  # a list item has begun, its first words are still to come
        self.quoted: list[
            bool | None
        ] = []  # whether we gave those <q> around us marks; None: words still to come
        self.owes_dash = False  # the same of who signs a block quote
        self.data_table: Element = None  # around us

    def write(self, body: Element) -> None:
        """Write all of `body`, without recursion: it may be two thousand levels deep."""
        from lxml.etree import iterwalk  # noqa: PLC0415 a process that only serves requests needs no parser

        walk = iterwalk(body, events=("start", "end"))
        for event, element in walk:
            is_seen = element.tag not in _UNSEEN
            if event == "start":
                self._break(element)
                if is_seen:
                    self._open(element)
                else:
                    walk.skip_subtree()
                continue
            if is_seen:
                self._close(element)
            if element is not body:
                self._put_text(element.tail, element.getparent())

    def _open(self, element: Element) -> None:
        self.links += element.tag == "a"
        if element.tag == "table" and _is_data(element):
            self.data_table = element
        if element.tag == "li":
            self.owes_bullet = True
        if element.tag == "q":
            self.quoted.append(None)
        if _is_signature(element):
            self._put("\n\n")
            self.owes_dash = True
        self._put_text(element.text, element)

    def _close(self, element: Element) -> None:
        self.links -= element.tag == "a"
        if element is self.data_table:
            self.data_table = None
        if element.tag == "li":
            self.owes_bullet = False
        if element.tag == "q" and self.quoted.pop():
            self._put("”")
        if _is_signature(element):
            self.owes_dash = False
            self._put("\n\n")
        if element.tag != "br":
            self._break(element)

    def _break(self, element: Element) -> None:
        tag = element.tag
        if tag in _CELLS and self.data_table is not None:
            self._put(" ")
        elif tag in _BLOCKS:
            self._put("\n\n")
        elif tag in _LINES:
            self._put("\n")

    def _put_owed(self, first: str) -> None:
        """Put what a reader sees before the first words of an element, unless they print it themselves."""
        if self.owes_bullet:
            self._put("• ")
        if self.owes_dash and first not in "—–-―":
            self._put("— ")
        if self.quoted and self.quoted[-1] is None:
            self.quoted[-1] = first not in _MARKS
            self._put("“" if self.quoted[-1] else "")
        self.owes_bullet = self.owes_dash = False

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _put_text(self, text: str | None, holder: Element) -> None:
        if not text:
            return
        self.runs.append((self.length, holder, self.links > 0))
        if not text.isspace():
            self._put_owed(text.lstrip()[0])
        self._put(text if holder.tag == "pre" else " ".join(text.splitlines()))


def _is_signature(element: Element) -> bool:
    """Whether an element says whose a block quote is: its <footer>, or a <cite> that stands in no line of it."""
    if element.tag not in ("cite", "footer"):
        return False
    parent = element.getparent()
    return parent is not None and parent.tag in INSETS


def _is_data(table: Element) -> bool:
    """Whether a table shows figures, a row a line, and does not lay out the page."""
    for element in islice(table.iterdescendants(), _MOST_CELLS):
        if element.tag not in _IN_DATA_TABLE or len(element.text or "") > _LONGEST_CELL:
            return False
    return True


def _holders(blocks: Sequence[Block], writer: _Writer) -> Iterator[Holder]:
    starts = [start for start, _, _ in writer.runs]
    for block in blocks:
        first = max(0, bisect_right(starts, block.span.start) - 1)
        last = max(first + 1, bisect_right(starts, block.span.end - 1))
        yield _holder(writer, range(first, last), block)


def _holder(writer: _Writer, runs: range, block: Block) -> Holder:
    linked = 0
    for number in runs:
        start, _, in_link = writer.runs[number]
        if in_link:
            end = writer.runs[number + 1][0] if number + 1 < len(writer.runs) else writer.length
            linked += min(end, block.span.end) - max(start, block.span.start)
    element = _nearest_block(writer.runs[runs[0]][1])
    ancestors = (element, *element.iterancestors()) if element is not None else ()
    return Holder(tuple(ancestors), linked / max(1, block.span.end - block.span.start))


def _nearest_block(element: Element) -> Element:
    while element.tag not in _BLOCKS and element.tag != "li" and element.getparent() is not None:
        element = element.getparent()
    return element
