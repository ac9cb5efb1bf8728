"""The tables of `app/nlp/data/cues.toml` as sets, with every inflection of every verb.

Exists so that the rules look words up instead of listing them. It must not know how a rule uses a word.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from app.documents import AttributionKind

CueClass = Literal["speech", "carrying", "framing", "phrase"]
VerbForm = Literal["base", "present", "past", "participle"]  # say, says, said, saying

_TABLE: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("app.nlp.data").joinpath("cues.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Verb:
    """What a form of a cue verb can be. A verb may be in several classes ("blast" carries and frames)."""

    classes: frozenset[CueClass]
    form: VerbForm


def _inflect(entry: str) -> Iterator[tuple[str, VerbForm]]:
    lemma, *irregular = entry.split(":")
    stem = lemma.removesuffix("e")
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    third, past, participle = irregular or (
        lemma + ("es" if sibilant else "s"),
        (lemma if lemma.endswith("e") else lemma + "e") + "d",
        (lemma if lemma.endswith("ee") else stem) + "ing",
    )
    yield from ((lemma, "base"), (third, "present"), (past, "past"), (participle, "participle"))


def _verbs() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    classes: tuple[CueClass, ...] = ("speech", "carrying", "framing")
    for name in classes:
        for entry in _TABLE["verbs"][name]:
            for word, form in _inflect(entry):
                known = found.get(word)
                form_kept = known.form if known and known.form != "base" else form
                found[word] = Verb((known.classes if known else frozenset()) | {name}, form_kept)
    return found


def _phrases() -> dict[str, list[tuple[tuple[str, ...], CueClass]]]:
    found: dict[str, list[tuple[tuple[str, ...], CueClass]]] = {}
    kinds: tuple[tuple[str, CueClass], ...] = (("speaker_follows", "phrase"), ("completed", "speech"))
    for name, kind in kinds:
        for phrase in _TABLE["phrases"][name]:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, kind))
    return found


def _sets(table: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _TABLE[table].items()}


VERBS: dict[str, Verb] = _verbs()
PHRASES = _phrases()  # cues of several words by their first word
ALSO_NOUNS = frozenset(_TABLE["verbs"]["also_nouns"])
WORDS = _sets("words")
PARTICLES = _sets("particles")
PARTICLES_OF_PASSIVES = _sets("particles_of_passives")

ATTRIBUTIONS: dict[str, AttributionKind] = {
    form: kind
    for kind in ("speech", "belief", "writing")  # a word of two kinds is of the last
    for entry in _TABLE["attributions"][kind]
    for form, _ in _inflect(entry)
}
