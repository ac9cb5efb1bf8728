"""Read the labelled corpora and our own texts as examples: for every word what each head should answer.

Every corpus labels some of what the heads learn; what it leaves open is left open here too, as a set of allowed
tags, so that a corpus that knows no works of art does not teach that there are none. Knows nothing of the model.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import runtime  # noqa: F401 - must come before app
from marked import Passage, read_passages

from app.countries import country_of
from app.nlp.tagger.decode import BEGINS, ROLE_OF, TAG_ID, TAGS
from app.nlp.tagger.heads import NAME_TAGS, ROLE_TAGS
from app.nlp.tagger.words import Article, Span, read_article

IGNORE = -100
GOLD_ROLES = {"source": "speaker", "cue": "cue", "content": "content"}
LABELS = {
    "PERSON": "person",
    "ORG": "organization",
    "LOC": "place",
    "EVENT": "event",
    "WORK": "work",
    "PRODUCT": "product",
    "GROUP": "group",
    "LAW": "work",
}
# What a corpus leaves open: types it never labels where it labels nothing, and what its MISC may be.
MINOR = ("event", "work", "product", "group")
OPEN = {
    "worldwide-news": ("event", "work", "product"),
    "gum-train": ("group", "work", "product"),
    "men": (),
    "re3d": ("event", "work", "product", "group"),
    "uner-pud": MINOR,
    "uner-ewt": MINOR,
    "btc": MINOR,
    "wnut17": ("event", "group"),
    "wikigold": (),
    "crossner": ("group", "product"),
    "europarl": (),
}
MISC = {
    "worldwide-news": ("O", "event", "work", "product"),
    "gum-train": ("O", "event", "work", "product", "group"),
    "wikigold": ("O", *MINOR),
    "europarl": ("O", *MINOR),
    "crossner": ("O", *MINOR),
}
NAMES_ONLY = {
    "worldwide-news",
    "men",
    "re3d",
    "uner-pud",
    "uner-ewt",
    "btc",
    "wnut17",
    "wikigold",
    "crossner",
}
SENTENCES = {"crossner", "wnut17", "btc", "europarl"}  # single sentences: many make one example
JOINED = 12  # of them
# Where the words that say who is meant end, and what stands behind only describes: closed classes.
_TAIL = re.compile(
    r"[\s,](?:of|in|on|at|from|for|with|by|to|who|whom|whose|that|which|where|near|under|behind|about|against|"
    r"between|after|before|than|as|inside|outside)\b|,|\(|\s[–—-]\s"
)


@dataclass
class Example:
    """An article with what each word should be answered; a layer the corpus does not label is None.

    tags, heads: quotes (see data.py). names, roles: bit sets of allowed tags. who: for each word that refers, the
    words it may point to (-1: nobody before); others: the words it must not point to, where that is all one knows.
    """

    id: str
    corpus: str
    article: Article
    tags: np.ndarray | None = None
    heads: np.ndarray | None = None
    names: np.ndarray | None = None
    roles: np.ndarray | None = None
    who: dict[int, tuple[int, ...]] = field(default_factory=dict)
    others: dict[int, tuple[int, ...]] = field(default_factory=dict)


def load_corpora(gold: Path, texts: Path, tokenizer: Any, *, licensed_only: bool = False) -> list[Example]:
    """Read all there is to train on; `licensed_only` leaves out the corpora that state no licence."""
    examples: list[Example] = []
    if not licensed_only:
        examples += load_quotes(gold / "quotes" / "polnear-train.jsonl", tokenizer)
    for path in sorted((gold / "train").glob("*.jsonl.gz")):
        corpus = path.name.removesuffix(".jsonl.gz")
        if corpus == "re-docred" or (licensed_only and corpus == "worldwide-news"):
            continue  # re-docred's names are known to be incomplete
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        if corpus == "btc":
            records = [record for record in records if "news" in record["genre"]]
        if corpus in SENTENCES:
            records = list(_join(records))
        examples += [_example(corpus, record, tokenizer) for record in records]
    for path in sorted(texts.glob("*.txt")):
        examples += [_own(passage, tokenizer) for passage in read_passages(path)]
    return examples


def load_quotes(path: Path, tokenizer: Any, limit: int | None = None) -> list[Example]:
    """Read a file of PolNeAR's."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][:limit]
    examples = []
    for record in records:
        article = read_article(record["text"], tokenizer)
        tags, heads = quote_layers(article, record["attributions"])
        examples.append(Example(record["id"], "polnear", article, tags, heads))
    return examples


