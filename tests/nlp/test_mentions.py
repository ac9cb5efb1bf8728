import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.mentions import find_names
from app.nlp.models import Models


@dataclass
class Entity:
    start_char: int
    end_char: int
    label_: str


@dataclass
class Document:
    ents: list[Entity]


@dataclass
class Proposing:
    """Stands for the language model: proposes the given surfaces, once each, with their labels."""

    labels: list[tuple[str, str]] = field(default_factory=list)

    def pipe(self, texts: Any) -> Any:
        for text in texts:
            found = [
                (text.find(surface), surface, label) for surface, label in self.labels if surface in text
            ]
            yield Document([Entity(start, start + len(s), label) for start, s, label in sorted(found)])


def names(text: str, *labels: tuple[str, str]) -> list[tuple[str, str]]:
    found = find_names(text, [Span(0, len(text))], Models(names=Proposing(list(labels))))
    return [(mention.span.of(text), mention.entity_type) for mention in found]


def test_title_determiner_and_possessive_are_left_out():
    text = "President Ana Lopes's car and the Vale Bank."
    found = names(text, ("President Ana Lopes's", "PERSON"), ("the Vale Bank", "ORG"))
    assert found == [("Ana Lopes", "person"), ("Vale Bank", "organization")]


def test_country_is_a_place_whatever_it_does():
    assert names("Norway beat the U.S. team.", ("Norway", "ORG")) == [("Norway", "place"), ("U.S.", "place")]


def test_lower_case_us_is_no_country():
    assert names("They told us nothing.") == []


def test_name_of_an_organization_keeps_the_country_in_it():
    assert names("The Bank of Norway closed.", ("Bank of Norway", "ORG")) == [
        ("Bank of Norway", "organization")
    ]


def test_player_called_jordan_is_a_person():
    text = "Ann Jordan, a striker, scored. Then Jordan, 23, smiled."
    assert names(text, ("Ann Jordan", "PERSON"), ("Jordan, 23", "PERSON")) == [
        ("Ann Jordan", "person"),
        ("Jordan", "person"),
    ]


def test_hyphenated_capitals_are_two_places():
    assert names("Better Oslo-Lisbon ties.", ("Oslo-Lisbon", "ORG")) == [
        ("Oslo", "place"),
        ("Lisbon", "place"),
    ]


def test_led_is_no_part_of_a_name():
    assert names("The Vale-led group.", ("Vale-led", "ORG")) == [("Vale", "organization")]


def test_glued_people_are_two():
    found = names("Ana Reis and Tom Hall left.", ("Ana Reis and Tom Hall", "PERSON"))
    assert found == [("Ana Reis", "person"), ("Tom Hall", "person")]


def test_one_name_has_one_type_in_a_document():
    text = "Corvo Mills grew. Corvo Mills fell. At Corvo Mills, work stopped."
    assert {kind for _, kind in names(text, ("Corvo Mills", "ORG"))} == {"organization"}


def test_title_before_a_name_makes_it_a_person():
    assert names("The attorney Lake Dorne agreed.", ("Lake Dorne", "ORG")) == [("Lake Dorne", "person")]


def test_middle_initial_makes_it_a_person():
    assert names("Then Diana Q. Marsh won.", ("Diana Q. Marsh", "ORG")) == [("Diana Q. Marsh", "person")]


def test_full_name_with_a_persons_family_name_is_a_person():
    text = "Loredo Quill won."
    assert names(text, ("Loredo Quill", "ORG")) == [("Loredo Quill", "organization")]
    assert names(text + " Mr. Quill wept.", ("Loredo Quill", "ORG"), ("Mr. Quill", "PERSON")) == [
        ("Loredo Quill", "person"),
        ("Quill", "person"),
    ]


def test_first_word_of_an_organization_is_that_organization():
    found = names("Corvo spoke. Corvo Media closed.", ("Corvo", "PERSON"), ("Corvo Media", "ORG"))
    assert found == [("Corvo", "organization"), ("Corvo Media", "organization")]


def test_said_before_a_name_is_no_part_of_it():
    assert names("Said Ann Marsh: no.", ("Said Ann Marsh", "PERSON")) == [("Ann Marsh", "person")]


