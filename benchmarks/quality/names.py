"""Measure names, pronouns and cross-article identity against the outside gold corpora.

Runs names, coreference and resolution alone, without extraction or storage; the scorer is the corpora's own.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app import nlp
from app.documents import (
    AnnotatedArticle,
    CoreferenceChain,
    ExtractedArticle,
    Mention,
    Provenance,
    RawDocument,
    Stated,
)
from app.extraction import extract
from app.nlp.models import Models, load_models
from app.resolution import KnownEntity, block_keys, company_of, resolve

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_FIGURES = re.compile(r"^(\w+)\s+(\d+)\s+(.*)$", re.MULTILINE)


def score(gold_dir: Path) -> dict[str, float]:
    """Return P, R, F1 of names and accuracy, precision of he/she on the GUM news half, in percent."""
    scorer = load_scorer(gold_dir)
    gold = scorer.read(gold_dir / "entities" / "gum_news_dev.jsonl")
    models = load_models()
    predictions = {key: _predict(document["text"], models) for key, document in gold.items()}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        scorer.score_names(gold, predictions)
        scorer.score_pronouns(gold, predictions)
    return _figures(printed.getvalue())


def _figures(printed: str) -> dict[str, float]:
    rows = {match[1]: match[3] for match in _FIGURES.finditer(printed)}
    precision, recall, f1, _ = map(float, rows["all"].split())
    accuracy, pronoun_precision, _ = map(float, re.findall(r"\d+\.\d", rows["pronouns"]))
    return {
        "names_precision": precision,
        "names_recall": recall,
        "names_f1": f1,
        "pronoun_accuracy": accuracy,
        "pronoun_precision": pronoun_precision,
    }


def load_scorer(gold_dir: Path) -> ModuleType:
    """Return the corpora's own scorer as a module."""
    spec = importlib.util.spec_from_file_location(
        "score_entities", gold_dir / "entities" / "score_entities.py"
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"No scorer under {gold_dir}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotate(text: str, models: Models) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    """Return the mentions and chains of a clean text."""
    annotated = nlp.annotate(extract(RawDocument(text.encode(), "text")), models)
    return annotated.mentions, annotated.chains


def _predict(text: str, models: Models) -> dict[str, Any]:
    mentions, chains = annotate(text, models)
    return {"entities": [_entity(number, chain, mentions) for number, chain in enumerate(chains)]}


def _entity(number: int, chain: CoreferenceChain, mentions: tuple[Mention, ...]) -> dict[str, Any]:
    members = [mentions[index] for index in chain.mentions]
    spans = [{"start": each.span.start, "end": each.span.end, "kind": each.kind} for each in members]
    return {"id": number, "type": chain.entity_type, "name": chain.name, "mentions": spans}


# --- across articles ------------------------------------------------------------------------------


def score_cross(gold_dir: Path) -> dict[str, float]:
    """Return B-cubed P, R, F1 of names across the MEANTIME half's articles, read in order, in percent."""
    scorer = load_scorer(gold_dir)
    gold = scorer.read(gold_dir / "entities" / "meantime_en_dev.jsonl")
    models = load_models()
    store = _Store()
    predictions = {
        key: _predict_stored(key, document["text"], models, store) for key, document in gold.items()
    }
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        scorer.score_cross(gold, predictions)
    found, precision, recall, f1 = map(float, re.findall(r"\d+\.\d", printed.getvalue()))
    return {"cross_found": found, "cross_precision": precision, "cross_recall": recall, "cross_f1": f1}


class _Store:
    """Known entities by block key: what the database is to the service."""

    def __init__(self) -> None:
        self._entities: dict[UUID, KnownEntity] = {}
        self._blocks: dict[str, set[UUID]] = defaultdict(set)

    def candidates(self, chains: Iterable[CoreferenceChain]) -> list[KnownEntity]:
        keys = {key for chain in chains for key in block_keys(chain.entity_type, chain.name)}
        found = set().union(*(self._blocks.get(key, set()) for key in keys))
        return [self._entities[each] for each in sorted(found)]

    def add(self, identity: UUID, chain: CoreferenceChain, names: set[str], company: frozenset[str]) -> None:
        known = self._entities.get(identity)
        aliases = names | set(known.aliases if known else ())
        roles = dict.fromkeys((*(known.roles if known else ()), *chain.roles))
        name = known.name if known else chain.name
        company |= known.company if known else frozenset()
        entity = KnownEntity(identity, chain.entity_type, name, tuple(sorted(aliases)), tuple(roles), company)
        self._entities[identity] = entity
        for alias in (name, *aliases):
            for key in block_keys(chain.entity_type, alias):
                self._blocks[key].add(identity)


def _predict_stored(document: str, text: str, models: Models, store: _Store) -> dict[str, Any]:
    mentions, chains = annotate(text, models)
    article = _article(text, mentions, chains)
    identities: list[UUID] = []
    for decision in resolve(article, store.candidates(chains)):
        new = uuid5(NAMESPACE_URL, f"{document} {decision.chain}")
        if decision.same_as_chain is not None:
            identities.append(identities[decision.same_as_chain])
        else:
            identities.append(
                decision.entity_id if decision.verdict == "same" and decision.entity_id else new
            )
    for identity, chain in zip(identities, chains, strict=True):
        names = {mentions[i].span.of(text) for i in chain.mentions if mentions[i].kind == "name"}
        store.add(identity, chain, names, company_of(article))
    entities = [_entity(number, chain, mentions) for number, chain in enumerate(chains)]
    pairs = zip(entities, identities, strict=True)
    return {"entities": [entity | {"entity_id": str(identity)} for entity, identity in pairs]}


def _article(
    text: str, mentions: tuple[Mention, ...], chains: tuple[CoreferenceChain, ...]
) -> AnnotatedArticle:
    none: Stated[Any] = Stated.absent("not looked for")
    names = ("headline", "byline", "authors", "published", "modified", "dateline", "credit", "publisher")
    stated: dict[str, Any] = dict.fromkeys((*names, "language"), none)  # Any: each field has its own type
    extracted = ExtractedArticle(text=text, paragraphs=(), **stated)
    return AnnotatedArticle(extracted, (), mentions, chains, (), Provenance("benchmark", "1", "names"))


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--cross", action="store_true", help="identity across articles instead")
    options = parser.parse_args()
    print(json.dumps((score_cross if options.cross else score)(options.gold), indent=1))


if __name__ == "__main__":
    main()
