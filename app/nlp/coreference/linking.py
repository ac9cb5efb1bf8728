"""The order of the rules: group names, read roles beside them, then roles alone, then pronouns."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.documents import Alternative, CoreferenceChain, Gender, Mention, Sentence, Span
from app.nlp.coreference.genders import read_genders, read_leanings
from app.nlp.coreference.naming import NameGroup, group_names
from app.nlp.coreference.places import Places
from app.nlp.coreference.prominence import PersonMention, Pronoun
from app.nlp.coreference.pronouns import Resolved, find_pronouns, resolve_pronouns
from app.nlp.coreference.roles import (
    Bearer,
    RolePhrase,
    by_office,
    find_bearers,
    find_role_phrases,
    role_beside,
)
from app.nlp.words import words_of

_NOMINAL_CONFIDENCE = 0.8  # guess of 2026-11-22
_CONTENDERS = 4  # people named as alternatives for one mention at most; guess of 2026-11-22
_ROLES_KEPT = 50  # bearers of one office looked at for a role phrase; keeps long lists of people linear


def link_mentions(
    text: str, sentences: Sequence[Sentence], names: Sequence[Mention], quoted: Sequence[Span] = ()
) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    """Return all mentions in text order, and the chains that hold them.

    A mention that several people compete for ("Hall" of Ana and Tom Hall, "he" of two men) is in no chain, but
    has them as alternatives. Every other name is in exactly one chain; other nominals and pronouns that no rule
    could link are left out. `quoted` are the stretches within quotation marks, in order.
    """
    names = sorted(names, key=lambda name: name.span)
    article = Places.of(text, sentences, quoted)
    grouped = group_names(text, names)
    groups = grouped.groups
    people = {number: group for number, group in enumerate(groups) if group.entity_type == "person"}
    phrases = find_role_phrases(text, words_of(text))
    bearers, alone = _read_roles(article, names, people, phrases)
    nominals, contested = _link_nominals(article, names, people, bearers, alone)
    offices = [(each.person, each.phrase.gender) for each in bearers if each.phrase.gender]
    genders = read_genders(text, names, people, offices)
    mentions = [*_person_mentions(article, names, people), *(mention for mention, _ in nominals)]
    unnamed = _unnamed(article, alone, {mention.span for mention, _ in nominals})
    resolved, genders = resolve_pronouns(
        [*mentions, *unnamed], list(_pronouns(article)), genders, read_leanings(people)
    )
    owned = [
        *((names[index], number) for number, group in enumerate(groups) for index in group.members),
        *((_nominal_mention(mention.span), mention.person) for mention, _ in nominals),
        *((_pronoun_mention(each), each.person) for each in resolved),
        *((mention, None) for mention in contested),
        *((_contested_name(names[index], rivals), None) for index, rivals in grouped.contested.items()),
    ]
    return _assemble(owned, groups, _roles(text, bearers, nominals), genders)


# --- roles -------------------------------------------------------------------------------------


def _read_roles(
    article: Places, names: Sequence[Mention], people: dict[int, NameGroup], phrases: Sequence[RolePhrase]
) -> tuple[list[Bearer], list[RolePhrase]]:
    """Return the roles printed beside people's names, and the phrases that stand alone."""
    starts = [phrase.span.start for phrase in phrases]
    bearers, taken = [], set()
    owner = {index: number for number, group in people.items() for index in group.members}
    for index, person in sorted(owner.items()):
        name = names[index].span
        position = bisect.bisect_left(starts, name.start)
        before = phrases[position - 1] if position else None
        after = phrases[position] if position < len(phrases) else None
        for phrase in role_beside(article.text, name, before, after):
            taken.add(phrase.span)
            bearers.append(Bearer(person, article.sentence_at(name.start), phrase))
    covered = [name.span for name in names]
    return bearers, [p for p in phrases if p.span not in taken and not _is_within_name(p, covered)]


def _is_within_name(phrase: RolePhrase, covered: Sequence[Span]) -> bool:
    """Whether the office is part of a name: "the President Hotel"."""
    index = bisect.bisect_right(covered, phrase.office_end - 1, key=lambda span: span.start) - 1
    return index >= 0 and phrase.office_end <= covered[index].end


