"""The golden articles, read with the network that is served, stay above the floors that `make eval` holds."""

from app import nlp
from app.documents import AnnotatedArticle, RawDocument
from app.extraction import extract
from benchmarks.quality import floors
from benchmarks.quality.golden import compare, figures
from benchmarks.quality.golden_identity import score as score_identity

PROCESSOR = (
    1.0  # points: floats are summed in another order elsewhere, and three of a hundred quotes move by a word
)


def test_the_golden_articles_are_read_as_well_as_they_were(models: nlp.Models):
    def read(text: str) -> AnnotatedArticle:
        return nlp.annotate(extract(RawDocument(text.encode(), "text")), models)

    comparisons = compare(read)
    lowered = {"golden": {name: floor - PROCESSOR for name, floor in floors.read()["golden"].items()}}
    assert floors.below("golden", figures(comparisons) | score_identity(comparisons), lowered) == []
