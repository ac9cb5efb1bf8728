"""Decide, for each chain of an article, which known entity it is: the same, a new one, or unsure.

Candidates are passed in; nothing here looks them up or stores them. A wrong merge is harder to see and to
undo than a missing one, hence the vetoes: people need a full name, types must agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from app.documents import AnnotatedArticle, CoreferenceChain, EntityType
from app.resolution.common_names import is_common_name
from app.resolution.fields import are_at_odds, fields_of
from app.resolution.names import acronym_of, normalise

Verdict = Literal["same", "new", "unsure"]


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity already stored, as far as it is needed to tell whether a chain refers to it.

    stands_for: the entity a person has said it is; two that stand for one are no reason to be unsure.
    """

    id: UUID
    entity_type: EntityType
    name: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    company: frozenset[str] = frozenset()  # people and organisations of the same articles, normalised
    stands_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is held of one chain.

    entity_id: the entity for "same", the one in doubt for "unsure" (which makes a new entity, listed for
    review), None for "new". same_as_chain: an earlier chain of this article with the same name; then verdict
    and entity are that chain's, and no second entity is to be made.
    """

    chain: int
    verdict: Verdict
    entity_id: UUID | None
    confidence: float
    reason: str
    same_as_chain: int | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a known entity fits a chain; `is_doubtful` fits are shown to a person."""

    confidence: float
    reason: str
    is_doubtful: bool = False


def resolve(article: AnnotatedArticle, candidates: Sequence[KnownEntity]) -> tuple[Decision, ...]:
    """Return one decision per chain, in order."""
    decisions: list[Decision] = []
    first: dict[tuple[str, str, str | None], int] = {}
    index = _index(candidates)
    for number, chain in enumerate(article.chains):
        normal = normalise(chain.entity_type, chain.name)
        key = (chain.entity_type, normal, chain.gender if chain.entity_type == "person" else None)
        earlier = first.setdefault(key, number)
        if earlier != number and _are_told_apart(article.chains[earlier], chain):
            others = [entity for entity in candidates if entity.id != decisions[earlier].entity_id]
            decisions.append(_decide(number, chain, _surfaces(article, chain), _index(others)))
            continue
        if earlier != number and normal:
            reason = "the same name as an earlier chain of the article"
            decisions.append(replace(decisions[earlier], chain=number, same_as_chain=earlier, reason=reason))
        else:
            decisions.append(_decide(number, chain, _surfaces(article, chain), index))
    return tuple(_corroborated(article, decisions, {entity.id: entity for entity in candidates}))


def _are_told_apart(one: CoreferenceChain, other: CoreferenceChain) -> bool:
    """Whether the article itself says that two bearers of one full name are two people.

    Printings of the same words are one chain, unless it does.
    """
    return one.entity_type == "person" and " " in one.name and one.name == other.name


def company_of(article: AnnotatedArticle) -> frozenset[str]:
    """Return the normalised names of the people and organisations of an article: the company anyone in it keeps."""
    kept = (chain for chain in article.chains if chain.entity_type in ("person", "organization"))
    return frozenset(normalise(chain.entity_type, chain.name) for chain in kept)


def _corroborated(
    article: AnnotatedArticle, decisions: Sequence[Decision], known: Mapping[UUID, KnownEntity]
) -> Iterator[Decision]:
    """Put in doubt whoever is taken for a known person by a common name alone.

    Another John Smith is likelier than the same one unless a role of the same field or someone else of the article
    speaks for it.
    """
    here = company_of(article)
    doubted: dict[int, Decision] = {}
    for decision in decisions:
        chain = article.chains[decision.chain]
        entity = known.get(decision.entity_id) if decision.verdict == "same" and decision.entity_id else None
        if decision.same_as_chain in doubted:
            first = doubted[decision.same_as_chain]
            yield replace(decision, verdict="unsure", confidence=first.confidence, reason=first.reason)
        elif entity is not None and _needs_more(chain, entity, here):
            reason = "a common name, and neither role nor company in common"
            doubted[decision.chain] = replace(decision, verdict="unsure", confidence=0.45, reason=reason)
            yield doubted[decision.chain]
        else:
            yield decision


def _needs_more(chain: CoreferenceChain, entity: KnownEntity, here: AbstractSet[str]) -> bool:
    if chain.entity_type != "person" or not is_common_name(chain.name):
        return False
    own = set(normalise("person", chain.name).split())
    company = [name for name in here & entity.company if not own & set(name.split())]
    return not (company or fields_of(chain.roles) & fields_of(entity.roles))


def _surfaces(article: AnnotatedArticle, chain: CoreferenceChain) -> tuple[str, ...]:
    """Return the normalised names of a chain, its main name first."""
    mentions = (article.mentions[index] for index in chain.mentions)
    names = (mention.span.of(article.article.text) for mention in mentions if mention.kind == "name")
    return tuple(dict.fromkeys(normalise(chain.entity_type, name) for name in (chain.name, *names)))


_Index = dict[tuple[EntityType, str], list[KnownEntity]]


def _index(candidates: Sequence[KnownEntity]) -> _Index:
    """Index candidates by type and each word a chain could meet them by, so that each chain sees few."""
    found: _Index = {}
    for entity in candidates:
        keys = {key for name in (entity.name, *entity.aliases) for key in _keys(entity.entity_type, name)}
        for key in sorted(keys):
            found.setdefault((entity.entity_type, key), []).append(entity)
    return found


