import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import CoreferenceChain, EntityType, Mention, Span
from app.nlp.coreference import link_mentions
from app.nlp.sentences import split_sentences


def link(text: str, *names: str, **types: EntityType) -> dict[str, tuple[list[str], CoreferenceChain]]:
    """Link the names wherever they stand (people unless `types` says so); return surfaces by chain name."""
    found, chains = link_all(text, *names, **types)
    return {chain.name: ([found[i].span.of(text) for i in chain.mentions], chain) for chain in chains}


def alternatives(text: str, words: str, *names: str) -> list[str]:
    """Return the names of the people that the mention of those words may be besides the one chosen."""
    found, chains = link_all(text, *names)
    [mention] = [each for each in found if each.span.of(text) == words]
    return [chains[other.chain].name for other in mention.alternatives]


def link_all(
    text: str, *names: str, **types: EntityType
) -> tuple[tuple[Mention, ...], tuple[CoreferenceChain, ...]]:
    kinds: dict[str, EntityType] = dict.fromkeys(names, "person")
    kinds |= {name.replace("_", " "): kind for name, kind in types.items()}
    pattern = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    mentions = [
        Mention(Span(*match.span()), "name", kinds[match.group()], 0.9, "test")
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", text)
    ]
    quoted = [Span(*match.span()) for match in re.finditer(r"“[^”]*”", text)]
    sentences = split_sentences(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)])
    return link_mentions(text, sentences, mentions, quoted)


# --- names ---


def test_family_name_joins_the_full_name():
    assert link("Ana Reis spoke. Reis left.", "Ana Reis", "Reis")["Ana Reis"][0] == ["Ana Reis", "Reis"]


def test_family_name_of_two_people_is_in_no_chain_with_both_as_alternatives():
    names = ("Ana Hall", "Tom Hall", "Hall")
    text = "Ana Hall met Tom Hall. Hall left."
    assert [surfaces for surfaces, _ in link(text, *names).values()] == [["Ana Hall"], ["Tom Hall"]]
    assert alternatives(text, "Hall", *names) == ["Ana Hall", "Tom Hall"]


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


def test_role_that_tells_no_more_is_not_kept():
    found = link("Rosa Ibarra, the Chilean envoy, came. The envoy left.", "Rosa Ibarra")
    assert found["Rosa Ibarra"][1].roles == ("Chilean envoy",)


def test_later_role_refers_to_its_bearer():
    found = link("Koro Doe, the Peruvian ambassador, came. The ambassador left.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe", "The ambassador"]


def test_role_before_the_name_refers_to_its_bearer():
    text = "The Peruvian ambassador to Santiago agreed.\n\nKoro Doe, the Peruvian ambassador to Chile, left."
    assert link(text, "Koro Doe")["Koro Doe"][0][0] == "The Peruvian ambassador to Santiago"


def test_capital_and_synonym_of_the_office_refer_to_its_bearer():
    text = "Rain fell, Lima’s top diplomat in Santiago says.\n\nAmbassador Koro Doe left."
    assert link(text, "Koro Doe")["Koro Doe"][0] == ["Lima’s top diplomat in Santiago", "Koro Doe"]


def test_role_of_another_nation_is_left_alone():
    found = link("Koro Doe, the Peruvian ambassador, came. The Cuban ambassador left.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe"]


def test_role_with_an_indefinite_article_is_left_alone():
    found = link("Koro Doe, the mayor, came. A mayor left.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe"]


def test_role_of_two_people_is_left_alone():
    found = link("Mayor Koro Doe met Mayor Ana Reis. The mayor left.", "Koro Doe", "Ana Reis")
    assert found["Koro Doe"][0] == ["Koro Doe"]


def test_president_is_not_the_former_president():
    found = link("Former president Rosa Ibarra spoke. The president left.", "Rosa Ibarra")
    assert found["Rosa Ibarra"][0] == ["Rosa Ibarra"]


def test_wider_word_for_an_office_refers_to_its_bearer():
    found = link("Sergeant Koro Doe met Ana Reis, a baker. The officer left.", "Koro Doe", "Ana Reis")
    assert found["Koro Doe"][0] == ["Koro Doe", "The officer"]


def test_words_between_the_article_and_the_office_belong_to_the_role():
    found = link("Koro Doe thanked the night guard, Ana Reis. The guard left.", "Koro Doe", "Ana Reis")
    assert found["Ana Reis"][0] == ["Ana Reis", "The guard"]


