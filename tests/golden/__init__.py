"""News articles written and annotated by hand, in a form that is easy to read and edit.

One TOML file an article. Quotes and mentions are given by their exact words; ` #2` after them means the second
place where those words stand as whole words, without it the first is meant. What counts:

- Every attribution of speech and writing is a quote, and so are beliefs, hopes and expectations when the text says
  whose they are. Words inside another quote are not annotated again.
- Content is the words said, without quotation marks at the ends when direct, and the whole reported clause when
  mixed or indirect: with "that", with the one who is urged or accused ("urged *ministers to pay*"), and with what
  is called or described so ("called *the ruling “a disgrace”*").
- `speaker` is the words in the text, `who` the name of the person or organisation. An unnamed speaker ("a spokesman
  for the ministry", "officials") and several speakers ("the two") have no `who`. A second verb with the same subject
  has the same speaker.
- Names are exhaustive, titles ("Mr", "Sgt"), nationality words and holidays are not. Pronouns: he and she in all
  forms outside quotes. Roles ("the mayor") only where they clearly mean a person.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from app.documents import EntityType, MentionKind, QuoteKind, Span

Attribution = Literal["speech", "writing", "belief", "other"]

_FOLDER = Path(__file__).parent
_ORDINAL = re.compile(r"^(?P<words>.+) #(?P<number>\d+)$", re.DOTALL)
_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_SMALL = frozenset({"of", "the", "and", "in", "for", "to", "on", "at", "a", "an"})
_DETERMINED = re.compile(r"(?:the|an?|this|his|her|its|their|my|our|one)\s", re.IGNORECASE)


class GoldenError(ValueError):
    """A golden article says something that its text does not."""


@dataclass(frozen=True, slots=True)
class GoldenQuote:
    """What a careful reader says of one attribution. `who` is None when nobody can tell a name."""

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    who: str | None
    attribution: Attribution  # what the cue reports


@dataclass(frozen=True, slots=True)
class GoldenMention:
    """A place in the text that refers to an entity."""

    span: Span
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class GoldenEntity:
    """Someone or something mentioned. `id` is shared by articles about the same one; namesakes differ in it."""

    name: str
    type: EntityType
    id: str | None
    mentions: tuple[GoldenMention, ...]


@dataclass(frozen=True, slots=True)
class GoldenArticle:
    """One article with its annotations. `event` is shared by the articles about the same event."""

    slug: str
    publisher: str
    style: str
    event: str | None
    text: str
    quotes: tuple[GoldenQuote, ...]
    entities: tuple[GoldenEntity, ...]


def load() -> tuple[GoldenArticle, ...]:
    """Return all golden articles, by file name. Raises GoldenError where one contradicts its own text."""
    return tuple(
        parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
    )


def parse(slug: str, toml: str) -> GoldenArticle:
    """Return the article a TOML document describes."""
    fields = tomllib.loads(toml)
    text = fields["text"].strip()
    try:
        return GoldenArticle(
            slug=slug,
            publisher=fields["publisher"],
            style=fields["style"],
            event=fields.get("event"),
            text=text,
            quotes=tuple(_quote(text, quote) for quote in fields.get("quotes", ())),
            entities=tuple(_entity(text, entity) for entity in fields.get("entities", ())),
        )
    except GoldenError as error:
        raise GoldenError(f"{slug}: {error}") from None


def _quote(text: str, fields: Mapping[str, Any]) -> GoldenQuote:
    _expect_keys(fields, {"content", "cue", "speaker", "who", "kind", "attribution"})
    return GoldenQuote(
        kind=_one_of(QuoteKind, fields["kind"]),
        content=tuple(locate(text, words) for words in fields["content"]),
        cue=locate(text, fields["cue"]) if "cue" in fields else None,
        speaker=locate(text, fields["speaker"]) if "speaker" in fields else None,
        who=fields.get("who"),
        attribution=_one_of(Attribution, fields["attribution"]),
    )


def _entity(text: str, fields: Mapping[str, Any]) -> GoldenEntity:
    _expect_keys(fields, {"name", "type", "id", "mentions"})
    spans = [locate(text, words) for words in fields["mentions"]]
    return GoldenEntity(
        name=fields["name"],
        type=_one_of(EntityType, fields["type"]),
        id=fields.get("id"),
        mentions=tuple(GoldenMention(span, _mention_kind(span.of(text))) for span in spans),
    )


def locate(text: str, words: str) -> Span:
    """Return where `words` stand in `text` as whole words; "Okafor #2" asks for the second place."""
    ordinal = _ORDINAL.match(words)
    words, number = (ordinal["words"], int(ordinal["number"])) if ordinal else (words, 1)
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    places = [match.start() for match in re.finditer(f"(?={left}{re.escape(words)}{right})", text)]
    if not 1 <= number <= len(places):
        raise GoldenError(
            f"expected {words!r} at least {number} times in the text, found it {len(places)} times"
        )
    return Span(places[number - 1], places[number - 1] + len(words))


def _mention_kind(surface: str) -> MentionKind:
    """Tell “Film director” and “the ambassador of Chile” from “A Dog of the North” and “Maass plc”."""
    if surface.lower() in _PRONOUNS:
        return "pronoun"
    rest = surface.split()[1:]
    lower = [word for word in rest if word.islower() and word not in _SMALL]
    is_described = lower and (lower == rest or _DETERMINED.match(surface))
    return "nominal" if is_described or surface.islower() else "name"


def _one_of(options: Any, value: str) -> Any:  # Any: a Literal type, and one of its values
    if value not in get_args(options):
        raise GoldenError(f"expected one of {', '.join(get_args(options))}, found {value!r}")
    return value


def _expect_keys(fields: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(fields) - known:
        raise GoldenError(f"expected only {', '.join(sorted(known))}, found {', '.join(sorted(unknown))}")
