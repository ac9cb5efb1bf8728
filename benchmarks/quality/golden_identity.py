"""Score who is who across the golden articles, read one after another: same people joined, namesakes kept apart.

Runs resolution over readings already compared; every entity known so far is a candidate, as without blocking.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from uuid import NAMESPACE_URL, UUID, uuid5

from app.documents import AnnotatedArticle
from app.resolution import Decision, KnownEntity, company_of, resolve
from benchmarks.quality.golden import Comparison, Figures, entities_named, shares
from tests.golden import GoldenEntity


@dataclass(frozen=True, slots=True)
class Sighting:
    """A golden entity in one article, and the stored identity that the reading gave its names."""

    slug: str
    entity: GoldenEntity
    identity: UUID | None


def score(comparisons: Sequence[Comparison]) -> Figures:
    """Return precision, recall and F1 of pairs of sightings joined across articles, in percent.

    `wrongly_joined_count` counts the pairs joined although they are not the same: namesakes above all.
    """
    pairs = [pair for pair in combinations(sightings(comparisons), 2) if pair[0].slug != pair[1].slug]
    joined = [pair for pair in pairs if pair[0].identity and pair[0].identity == pair[1].identity]
    right = sum(_is_same(*pair) for pair in joined)
    figures = shares("identity", right, len(joined), sum(_is_same(*pair) for pair in pairs))
    return figures | {"wrongly_joined_count": float(len(joined) - right)}


def sightings(comparisons: Sequence[Comparison]) -> list[Sighting]:
    """Return every golden entity of every article with its identity, resolving the articles in order."""
    known: dict[UUID, KnownEntity] = {}
    seen: list[Sighting] = []
    for each in comparisons:
        identities = _identities(each, resolve(each.read, tuple(known.values())))
        _remember(each.read, identities, known)
        owners = _owners(each, identities)
        seen.extend(Sighting(each.gold.slug, one, owners.get(id(one))) for one in each.gold.entities)
    return seen


def wrongly_joined(comparisons: Sequence[Comparison]) -> list[tuple[Sighting, Sighting]]:
    """Return the pairs joined across articles although they are not the same."""
    return [
        (left, right)
        for left, right in combinations(sightings(comparisons), 2)
        if left.slug != right.slug
        and left.identity
        and left.identity == right.identity
        and not _is_same(left, right)
    ]


def _is_same(left: Sighting, right: Sighting) -> bool:
    return left.entity.id is not None and left.entity.id == right.entity.id


def _identities(each: Comparison, decisions: Sequence[Decision]) -> list[UUID]:
    """Return the identity of each chain: that of an earlier chain, a known one, or a new one."""
    identities: list[UUID] = []
    for decision in decisions:
        if decision.same_as_chain is not None:
            identities.append(identities[decision.same_as_chain])
        elif decision.verdict == "same" and decision.entity_id:
            identities.append(decision.entity_id)
        else:
            identities.append(uuid5(NAMESPACE_URL, f"{each.gold.slug} {decision.chain}"))
    return identities


def _remember(read: AnnotatedArticle, identities: Sequence[UUID], known: dict[UUID, KnownEntity]) -> None:
    for identity, chain in zip(identities, read.chains, strict=True):
        mentions = [read.mentions[index] for index in chain.mentions]
        names = {one.span.of(read.article.text) for one in mentions if one.kind == "name"}
        new = KnownEntity(identity, chain.entity_type, chain.name, (), ())
        old = known.get(identity, new)
        known[identity] = replace(
            old,
            aliases=tuple(sorted({*old.aliases, *names})),
            roles=tuple(dict.fromkeys((*old.roles, *chain.roles))),
            company=old.company | company_of(read),
        )


def _owners(each: Comparison, identities: Sequence[UUID]) -> Mapping[int, UUID]:
    """Return, for each golden entity named in the reading, the identity most of its names went to."""
    votes: dict[int, Counter[UUID]] = {}
    for identity, chain in zip(identities, each.read.chains, strict=True):
        for entity in entities_named(each, chain):
            votes.setdefault(id(entity), Counter())[identity] += 1
    return {entity: counts.most_common(1)[0][0] for entity, counts in votes.items()}
