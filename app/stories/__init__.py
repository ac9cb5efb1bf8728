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
from app.stories.terms import terms_of
from app.stories.vectors import Frequencies, weigh

VERSION = "1"

__all__ = [
    "VERSION",
    "ArticleVector",
    "Decision",
    "Frequencies",
    "Profile",
    "assign",
    "candidate_keys",
    "find_merge",
    "join",
    "merge",
    "open_story",
    "regroup",
    "terms_of",
    "weigh",
]