def test_shortened_country_is_a_place():
    assert names("N. Korea fired.", ("N. Korea", "PERSON")) == [("N. Korea", "place")]


def test_last_word_tells_an_organization():
    assert names("Orly Valley School District closed.", ("Orly Valley School District", "GPE")) == [
        ("Orly Valley School District", "organization")
    ]


def test_family_name_is_found_again():
    found = names("Ana Quill left. Nobody stopped Quill.", ("Ana Quill", "PERSON"))
    assert found == [("Ana Quill", "person"), ("Quill", "person")]


def test_family_name_that_is_a_word_of_the_text_is_not_found_again():
    found = names("Ana Stone threw a stone. Stone is hard.", ("Ana Stone", "PERSON"))
    assert found == [("Ana Stone", "person")]


def test_the_north_is_a_place_once_its_country_is_named():
    assert names("North Korea spoke. The North's envoy left.")[-1] == ("North", "place")


def test_the_north_alone_is_not_named():
    assert names("It rains in the North today.") == []


def test_the_north_sea_is_not_the_north():
    assert names("North Korea spoke of the North Sea.") == [("North Korea", "place")]


@given(st.text(alphabet="Aa .-'’“\nU.S", max_size=60), st.sampled_from(["PERSON", "ORG", "GPE", "NORP"]))
def test_names_are_ordered_trimmed_and_within_the_text(text, label):
    surface = text[1:20]
    proposing = Proposing([(surface, label)] if surface else [])
    found = find_names(text, [Span(0, len(text))], Models(names=proposing))
    surfaces = [mention.span.of(text) for mention in found]
    assert all(surface and surface == surface.strip() for surface in surfaces)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("junk", ["(", " ", "Aa", "A "])
