"""Full-text search: what a user may type, and the two engines it becomes (FTS5, tsvector).

The user's words never reach an engine's own syntax: they are parsed here, and handed over as quoted words. The
little language: words are ANDed, "a phrase", either OR other, -not, prefix* of three letters or more. Words match
exactly, without regard to case; punctuation separates words in query and text alike, so `U.S.` finds "U.S.".
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, text
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
    dialect, query = connection.dialect.name, parse(q)
    found: Select[Any] = select(literal_column("1"))
    if dialect == "sqlite":
        found = found.select_from(table(f"search_{target}")).where(_match(target, query))
    else:
        found = found.select_from(table(target)).where(_holds(target, query))
    counted = select(func.count()).select_from(found.limit(COMMON[dialect]).subquery())
    return bool(connection.execute(counted).scalar_one() >= COMMON[dialect])


def matches(
    dialect: str, target: str, key: ColumnElement[Any], q: str, *, walks: bool = False
) -> ColumnElement[bool]:
    """Return the condition that a row of `target` ("article", "quote") matches; `key` is its search_key.

    walks: ask of each row in the order of the list, for a common query of which only a page is wanted.
    """
    query = parse(q)
    if dialect == "sqlite" and walks:
        row = literal_column(f"search_{target}.rowid") == key
        asked: Select[Any] = (
            select(literal_column("1"))
            .select_from(table(f"search_{target}"))
            .where(row, _match(target, query))
        )
        return asked.correlate(key.table).exists()
    if dialect == "sqlite":
        return key.in_(
            select(literal_column("rowid"))
            .select_from(table(f"search_{target}"))
            .where(_match(target, query))
        )
    return _holds(target, query)


def _make_term(phrase: str | None, bare: str | None) -> Term | None:
    given = phrase if phrase is not None else bare or ""
    words = tuple(_WORD.findall(given))
    if not words:
        return None
    is_prefix = phrase is None and given.endswith("*")
    if is_prefix and len(words[-1]) < MIN_PREFIX:
        raise BadQuery(f"A prefix needs at least {MIN_PREFIX} letters before the *.")
    return Term(words, is_prefix)


def _match(target: str, query: Query) -> ColumnElement[bool]:
    return text(f"search_{target} MATCH :q").bindparams(q=_fts5(query))  # type: ignore[return-value] # as good as one


def _fts5(query: Query) -> str:
    wanted = " AND ".join("(" + " OR ".join(map(_fts5_term, group)) + ")" for group in query.groups)
    return f"({wanted})" + "".join(f" NOT {_fts5_term(term)}" for term in query.excluded)


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.is_prefix else "")


def _holds(target: str, query: Query) -> ColumnElement[bool]:
    """Return Postgres's condition, on the words it keeps of each row: made anew they cost 0.3 ms an article."""
    words: ColumnElement[Any] = literal_column(f"{target}.search_words")
    wanted = [or_(*(words.op("@@")(_tsquery(term)) for term in group)) for group in query.groups]
    return and_(*wanted, *(not_(words.op("@@")(_tsquery(term))) for term in query.excluded))


def _tsquery(term: Term) -> ColumnElement[Any]:
    if not term.is_prefix:
        return func.phraseto_tsquery(literal_column("'simple'"), " ".join(term.words))
    lexemes = [f"'{word}'" for word in term.words]  # \w only, so nothing to escape
    return func.to_tsquery(literal_column("'simple'"), literal(" <-> ".join(lexemes) + ":*"))
