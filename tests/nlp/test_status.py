import pytest

from app.documents import Quote, Span
from app.nlp.status import speaker_status
from tests.factories import find


@pytest.mark.parametrize(
    ("text", "speaker", "chain", "status"),
    [
        ("It rained, said Ada Okafor.", "Ada Okafor", 0, "resolved"),
        ("It rained, said Okafor.", "Okafor", None, "named"),
        ("It rained, said Ms. Vera de la Cruz.", "Ms. Vera de la Cruz", None, "named"),
        ("It rained. Officials said so.", "Officials", None, "unresolved"),
        ("It rained, she said.", "she", None, "unresolved"),
        ("It rained, the mayor said.", "the mayor", None, "unresolved"),
        ("It rained, it was said.", None, None, "none"),
    ],
)
def test_the_status_tells_how_well_the_speaker_is_known(text, speaker, chain, status):
    said_by = find(text, speaker) if speaker else None
    quote = Quote("indirect", (Span(0, 9),), None, said_by, chain, 0.9, 0.0, "test")
    assert speaker_status(text, quote) == status
