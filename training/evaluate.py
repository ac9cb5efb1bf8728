"""Predict a gold file with an exported tagger, for the scorer, and say how fast it went.

python evaluate.py --model best/ --gold polnear-dev.jsonl --out pred.jsonl
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import runtime  # noqa: F401 - must come before app

from app.nlp.tagger.model import Tagger

WORDS = 600  # an article, in the figures of speed


def main() -> None:
    """Predict, write and time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "gold", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    tagger = Tagger(args.model)
    records = [json.loads(line) for line in args.gold.open(encoding="utf-8")]
    tagger.find(records[0]["text"])
    started = time.process_time()
    found = [tagger.find(r["text"]) for r in records]
    seconds = time.process_time() - started
    with args.out.open("w", encoding="utf-8") as out:
        for record, attributions in zip(records, found, strict=True):
            rows = [
                {
                    "source": a.speaker,
                    "cue": a.cue,
                    "content": a.content,
                    "confidence": round(a.confidence, 4),
                }
                for a in attributions
            ]
            out.write(json.dumps({"id": record["id"], "attributions": rows}) + "\n")
    words = sum(len(r["text"].split()) for r in records)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{words / WORDS / seconds:.1f} articles of {WORDS} words per CPU-second, {memory} MB resident at most"
    )


if __name__ == "__main__":
    main()
