"""Articles about one event: which story an article joins, who repeats whose words, how outlets differ.

Pure. Stored stories, frequencies and quotes come in as values (`Profile`, `Frequencies`, `QuoteText`), decisions go
out; looking up and storing are the caller's.
"""

from app.stories.assignment import (
    ArticleVector,
    Decision,
    Profile,
    assign,
    candidate_keys,
    find_merge,
    join,
    merge,
    open_story,
    regroup,
)
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
from app.stories.terms import terms_of
from app.stories.utterances import Utterance, group, unite
from app.stories.vectors import Frequencies, weigh

VERSION = "1"

__all__ = [
    "VERSION",
    "ArticleVector",
    "ComparedUtterance",
    "ComparedVariant",
    "Comparison",
    "Coverage",
    "Decision",
    "FigureDifference",
    "Frequencies",
    "Match",
    "Profile",
    "QuoteText",
    "StoryArticle",
    "StoryEntity",
    "StoryHeadline",
    "Utterance",
    "assign",
    "candidate_keys",
    "choose_headline",
    "compare",
    "compare_variants",
    "difference",
    "earliest",
    "find_merge",
    "group",
    "join",
    "merge",
    "open_story",
    "regroup",
    "same_utterance",
    "terms_of",
    "unite",
    "weigh",
]
