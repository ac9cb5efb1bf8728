"""Find the names in a text: the model proposes, our tables and the rest of the document dispose.

One name gets one type per document, countries are places whatever they do, and a name seen once is found wherever
it stands. Who is who is coreference, and not known here.
"""

from collections.abc import Sequence

from app.documents import Mention, Span
from app.nlp.mentions.capitals import settle_capitals
from app.nlp.mentions.edges import settle_edges, settle_possessives
from app.nlp.mentions.election import elect_types
from app.nlp.mentions.found import Found, without_overlaps
from app.nlp.mentions.kinds import find_kinds
from app.nlp.mentions.listed import find_listed, give_way
from app.nlp.mentions.proposals import propose_names
from app.nlp.mentions.repeats import (
    find_acronyms,
    find_directions,
    find_families,
    find_family_names,
    find_repeats,
)
from app.nlp.mentions.teams import settle_teams
from app.nlp.mentions.tidying import tidy
from app.nlp.models import Models
from app.nlp.words import Word, words_of

__all__ = ["find_names", "gather_candidates"]


def find_names(text: str, paragraphs: Sequence[Span], models: Models) -> tuple[Mention, ...]:
    """Return the name mentions of `text`, in order, not overlapping.

    Spans leave out determiners, titles and possessive 's; a name has the same type all over the document.
    """
    words = [word for paragraph in paragraphs for word in words_of(text, paragraph.start, paragraph.end)]
    named = elect_types(text, gather_candidates(text, paragraphs, words, models))
    alone = [*find_families(text, words, named), *find_directions(text, words, named)]
    named = without_overlaps([*alone, *named, *find_family_names(text, words, named)])
    found = settle_capitals(text, words, named)
    return tuple(Mention(each.span, "name", each.entity_type, each.confidence, each.method) for each in found)


def gather_candidates(
    text: str, paragraphs: Sequence[Span], words: Sequence[Word], models: Models
) -> list[Found]:
    """Return what may be a name, in order, not overlapping: the model's, the tables', and their repeats."""
    proposed = [
        settle_edges(text, part)
        for found in propose_names(text, paragraphs, models)
        for part in tidy(text, found)
    ]
    named = without_overlaps(give_way(text, proposed, list(find_listed(text, words))))
    named = without_overlaps([*named, *find_kinds(text, paragraphs, words, named)])
    named = without_overlaps([*named, *find_acronyms(text, named)])
    named = without_overlaps([*named, *find_repeats(text, words, named)])
    return settle_teams(text, words, list(settle_possessives(text, named)))
