import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import ModelError
from app.nlp import annotate
from app.nlp.models import Models
from app.nlp.tagger.model import FOLDER, QuoteTagger
from tests.factories import make_extracted

INDIRECT = "It rained all day. Mayor Ada Okafor said the bridge would open in May."


@pytest.fixture(scope="module")
def tagger(models):
    return models.quotes


def test_indirect_speech_is_found_with_its_speaker(models):
    article = make_extracted(INDIRECT)
    [quote] = annotate(article, models).quotes
    assert quote.kind == "indirect"
    assert quote.content[0].of(INDIRECT) == "the bridge would open in May"
    assert "Okafor" in quote.speaker.of(INDIRECT)
    assert quote.attribution == "speech"
    assert quote.method == "tagger-1"
    assert 0.5 < quote.confidence <= 1


def test_a_belief_is_told_from_speech(models):
    text = "Mayor Ada Okafor hopes that the bridge will open in May."
    [quote] = annotate(make_extracted(text), models).quotes
    assert quote.attribution == "belief"


def test_without_the_tagger_the_rules_still_find_what_stands_in_marks(models):
    text = "“It opens in May,” said Mayor Ada Okafor. She said it was safe."
    annotated = annotate(make_extracted(text), Models(models.names))
    assert [quote.kind for quote in annotated.quotes] == ["direct"]
    assert annotated.provenance.method == "rules+spacy-md"


def test_a_missing_model_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="ONRECORD_QUOTE_MODEL=rules"):
        QuoteTagger(tmp_path)


def test_a_changed_model_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    with (tmp_path / "model" / "model.int8.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="digest"):
        QuoteTagger(tmp_path / "model")


def test_an_empty_text_has_no_attributions(tagger):
    assert tagger.find("") == []
    assert tagger.find(" \n\n ") == []


@given(st.text(alphabet="aA “”\"'.,\n\u00e9said", max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_lies_in_the_text(tagger, text):
    for found in tagger.find(text):
        for start, end in (*found.content, *found.cue, *found.speaker):
            assert 0 <= start < end <= len(text)
