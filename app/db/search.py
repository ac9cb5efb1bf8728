"""Full-text search: what a user may type, and the two engines it becomes (FTS5, tsvector).

The user's words never reach an engine's own syntax: they are parsed here, and handed over as quoted words. The
little language: words are ANDed, "a phrase", either OR other, -not, prefix* of three letters or more. Words match
exactly, without regard to case; punctuation separates words in query and text alike, so `U.S.` finds "U.S.".
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, and_, column, func, not_, or_, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import literal, literal_column, table

from app.errors import BadQuery

MAX_TERMS = 16  # 2,000 OR-ed terms took 0.2 s on a 10,000-quote file; nobody types that many
MIN_PREFIX = 3  # 26 one-letter prefixes took 1 s
# Matches from which the newest are found sooner by walking the list and asking of each row whether it matches, than
# by collecting all matches and sorting them. SQLite at 336,000 quotes, 500 of them wanted: with 110,000 matches 62 ms
# against 226, with 36,000 matches 106 against 72. Postgres walks lists of stories alone, and plans the others itself;
# of 10,000 stories 21 wanted: with 2,000 matches 2 ms against 5, with 8,800 matches 0.4 against 130.
COMMON = {"sqlite": 50_000, "postgresql": 2_000}

# The table that keeps the words of each kind of rows, and its name for their `search_key`. Postgres keeps those of
# articles with what they are counted by (`facets_postgres.py`)
KEPT_IN = {
    ("sqlite", "article"): ("search_article", "rowid"),
    ("sqlite", "quote"): ("search_quote", "rowid"),
    ("postgresql", "article"): ("searched_article", "search_key"),
    ("postgresql", "quote"): ("quote", "search_key"),
}

_CHUNK = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand next to one another; `is_prefix` concerns the last."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Each of `groups` must match by one of its terms, and none of `excluded` may."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Where the words of a kind of rows are kept, the key of those rows there, and the condition that one matches."""

    kept_in: TableClause
    key: ColumnElement[Any]
    condition: ColumnElement[bool]

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Return the rows that match."""
        return select(*columns).select_from(self.kept_in).where(self.condition)


def parse(q: str) -> Query:
    """Return what the user asks for; raise `BadQuery` where nothing can be looked for.

    >>> parse('rates OR "interest rate" -bond')
    Query(groups=((Term(words=('rates',), is_prefix=False), Term(words=('interest', 'rate'), is_prefix=False)),), \
excluded=(Term(words=('bond',), is_prefix=False),))
    """
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    joins_last = False
    for match in _CHUNK.finditer(q):
        minus, phrase, bare = match.groups()
        if bare == "OR" and not minus and groups:
            joins_last = True
            continue
        term = _make_term(phrase, bare)
        if term is None:
            continue
        if minus:
            excluded.append(term)
        elif joins_last:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins_last = False
    if not groups:
        raise BadQuery("q needs at least one word to look for.")
    if sum(map(len, groups)) + len(excluded) > MAX_TERMS:
        raise BadQuery(f"q may hold at most {MAX_TERMS} terms.")
    return Query(tuple(map(tuple, groups)), tuple(excluded))


def is_common(connection: Connection, target: str, q: str) -> bool:
    """Whether so many rows match that walking the list finds the newest sooner."""
    dialect = connection.dialect.name
    found = find_words(dialect, target, q).select(literal_column("1")).limit(COMMON[dialect])
    counted = select(func.count()).select_from(found.subquery())
    return bool(connection.execute(counted).scalar_one() >= COMMON[dialect])


def find_words(dialect: str, target: str, q: str) -> Matching:
    """Return where the words of "article" or "quote" rows are kept, and the condition that they match."""
    name, key = KEPT_IN[dialect, target]
    kept_in = table(name, column(key))
    condition = (_match if dialect == "sqlite" else _holds)(name, parse(q))
    return Matching(kept_in, kept_in.c[key], condition)


def matches(
    dialect: str, target: str, key: ColumnElement[Any], q: str, *, walks: bool = False
) -> ColumnElement[bool]:
    """Return the condition that a row of `target` ("article", "quote") matches; `key` is its search_key.

    walks: ask of each row in the order of the list, for a common query of which only a page is wanted. Postgres
    chooses between the two by itself.
    """
    words = find_words(dialect, target, q)
    if words.kept_in.name == target:
        return words.condition
    if walks and dialect == "sqlite":
        return words.select(literal_column("1")).where(words.key == key).correlate(key.table).exists()
    return key.in_(words.select(words.key))


def _make_term(phrase: str | None, bare: str | None) -> Term | None:
    given = phrase if phrase is not None else bare or ""
    words = tuple(_WORD.findall(given))
    if not words:
        return None
    is_prefix = phrase is None and given.endswith("*")
    if is_prefix and len(words[-1]) < MIN_PREFIX:
        raise BadQuery(f"A prefix needs at least {MIN_PREFIX} letters before the *.")
    return Term(words, is_prefix)


def _match(kept_in: str, query: Query) -> ColumnElement[bool]:
    return text(f"{kept_in} MATCH :q").bindparams(q=_fts5(query))  # type: ignore[return-value] # as good as one


def _fts5(query: Query) -> str:
    wanted = " AND ".join("(" + " OR ".join(map(_fts5_term, group)) + ")" for group in query.groups)
    return f"({wanted})" + "".join(f" NOT {_fts5_term(term)}" for term in query.excluded)


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.is_prefix else "")


def _holds(kept_in: str, query: Query) -> ColumnElement[bool]:
    """Return Postgres's condition, on the words it keeps of each row: made anew they cost 0.3 ms an article."""
    words: ColumnElement[Any] = literal_column(f"{kept_in}.search_words")
    wanted = [or_(*(words.op("@@")(_tsquery(term)) for term in group)) for group in query.groups]
    return and_(*wanted, *(not_(words.op("@@")(_tsquery(term))) for term in query.excluded))


def _tsquery(term: Term) -> ColumnElement[Any]:
    if not term.is_prefix:
        return func.phraseto_tsquery(literal_column("'simple'"), " ".join(term.words))
    lexemes = [f"'{word}'" for word in term.words]  # \w only, so nothing to escape
    return func.to_tsquery(literal_column("'simple'"), literal(" <-> ".join(lexemes) + ":*"))