def test_a_long_line_of_junk_does_no_harm(junk):
    text = junk * (50_000 // len(junk))
    find_names(text, [Span(0, len(text))], Models(names=Proposing()))


@pytest.mark.parametrize(
    ("text", "proposed", "name"),
    [
        ("Then Tessa van der Loop left.", ("Tessa van der", "PERSON"), "Tessa van der Loop"),
        ("Then Kim Sae-jin left.", ("Kim Sae", "PERSON"), "Kim Sae-jin"),
        ("Then Nura bint Amin al-Tari left.", ("Nura", "PERSON"), "Nura bint Amin al-Tari"),
        ("The runner Ann Dorne left.", ("runner Ann Dorne", "PERSON"), "Ann Dorne"),
        (
            "The Joint Council for the Welfare of Bees met.",
            ("Joint Council", "ORG"),
            "Joint Council for the Welfare of Bees",
        ),
        ("The Vale Council of elders met.", ("Vale Council", "ORG"), "Vale Council"),
        ("It met at St Corvin Church.", ("Corvin Church", "PERSON"), "St Corvin Church"),
        ("He sold Corvo Inc. in May.", ("Corvo Inc", "ORG"), "Corvo Inc."),
        ("Ann Dorne Image: Corvo News.", ("Ann Dorne Image", "PERSON"), "Ann Dorne"),
        ("Orly Rovers 2 – 0 Vale Town", ("Orly Rovers 2", "ORG"), "Orly Rovers"),
        ("Orly Rovers 2 – 0 Vale Town", ("0 Vale Town", "ORG"), "Vale Town"),
        ("In East Corvo, he slept.", ("Corvo", "GPE"), "East Corvo"),
    ],
)
def test_name_ends_where_its_words_end(text, proposed, name):
    assert names(text, proposed)[0][0] == name


def test_names_glued_by_a_colon_are_two():
    assert names("Corvo: Rates rise", ("Corvo: Rates", "ORG"))[0][0] == "Corvo"


def test_work_keeps_its_colon():
    assert names("She wrote “Corvo: A Life”.", ("Corvo: A Life", "WORK_OF_ART")) == [
        ("Corvo: A Life", "work")
    ]


def test_dollars_are_no_country():
    assert names("It paid US$40 and US$50.", ("US", "GPE")) == []


def test_word_in_capitals_among_others_is_no_acronym():
    assert names("TELL ME WHO WON. The WHO agreed.") == [("WHO", "organization")]


def test_dateline_gives_place_and_agency():
    text = "PORT CORVO, Nov 3 (Vale Wire) — Ferries ran again."
    assert names(text, ("CORVO, Nov 3", "ORG")) == [("PORT CORVO", "place"), ("Vale Wire", "organization")]


def test_acronym_in_brackets_is_found_and_found_again():
    text = "The Lakeside Fishers Union (LFU) met. Then LFU voted."
    found = names(text, ("Lakeside Fishers Union", "ORG"))
    assert found[1:] == [("LFU", "organization"), ("LFU", "organization")]


@pytest.mark.parametrize(
    ("text", "proposed", "kind"),
    [
        ("The Corvo Dam burst.", ("Corvo Dam", "PERSON"), "place"),
        ("They won the Corvo Cup.", ("Corvo Cup", "WORK_OF_ART"), "event"),
        ("The firm Corvo Freight closed.", ("Corvo Freight", "PERSON"), "organization"),
        ("In Corvo, people slept. Rain fell in Corvo.", ("Corvo", "ORG"), "place"),
        ("“No,” said Corvo, 41, who wept.", ("Corvo", "GPE"), "person"),
        ("Corvo, a carmaker, grew.", ("Corvo", "PERSON"), "organization"),
        ("Nilo Corvo, Vale Bank chief economist, left.", ("Nilo Corvo", "ORG"), "person"),
        ("It was sold to users of the iPhone.", ("iPhone", "ORG"), "product"),
    ],
)
def test_words_in_and_beside_a_name_tell_its_type(text, proposed, kind):
    assert names(text, proposed)[0] == (proposed[0], kind)


def test_neighbours_in_a_list_are_of_one_kind():
    text = "Then Ana Reis, Corvo Dorne and Tom Hall left."
    found = names(text, ("Ana Reis", "PERSON"), ("Corvo Dorne", "PRODUCT"), ("Tom Hall", "PERSON"))
    assert {kind for _, kind in found} == {"person"}


def test_firm_named_for_a_public_figure_makes_no_firm_of_him():
    found = names("Mr. Trump left. The Trump Company grew.", ("Trump", "PERSON"), ("Trump Company", "ORG"))
    assert found == [("Trump", "person"), ("Trump Company", "organization")]


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
    assert [surface for surface, _ in names(f"They saw {proposed} on.", (proposed, "ORG"))] == parts


def test_portfolio_before_its_holder_is_no_name():
    assert names("The Home Secretary left.", ("Home", "ORG")) == []


def test_office_of_state_is_no_name():
    found = names("Secretary of State Ann Dorne left.", ("State", "ORG"), ("Ann Dorne", "PERSON"))
    assert found == [("Ann Dorne", "person")]


def test_movement_named_for_a_person_makes_the_person_no_movement():
    text = "Mr. Reis won. Reis, 41, said so. The movement Stop Reis wept."
    found = names(text, ("Mr. Reis", "PERSON"), ("Stop Reis", "ORG"))
    assert found == [("Reis", "person"), ("Reis", "person"), ("Stop Reis", "organization")]


def test_family_name_taken_for_a_people_is_a_person():
    found = names("Nobody stopped Corvan. Ana Corvan left.", ("Corvan", "NORP"), ("Ana Corvan", "PERSON"))
    assert found == [("Corvan", "person"), ("Ana Corvan", "person")]


def test_party_before_a_state_is_no_part_of_it():
    assert names("Ann Dorne (D-Vale) won.", ("Ann Dorne", "PERSON"), ("D-Vale", "GPE"))[1] == (
        "Vale",
        "place",
    )


def test_holiday_is_no_name():
    assert names("It was sold after Easter.", ("Easter", "ORG")) == []


def test_real_model_finds_a_person_and_a_place(models):
    text = "Margaret Ellison, a chemist from Ohio, flew to Lisbon on Monday."
    found = find_names(text, [Span(0, len(text))], models)
    assert [(m.span.of(text), m.entity_type) for m in found] == [
        ("Margaret Ellison", "person"),
        ("Ohio", "place"),
        ("Lisbon", "place"),
    ]
