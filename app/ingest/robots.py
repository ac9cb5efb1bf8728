"""What a site's robots.txt lets a reader fetch (RFC 9309), and how long it asks to wait between two requests.

It parses and matches, and fetches nothing. Patterns are matched piece by piece, never as regular expressions: a
hostile file with many stars costs no more than its length.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

MAX_BYTES = 500 * 1024  # what RFC 9309 2.5 asks a reader to take in at least; the rest is ignored
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_URL_CHARACTERS = "/?#[]@!$&'()*+,;=:%~"


@dataclass(frozen=True, slots=True)
class Rule:
    """`allow` or `disallow` for the paths a pattern matches."""

    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one reader. delay: seconds between two requests; None where the file does not say."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None

    def allow(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest matching pattern decides, `allow` on a tie."""
        path = _quoted(path)
        found = [rule for rule in self.rules if _matches(rule.pattern, path)]
        return max(((len(rule.pattern), rule.allows) for rule in found), default=(0, True))[1]


ALLOW_ALL = Robots()


def parse(content: bytes, token: str) -> Robots:
    """Return the rules that hold for the reader `token`: those of its own groups, or else of the groups for `*`."""
    named: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    agents: set[str] = set()
    is_header = False
    found_own = False
    for field, value in _lines(content):
        if field == "user-agent":
            agents = agents if is_header else set()
            name = _TOKEN.match(value)
            agents.add(name.group().lower() if name else "")
            is_header = True
            found_own = found_own or token.lower() in agents
            continue
        is_header = False
        for wanted, lines in ((token.lower(), named), ("*", others)):
            if wanted in agents:
                lines.append((field, value))
    return _make(named if found_own else others)


def _lines(content: bytes) -> list[tuple[str, str]]:
    text = content[:MAX_BYTES].decode("utf-8-sig", "replace")
    fields = []
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name = name.strip().lower()
        if colon and name in {"user-agent", "allow", "disallow", "crawl-delay"}:
            fields.append((name, value.strip()))
    return fields


def _make(lines: list[tuple[str, str]]) -> Robots:
    rules = [
        Rule(_quoted(value), field == "allow") for field, value in lines if field.endswith("allow") and value
    ]
    delays = [_seconds(value) for field, value in lines if field == "crawl-delay"]
    return Robots(tuple(rules), max((delay for delay in delays if delay is not None), default=None))


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value) else None


def _matches(pattern: str, path: str) -> bool:
    """Whether `pattern` matches the beginning of `path`; `*` is any characters, `$` at the end is the end."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if is_whole and rest else None
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not is_whole or at == len(path)


def _quoted(path: str) -> str:
    return quote(path, safe=_URL_CHARACTERS)