def _keys(entity_type: EntityType, name: str) -> Iterator[str]:
    normal = normalise(entity_type, name)
    if normal and entity_type == "person":
        yield from {normal.split()[0], normal.split()[-1]}
    elif normal:
        yield normal
        yield acronym_of(normal) or normal


def _decide(number: int, chain: CoreferenceChain, surfaces: tuple[str, ...], index: _Index) -> Decision:
    keys = [key for surface in surfaces for key in _keys(chain.entity_type, surface)]
    met = {entity.id: entity for key in keys for entity in index.get((chain.entity_type, key), ())}
    judge = _fit_person if chain.entity_type == "person" else _fit_other
    fits = [(fit, entity) for entity in met.values() if (fit := judge(chain, surfaces, entity))]
    sure = [(fit, entity) for fit, entity in fits if not fit.is_doubtful]
    if len(sure) > 1:
        sure = _tell_apart(chain, sure)
    if len({entity.stands_for or entity.id for _, entity in sure}) == 1:
        sure = sorted(sure, key=lambda pair: (-pair[0].confidence, str(pair[1].id)))[:1]
    if len(sure) == 1:
        fit, entity = sure[0]
        return Decision(number, "same", entity.id, fit.confidence, fit.reason)
    if not fits:
        return Decision(number, "new", None, 1.0, "no known entity of this type has a name like it")
    fit, entity = max(fits, key=lambda pair: (pair[0].confidence, str(pair[1].id)))
    reason = "several known entities have this name" if len(sure) > 1 else fit.reason
    return Decision(number, "unsure", entity.id, min(fit.confidence, 0.5), reason)


def _tell_apart(
    chain: CoreferenceChain, sure: list[tuple[_Fit, KnownEntity]]
) -> list[tuple[_Fit, KnownEntity]]:
    """Keep the bearers of one name whose field is the chain's, or the best fit when it alone is best."""
    fields = fields_of(chain.roles)
    shared = [(fit, entity) for fit, entity in sure if fields & fields_of(entity.roles)]
    if len(shared) == 1:
        return shared
    best = max(fit.confidence for fit, _ in sure)
    leaders = [(fit, entity) for fit, entity in sure if fit.confidence == best]
    return leaders if len(leaders) == 1 else sure


# --- people ------------------------------------------------------------------------------------


def _fit_person(chain: CoreferenceChain, surfaces: tuple[str, ...], entity: KnownEntity) -> _Fit | None:
    """Judge by full names: the same, one within the other, or (doubtful) initials."""
    names = {normalise("person", name) for name in (entity.name, *entity.aliases)}
    full = [tuple(surface.split()) for surface in surfaces if " " in surface]
    known = [tuple(name.split()) for name in names if " " in name]
    if not full:
        return _fit_single_name(surfaces[0], names, known)
    if not known:
        return None
    fits = [fit for one in full for other in known if (fit := _fit_full_names(one, other))]
    best = max(fits, key=lambda fit: fit.confidence, default=None)
    if best and not best.is_doubtful and are_at_odds(chain.roles, entity.roles):
        return _Fit(0.4, "the same name, but a role in another field", is_doubtful=True)
    return best


def _fit_full_names(one: tuple[str, ...], other: tuple[str, ...]) -> _Fit | None:
    if one == other:
        return _Fit(0.95, "the same full name")
    short, long = sorted((one, other), key=len)
    if short[0] == long[0] and short[-1] == long[-1] and set(short) <= set(long):
        return _Fit(0.85, "the same given and family names")
    if "".join(one).replace("-", "") == "".join(other).replace("-", ""):
        return _Fit(0.9, "the same full name but for hyphens")
    is_initial = min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0]
    if is_initial and one[-1] == other[-1]:
        return _Fit(0.5, "the same family name, but an initial for the given name", is_doubtful=True)
    return None


def _fit_single_name(surface: str, names: set[str], known: Sequence[tuple[str, ...]]) -> _Fit | None:
    """Judge a name of one word: never merged, it may be anyone's family name."""
    if surface in names and not known:
        return _Fit(0.5, "the same name of one word", is_doubtful=True)
    return None


# --- the rest ----------------------------------------------------------------------------------


def _fit_other(_: CoreferenceChain, surfaces: tuple[str, ...], entity: KnownEntity) -> _Fit | None:
    """Judge by normalised names; an acronym stands for a name only where one side has both."""
    names = {normalise(entity.entity_type, name) for name in (entity.name, *entity.aliases)}
    main = normalise(entity.entity_type, entity.name)
    if surfaces[0] == main:
        return _Fit(0.95, "the same name")
    if surfaces[0] in names:
        return _Fit(0.85, "its name is a known alias")
    if main in surfaces:
        return _Fit(0.85, "the known name is used in the article")
    spelled = [name for name in (main, surfaces[0]) if acronym_of(name)]
    short = {main, *surfaces} - set(spelled)
    if len(spelled) == 1 and acronym_of(spelled[0]) in short:
        return _Fit(0.4, "an acronym whose expansion is not stated", is_doubtful=True)
    return None
