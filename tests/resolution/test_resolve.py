from dataclasses import replace
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import (
    AnnotatedArticle,
    CoreferenceChain,
    EntityType,
    ExtractedArticle,
    Gender,
    Mention,
    Provenance,
    Span,
    Stated,
)
from app.resolution import Decision, KnownEntity, block_keys, resolve
from app.resolution.names import normalise


def known(
    name: str, entity_type: EntityType = "person", *aliases: str, roles: tuple[str, ...] = ()
) -> KnownEntity:
    return KnownEntity(uuid5(UUID(int=0), f"{name} {roles}"), entity_type, name, aliases, roles)


def chain(
    *names: str, entity_type: EntityType = "person", roles: tuple[str, ...] = (), gender: Gender | None = None
) -> tuple[tuple[str, ...], EntityType, tuple[str, ...], Gender | None]:
    return names, entity_type, roles, gender


def decide(*chains, candidates=()) -> tuple[Decision, ...]:
    """Resolve an article whose text is the chains' names, one a paragraph."""
    text, mentions, made = "", [], []
    for names, entity_type, roles, gender in chains:
        members = []
        for name in names:
            members.append(len(mentions))
            mentions.append(Mention(Span(len(text), len(text) + len(name)), "name", entity_type, 0.9, "test"))
            text += name + "\n\n"
        made.append(CoreferenceChain(tuple(members), entity_type, names[0], roles, gender))
    none = Stated.absent("not looked for")
    extracted = ExtractedArticle(
        text=text,
        paragraphs=(),
        headline=none,
        byline=none,
        authors=none,
        published=none,
        modified=none,
        dateline=none,
        credit=none,
        publisher=none,
        language=none,
    )
    provenance = Provenance("test", "0", "test")
    article = AnnotatedArticle(extracted, (), tuple(mentions), tuple(made), (), provenance)
    return resolve(article, candidates)


# --- people ---


def test_same_full_name_is_the_same_person():
    ana = known("Ana Reis")
    (decision,) = decide(chain("Ana Reis", "Reis"), candidates=[ana])
    assert (decision.verdict, decision.entity_id) == ("same", ana.id)


def test_middle_name_is_no_conflict():
    (decision,) = decide(chain("Ana Vera Reis"), candidates=[known("Ana Reis")])
    assert decision.verdict == "same"


def test_family_name_alone_is_never_merged():
    (decision,) = decide(chain("Reis"), candidates=[known("Ana Reis", "person", "Reis")])
    assert decision.verdict == "new"


def test_family_name_of_one_without_a_full_name_is_unsure():
    (decision,) = decide(chain("Reis"), candidates=[known("Reis")])
    assert decision.verdict == "unsure"


def test_full_name_is_not_merged_into_a_family_name():
    (decision,) = decide(chain("Ana Reis", "Reis"), candidates=[known("Reis")])
    assert decision.verdict == "new"


def test_other_given_name_is_another_person():
    (decision,) = decide(chain("Rui Reis"), candidates=[known("Ana Reis")])
    assert decision.verdict == "new"


def test_initial_leaves_it_unsure():
    ana = known("Ana Reis")
    (decision,) = decide(chain("A. Reis"), candidates=[ana])
    assert (decision.verdict, decision.entity_id) == ("unsure", ana.id)


def test_role_in_another_field_leaves_it_unsure():
    striker = known("Ana Reis", roles=("striker",))
    (decision,) = decide(chain("Ana Reis", roles=("Portuguese senator",)), candidates=[striker])
    assert (decision.verdict, decision.entity_id) == ("unsure", striker.id)


def test_shared_field_tells_two_bearers_of_a_name_apart():
    striker, senator = known("Ana Reis", roles=("striker",)), known("Ana Reis", roles=("senator",))
    (decision,) = decide(chain("Ana Reis", roles=("governor",)), candidates=[striker, senator])
    assert (decision.verdict, decision.entity_id) == ("same", senator.id)


def test_two_bearers_of_a_name_without_roles_leave_it_unsure():
    (decision,) = decide(
        chain("Ana Reis"), candidates=[known("Ana Reis"), known("Ana Reis", roles=("owner",))]
    )
    assert decision.verdict == "unsure"


@pytest.mark.parametrize("name", ["John Smith", "Kim Ji-won", "John Q. Smith"])
def test_a_common_name_alone_leaves_it_unsure(name):
    [decision] = decide(chain(name), candidates=[known(name)])
    assert decision.verdict == "unsure"
    assert "common name" in decision.reason


def test_a_common_name_with_a_role_of_the_same_field_is_the_same():
    [decision] = decide(
        chain("John Smith", roles=("mayor",)), candidates=[known("John Smith", roles=("senator",))]
    )
    assert decision.verdict == "same"


def test_a_common_name_in_the_same_company_is_the_same():
    companion = replace(known("John Smith"), company=frozenset({"ada kelm", "joan smith"}))
    decisions = decide(chain("John Smith"), chain("Ada Kelm"), candidates=[companion])
    assert decisions[0].verdict == "same"


