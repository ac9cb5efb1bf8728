"""Find the names in a text: the network proposes, the rest of the document disposes.

One name gets one type per document, countries are places whatever they do, and a name seen once is found wherever
it stands. Who is who is coreference, and not known here.
"""

from collections.abc import Sequence

from app.documents import Mention, Span
from app.nlp.mentions.capitals import settle_capitals
from app.nlp.mentions.edges import settle_edges, settle_possessives
from app.nlp.mentions.election import elect_types
from app.nlp.mentions.found import Found, without_overlaps
from app.nlp.mentions.proposals import propose_names
from app.nlp.mentions.repeats import (
    find_acronyms,
    find_directions,
    find_families,
    find_family_names,
    find_repeats,
)
from app.nlp.mentions.tidying import tidy
from app.nlp.words import words_of

__all__ = ["Found", "find_names", "propose_names"]


def find_names(text: str, paragraphs: Sequence[Span], proposed: Sequence[Found]) -> tuple[Mention, ...]:
    """Return the name mentions of `text`, in order, not overlapping, from what the network `proposed`.

    Spans leave out determiners, titles and possessive 's; a name has the same type all over the document.
    """
    words = [word for paragraph in paragraphs for word in words_of(text, paragraph.start, paragraph.end)]
    named = without_overlaps(settle_edges(text, part) for found in proposed for part in tidy(text, found))
    named = without_overlaps([*named, *find_acronyms(text, named)])
    named = elect_types(text, named)
    named = without_overlaps([*named, *find_repeats(text, words, named)])
    named = list(settle_possessives(text, named))
    alone = [*find_families(text, words, named), *find_directions(text, words, named)]
    named = without_overlaps([*alone, *named, *find_family_names(text, words, named)])
    found = settle_capitals(text, words, named)
    return tuple(Mention(each.span, "name", each.entity_type, each.confidence, each.method) for each in found)
