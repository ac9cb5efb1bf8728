"""Articles about one event: which story an article joins, who repeats whose words, how outlets differ.

Pure. Stored stories, frequencies and quotes come in as values (`Profile`, `Frequencies`, `QuoteText`), decisions go
out; looking up and storing are the caller's.
"""

from app.stories.assignment import (
    THRESHOLD,
    ArticleVector,
    Profile,
    candidate_keys,
    find_near,
    profile_of,
)
from app.stories.bonds import Bond, find_bonds
from app.stories.comparison import (
    ComparedUtterance,
    ComparedVariant,
    Comparison,
    Coverage,
    StoryArticle,
    StoryEntity,
    compare,
    compare_variants,
    difference,
    earliest,
)
from app.stories.figures import FigureDifference
from app.stories.headline import StoryHeadline, choose_headline
from app.stories.matching import Match, same_utterance
from app.stories.quotes import QuoteText
from app.stories.regrouping import Sharing, regroup, share_out
from app.stories.terms import part_of, terms_of
from app.stories.utterances import Utterance, group, unite
from app.stories.vectors import Frequencies, weigh

VERSION = "2"

__all__ = [
    "THRESHOLD",
    "VERSION",
    "ArticleVector",
    "Bond",
    "ComparedUtterance",
    "ComparedVariant",
    "Comparison",
    "Coverage",
    "FigureDifference",
    "Frequencies",
    "Match",
    "Profile",
    "QuoteText",
    "Sharing",
    "StoryArticle",
    "StoryEntity",
    "StoryHeadline",
    "Utterance",
    "candidate_keys",
    "choose_headline",
    "compare",
    "compare_variants",
    "difference",
    "earliest",
    "find_bonds",
    "find_near",
    "group",
    "part_of",
    "profile_of",
    "regroup",
    "same_utterance",
    "share_out",
    "terms_of",
    "unite",
    "weigh",
]
