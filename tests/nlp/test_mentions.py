import itertools
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.mentions import Found, find_names, propose_names
from app.nlp.tagger.heads import NAME_TYPES
from app.nlp.words import words_of
from tests.nlp.tagged import make_tagged


def propose(text: str, *proposed: tuple[str, str]) -> list[Found]:
    """Return the surfaces as the network proposes names, once each, of the type given and hardly of another."""
    found = []
    for surface, kind in proposed:
        types = tuple(math.log(0.88 if each == kind else 0.02) for each in NAME_TYPES)
        start = text.find(surface)
        if start >= 0:
            found.append(Found(Span(start, start + len(surface)), kind, "network", 0.88, types))
    return sorted(found, key=lambda each: each.span)


def names(text: str, *proposed: tuple[str, str]) -> list[tuple[str, str]]:
    found = find_names(text, [Span(0, len(text))], propose(text, *proposed))
    return [(mention.span.of(text), mention.entity_type) for mention in found]


def test_title_determiner_and_possessive_are_left_out():
    text = "President Ana Lopes's car and the Vale Bank."
    found = names(text, ("President Ana Lopes's", "person"), ("the Vale Bank", "organization"))
    assert found == [("Ana Lopes", "person"), ("Vale Bank", "organization")]


def test_country_is_a_place_whatever_it_does():
    found = names("Norway beat the U.S. team.", ("Norway", "organization"), ("U.S.", "group"))
    assert found == [("Norway", "place"), ("U.S.", "place")]


def test_name_of_an_organization_keeps_the_country_in_it():
    assert names("The Bank of Norway closed.", ("Bank of Norway", "organization")) == [
        ("Bank of Norway", "organization")
    ]


def test_player_called_jordan_is_a_person():
    text = "Ann Jordan, a striker, scored. Then Jordan, 23, smiled."
    assert names(text, ("Ann Jordan", "person"), ("Jordan, 23", "person")) == [
        ("Ann Jordan", "person"),
        ("Jordan", "person"),
    ]


def test_hyphenated_capitals_are_two_places():
    assert names("Better Oslo-Lisbon ties.", ("Oslo-Lisbon", "place")) == [
        ("Oslo", "place"),
        ("Lisbon", "place"),
    ]


def test_led_is_no_part_of_a_name():
    assert names("The Vale-led group.", ("Vale-led", "organization")) == [("Vale", "organization")]


def test_glued_people_are_two():
    found = names("Ana Reis and Tom Hall left.", ("Ana Reis and Tom Hall", "person"))
    assert found == [("Ana Reis", "person"), ("Tom Hall", "person")]


def test_one_name_has_one_type_in_a_document():
    text = "Corvo Mills grew. Corvo Mills fell. At Corvo Mills, work stopped."
    assert {kind for _, kind in names(text, ("Corvo Mills", "organization"))} == {"organization"}


def test_said_before_a_name_is_no_part_of_it():
    assert names("Said Ann Marsh: no.", ("Said Ann Marsh", "person")) == [("Ann Marsh", "person")]


def test_shortened_country_is_a_place():
    assert names("N. Korea fired.", ("N. Korea", "organization")) == [("N. Korea", "place")]


def test_family_name_is_found_again():
    found = names("Ana Quill left. Nobody stopped Quill.", ("Ana Quill", "person"))
    assert found == [("Ana Quill", "person"), ("Quill", "person")]


def test_family_name_that_is_a_word_of_the_text_is_not_found_again():
    found = names("Ana Stone threw a stone. Stone is hard.", ("Ana Stone", "person"))
    assert found == [("Ana Stone", "person")]


def test_the_north_is_a_place_once_its_country_is_named():
    assert names("North Korea spoke. The North's envoy left.", ("North Korea", "place"))[-1] == (
        "North",
        "place",
    )


def test_the_north_sea_is_not_the_north():
    found = names("North Korea spoke of the North Sea.", ("North Korea", "place"))
    assert found == [("North Korea", "place")]


def test_the_north_of_no_country_named_is_not_found():
    assert names("Norway spoke. It rains in the North today.", ("Norway", "place")) == [("Norway", "place")]


@given(st.text(alphabet="Aa .-'’“\nU.S", max_size=60), st.sampled_from(NAME_TYPES))
def test_names_are_ordered_trimmed_and_within_the_text(text, kind):
    found = find_names(text, [Span(0, len(text))], propose(text, (text[1:20], kind)))
    surfaces = [mention.span.of(text) for mention in found]
    assert all(surface and surface == surface.strip() for surface in surfaces)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("junk", ["(A", " Ab", "Aa", "A ", "Ana Reis, ", "Bank of ", "the Ana (A) ", "PORT "])
