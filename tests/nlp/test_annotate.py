"""What is known not to be English is left alone, whichever way it comes in."""

import orjson

from app import nlp
from app.ingest.annotate import annotate_lines
from app.nlp import Models
from tests.factories import make_extracted

NO_MODELS = Models(tagger=None)  # whoever would read with them breaks
DUTCH = (
    "De gemeenteraad stemde maandagavond voor sluiting van de oude veerhaven. “We konden niet blijven betalen voor "
    "een steiger die niemand gebruikt”, zei burgemeester Ada Okafor."
)


def test_nothing_is_looked_for_in_an_article_whose_language_is_not_read():
    annotated = nlp.annotate(make_extracted(DUTCH, warnings=("language_not_read",)), NO_MODELS)
    assert (annotated.sentences, annotated.mentions, annotated.chains, annotated.quotes) == ((), (), (), ())
    assert annotated.provenance.method == "language_not_read"
    assert annotated.article.text == DUTCH


def test_annotate_answers_another_language_with_the_warning_and_nothing_found():
    [(line, is_good)] = annotate_lines([orjson.dumps({"id": 1, "text": DUTCH})], NO_MODELS)
    answer = orjson.loads(line)
    assert is_good
    assert answer["article"]["warnings"] == ["language_not_read"]
    assert answer["article"]["language"] == "nl"
    assert answer["quotes"] == answer["entities"] == []
