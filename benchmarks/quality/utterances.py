"""Score `same_utterance` on pairs of quotes that a person has labelled, given by article and place in its text.

LABELS has a pair a line: `{"a": QUOTE, "b": QUOTE, "label", "weight"}`, where QUOTE is `{"article", "segments":
[[start, end]], "kind", "speaker", "speaker_id"}`. label: "y" the same words, "n" not, "p" the same said otherwise and
"u" nobody can tell, which do not count. weight: pairs of the population that this one stands for. TEXTS has
`{"external_id", "text"}` lines.

Usage: python -m benchmarks.quality.utterances TEXTS LABELS
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.documents import Span
from app.stories import QuoteText, same_utterance

type Row = Mapping[str, Any]  # as parsed from JSON


def score(texts: Mapping[str, str], labels: Iterable[Row]) -> dict[str, float]:
    """Return precision and recall over the pairs whose label counts, by weight."""
    right = found = wanted = 0.0
    for row in labels:
        if row["label"] not in ("y", "n"):
            continue
        is_same, weight = row["label"] == "y", row["weight"]
        is_found = same_utterance(_quote(texts, row["a"]), _quote(texts, row["b"])) is not None
        right += weight * (is_same and is_found)
        found += weight * is_found
        wanted += weight * is_same
    return {"precision": right / found if found else 1.0, "recall": right / wanted if wanted else 1.0}


def _quote(texts: Mapping[str, str], row: Row) -> QuoteText:
    text = texts[row["article"]]
    return QuoteText(
        id=uuid5(NAMESPACE_URL, f"{row['article']} {row['segments']}"),
        text=" ".join(Span(start, end).of(text) for start, end in row["segments"]),
        kind=row["kind"],
        speaker_id=UUID(row["speaker_id"]) if row.get("speaker_id") else None,
        speaker_name=row.get("speaker"),
    )


def _read(path: Path) -> Sequence[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("labels", type=Path)
    options = parser.parse_args()
    texts = {row["external_id"]: row["text"] for row in _read(options.texts)}
    for name, value in score(texts, _read(options.labels)).items():
        print(f"{name:<20}{value:7.3f}")


if __name__ == "__main__":
    _main()
