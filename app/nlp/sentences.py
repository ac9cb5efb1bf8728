"""Cut paragraphs into sentences by rule: a full stop, unless the word before or after says otherwise.

Quotes and pronouns are judged sentence by sentence, so a wrong cut after "Mr." costs a speaker. It knows
nothing of names or quotes: only letters, marks and the abbreviations table.
"""

import re
from collections.abc import Sequence

from app.documents import Sentence, Span
from app.nlp.data.abbreviations import ALWAYS_INSIDE, BEFORE_NUMBER, OPENERS, SOMETIMES_INSIDE

# A run of sentence-ending marks with the closing marks that belong to them.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*")
_SPACE = re.compile(r"\s+")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([^\W_]+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
# Longer than any abbreviation with its dots; bounds the look-back.
_LONGEST_WORD = 12


def split_sentences(text: str, paragraphs: Sequence[Span]) -> tuple[Sentence, ...]:
    """Return the sentences of each paragraph, in order, without the space around them.

    Closing quotation marks belong to the sentence they close; no sentence crosses a paragraph break.
    """
    return tuple(Sentence(span) for paragraph in paragraphs for span in _sentences_of(text, paragraph))


def _sentences_of(text: str, paragraph: Span) -> list[Span]:
    spans = []
    start = _skip_space(text, paragraph.start, paragraph.end)
    for end in _END.finditer(text, paragraph.start, paragraph.end):
        if end.end() <= start or not _ends_sentence(text, end, paragraph):
            continue
        spans.append(Span(start, end.end()))
        start = _skip_space(text, end.end(), paragraph.end)
    last = paragraph.end
    while last > start and text[last - 1].isspace():
        last -= 1
    if last > start:
        spans.append(Span(start, last))
    return spans


def _skip_space(text: str, position: int, limit: int) -> int:
    space = _SPACE.match(text, position, limit)
    return space.end() if space else position


def _ends_sentence(text: str, end: re.Match[str], paragraph: Span) -> bool:
    """Whether the marks at `end` close a sentence: followed by space and by what may open one."""
    after = _skip_space(text, end.end(), paragraph.end)
    if after == paragraph.end:
        return True
    if after == end.end():
        return False
    following = _NEXT_WORD.match(text, after, paragraph.end)
    word = following.group(1) if following else ""
    if word and word[0].islower():
        return False  # "Why now?" he asked / "... at 5 p.m. on Friday": goes on in lower case
    if end.group()[0] == "." and not end.group().startswith(".."):
        return not _is_inside(_word_before(text, end.start() + 1, paragraph.start), word)
    return True


def _word_before(text: str, end: int, floor: int) -> str:
    """Return the word that ends at `end`, its full stops included, without opening marks."""
    low = max(floor, end - _LONGEST_WORD)
    return re.split(r"[\s\"'“‘«(\[—–-]", text[low:end])[-1].lower()


def _is_inside(before: str, following: str) -> bool:
    """Whether the full stop of the word `before` belongs to an abbreviation within the sentence."""
    if before in ALWAYS_INSIDE:
        return True
    if before in BEFORE_NUMBER:
        return following[:1].isdigit()
    is_initial = len(before) == len("j.") and before[0].isalpha()  # "Mary J. Smith"
    if is_initial or before in SOMETIMES_INSIDE or _INITIALS.fullmatch(before):
        return following.lower() not in OPENERS
    return False
