"""When is one text a copy of another."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.shingles import BANDS, ShingledText, find_bands, find_likeness

WIRE = [
    (
        "The harbour council of Eastport voted on Monday to close the old fish market after inspectors found 14 "
        "cracks in its northern wall, ending a dispute that had lasted for 3 years."
    ),
    (
        "Traders had asked for a delay until the end of the season, saying that no other hall in the town has cold "
        "rooms large enough for the autumn catch."
    ),
    (
        "“We cannot ask people to work under a wall that moves,” said Ines Marlow, who chairs the council's works "
        "committee, after the vote of 11 to 2."
    ),
    (
        "The council will rent a warehouse on the southern quay for 40,000 crowns a month while engineers decide "
        "whether the building can be repaired or must come down."
    ),
    (
        "A group of market families said they would go to court, and called the figures of the inspectors guesswork "
        "made up over one wet weekend in February."
    ),
    (
        "Eastport's market was built in 1911 and survived two storms that took the roofs off most of the houses "
        "along the same street."
    ),
]
OTHER = [
    (
        "A ferry with 62 people aboard ran onto a sandbank off Gullhaven early on Tuesday and waited for six hours "
        "until the tide lifted it clear, the coast guard said."
    ),
    (
        "Nobody was hurt, and the passengers were given soup by the crew while two tugs stood by in case the wind "
        "should turn to the west before noon."
    ),
    (
        "The line's owner, Petra Lindqvist, said the buoy that marks the bank had been missing since Friday, and "
        "asked why nobody had put out a warning."
    ),
]
FURNITURE = [
    (
        "Sign up for our morning letter and get the stories of the day before breakfast, chosen by our editors from "
        "more than thirty local offices across the whole country and beyond."
    ),
    (
        "You can write to the newsroom at any hour; we read every letter, answer those we can, and print the best of "
        "them each Saturday on the page beside the crossword and the tide tables."
    ),
    (
        "The Eastport Courier is owned by its readers. Subscribers pay for all that you read here, so please think "
        "about joining them today if you value what we do for the coast."
    ),
]


def likeness(one: list[str], other: list[str], *, is_same_publisher: bool = False) -> float | None:
    texts = ("\n\n".join(paragraphs) for paragraphs in (one, other))
    return find_likeness(*map(ShingledText, texts), is_same_publisher=is_same_publisher)


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE[:4],
        [*WIRE[:2], "The mayor was not at the meeting.", *WIRE[2:]],
        ["By our own reporter in Eastport", *WIRE],
        [*WIRE, FURNITURE[0]],
        [part.upper() for part in WIRE],
        [part.replace(",", "").replace("council", "town council", 1) for part in WIRE],
    ],
)
def test_the_same_words_cut_or_added_to_are_a_copy(copy):
    found = likeness(WIRE, copy)
    assert found is not None
    assert 0.5 <= found <= 1
    assert found == likeness(copy, WIRE)


def test_two_stories_with_the_same_furniture_are_no_copies():
    for is_same_publisher in (True, False):
        for one, other in (
            ([*WIRE[:3], *FURNITURE], [*OTHER, *FURNITURE]),
            ([*FURNITURE, *WIRE[:3]], [*FURNITURE, *OTHER]),
            ([WIRE[0], *FURNITURE], [OTHER[0], *FURNITURE]),
            ([*FURNITURE, WIRE[0]], [*FURNITURE, OTHER[0]]),
        ):
            assert likeness(one, other, is_same_publisher=is_same_publisher) is None


def test_one_form_filled_in_with_other_figures_is_no_copy():
    form = (
        "The river at {} stood at {} metres at {} this morning, the state's water office said in its daily note, "
        "which is {} centimetres above the level of the day before and below the mark at which the low road to the "
        "mill is closed to traffic. The office expects no rain over the hills before the end of the week and will "
        "publish its next note at {} tomorrow."
    )
    one, other = form.format("Alder", 2.41, "6:00", 12, "6:30"), form.format("Alder", 3.07, "7:00", 9, "7:30")
    assert likeness([one], [other]) is None
    assert likeness([one], [one]) == 1


def test_texts_too_short_to_tell_are_no_copies():
    assert likeness(["The dam held."], ["The dam held."]) is None
    assert find_bands(ShingledText("The dam held.")) == []


def test_other_stories_share_no_key_and_copies_do():
    wire, cut, other = (ShingledText("\n\n".join(part)) for part in (WIRE, WIRE[:4], OTHER))
    assert set(find_bands(wire)) & set(find_bands(cut))
    assert not set(find_bands(wire)) & set(find_bands(other))


@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=40, max_size=300))
def test_keys_depend_on_the_words_alone(letters):
    bands = find_bands(ShingledText(" ".join(letters)))
    assert bands == find_bands(ShingledText("\n\n".join(letters).upper()))
    assert len(bands) in {0, BANDS}
    assert all(0 <= band < 1 << 63 for band in bands)


def test_pairs_that_share_half_are_nearly_always_found():
    rng = random.Random(4)  # noqa: S311 - a test's data
    words = [f"word{number}" for number in range(5000)]
    found = 0
    for _ in range(100):
        text = rng.choices(words, k=400)
        found += bool(
            set(find_bands(ShingledText(" ".join(text))))
            & set(find_bands(ShingledText(" ".join(text[:220]))))
        )
    assert found > 90
