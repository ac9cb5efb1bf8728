from uuid import UUID

import pytest

from app.stories.matching import same_utterance
from app.stories.speakers import speaker_fit
from tests.stories.quotes import make_quote

ORCHARD = "The frost took every blossom in the lower orchard."


def entity(name, number):
    return make_quote(ORCHARD, speaker=name, speaker_id=UUID(int=number))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Okafor", "Ada Okafor"),
        ("Ada Okafor", "Ada Okafor"),
        ("U. S. Frost Service", "US Frost Service"),
        ("Ada Welzer", "Ada Wetzer"),
        ("KFB", "Kessin Fire Brigade"),
        ("K.F.B.", "Kessin Fire Brigade"),
        ("KFB", "Kessin Fire Brigade Ltd."),
        ("UKFB", "UK Fire Brigade"),
    ],
)
def test_two_entities_of_one_name_may_be_one_speaker(name, other):
    assert speaker_fit(entity(name, 1), entity(other, 2)) == "same"
    assert speaker_fit(entity(other, 2), entity(name, 1)) == "same"


@pytest.mark.parametrize("other", ["Tomas Okafor", "Ada", "Ada Okonjo", "Okafor Orchards", "AO Ltd.", "KFB"])
def test_two_entities_of_other_names_are_two_speakers(other):
    assert speaker_fit(entity("Ada Okafor", 1), entity(other, 2)) == "different"


def test_one_entity_is_one_speaker_by_any_name():
    assert speaker_fit(entity("Ada Okafor", 1), entity("the grower", 1)) == "same"


def test_who_passes_words_on_is_no_other_speaker():
    said = make_quote("I am sorry that the frost took every blossom in the lower orchard.")
    told = make_quote(
        "Okafor was sorry that the frost took every blossom in the lower orchard",
        kind="indirect",
        speaker="Tomas Rehn",
    )
    assert same_utterance(said, told)
    assert same_utterance(said, make_quote("Frost took blossom in March.", speaker="Tomas Rehn")) is None


def test_one_sentence_in_a_far_longer_quote_of_another_is_not_misattributed():
    pruned = "The growers pruned too early and then nobody lit the braziers before the second night of frost."
    report = f"{pruned} I walked the rows myself. Two hundred crates of seedlings froze, and every pump broke down."
    assert same_utterance(make_quote(pruned), make_quote(pruned, speaker="Tomas Rehn"))
    assert same_utterance(make_quote(pruned), make_quote(f"{report} {report}", speaker="Tomas Rehn")) is None


def test_names_alone_are_no_utterance_of_unknown_speakers():
    law = make_quote("that weakened the Wild Orchards Act", kind="indirect", speaker=None)
    other = make_quote(
        "the council to undo the changes of January that weakened the bite of the Wild Orchards Act",
        kind="indirect",
        speaker=None,
    )
    assert same_utterance(law, other) is None


def test_eight_words_in_a_row_are_an_utterance_of_unknown_speakers():
    one, other = (
        "they had to carry him out of his barn",
        "they had to carry him out of his barn and that he wept",
    )
    assert same_utterance(
        make_quote(one, kind="indirect", speaker=None), make_quote(other, kind="indirect", speaker=None)
    )


def test_words_far_apart_are_no_utterance_of_unknown_speakers():
    one = make_quote("plums a doomed crop this year", kind="indirect", speaker=None)
    other = make_quote(
        "the grower refused to replant plums, which last year were declared a “doomed” part of the crop",
        kind="mixed",
        speaker=None,
    )
    assert same_utterance(one, other) is None