def test_two_offices_side_by_side_are_one_role():
    found = link("Koro Doe, the chief investigator of the Tolls Board, came.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("chief investigator of the Tolls Board",)


def test_role_that_nobody_bears_refers_to_the_only_person_near():
    found = link("Koro Doe scored late. “I slept badly,” the striker said.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe", "the striker"]


def test_role_that_nobody_bears_is_left_alone_near_two_people():
    found = link("Koro Doe beat Ana Reis. “I slept badly,” the striker said.", "Koro Doe", "Ana Reis")
    assert [surfaces for surfaces, _ in found.values()] == [["Koro Doe"], ["Ana Reis"]]


def test_role_of_another_kind_is_not_the_only_person_near():
    found = link("Koro Doe, a baker, came late. The judge said no.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe"]


def test_role_that_opens_the_article_is_the_first_person_named():
    text = "The mayor of Lund has apologised.\n\nKoro Doe spoke on Monday."
    assert link(text, "Koro Doe")["Koro Doe"][0] == ["The mayor of Lund", "Koro Doe"]


def test_role_that_introduces_nobody_is_the_one_who_opens_the_next_sentence():
    text = "A baker was fined on Monday. Koro Doe, 38, was late.\n\n“It rained,” the baker said."
    assert link(text, "Koro Doe")["Koro Doe"][0] == ["A baker", "Koro Doe", "the baker"]


def test_role_that_introduces_nobody_is_not_somebody_named_in_passing():
    found = link("A baker was fined on Monday. The court heard Koro Doe.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe"]


def test_relative_clause_gives_a_role():
    found = link("Koro Doe, who became mayor of Lund in May, left.", "Koro Doe")
    assert found["Koro Doe"][1].roles == ("mayor of Lund",)


def test_role_owned_by_something_is_not_the_only_person_near():
    found = link("Koro Doe runs the mill. Its accountant said no.", "Koro Doe")
    assert found["Koro Doe"][0] == ["Koro Doe"]


# --- organizations ---


def test_noun_in_its_name_takes_up_an_organization():
    found = link("The Ministry of Tides met. The ministry said no.", Ministry_of_Tides="organization")
    assert found["Ministry of Tides"][0] == ["Ministry of Tides", "The ministry"]


def test_only_company_near_is_taken_up_by_what_it_is():
    text = "Corvo Air lost a plane in May. The regional airline said sorry."
    assert link(text, Corvo_Air="organization")["Corvo Air"][0] == ["Corvo Air", "The regional airline"]


def test_company_between_two_is_left_alone():
    text = "Corvo Air sued Lunda Jets. The airline said no more."
    found = link(text, Corvo_Air="organization", Lunda_Jets="organization")
    assert [surfaces for surfaces, _ in found.values()] == [["Corvo Air"], ["Lunda Jets"]]


def test_ministry_is_not_any_organization_near():
    found = link("Corvo Air lost a plane. The ministry said no.", Corvo_Air="organization")
    assert found["Corvo Air"][0] == ["Corvo Air"]


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


def test_whose_father_is_named_is_not_the_subject():
    text = "Tom Hall left. His father John Reis said he had been warned."
    assert link(text, "Tom Hall", "John Reis")["John Reis"][0] == ["John Reis", "he"]


def test_nobody_named_long_before_is_meant():
    gap = "Rain fell on the town. The square was empty. Shops were shut. Nothing moved. "
    text = f"People spoke of Tom Hall. {gap}He left."
    assert link(text, "Tom Hall")["Tom Hall"][0] == ["Tom Hall"]
    assert link(text.replace(gap, ""), "Tom Hall")["Tom Hall"][0] == ["Tom Hall", "He"]


def test_gender_learned_late_holds_from_the_start():
    text = "Koro Doe met Sanga Moss. She slept.\n\nMoss left early. He was tired.\n\nDoe left. She was not."
    found = link(text, "Koro Doe", "Sanga Moss", "Doe", "Moss")
    assert found["Koro Doe"][1].gender == "female"
    assert found["Sanga Moss"][1].gender == "male"


# --- pronouns ---


def test_one_described_and_then_named_is_the_subject():
    text = "Ana Reis met the press. The head of the Tolls Board, Vera Moss, wants more. She left early."
    assert link(text, "Ana Reis", "Vera Moss")["Vera Moss"][0] == ["Vera Moss", "She"]


def test_one_named_within_the_quote_does_not_say_it():
    text = "Tom Hall won again. His brother, Paul Hall, drives. “Tom hates losing,” he said."
    assert link(text, "Tom Hall", "Paul Hall", "Tom")["Paul Hall"][0] == ["Paul Hall", "he"]


def test_pronoun_within_a_quote_is_not_the_pronoun_that_says_it():
    text = "Ana Reis met Vera Moss. Moss was late. “She waited,” she said."
    found = link(text, "Ana Reis", "Vera Moss", "Moss")
    assert found["Ana Reis"][0] == ["Ana Reis", "She"]
    assert found["Vera Moss"][0] == ["Vera Moss", "Moss", "she"]


def test_he_is_the_last_man():
    assert link("Tom Hall left. He slept.", "Tom Hall")["Tom Hall"][0] == ["Tom Hall", "He"]


def test_she_is_not_a_man():
    found = link("Ana Reis met Tom Hall. She slept.", "Ana Reis", "Tom Hall")
    assert found["Ana Reis"][0] == ["Ana Reis", "She"]


def test_pronoun_after_a_quote_is_the_one_who_spoke():
    text = "Ambassador Koro Doe came on Monday.\n\n“Peru is ready,” he said.\n\n“We shall see,” he said."
    assert link(text, "Koro Doe")["Koro Doe"][0] == ["Koro Doe", "he", "he"]


def test_pronoun_abstains_between_two_men():
    found = link(
        "The road led from Tom Hall to Paul Reis, past the house. He slept.", "Tom Hall", "Paul Reis"
    )
    assert found["Tom Hall"][0] + found["Paul Reis"][0] == ["Tom Hall", "Paul Reis"]


def test_pronoun_within_a_quote_is_not_the_one_who_speaks():
    found = link("Tom Hall said, “Rui Reis came, but he left.”", "Tom Hall", "Rui Reis")
    assert found["Rui Reis"][0] == ["Rui Reis", "he"]


def test_pronoun_far_from_any_name_is_left_out():
    assert link("Tom Hall left." + " It rained." * 9 + " He slept.", "Tom Hall")["Tom Hall"][0] == [
        "Tom Hall"
    ]


def test_pronoun_of_somebody_without_a_name_is_left_out():
    found = link("Ana Reis came late to the hall. A nurse said no. She cried.", "Ana Reis")
    assert found["Ana Reis"][0] == ["Ana Reis"]


def test_unnamed_person_in_the_background_does_not_compete():
    found = link("In May, Tom Hall made the first visit by a Chilean president. He slept.", "Tom Hall")
    assert found["Tom Hall"][0] == ["Tom Hall", "He"]


def test_family_name_tells_no_gender():
    assert link("Kim Jae-sok spoke.", "Kim Jae-sok")["Kim Jae-sok"][1].gender is None


def test_family_name_alone_tells_no_gender():
    assert link("Lee spoke.", "Lee")["Lee"][1].gender is None


@pytest.mark.parametrize(
    ("text", "gender"), [("Mrs. Koro Doe left.", "female"), ("The spokesman, Koro Doe, left.", "male")]
)
def test_honorific_and_office_tell_the_gender(text, gender):
    assert link(text, "Koro Doe")["Koro Doe"][1].gender == gender


# --- alternatives ---


def test_both_who_compete_for_a_pronoun_are_its_alternatives():
    text = "The road led from Tom Hall to Paul Reis, past the house. He slept."
    assert sorted(alternatives(text, "He", "Tom Hall", "Paul Reis")) == ["Paul Reis", "Tom Hall"]


def test_a_pronoun_without_a_rival_has_no_alternatives():
    assert alternatives("Tom Hall met Ana Reis. He slept.", "He", "Tom Hall", "Ana Reis") == []


def test_all_who_bear_a_role_are_the_alternatives_of_a_role_alone():
    text = "Mayor Koro Doe met Mayor Ana Reis. The mayor left."
    assert alternatives(text, "The mayor", "Koro Doe", "Ana Reis") == ["Koro Doe", "Ana Reis"]


# --- properties ---


@given(
    st.lists(
        st.sampled_from(["Ana Reis", "Reis", "he", "she", "the mayor", ",", ".", "“", "”", "said"]),
        max_size=25,
    )
)
def test_every_name_is_in_exactly_one_chain_and_mentions_are_ordered(words):
    text = " ".join(words)
    names = [
        Mention(Span(*m.span()), "name", "person", 0.9, "test") for m in re.finditer("(?:Ana )?Reis", text)
    ]
    mentions, chains = link_mentions(text, split_sentences(text, [Span(0, len(text))]), names)
    members = [index for chain in chains for index in chain.mentions]
    assert len(set(members)) == len(members)
    left_out = [mentions[index] for index in set(range(len(mentions))) - set(members)]
    assert all(mention.alternatives for mention in left_out)
    assert all(other.chain < len(chains) for mention in mentions for other in mention.alternatives)
    assert [mention.span for mention in mentions] == sorted(mention.span for mention in mentions)
    assert [m for m in mentions if m.kind == "name"] == names


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["Ana Reis ", "the mayor ", "he ", "Ana Reis, the mayor, said he left. ", "the a b c "]
)
def test_long_texts_are_linked_in_linear_time(unit):
    import time

    text = unit * (300_000 // len(unit))
    names = [Mention(Span(*m.span()), "name", "person", 0.9, "test") for m in re.finditer("Ana Reis", text)]
    started = time.perf_counter()
    link_mentions(text, split_sentences(text, [Span(0, len(text))]), names)
    assert time.perf_counter() - started < 10
