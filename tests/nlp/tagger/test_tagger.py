import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import ModelError
from app.nlp import annotate
from app.nlp.models import Models
from app.nlp.tagger.decode import DISTANCE_BUCKETS, LINK, TAGS
from app.nlp.tagger.heads import METHOD, NAME_TAGS, ROLE_TAGS, SIZES, WHO
from app.nlp.tagger.model import FOLDER, LONGEST_TEXT, Tagged, Tagger
from tests.factories import make_extracted
from tests.nlp.tagged import make_article

INDIRECT = "It rained all day. Mayor Ada Okafor said the bridge would open in May."


@pytest.fixture(scope="module")
def tagger(models):
    return models.tagger


# --- without the model ---


def test_scores_are_taken_apart_head_by_head():
    article = make_article("Ana left.")
    scores = np.random.default_rng(1).normal(size=(3, sum(SIZES.values())))
    tagged = Tagged.of(article, scores, np.zeros(3), np.zeros(DISTANCE_BUCKETS))
    widths = (len(TAGS), 2 * LINK, len(NAME_TAGS), len(ROLE_TAGS), 2 * WHO)
    layers = (tagged.tags, tagged.link, tagged.names, tagged.roles, tagged.asking.who)
    assert [layer.shape for layer in layers] == [(3, width) for width in widths]
    assert np.array_equal(tagged.link, scores[:, len(TAGS) : len(TAGS) + 2 * LINK])
    assert np.array_equal(tagged.asking.who, scores[:, -2 * WHO :])


def test_tags_names_and_roles_are_chances():
    scores = 100 * np.random.default_rng(1).normal(size=(3, sum(SIZES.values())))
    tagged = Tagged.of(make_article("Ana left."), scores, np.zeros(3), np.zeros(DISTANCE_BUCKETS))
    for layer in (tagged.tags, tagged.names, tagged.roles):
        assert np.exp(layer).sum(1) == pytest.approx(1)


def test_a_missing_model_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="missing"):
        Tagger(tmp_path)


def test_a_changed_model_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    with (tmp_path / "model" / "model.int8.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="digest"):
        Tagger(tmp_path / "model")


# --- with it ---


def test_indirect_speech_is_found_with_its_speaker(models):
    article = make_extracted(INDIRECT)
    [quote] = annotate(article, models).quotes
    assert quote.kind == "indirect"
    assert quote.content[0].of(INDIRECT) == "the bridge would open in May"
    assert "Okafor" in quote.speaker.of(INDIRECT)
    assert quote.attribution == "speech"
    assert quote.method == METHOD
    assert 0.3 < quote.confidence <= 1


def test_a_belief_is_told_from_speech(models):
    text = "Mayor Ada Okafor hopes that the bridge will open in May."
    [quote] = annotate(make_extracted(text), models).quotes
    assert quote.attribution == "belief"


def test_with_rules_alone_what_stands_in_marks_is_found_and_names_too(models):
    text = "“It opens in May,” said Mayor Ada Okafor. She said it was safe."
    annotated = annotate(make_extracted(text), Models(models.tagger, "rules"))
    assert [quote.kind for quote in annotated.quotes] == ["direct"]
    assert "Ada Okafor" in {chain.name for chain in annotated.chains}
    assert annotated.provenance.method == "network+rules"


def test_he_and_she_of_a_man_and_a_woman_are_told(models):
    text = "Margaret Ellison met Robert Crane on Monday. She praised the plan. He left early."
    annotated = annotate(make_extracted(text), models)
    surfaces = {
        chain.name: [annotated.mentions[index].span.of(text) for index in chain.mentions]
        for chain in annotated.chains
    }
    assert "She" in surfaces["Margaret Ellison"]
    assert "He" in surfaces["Robert Crane"]


def test_an_empty_text_has_no_attributions_names_nor_phrases(tagger):
    for text in ("", " \n\n "):
        tagged = tagger.read(text)
        assert tagger.attributions(tagged) == []
        assert len(tagged.article) == len(tagged.names) == len(tagged.roles) == 0


@pytest.mark.parametrize("text", ["It rained.", "…", "“”", "a"])
def test_text_without_a_name_is_read(models, text):
    assert annotate(make_extracted(text), models).chains == ()


def test_paragraphs_and_marks_given_or_read_off_are_alike(tagger):
    text = "“It opens in May,” said Ada Okafor.\n\nIt rained."
    given = tagger.read(text, [(0, 35), (37, 47)], [(0, 18)])
    assert np.array_equal(given.names, tagger.read(text).names)


def test_one_text_has_one_answer(tagger):
    first = tagger.read(INDIRECT)
    tagger.read("Somebody else said something else.")
    again = tagger.read(INDIRECT)
    assert np.array_equal(first.names, again.names)
    assert np.array_equal(first.asking.nobody, again.asking.nobody)


def test_of_a_text_too_long_whole_paragraphs_are_read(tagger):
    text = "Ada Okafor left.\n\n" + "a" * LONGEST_TEXT
    tagged = tagger.read(text, [(0, 16), (18, len(text))])
    assert tagged.article.text == "Ada Okafor left."
    assert len(tagger.read(text[18:] + "a", [(0, LONGEST_TEXT + 1)]).article) == 0


@given(st.text(alphabet="aA “”\"'.,\n\u00e9said", max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_lies_in_the_text(tagger, text):
    for found in tagger.find(text):
        for start, end in (*found.content, *found.cue, *found.speaker):
            assert 0 <= start < end <= len(text)
