"""Link the mentions of one article: names to names by their words, phrases and pronouns by the network's answers.

Where two people compete a mention is left out rather than guessed. It knows nothing of other articles, nor of who
said what.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.documents import Alternative, CoreferenceChain, EntityType, Gender, Mention, Span
from app.nlp.coreference.genders import read_genders
from app.nlp.coreference.naming import NameGroup, group_names
from app.nlp.coreference.phrases import Phrase
from app.nlp.coreference.places import Places
from app.nlp.coreference.prominence import PersonMention, Pronoun
from app.nlp.coreference.pronouns import resolve_pronouns
from app.nlp.coreference.resolving import Answer, Place, resolve_phrases
from app.nlp.coreference.roles import read_roles
from app.nlp.data.phrases import PRONOUN_GENDER
from app.nlp.tagger.heads import METHOD
from app.nlp.tagger.model import Tagged

_CONTENDERS = 4  # people named as alternatives for one mention at most; guess of 2026-11-22
_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TITLE = re.compile(r"(?:\b[A-Z][\w.-]* ){1,4}\Z")  # "Deputy Prime Minister "
_LONGEST_TITLE = 60  # characters
_MEANT = frozenset(("person", "organization", "group", "place"))  # types of names that a phrase may mean


def link_mentions(
    article: Places, names: Sequence[Mention], phrases: Sequence[Phrase], tagged: Tagged
) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    """Return all mentions in text order, and the chains that hold them.

    A mention that several people compete for ("Hall" of Ana and Tom Hall, "he" of two men) is in no chain, but
    has them as alternatives. Every other name is in exactly one chain; phrases and pronouns that mean nobody with a
    name are left out.
    """
    text, names = article.text, sorted(names, key=lambda name: name.span)
    grouped = group_names(text, names)
    groups = grouped.groups
    people = {number: group for number, group in enumerate(groups) if group.entity_type == "person"}
    bearers = read_roles(
        text, {n: [names[index].span for index in group.members] for n, group in people.items()}
    )
    genders = read_genders(text, names, people, bearers.genders)
    starts = tagged.article.starts
    placed = list(_place_names(text, names, groups, starts))
    meant = resolve_phrases(tagged.asking, placed, [phrase.place for phrase in phrases])
    persons = [
        _person(article, number, names[index].span, word_at(starts, names[index].span.start))
        for number, group in people.items()
        for index in group.members
    ]
    for phrase, answer in zip(phrases, meant, strict=True):
        chain = answer.chain
        # One without a name in somebody's words is not who a pronoun means: newsroom dev, he/she right 74.8 % with
        # such and 77.9 % without.
        if chain is None or (chain < 0 and article.is_quoted(phrase.span.start)):
            continue
        if "person" in phrase.place.kinds:
            persons.append(_person(article, chain, phrase.span, phrase.place.word))
            if chain < 0 and phrase.place.gender:
                genders[chain] = phrase.place.gender
    pronouns = list(_pronouns(article, starts))
    told, genders = resolve_pronouns(tagged.asking, persons, pronouns, genders)
    owned = [
        *((names[index], number) for number, group in enumerate(groups) for index in group.members),
        *((_contested_name(names[index], rivals), None) for index, rivals in grouped.contested.items()),
        *_linked(
            (Mention(each.span, "nominal", each.kind, 0.0, METHOD), answer)
            for each, answer in zip(phrases, meant, strict=True)
        ),
        *_linked(
            (Mention(each.span, "pronoun", "person", 0.0, METHOD), answer)
            for each, answer in zip(pronouns, told, strict=True)
        ),
    ]
    return _assemble(owned, groups, bearers.roles, genders)


def _place_names(
    text: str, names: Sequence[Mention], groups: Sequence[NameGroup], starts: np.ndarray
) -> Iterator[Place]:
    """Yield the names that a phrase may mean."""
    for number, group in enumerate(groups):
        if group.entity_type in _MEANT:
            for span in (names[index].span for index in group.members):
                words = frozenset(_WORD.findall(_telling(text, span, group.entity_type).lower()))
                yield Place(word_at(starts, span.start), frozenset((group.entity_type,)), words, None, number)


def _telling(text: str, name: Span, entity_type: EntityType) -> str:
    """Return the words that a phrase may take up: of a person the title before it, of others the name."""
    if entity_type != "person":
        return name.of(text)
    title = _TITLE.search(text, max(0, name.start - _LONGEST_TITLE), name.start)
    return title.group() if title else ""


def _person(article: Places, person: int, span: Span, word: int) -> PersonMention:
    return PersonMention(
        person,
        span,
        article.sentence_at(span.start),
        article.paragraph_at(span.start),
        article.is_subject(span),
        article.is_quoted(span.start),
        article.speaks(span),
        word,
    )


def _pronouns(article: Places, starts: np.ndarray) -> Iterator[Pronoun]:
    """Yield the singular personal pronouns of the third person."""
    for match in _PRONOUN.finditer(article.text):
        span, surface = Span(*match.span()), match.group()
        if surface.isupper():
            continue  # "HER" in a capitals-only headline or an acronym
        yield Pronoun(
            span,
            PRONOUN_GENDER[surface.lower()],
            article.sentence_at(span.start),
            article.paragraph_at(span.start),
            surface.lower() in ("he", "she")
            and article.is_subject(span),  # "His father left" opens with no subject
            article.is_quoted(span.start),
            article.speaks(span),
            article.replies(span),
            word_at(starts, span.start),
        )


def word_at(starts: np.ndarray, position: int) -> int:
    """Return the number of the word that stands at a code point, or of the one before it."""
    return max(0, int(np.searchsorted(starts, position, side="right")) - 1)


def _linked(asked: Iterable[tuple[Mention, Answer]]) -> Iterator[tuple[Mention, int | None]]:
    """Yield the mentions that mean somebody with a name, and those between several, with their chain."""
    for mention, answer in asked:
        if answer.chain is None or answer.chain >= 0:
            others = tuple(Alternative(chain, share) for chain, share in answer.alternatives)
            yield replace(mention, confidence=answer.confidence, alternatives=others), answer.chain


def _contested_name(name: Mention, rivals: Sequence[int]) -> Mention:
    share = round(1 / len(rivals), 2)
    return replace(name, alternatives=tuple(Alternative(each, share) for each in rivals[:_CONTENDERS]))


# --- chains ------------------------------------------------------------------------------------


def _assemble(
    owned: list[tuple[Mention, int | None]],
    groups: Sequence[NameGroup],
    roles: Mapping[int, Iterable[str]],
    genders: Mapping[int, Gender],
) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    """Return the mentions in text order and a chain for each group, under the same number."""
    owned.sort(key=lambda pair: (pair[0].span, pair[0].kind))
    members: dict[int | None, list[int]] = defaultdict(list)
    for index, (_, number) in enumerate(owned):
        members[number].append(index)
    chains = tuple(
        CoreferenceChain(
            tuple(members[number]),
            group.entity_type,
            group.name,
            tuple(roles.get(number, ())),
            genders.get(number),
        )
        for number, group in enumerate(groups)
    )
    return tuple(mention for mention, _ in owned), chains
