"""The order of the rules: group names, read roles beside them, then roles alone, then pronouns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.documents import Alternative, CoreferenceChain, Gender, Mention, Sentence, Span
from app.nlp.coreference.genders import read_genders, read_leanings
from app.nlp.coreference.naming import NameGroup, group_names
from app.nlp.coreference.nominals import link_nominals
from app.nlp.coreference.organizations import link_organizations
from app.nlp.coreference.places import Places
from app.nlp.coreference.prominence import PersonMention, Pronoun
from app.nlp.coreference.pronouns import Resolved, find_pronouns, resolve_pronouns

_CONTENDERS = 4  # people named as alternatives for one mention at most; guess of 2026-11-22


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
    named = {number: [names[index].span for index in group.members] for number, group in people.items()}
    organizations = {
        number: [names[index].span for index in group.members]
        for number, group in enumerate(groups)
        if group.entity_type == "organization"
    }
    nominals = link_nominals(article, named, [name.span for name in names])
    genders = read_genders(text, names, people, nominals.genders)
    persons = [_place(article, person, span) for person, spans in named.items() for span in spans]
    persons += [_place(article, person, span) for span, person in nominals.subjects.items()]
    resolved, genders = resolve_pronouns(persons, list(_pronouns(article)), genders, read_leanings(people))
    owned = [
        *((names[index], number) for number, group in enumerate(groups) for index in group.members),
        *((_contested_name(names[index], rivals), None) for index, rivals in grouped.contested.items()),
        *nominals.mentions,
        *link_organizations(article, organizations),
        *((_pronoun_mention(each), each.person) for each in resolved),
    ]
    return _assemble(owned, groups, nominals.roles, genders)


# --- people ------------------------------------------------------------------------------------


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


def _pronouns(article: Places) -> Iterator[Pronoun]:
    for span, gender in find_pronouns(article.text):
        yield Pronoun(
            span,
            gender,
            article.sentence_at(span.start),
            article.paragraph_at(span.start),
            _may_be_subject(span.of(article.text)) and article.is_subject(span),
            article.is_quoted(span.start),
            article.speaks(span),
            article.replies(span),
        )


def _may_be_subject(pronoun: str) -> bool:
    """Whether the pronoun can be a subject: the first word of "His father left" is not, though it opens it."""
    return pronoun.lower() in ("he", "she")


def _pronoun_mention(resolved: Resolved) -> Mention:
    others = tuple(Alternative(person, share) for person, share in resolved.alternatives)
    return Mention(resolved.pronoun, "pronoun", "person", resolved.confidence, "pronoun", others)


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
