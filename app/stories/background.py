"""In how many of 840 English news articles a term occurs: what is rare before a database has seen anything.

Without it the first two articles of an empty database could not be told apart or together: each word they share
would look common. Counts only, no text, of the training part of PolNeAR (the texts the quote reader learned
from too); terms in fewer than `FEWEST` articles are left out. Made by `benchmarks/quality/stories.py`.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

ARTICLE_COUNT = 840
FEWEST = 4


@cache
def background() -> Mapping[str, int]:
    """Return term → number of articles. The file has a line per number: it, and the terms that occur in so many."""
    lines = files(__package__).joinpath("data/background.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return MappingProxyType({term: int(count) for count, *terms in rows for term in terms})