def _join(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for first in range(0, len(records), JOINED):
        text, mentions = "", []
        for record in records[first : first + JOINED]:
            text += "\n\n" if text else ""
            shift = len(text)
            text += record["text"].replace("\n", " ")
            for mention in record["mentions"]:
                moved = {"start": mention["start"] + shift, "end": mention["end"] + shift, "core": None}
                if mention.get("core"):
                    moved["core"] = [at + shift for at in mention["core"]]
                mentions.append(mention | moved)
        yield {"id": records[first]["id"], "text": text, "mentions": mentions}


# --- quotes ---------------------------------------------------------------------------------------


def quote_layers(article: Article, attributions: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Give every word its quote tag and the first word of the cue it belongs to (IGNORE: none)."""
    tags, heads = np.zeros(len(article), np.int64), np.full(len(article), IGNORE, np.int64)
    spans = []  # (first word, last word, role, attribution)
    for n, attribution in enumerate(attributions):
        for key, role in GOLD_ROLES.items():
            for span in attribution[key]:
                first, last = words_of(article, span)
                if last > first:
                    spans.append((first, last, role, n))
    cue_of = {n: first for first, _, role, n in sorted(spans, reverse=True) if role == "cue"}
    before, end = (-1, ""), 0
    for first, last, role, n in sorted(spans):
        goes_on = before == (n, role) and first == end  # some content was cut where nothing stands between
        tags[first] = TAG_ID[("I-" if goes_on else "C-" if n == before[0] else "N-") + role]
        tags[first + 1 : last] = TAG_ID["I-" + role]
        heads[first:last] = cue_of.get(n, IGNORE)  # a speaker of several cues: the last; decoding shares it
        before, end = (n, role), last
    return _mend(tags, article.paragraph), heads


def _mend(tags: np.ndarray, paragraph: np.ndarray) -> np.ndarray:
    """Open a span anew where one that goes on was cut by another within it or by a paragraph's end."""
    before = np.append(-1, ROLE_OF[tags[:-1]])
    cut = (
        ~BEGINS[tags]
        & (ROLE_OF[tags] >= 0)
        & ((before != ROLE_OF[tags]) | (np.diff(paragraph, prepend=-1) != 0))
    )
    opening = np.array([TAG_ID["N-" + tag[2:]] if tag != "O" else 0 for tag in TAGS])
    return np.where(cut, opening[tags], tags)


def words_of(article: Article, span: Span) -> tuple[int, int]:
    """Give the words [first, last) a span touches."""
    first, last = np.searchsorted(article.ends, span[0], "right"), np.searchsorted(article.starts, span[1])
    return int(first), int(last)


# --- names and roles ------------------------------------------------------------------------------


def _bits(tags: tuple[str, ...], allowed: Iterable[str], prefix: str = "") -> int:
    return sum(1 << tags.index(each if each == "O" else f"{prefix}-{each}") for each in allowed)


def _paint(layer: np.ndarray, tags: tuple[str, ...], first: int, last: int, allowed: tuple[str, ...]) -> None:
    layer[first] = _bits(tags, allowed, "B")
    layer[first + 1 : last] = _bits(tags, allowed, "I")


def _blank(article: Article, tags: tuple[str, ...], left_open: tuple[str, ...]) -> np.ndarray:
    allowed = _bits(tags, ("O", *left_open), "B") | _bits(tags, left_open, "I")
    return np.full(len(article), allowed, np.int64)


def _example(corpus: str, record: dict[str, Any], tokenizer: Any) -> Example:
    article = read_article(record["text"], tokenizer)
    example = Example(record["id"], corpus, article)
    if "pronoun" in record:
        return _gap(example, record)
    if corpus in OPEN:
        example.names = _names(corpus, article, record)
    if corpus in ("gum-train", "litbank"):
        example.roles = _roles(article, record["mentions"])
        example.who = _who(
            article, [_Referring.of(m, record["text"]) for m in record["mentions"] if m["cluster"]]
        )
    return example


def _names(corpus: str, article: Article, record: dict[str, Any]) -> np.ndarray:
    layer = _blank(article, NAME_TAGS, OPEN[corpus])
    named = [m for m in record["mentions"] if m.get("form") in ("name", "group_name")]
    if corpus == "re3d":  # one span may be labelled twice
        named = list(
            {(m["start"], m["end"]): m for m in sorted(named, key=lambda m: m["confidence"])}.values()
        )
    cores = [(*(m.get("core") or (m["start"], m["end"])), m) for m in named]
    for start, end, mention in cores:
        inside = any(
            other["label"] != "PERSON" and s <= start and end <= e and (s, e) != (start, end)
            for s, e, other in cores
        )
        first, last = words_of(article, tidy(article.text, start, end))
        if not inside and last > first:
            _paint(layer, NAME_TAGS, first, last, _allowed(corpus, mention, article.text[start:end]))
    return layer


def tidy(text: str, start: int, end: int) -> Span:
    """Leave an article before a name and a possessive behind it out."""
    if text[start:end].lower().startswith("the ") and end - start > len("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def _allowed(corpus: str, mention: dict[str, Any], surface: str) -> tuple[str, ...]:
    label = mention["label"]
    if mention["form"] == "group_name" or label == "GROUP":
        return ("O", "group")  # corpora label adjectives too, we do not
    if label == "ORG" and country_of(surface):
        return ("place",)  # a country stays a place when it acts
    if label in LABELS:
        own = LABELS[label]
        return (own, "O", "work") if corpus == "gum-train" and own == "product" else (own,)
    return MISC.get(corpus, ("O", *MINOR))


def _roles(article: Article, mentions: list[dict[str, Any]]) -> np.ndarray:
    """Tag the base of common-noun phrases for people and organizations."""
    layer = np.full(len(article), _bits(ROLE_TAGS, ("O",)), np.int64)
    nominal = [m for m in mentions if m.get("form") in ("nominal", "title_only", "group_name")]
    for mention in sorted(nominal, key=lambda m: m["start"] - m["end"]):  # long first, inner ones over them
        kinds = {"PERSON": ("person", "group"), "ORG": ("organization",)}.get(mention["label"])
        if kinds:
            first, last = words_of(article, base_of(article.text, mention))
            if last > first:
                _paint(layer, ROLE_TAGS, first, last, kinds)
    return layer


def base_of(text: str, mention: dict[str, Any]) -> Span:
    """Give a common-noun phrase without what stands behind its head: "the governor" of "the governor of Zeeland"."""
    start, end = mention["start"], mention["end"]
    head = mention.get("head")
    if head and start <= head[0] < head[1] <= end:
        return start, head[1]
    tail = _TAIL.search(text, start, end)
    return (start, tail.start()) if tail and tail.start() > start else (start, end)


# --- who is meant ---------------------------------------------------------------------------------


@dataclass
class _Referring:
    """A mention of a chain, and the span of the word that stands for it."""

    start: int
    form: str
    chain: str
    anchor: int  # code point inside the word that stands for it: a name's first, a phrase's head

    @classmethod
    def of(cls, mention: dict[str, Any], text: str) -> _Referring:
        form = (
            "name" if mention["form"] == "name" else "pronoun" if mention["form"] == "pronoun" else "nominal"
        )
        if form == "nominal":
            anchor = base_of(text, mention)[1] - 1
        else:
            anchor = (mention.get("core") or [mention["start"]])[0]
        return cls(mention["start"], form, str(mention.get("cluster") or mention.get("chain")), anchor)


_REFERS = re.compile(
    r"(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|it|its|itself)$",
    re.IGNORECASE,
)


def _who(article: Article, mentions: list[_Referring]) -> dict[int, tuple[int, ...]]:
    """For pronouns and phrases: the words of their chain they may point to, nobody (-1) if there is none.

    Names and phrases stand on either side, pronouns only before.
    """
    chains: dict[str, list[tuple[int, str]]] = {}
    placed = []
    for mention in mentions:
        word = int(np.searchsorted(article.starts, mention.anchor, "right")) - 1
        placed.append((word, mention))
        chains.setdefault(mention.chain, []).append((word, mention.form))
    who = {}
    for word, mention in placed:
        surface = article.text[article.starts[word] : article.ends[word]]
        if mention.form == "name" or (mention.form == "pronoun" and not _REFERS.match(surface)):
            continue
        others = {w for w, form in chains[mention.chain] if w != word and (form != "pronoun" or w < word)}
        who[word] = tuple(sorted(others)) or (-1,)
    return who


def _gap(example: Example, record: dict[str, Any]) -> Example:
    """GAP: one pronoun, two names; all printings of the right name are right."""
    article, text = example.article, record["text"]
    word = words_of(article, record["pronoun"])[0]
    wrong, right = [], []
    for key in ("a", "b"):
        surface = text[slice(*record[key]["span"])]
        places = [words_of(article, m.span())[0] for m in re.finditer(rf"\b{re.escape(surface)}\b", text)]
        (right if record[key]["coref"] else wrong).extend(places)
    if right:
        example.who = {word: tuple(right)}
    else:
        example.others = {word: tuple(wrong)}
    return example


# --- our own texts --------------------------------------------------------------------------------


def _own(passage: Passage, tokenizer: Any) -> Example:
    article = read_article(passage.text, tokenizer)
    tags, heads = quote_layers(article, passage.attributions)
    names = _blank(article, NAME_TAGS, ())
    roles = np.full(len(article), _bits(ROLE_TAGS, ("O",)), np.int64)
    mentions: list[Any] = sorted(passage.mentions, key=lambda m: int(str(m["start"])) - int(str(m["end"])))
    for mention in mentions:
        layer, known = (names, NAME_TAGS) if mention["form"] == "name" else (roles, ROLE_TAGS)
        if mention["form"] == "pronoun":
            continue
        span = (mention["start"], mention["end"]) if layer is names else base_of(passage.text, mention)
        first, last = words_of(article, span)
        if last > first:
            _paint(layer, known, first, last, (mention["type"],))
    chained = [_Referring.of(mention, passage.text) for mention in mentions if mention["chain"]]
    return Example(passage.id, "own", article, tags, heads, names, roles, _who(article, chained))
