from benchmarks.quality.utterances import score

TEXTS = {
    "morning": "“The kiln cracked before the first plate was out,” Okafor said.",
    "evening": "Okafor said the kiln cracked before the first plate was out. She blamed the coal.",
}
SAID = {"article": "morning", "segments": [[1, 48]], "kind": "direct", "speaker": "Okafor"}
TOLD = {"article": "evening", "segments": [[12, 59]], "kind": "indirect", "speaker": "Okafor"}
BLAMED = {"article": "evening", "segments": [[65, 80]], "kind": "indirect", "speaker": "Okafor"}


def row(one, other, label, weight=1.0):
    return {"a": one, "b": other, "label": label, "weight": weight}


def test_labelled_pairs_are_scored_by_weight():
    rows = [row(SAID, TOLD, "y"), row(SAID, BLAMED, "y", 3.0), row(TOLD, BLAMED, "n")]
    assert score(TEXTS, rows) == {"precision": 1.0, "recall": 0.25}


def test_what_nobody_can_tell_does_not_count():
    assert score(TEXTS, [row(SAID, TOLD, "u"), row(SAID, TOLD, "p")]) == {"precision": 1.0, "recall": 1.0}