def _link_nominals(
    article: Places,
    names: Sequence[Mention],
    people: dict[int, NameGroup],
    bearers: Sequence[Bearer],
    alone: Sequence[RolePhrase],
) -> tuple[list[tuple[PersonMention, RolePhrase]], list[Mention]]:
    """Return the roles alone that refer to one person, and the mentions that several compete for."""
    first_sentence = {
        n: article.sentence_at(names[group.members[0]].span.start) for n, group in people.items()
    }
    offices = by_office(bearers)
    linked, contested = [], []
    for phrase in alone:
        sentence = article.sentence_at(phrase.span.start)
        found = find_bearers(phrase, sentence, offices.get(phrase.office, [])[:_ROLES_KEPT], first_sentence)
        if len(found) == 1:
            linked.append((_place(article, found.pop(), phrase.span), phrase))
        elif 1 < len(found) <= _CONTENDERS:
            share = round(1 / len(found), 2)
            others = tuple(Alternative(person, share) for person in sorted(found))
            contested.append(_nominal_mention(phrase.span, others))
    return linked, contested


def _place(article: Places, person: int, span: Span) -> PersonMention:
    return PersonMention(
        person,
        span,
        article.sentence_at(span.start),
        article.paragraph_at(span.start),
        article.is_subject(span),
        article.is_quoted(span.start),
        article.speaks(span),
    )


def _unnamed(article: Places, alone: Sequence[RolePhrase], linked: set[Span]) -> Iterator[PersonMention]:
    """Yield subjects told by a role alone: "A nurse ran. She cried." is not about the last named woman."""
    offices: dict[str, int] = {}
    for phrase in alone:
        has_determiner = phrase.span.start < phrase.core.start
        if phrase.span in linked or not has_determiner:
            continue
        mention = _place(article, offices.setdefault(phrase.office, -1 - len(offices)), phrase.span)
        if mention.is_subject and not mention.is_quoted:
            yield mention


# --- people ------------------------------------------------------------------------------------


def _person_mentions(
    article: Places, names: Sequence[Mention], people: dict[int, NameGroup]
) -> Iterator[PersonMention]:
    for person, group in people.items():
        for index in group.members:
            yield _place(article, person, names[index].span)


def _pronouns(article: Places) -> Iterator[Pronoun]:
    for span, gender in find_pronouns(article.text):
        yield Pronoun(
            span,
            gender,
            article.sentence_at(span.start),
            article.paragraph_at(span.start),
            article.is_subject(span),
            article.is_quoted(span.start),
            article.speaks(span),
            article.replies(span),
        )


def _pronoun_mention(resolved: Resolved) -> Mention:
    others = tuple(Alternative(person, share) for person, share in resolved.alternatives)
    return Mention(resolved.pronoun, "pronoun", "person", resolved.confidence, "pronoun", others)


def _contested_name(name: Mention, rivals: Sequence[int]) -> Mention:
    share = round(1 / len(rivals), 2)
    return replace(name, alternatives=tuple(Alternative(each, share) for each in rivals[:_CONTENDERS]))


def _nominal_mention(span: Span, alternatives: tuple[Alternative, ...] = ()) -> Mention:
    confidence = 0.0 if alternatives else _NOMINAL_CONFIDENCE
    return Mention(span, "nominal", "person", confidence, "role", alternatives)


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


def _roles(
    text: str, bearers: Sequence[Bearer], nominals: Sequence[tuple[PersonMention, RolePhrase]]
) -> dict[int, dict[str, None]]:
    """Return each person's roles in order, once each; "the envoy" alone says nothing new."""
    telling = [(mention.person, phrase) for mention, phrase in nominals if phrase.nations | phrase.places]
    roles: dict[int, dict[str, None]] = defaultdict(dict)
    for person, phrase in [*((each.person, each.phrase) for each in bearers), *telling]:
        roles[person].setdefault(re.sub(r"\s+", " ", phrase.core.of(text)))
    return roles
