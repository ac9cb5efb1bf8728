"""Choose which blocks of a page are the article's body.

The classifier judges each block by itself and its neighbours; the rules here say what holds for the whole: a
body is one stretch of the page, it begins and ends with a sentence, and a note on the author ends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import NoArticle
from app.extraction.blocks import Block, ends_sentence
from app.extraction.byline import read_author_note
from app.extraction.classifier import BodyModel, body_probabilities
from app.extraction.furniture import kinds_of, opens_comments
from app.extraction.repeats import without_repeats

# A block this likely speaks for its stretch, by each of its characters; a less likely one against it, as much
# as _GAP_COST such characters. Best out of fold of .15 to .3 and 20 to 320.
_LIKELY = 0.25
_GAP_COST = 90.0
_LEAST_LIKELY = 0.1  # within the stretch; a less likely block is furniture; best out of fold
# Less than this is a teaser or a notice; guess 2026-11-22, the shortest news briefs are two sentences.
_SHORTEST_BODY = 120
_SHORTEST_PARAGRAPH = 60
_ENOUGH_SENTENCES = 400  # characters in paragraphs; with less, a third of the body must be such
_FEWEST_LETTERS = 12  # of a sentence: "Read on." is none
# The longest of 604 labelled dumps has 926 lines; a megabyte of one-letter lines would take half a minute.
MOST_BLOCKS = 20_000
_LONGEST_HEADLINE = 160  # guess: of what stands above a body without a full stop, the longest headline
_LONGEST_HEADING = 80
_SHORTEST_NAMED_KIND = 40  # characters; a removed line shorter than this, of no kind, is just a short line


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a page: `kept` in the body, `head` above it, `rest` all others below its start."""

    kept: tuple[Block, ...]
    head: tuple[Block, ...]
    rest: tuple[Block, ...]


def choose_body(blocks: Sequence[Block], model: BodyModel) -> Body:
    """Return the body's blocks, or raise NoArticle when the page has none to speak of."""
    if not blocks:
        raise NoArticle("the document is empty")
    if len(blocks) > MOST_BLOCKS:
        raise NoArticle(
            f"expected the page of one article, found {len(blocks)} lines (at most {MOST_BLOCKS})"
        )
    chosen = _likely_body(blocks, body_probabilities(blocks, model))
    if not _is_article(blocks, chosen):
        chosen = _plain_sentences(blocks)
    if not any(chosen):
        raise NoArticle("the document holds page furniture only")
    kept = tuple(block for block, is_kept in zip(blocks, chosen, strict=True) if is_kept)
    first = chosen.index(True)
    rest = tuple(block for block, is_kept in zip(blocks[first:], chosen[first:], strict=True) if not is_kept)
    return Body(kept, tuple(blocks[:first]), rest)


def reason_for(block: Block) -> str:
    """Return why a block is no part of the body, by its wording and length."""
    if read_author_note(block.text):
        return "author_bio"
    kinds = kinds_of(block.text)
    if kinds:
        return kinds[0]
    if block.has_bullet:
        return "navigation"
    return "short_line" if len(block.text) < _SHORTEST_NAMED_KIND else "not_body"


def _likely_body(blocks: Sequence[Block], probabilities: Sequence[float]) -> list[bool]:
    """Return the stretch less its furniture and repeats.

    "Sign up for our newsletter", between paragraphs, is no sentence.
    """
    start, end = _densest(blocks, probabilities)
    end = _before_comments(blocks, start, end)
    chosen = [False] * len(blocks)
    for index in range(start, end):
        text = blocks[index].text
        is_furniture = not ends_sentence(text) and kinds_of(text)
        chosen[index] = probabilities[index] >= _LEAST_LIKELY and not is_furniture
    return _settle(blocks, without_repeats([block.text for block in blocks], chosen))


def _densest(blocks: Sequence[Block], probabilities: Sequence[float]) -> tuple[int, int]:
    """Return the stretch with the greatest sum of likely characters less the cost of its gaps (Kadane)."""
    best, best_sum, start, total = (0, 0), 0.0, 0, 0.0
    for index, (block, probability) in enumerate(zip(blocks, probabilities, strict=True)):
        margin = probability - _LIKELY
        total += margin * (len(block.text) if margin >= 0 else _GAP_COST / _LIKELY)
        if total <= 0:
            start, total = index + 1, 0.0
        elif total > best_sum:
            best, best_sum = (start, index + 1), total
    return best


def _before_comments(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return where the stretch ends, before what readers wrote: to the classifier they write as reporters do.

    A heading with less than an article above it belongs to the page's menus.
    """
    size = 0
    for index in range(start, end):
        if size > _ENOUGH_SENTENCES and opens_comments(blocks[index].text):
            return index
        size += len(blocks[index].text)
    return end


def _settle(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """Return the choice with its two ends put right: a body begins and ends with a sentence.

    What the classifier takes in above is often the headline, below the name of a section or a note on the
    author.
    """
    result = list(chosen)
    for index, block in enumerate(blocks):
        if result[index] and _may_begin(block):
            break
        result[index] = False
    for index in range(len(blocks) - 1, -1, -1):
        if result[index] and _may_end(blocks[index]):
            break
        result[index] = False
    return result


def _may_begin(block: Block) -> bool:
    return ends_sentence(block.text) or len(block.text) >= _LONGEST_HEADLINE


def _may_end(block: Block) -> bool:
    is_whole = ends_sentence(block.text) or block.has_bullet or len(block.text) >= _LONGEST_HEADING
    return is_whole and not read_author_note(block.text)


def _is_article(blocks: Sequence[Block], chosen: Sequence[bool]) -> bool:
    kept = [block.text for block, is_kept in zip(blocks, chosen, strict=True) if is_kept]
    size = sum(map(len, kept))
    sentences = sum(len(text) for text in kept if len(text) >= _SHORTEST_PARAGRAPH and _is_sentence(text))
    return size >= _SHORTEST_BODY and sentences >= min(_ENOUGH_SENTENCES, size / 3)


def _plain_sentences(blocks: Sequence[Block]) -> list[bool]:
    """Return the sentences of a page that holds little else: a brief of two lines, or none.

    "The pier was closed on Monday." / "It will open again in May." is an article; the same below a menu is
    a teaser.
    """
    chosen = [_is_told(block.text) and not block.has_bullet for block in blocks]
    size = sum(len(block.text) for block in blocks)
    sentences = sum(len(block.text) for block, is_kept in zip(blocks, chosen, strict=True) if is_kept)
    return chosen if sentences > size / 2 else [False] * len(blocks)


def _is_told(text: str) -> bool:
    """Whether a line is a sentence of an article, or so long that it is one cut short.

    Without a page around it "The actor was named as the next face of the series." is no note on an author.
    """
    is_sentence = _is_sentence(text) or len(text) >= _LONGEST_HEADLINE
    return is_sentence and not set(kinds_of(text)) - {"author_bio"}


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and sum(map(str.isalpha, text[:_SHORTEST_BODY])) >= _FEWEST_LETTERS
