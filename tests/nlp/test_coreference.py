"""How the mentions of one article are linked, with the network's answers written by hand: see `tagged`."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import CoreferenceChain, EntityType, Mention, Span
from app.nlp.coreference import Places, find_phrases, link_mentions
from app.nlp.sentences import split_sentences
from tests.nlp.tagged import make_tagged


def link(
    text: str, *names: str, roles=None, asks=None, **types: EntityType
) -> dict[str, tuple[list[str], CoreferenceChain]]:
    """Link the names wherever they stand (people unless `types` says so); return surfaces by chain name."""
    found, chains = link_all(text, *names, roles=roles, asks=asks, **types)
    return {chain.name: ([found[i].span.of(text) for i in chain.mentions], chain) for chain in chains}


def alternatives(text: str, words: str, *names: str, roles=None, asks=None) -> list[tuple[str, float]]:
    """Return the people that the mention of those words may be besides the one chosen, each with its share."""
    found, chains = link_all(text, *names, roles=roles, asks=asks)
    [mention] = [each for each in found if each.span.of(text) == words]
    return [(chains[other.chain].name, other.confidence) for other in mention.alternatives]


def link_all(
    text: str, *names: str, roles=None, asks=None, **types: EntityType
) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    kinds: dict[str, EntityType] = dict.fromkeys(names, "person")
    kinds |= {name.replace("_", " "): kind for name, kind in types.items()}
    pattern = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    mentions = [
        Mention(Span(*match.span()), "name", kinds[match.group()], 0.9, "test")
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", text)
    ]
    return link_tagged(text, mentions, make_tagged(text, roles=roles, asks=asks))


def link_tagged(text, names, tagged):
    quoted = [Span(*match.span()) for match in re.finditer(r"“[^”]*”", text)]
    sentences = split_sentences(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)])
    phrases = list(find_phrases(text, tagged, [name.span for name in names]))
    return link_mentions(Places.of(text, sentences, quoted, []), names, phrases, tagged)


# --- names ---


def test_family_name_joins_the_full_name():
    assert link("Ana Reis spoke. Reis left.", "Ana Reis", "Reis")["Ana Reis"][0] == ["Ana Reis", "Reis"]


def test_family_name_of_two_people_is_in_no_chain_with_both_as_alternatives():
    names = ("Ana Hall", "Tom Hall", "Hall")
    text = "Ana Hall met Tom Hall. Hall left."
    assert [surfaces for surfaces, _ in link(text, *names).values()] == [["Ana Hall"], ["Tom Hall"]]
    assert alternatives(text, "Hall", *names) == [("Ana Hall", 0.5), ("Tom Hall", 0.5)]


def test_family_name_stays_with_the_one_who_had_it_first():
    text = "Tom Hall spoke. Hall left. His aunt Ana Hall came. Hall slept."
    assert link(text, "Tom Hall", "Ana Hall", "Hall")["Tom Hall"][0].count("Hall") == 2


@pytest.mark.parametrize(
    "told",
    [
        "He came before a judge with the same name, Judge Tom Hall.",
        "He met his namesake Judge Tom Hall.",
        "He met another Tom Hall.",
        "He met Judge Tom Hall (no relation).",
        "Judge Tom Hall, who shares his name, smiled.",
    ],
)
def test_a_namesake_the_article_tells_of_is_somebody_else(told):
    _, chains = link_all(f"Tom Hall, 38, was charged. {told}", "Tom Hall")
    assert [chain.name for chain in chains] == ["Tom Hall", "Tom Hall"]


def test_later_names_of_namesakes_go_by_title_or_to_nobody():
    text = "Tom Hall left. His namesake, Judge Tom Hall, stayed. Judge Tom Hall spoke. Tom Hall slept."
    mentions, chains = link_all(text, "Tom Hall")
    assert [len([i for i in chain.mentions if mentions[i].kind == "name"]) for chain in chains] == [1, 2]
    assert [len(mention.alternatives) for mention in mentions if mention.span.start > 70] == [2]


def test_no_relation_between_two_of_one_family_parts_nobody_else():
    text = "Tom Hall spoke. Ana Hall, no relation, left. Tom Hall slept."
    assert link(text, "Tom Hall", "Ana Hall")["Tom Hall"][0] == ["Tom Hall", "Tom Hall"]


def test_title_tells_two_bearers_of_a_family_name_apart():
    text = "Dr Ana Hall met Sergeant Tom Hall. Sgt Hall left. Dr Hall slept."
    found = link(text, "Ana Hall", "Tom Hall", "Hall")
    assert [surfaces for surfaces, _ in found.values()] == [["Ana Hall", "Hall"], ["Tom Hall", "Hall"]]


def test_given_name_tells_the_gender_an_honorific_asks_for():
    text = "Tom Hall and Ana Hall came. Mrs Hall left."
    assert link(text, "Tom Hall", "Ana Hall", "Hall")["Ana Hall"][0] == ["Ana Hall", "Hall"]


def test_couple_under_one_family_name_are_two_people():
    found = link("Tom and Ana Hall came. Mr Hall left.", "Tom", "Ana Hall", "Hall")
    assert [surfaces for surfaces, _ in found.values()] == [["Tom", "Hall"], ["Ana Hall"]]


def test_bare_family_name_of_a_mr_and_a_mrs_is_nobodys():
    found = link("Mr Hall met Mrs Hall. Hall left.", "Hall")
    assert len(found) == 1  # both chains are named Hall
    text = "Mr Hall met Mrs Hall. Hall left."
    assert [len(chain.mentions) for chain in link_all(text, "Hall")[1]] == [1, 1]


def test_family_name_with_its_particles_joins_the_full_name():
    text = "Vera van der Laan spoke. Van der Laan left."
    assert len(link(text, "Vera van der Laan", "Van der Laan")) == 1


def test_vietnamese_given_name_stands_last():
    found = link("Tran Thi Mai spoke. Ms. Mai left.", "Tran Thi Mai", "Mai")
    assert found["Tran Thi Mai"][0] == ["Tran Thi Mai", "Mai"]


def test_honorific_tells_two_bearers_of_a_family_name_apart():
    found = link("Mrs. Ana Hall met Mr. Tom Hall. Mrs. Hall left.", "Ana Hall", "Tom Hall", "Hall")
    assert found["Ana Hall"][0] == ["Ana Hall", "Hall"]


def test_east_asian_family_name_stands_first():
    assert link("Choi Dae-won spoke. Choi left.", "Choi Dae-won", "Choi")["Choi Dae-won"][0][-1] == "Choi"


def test_middle_name_makes_no_other_person():
    found = link("Ana Vera Reis spoke. Ana Reis left.", "Ana Vera Reis", "Ana Reis")
    assert list(found) == ["Ana Vera Reis"]


def test_other_given_name_makes_another_person():
    assert len(link("Ana Reis met Rui Reis.", "Ana Reis", "Rui Reis")) == 2


def test_country_is_one_under_all_its_names():
    found = link("The United States and the U.S. agree.", United_States="place", **{"U.S.": "place"})
    assert found["United States"][0] == ["United States", "U.S."]


def test_dateline_in_capitals_does_not_name_the_chain():
    assert list(link("OSLO — Rain fell on Oslo.", OSLO="place", Oslo="place")) == ["Oslo"]


def test_acronym_joins_the_name_it_abbreviates():
    found = link(
        "The Coastal Fish Trust (CFT) met. CFT won.", Coastal_Fish_Trust="organization", CFT="organization"
    )
    assert found["Coastal Fish Trust"][0] == ["Coastal Fish Trust", "CFT", "CFT"]


def test_short_form_drops_the_legal_form():
    found = link(
        "Corvo Mills Inc. grew. Corvo Mills fell.", Corvo_Mills_Inc="organization", Corvo_Mills="organization"
    )
    assert found["Corvo Mills Inc"][0] == ["Corvo Mills Inc", "Corvo Mills"]


# --- roles ---


def test_title_before_a_name_is_a_role():
    found = link("Former Chilean president Rosa Ibarra left.", "Rosa Ibarra")
    assert found["Rosa Ibarra"][1].roles == ("Former Chilean president",)


def test_apposition_after_a_name_is_a_role():
    found = link("Koro Doe, the Peruvian ambassador to Chile, said so.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("Peruvian ambassador to Chile",)


def test_apposition_before_a_name_is_a_role():
    found = link("The Peruvian ambassador to Chile, Koro Doe, said so.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("Peruvian ambassador to Chile",)


def test_statement_gives_a_role():
    assert link("Koro Doe is the mayor of Lund.", "Koro Doe")["Koro Doe"][1].roles == ("mayor of Lund",)


def test_general_as_an_adjective_is_no_role():
    assert link("The general Rosa Ibarra style won.", "Rosa Ibarra")["Rosa Ibarra"][1].roles == ()


def test_words_between_the_article_and_the_office_belong_to_the_role():
    found = link("Koro Doe thanked the night guard, Ana Reis.", "Koro Doe", "Ana Reis")
    assert found["Ana Reis"][1].roles == ("night guard",)


def test_two_offices_side_by_side_are_one_role():
    found = link("Koro Doe, the chief investigator of the Tolls Board, came.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("chief investigator of the Tolls Board",)


def test_relative_clause_gives_a_role():
    found = link("Koro Doe, who became mayor of Lund in May, left.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("mayor of Lund",)


# --- genders ---


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Her husband, Koro Doe, left.", "male"),
        ("My sister Koro Doe left.", "female"),
        ("Koro Doe, his aunt, left.", "female"),
        ("Koro Doe, 43, a mother of two, left.", "female"),
        ("To please his mother, Koro Doe left.", None),
        ("Koro Doe, two sons and a dog left.", None),
        ("Koro Doe, whose wife left, slept.", None),
    ],
)
def test_word_for_a_relation_tells_the_gender_of_the_one_beside_it(text, gender):
    assert link(text, "Koro Doe")["Koro Doe"][1].gender == gender


def test_family_name_tells_no_gender():
    assert link("Kim Jae-sok spoke.", "Kim Jae-sok")["Kim Jae-sok"][1].gender is None


def test_family_name_alone_tells_no_gender():
    assert link("Lee spoke.", "Lee")["Lee"][1].gender is None


@pytest.mark.parametrize(
    ("text", "gender"), [("Mrs. Koro Doe left.", "female"), ("The spokesman, Koro Doe, left.", "male")]
)
def test_honorific_and_office_tell_the_gender(text, gender):
    assert link(text, "Koro Doe")["Koro Doe"][1].gender == gender


# --- phrases ---


def test_phrase_is_whom_its_head_asks_for():
    found = link(
        "Koro Doe, a welder, came. The welder left.",
        "Koro Doe",
        roles={"a welder": "person", "The welder": "person"},
        asks={"a welder": "Koro Doe", "The welder": "Koro Doe"},
    )
    assert found["Koro Doe"][0] == ["Koro Doe", "a welder", "The welder"]


def test_phrase_before_the_name_is_whom_it_asks_for():
    found = link(
        "The welder came. Koro Doe left.",
        "Koro Doe",
        roles={"The welder": "person"},
        asks={"The welder": "Koro Doe"},
    )
    assert found["Koro Doe"][0] == ["The welder", "Koro Doe"]


def test_phrase_joins_the_chain_of_the_phrase_it_asks_for():
    text = "Koro Doe, a welder, came. The man left."
    found = link(
        text,
        "Koro Doe",
        roles={"a welder": "person", "The man": "person"},
        asks={"a welder": "Koro Doe", "The man": "a welder"},
    )
    assert found["Koro Doe"][0] == ["Koro Doe", "a welder", "The man"]


def test_phrase_that_means_nobody_named_is_left_out():
    mentions, _ = link_all("Koro Doe came. A welder left.", "Koro Doe", roles={"A welder": "person"})
    assert [mention.kind for mention in mentions] == ["name"]


def test_phrase_for_an_organization_is_one_and_never_a_person():
    text = "Ana Reis leads Corvo Air. The airline said sorry."
    found = link(
        text,
        "Ana Reis",
        Corvo_Air="organization",
        roles={"The airline": "organization"},
        asks={"The airline": {"Ana Reis": 0.9, "Corvo Air": 0.1}},
    )
    assert found["Corvo Air"][0] == ["Corvo Air", "The airline"]
    assert found["Ana Reis"][0] == ["Ana Reis"]


def test_place_is_meant_by_no_phrase():
    text = "It rained in Orly. The town slept."
    found = link(
        text, Orly="place", roles={"The town": "organization"}, asks={"The town": {"Orly": 0.9, None: 0.1}}
    )
    assert found["Orly"][0] == ["Orly"]


def test_phrase_tells_how_sure_it_is_and_its_kind():
    text = "Ana Reis met Rui Dorne. The welder left."
    mentions, _ = link_all(
        text,
        "Ana Reis",
        "Rui Dorne",
        roles={"The welder": "person"},
        asks={"The welder": {"Ana Reis": 0.7, "Rui Dorne": 0.3}},
    )
    [phrase] = [mention for mention in mentions if mention.kind == "nominal"]
    assert (phrase.entity_type, phrase.confidence) == ("person", 0.7)
    assert [(other.chain, other.confidence) for other in phrase.alternatives] == [(1, 0.3)]


# --- pronouns ---


def test_pronoun_is_whom_it_asks_for():
    found = link("Tom Hall met Paul Reis. He slept.", "Tom Hall", "Paul Reis", asks={"He": "Tom Hall"})
    assert found["Tom Hall"][0] == ["Tom Hall", "He"]


def test_pronoun_before_the_name_is_whom_it_asks_for():
    found = link(
        "When she came, Ana Reis slept. She", "Ana Reis", asks={"she": "Ana Reis", "She": "Ana Reis"}
    )
    assert found["Ana Reis"][0][-2:] == ["Ana Reis", "She"]


def test_pronoun_is_not_one_of_the_other_gender():
    text = "Ana Reis met Tom Hall. She slept."
    found = link(text, "Ana Reis", "Tom Hall", asks={"She": {"Tom Hall": 0.6, "Ana Reis": 0.4}})
    assert found["Ana Reis"][0] == ["Ana Reis", "She"]


def test_pronoun_is_a_person():
    text = "Koro Doe leads Corvo Air. He slept."
    found = link(text, "Koro Doe", Corvo_Air="organization", asks={"He": {"Corvo Air": 0.9, "Koro Doe": 0.1}})
    assert found["Koro Doe"][0] == ["Koro Doe", "He"]
    assert found["Corvo Air"][0] == ["Corvo Air"]


def test_pronoun_of_somebody_without_a_name_is_left_out():
    text = "Ana Reis came late. A nurse said no. She cried."
    found = link(text, "Ana Reis", roles={"A nurse": "person"}, asks={"She": "A nurse"})
    assert found["Ana Reis"][0] == ["Ana Reis"]


def test_pronoun_of_nobody_is_left_out():
    mentions, _ = link_all("Tom Hall left. He slept.", "Tom Hall")
    assert [mention.kind for mention in mentions] == ["name"]


def test_pronoun_asks_for_the_phrase_of_somebody_named():
    text = "Koro Doe, a welder, came. He left."
    found = link(
        text, "Koro Doe", roles={"a welder": "person"}, asks={"a welder": "Koro Doe", "He": "a welder"}
    )
    assert found["Koro Doe"][0] == ["Koro Doe", "a welder", "He"]


def test_pronoun_asks_for_a_pronoun_told_before():
    found = link("Koro Doe came. He sat. He left.", "Koro Doe", asks={"He": "Koro Doe", ("He", 1): "He"})
    assert found["Koro Doe"][0] == ["Koro Doe", "He", "He"]


def test_woman_without_a_name_is_not_he():
    text = "Tom Hall saw a woman. He left."
    found = link(
        text, "Tom Hall", roles={"a woman": "person"}, asks={"He": {"a woman": 0.6, "Tom Hall": 0.4}}
    )
    assert found["Tom Hall"][0] == ["Tom Hall", "He"]


def test_clear_pronoun_tells_the_gender_of_its_person():
    text = "Koro Doe met Sanga Moss. She slept. He left."
    found = link(text, "Koro Doe", "Sanga Moss", asks={"She": "Koro Doe", "He": "Koro Doe"})
    assert found["Koro Doe"][1].gender == "female"
    assert found["Koro Doe"][0] == ["Koro Doe", "She"]  # she is no "he" any more
    assert found["Sanga Moss"][1].gender is None


def test_pronoun_in_capitals_is_none():
    found = link("GIVE HER TIME\n\nAna Reis left.", "Ana Reis", asks={"HER": "Ana Reis"})
    assert found["Ana Reis"][0] == ["Ana Reis"]


# --- alternatives ---


def test_both_who_compete_for_a_pronoun_are_its_alternatives():
    text = "Tom Hall met Paul Reis and Max Dorne. He slept."
    asks = {"He": {"Tom Hall": 0.3, "Paul Reis": 0.37, "Max Dorne": 0.33}}
    told = alternatives(text, "He", "Tom Hall", "Paul Reis", "Max Dorne", asks=asks)
    assert {name for name, _ in told} <= {"Tom Hall", "Paul Reis", "Max Dorne"}
    assert len(told) > 1


def test_a_pronoun_without_a_rival_has_no_alternatives():
    names = ("Tom Hall", "Ana Reis")
    text = "Tom Hall met Ana Reis. He slept."
    assert alternatives(text, "He", *names, asks={"He": {"Tom Hall": 0.6, "Ana Reis": 0.4}}) == []


def test_unlikely_rival_is_no_alternative():
    names = ("Tom Hall", "Paul Reis")
    asks = {"He": {"Tom Hall": 0.9, "Paul Reis": 0.1}}
    assert alternatives("Tom Hall met Paul Reis. He slept.", "He", *names, asks=asks) == []


# --- properties ---


@given(
    st.lists(
        st.sampled_from(["Ana Reis", "Reis", "Tom Hall", "he", "she", "the mayor", "“", "”", "\n", "said"]),
        max_size=25,
    ),
    st.data(),
)
def test_every_name_is_in_exactly_one_chain_and_mentions_are_ordered(words, data):
    text = " ".join(words)
    names = [
        Mention(Span(*m.span()), "name", "person", 0.9, "test")
        for m in re.finditer("(?:Ana )?Reis|Tom Hall", text)
    ]
    surfaces = [
        (word, words[:at].count(word)) for at, word in enumerate(words) if word.isalpha() or " " in word
    ]
    surfaces = [each for each in surfaces if each[0] != "Reis"]  # it stands in "Ana Reis" too
    asking = [each for each in surfaces if each[0] in ("he", "she", "the mayor")]
    asks = {each: data.draw(st.sampled_from(surfaces)) for each in asking}
    roles = {each: "person" for each in surfaces if each[0] == "the mayor"}
    mentions, chains = link_tagged(text, names, make_tagged(text, roles=roles, asks=asks))
    members = [index for chain in chains for index in chain.mentions]
    assert len(set(members)) == len(members)
    left_out = [mentions[index] for index in set(range(len(mentions))) - set(members)]
    assert all(mention.alternatives for mention in left_out)
    assert all(0 <= other.chain < len(chains) for mention in mentions for other in mention.alternatives)
    assert [mention.span for mention in mentions] == sorted(mention.span for mention in mentions)
    assert [m for m in mentions if m.kind == "name"] == names


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["Ana Reis ", "the mayor ", "he ", "Ana Reis, the mayor, said he left. ", "the a b c "]
)
def test_long_texts_are_linked_in_linear_time(unit):
    import time

    text = unit * (100_000 // len(unit))
    names = [Mention(Span(*m.span()), "name", "person", 0.9, "test") for m in re.finditer("Ana Reis", text)]
    roles = {("the mayor", nth): "person" for nth in range(text.count("the mayor"))} if len(unit) > 20 else {}
    tagged = make_tagged(text, roles=roles)
    started = time.process_time()
    link_tagged(text, names, tagged)
    assert time.process_time() - started < 10