def test_a_long_line_of_names_stays_linear(junk):
    text = junk * (50_000 // len(junk))
    proposed = [
        Found(Span(word.start, word.end), "person", "network", 0.9, (-0.1, *[-3.0] * 6))
        for word in words_of(text)
        if word.is_capitalised
    ]
    started = time.process_time()
    find_names(text, [Span(0, len(text))], proposed)
    assert time.process_time() - started < 10


def test_network_proposes_names_as_it_tags_them():
    text = "Ana Reis left Orly."
    tagged = make_tagged(text, names={"Ana Reis": "person", "Orly": {"place": 0.7, "organization": 0.3}})
    ana, orly = propose_names(text, tagged)
    assert (ana.span.of(text), ana.entity_type) == ("Ana Reis", "person")
    assert (orly.span.of(text), orly.entity_type, orly.method) == ("Orly", "place", "network")
    assert orly.confidence == pytest.approx(0.7, abs=0.03)
    assert orly.types[NAME_TYPES.index("organization")] > orly.types[NAME_TYPES.index("event")]


@pytest.mark.parametrize(
    ("text", "proposed", "name"),
    [
        ("Then Tessa van der Loop left.", ("Tessa van der", "person"), "Tessa van der Loop"),
        ("Then Kim Sae-jin left.", ("Kim Sae", "person"), "Kim Sae-jin"),
        ("Then Nura bint Amin al-Tari left.", ("Nura", "person"), "Nura bint Amin al-Tari"),
        ("The runner Ann Dorne left.", ("runner Ann Dorne", "person"), "Ann Dorne"),
        (
            "The Joint Council for the Welfare of Bees met.",
            ("Joint Council", "organization"),
            "Joint Council for the Welfare of Bees",
        ),
        ("The Vale Council of elders met.", ("Vale Council", "organization"), "Vale Council"),
        ("It met at St Corvin Church.", ("Corvin Church", "person"), "St Corvin Church"),
        ("He sold Corvo Inc. in May.", ("Corvo Inc", "organization"), "Corvo Inc."),
        ("Ann Dorne Image: Corvo News.", ("Ann Dorne Image", "person"), "Ann Dorne"),
        ("Orly Rovers 2 – 0 Vale Town", ("Orly Rovers 2", "organization"), "Orly Rovers"),
        ("Orly Rovers 2 – 0 Vale Town", ("0 Vale Town", "organization"), "Vale Town"),
        ("In East Corvo, he slept.", ("Corvo", "place"), "East Corvo"),
    ],
)
def test_name_ends_where_its_words_end(text, proposed, name):
    assert names(text, proposed)[0][0] == name


def test_names_glued_by_a_colon_are_two():
    assert names("Corvo: Rates rise", ("Corvo: Rates", "organization"))[0][0] == "Corvo"


def test_work_keeps_its_colon():
    assert names("She wrote “Corvo: A Life”.", ("Corvo: A Life", "work")) == [("Corvo: A Life", "work")]


def test_dollars_are_no_country():
    assert names("It paid US$40 and US$50.", ("US", "place")) == []


def test_acronym_in_brackets_is_found_and_found_again():
    text = "The Lakeside Fishers Union (LFU) met. Then LFU voted."
    found = names(text, ("Lakeside Fishers Union", "organization"))
    assert found[1:] == [("LFU", "organization"), ("LFU", "organization")]


@pytest.mark.parametrize(
    ("proposed", "parts"),
    [
        ("Emma Hall & Greg Reis", ["Emma Hall", "Greg Reis"]),
        ("Hall & Reis", ["Hall & Reis"]),
        ("Corvo Series and", ["Corvo Series"]),
        ("Corvo Revolution. Decades", ["Corvo Revolution", "Decades"]),
        ("Corvo Inc. Vale", ["Corvo Inc. Vale"]),
    ],
)
def test_names_glued_together_are_parted(proposed, parts):
    assert [surface for surface, _ in names(f"They saw {proposed} on.", (proposed, "organization"))] == parts


def test_movement_named_for_a_person_makes_the_person_no_movement():
    text = "Mr. Reis won. Reis, 41, said so. The movement Stop Reis wept."
    found = names(text, ("Mr. Reis", "person"), ("Stop Reis", "organization"))
    assert found == [("Reis", "person"), ("Reis", "person"), ("Stop Reis", "organization")]


def test_party_before_a_state_is_no_part_of_it():
    assert names("Ann Dorne (D-Vale) won.", ("Ann Dorne", "person"), ("D-Vale", "place"))[1] == (
        "Vale",
        "place",
    )


def test_network_finds_a_person_and_places(models):
    text = "Margaret Ellison, a chemist from Ohio, flew to Lisbon on Monday."
    paragraphs = [Span(0, len(text))]
    found = find_names(text, paragraphs, list(propose_names(text, models.tagger.read(text))))
    assert [(mention.span.of(text), mention.entity_type) for mention in found] == [
        ("Margaret Ellison", "person"),
        ("Ohio", "place"),
        ("Lisbon", "place"),
    ]
