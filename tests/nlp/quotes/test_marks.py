from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Span
from app.nlp.quotes import quoted_regions
from app.nlp.quotes.marks import pair_marks

from .articles import paragraphs_of


def regions(text):
    return [span.of(text) for span in quoted_regions(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        'They "won" it.',
        "They “won” it.",
        "They ''won'' it.",
        "They ``won'' it.",
        "They «won» it.",
        "They „won“ it.",
        "They ‘won’ it.",
        "They 'won' it.",
    ],
)
def test_every_style_of_marks_encloses_a_region(text):
    assert regions(text) == ["won"]


def test_guillemets_with_inner_spaces_enclose_a_region():
    assert regions("Elle a dit : « Nous partons », hier.") == [" Nous partons "]


def test_apostrophes_inside_words_are_no_marks():
    assert regions("It's the voters' choice, don't you think, and Kim's too.") == []


def test_clipped_decade_opens_no_region():
    assert regions("The '80s and the '90s were hard, he thought.") == []


def test_plural_possessive_inside_single_marks_does_not_close_them():
    assert regions("‘The miners’ wages fell,’ said Pike.") == ["The miners’ wages fell,"]


def test_single_marks_inside_double_ones_belong_to_the_outer_region():
    assert regions("“She called it ‘odd’ twice,” he said.") == ["She called it ‘odd’ twice,"]


def test_double_marks_inside_single_ones_belong_to_the_outer_region():
    assert regions("‘She called it “odd” twice,’ he said.") == ["She called it “odd” twice,"]


def test_nested_close_before_a_spaced_double_apostrophe_still_closes():
    assert regions("''It was the 'last straw,' '' she said. ''We left.''") == [
        "It was the 'last straw,' ",
        "We left.",
    ]


def test_stray_opening_mark_does_not_spoil_the_paragraph():
    assert regions('He wrote "hello. Then she said "goodbye" and left.') == ["goodbye"]


def test_lone_closing_mark_is_ignored():
    assert regions("He left.” Then “we won” was heard.") == ["we won"]


def test_opening_code_point_used_to_close_closes_by_white_space():
    assert regions("“It is a problem,“ said Mott.") == ["It is a problem,"]


def test_region_left_open_ends_with_its_paragraph():
    assert regions("“We begin here.\n\nPlain words.") == ["We begin here."]


def test_open_region_is_marked_as_not_closed():
    text = "“We begin here."
    (region,) = pair_marks(text, Span(0, len(text)))
    assert not region.closed


@pytest.mark.parametrize(
    "text",
    [
        "'Twas cold in the '60s. 'The '70s were warm,' said Pike.",
        "‘Twas cold in the ‘60s. ‘The ‘70s were warm,’ said Pike.",
        "It began in the summer of '68. 'The '70s were warm,' said Pike.",
    ],
)
def test_clipped_words_and_years_open_no_region_whichever_way_they_lean(text):
    assert [region.replace("‘", "'") for region in regions(text)] == ["The '70s were warm,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The 5\'11" keeper saved it. "Easy," he said.', ["Easy,"]),
        ('"A 10" nail held it," he said. "Two broke."', ['A 10" nail held it,', "Two broke."]),
        ('"I scored 12" he said. "She scored 13."', ["I scored 12", "She scored 13."]),
    ],
)
def test_inch_marks_neither_open_nor_close_a_region(text, expected):
    assert regions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'Moss said: \\"We sold it.\\" Then she left.',
        "Moss said: &quot;We sold it.&quot; Then she left.",
        "Moss said: &ldquo;We sold it.&rdquo; Then she left.",
        "Moss said: _“We sold it.”_ Then she left.",
        "Moss said: **“We sold it.”** Then she left.",
    ],
)
def test_marks_are_marks_however_a_program_wrote_them(text):
    assert regions(text) == ["We sold it."]


def test_region_without_a_word_is_none():
    assert regions('He saw "" and " " there.') == []


@given(st.text(alphabet="ab '\"“”‘’«».,\n", max_size=80))
def test_regions_lie_in_their_paragraphs_in_order(text):
    paragraphs = paragraphs_of(text)
    spans = quoted_regions(text, paragraphs)
    assert list(spans) == sorted(spans)
    assert all(any(paragraph.covers(span) for paragraph in paragraphs) for span in spans)
    assert all(not one.overlaps(other) for one, other in pairwise(spans))