def test_family_is_no_company():
    relative = replace(known("John Smith"), company=frozenset({"joan smith"}))
    decisions = decide(chain("John Smith"), chain("Joan Smith"), candidates=[relative])
    assert decisions[0].verdict == "unsure"


def test_a_later_chain_of_a_doubted_name_is_doubted_too():
    decisions = decide(chain("John Smith"), chain("Mr John Smith"), candidates=[known("John Smith")])
    assert [decision.verdict for decision in decisions] == ["unsure", "unsure"]


def test_namesakes_of_one_article_are_not_the_same_known_person():
    decisions = decide(
        chain("Ilka Varga"), chain("Ilka Varga"), candidates=[known("Ilka Varga", roles=("coroner",))]
    )
    assert [(decision.verdict, decision.same_as_chain) for decision in decisions] == [
        ("same", None),
        ("new", None),
    ]


def test_hyphen_in_an_east_asian_name_is_no_conflict():
    (decision,) = decide(chain("Choi Daewon"), candidates=[known("Choi Dae-won")])
    assert decision.verdict == "same"


# --- the rest ---


def test_country_is_the_same_under_another_name():
    states = known("United States", "place")
    (decision,) = decide(chain("U.S.", entity_type="place"), candidates=[states])
    assert decision.entity_id == states.id


def test_legal_form_and_article_make_no_other_company():
    (decision,) = decide(
        chain("The Corvo Mills Corporation", entity_type="organization"),
        candidates=[known("Corvo Mills Inc.", "organization")],
    )
    assert decision.verdict == "same"


def test_acronym_with_a_known_expansion_is_the_same():
    trust = known("Coastal Fish Trust", "organization", "CFT")
    (decision,) = decide(chain("CFT", entity_type="organization"), candidates=[trust])
    assert decision.entity_id == trust.id


def test_acronym_without_an_expansion_is_unsure():
    (decision,) = decide(
        chain("CFT", entity_type="organization"), candidates=[known("Coastal Fish Trust", "organization")]
    )
    assert decision.verdict == "unsure"


def test_other_type_is_another_entity():
    (decision,) = decide(chain("Lund", entity_type="place"), candidates=[known("Lund", "organization")])
    assert decision.verdict == "new"


# --- one article ---


def test_second_chain_of_the_same_name_points_to_the_first():
    first, second = decide(chain("Lund", entity_type="place"), chain("the Lund", entity_type="place"))
    assert (first.same_as_chain, second.same_as_chain, second.verdict) == (None, 0, "new")


def test_mr_and_mrs_of_one_family_name_stay_two():
    decisions = decide(chain("Hall", gender="male"), chain("Hall", gender="female"))
    assert [decision.same_as_chain for decision in decisions] == [None, None]


# --- names and keys ---


@pytest.mark.parametrize(
    ("entity_type", "name", "normal"),
    [
        ("person", "Dr. José Álvarez Jr.", "jose alvarez"),
        ("organization", "The Corvo Mills Co.", "corvo mills"),
        ("place", "the U.K.", "britain"),
        ("organization", "U.N.", "un"),
    ],
)
def test_names_are_normalised(entity_type, name, normal):
    assert normalise(entity_type, name) == normal


def test_letters_that_are_capitals_only_once_decomposed_are_folded():
    assert normalise("person", "𝐀da Ｏkafor") == "ada okafor"


@given(st.sampled_from(["person", "organization", "place"]), st.text(max_size=30))
def test_normalising_twice_changes_nothing(entity_type, name):
    once = normalise(entity_type, name)
    assert normalise(entity_type, once) == once


@pytest.mark.parametrize(
    ("entity_type", "one", "other"),
    [
        ("person", "Ana Vera Reis", "Ana Reis"),
        ("person", "A. Reis", "Ana Reis"),
        ("place", "U.S.", "United States"),
        ("organization", "CFT", "Coastal Fish Trust"),
        ("organization", "Corvo Mills Inc.", "the Corvo Mills"),
    ],
)
def test_names_that_may_be_one_share_a_key(entity_type, one, other):
    assert set(block_keys(entity_type, one)) & set(block_keys(entity_type, other))


@given(st.lists(st.sampled_from(["Ana Reis", "Reis", "A. Reis", "Lund", "CFT", "..."]), max_size=6))
def test_every_chain_has_one_decision_in_order(names):
    candidates = [known("Ana Reis"), known("Reis"), known("Lund")]
    decisions = decide(*(chain(name) for name in names), candidates=candidates)
    assert [decision.chain for decision in decisions] == list(range(len(names)))
    assert all((decision.entity_id is None) == (decision.verdict == "new") for decision in decisions)


def test_two_that_a_person_has_merged_are_no_reason_to_be_unsure():
    one, other = known("Ada Okafor"), known("Ada Okafor", roles=("engineer",))
    [doubtful] = decide(chain("Ada Okafor"), candidates=(one, other))
    assert doubtful.verdict == "unsure"
    merged = replace(one, stands_for=other.id)
    [decision] = decide(chain("Ada Okafor"), candidates=(merged, other))
    assert decision.verdict == "same"
