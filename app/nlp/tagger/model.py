"""Runs the network: a text in, what it says of every word out. What it is and how it was made: data/README.md.

onnxruntime and tokenizers are imported when the model is loaded, not with the package.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from app.errors import ModelError
from app.nlp.tagger.decode import ROLE_OF, SPEAKER, Attribution, Weights, find_attributions
from app.nlp.tagger.heads import SIZES
from app.nlp.tagger.who import Asking, near_scores, nobody_scores
from app.nlp.tagger.words import Article, Span, cut_windows, read_article, window_inputs

# Code points, some 30,000 words: past them the rules read alone. A million quotation marks took the network 79 s.
LONGEST_TEXT = 200_000
_BOUNDS = np.cumsum(list(SIZES.values()))[:-1]
FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Tagged:
    """The words of a text with the network's answers, each [words, size of the head] (see `heads.SIZES`).

    tags, names and roles are log-probabilities; link holds vectors that ask and answer; `asking` what tells who is
    meant.
    """

    article: Article
    tags: np.ndarray
    link: np.ndarray
    names: np.ndarray
    roles: np.ndarray
    asking: Asking

    @classmethod
    def of(cls, article: Article, scores: np.ndarray, nobody: np.ndarray, near: np.ndarray) -> Self:
        """Take the network's scores apart, head by head; `nobody` is each word's score for meaning none here."""
        tags, link, names, roles, who = np.split(scores, _BOUNDS, axis=1)
        asking = Asking(who, nobody, article.places[:-1], near)
        return cls(article, log_chances(tags), link, log_chances(names), log_chances(roles), asking)

    def speakers(self) -> list[Span]:
        """Return the words that are more likely than not part of who speaks, in text order."""
        chance = np.exp(self.tags[:, ROLE_OF == SPEAKER]).sum(1)
        spans = np.stack([self.article.starts, self.article.ends], 1)[chance > 0.5]  # noqa: PLR2004 - than not
        return [(start, end) for start, end in spans.tolist()]


def log_chances(scores: np.ndarray) -> np.ndarray:
    """Return the logarithm of each row's softmax."""
    above = scores - scores.max(1, keepdims=True)
    chances: np.ndarray = above - np.log(np.exp(above).sum(1, keepdims=True))
    return chances


class Tagger:
    """The model in memory."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and verify the model; raise `ModelError` where it is missing or not the one its config describes."""
        try:
            self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            model = (folder / "model.int8.onnx").read_bytes()
            tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except OSError as error:
            raise ModelError(f"The reading model is missing ({error.filename}).") from error
        found = hashlib.sha256(model).hexdigest()
        if found != self.config["sha256"]:
            raise ModelError(f"The reading model's digest is {found}, expected {self.config['sha256']}.")
        # Its blocks follow the size of the cache, and with them the order of sums and a score's last digits.
        os.environ.setdefault("ORT_DISABLE_FLASH_ATTENTION", "1")
        import onnxruntime  # noqa: PLC0415 - commands that need no model must not pay for it
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # 20 MB less, no slower
        # The fused skip norm is seven times slower than its parts in onnxruntime 1.31.
        self.session = onnxruntime.InferenceSession(
            model, options, ["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        self.tokenizer = Tokenizer.from_str(tokenizer)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.weights = Weights.read(self.config)
        self.near = near_scores(self.config["who_distance"])

    def read(
        self, text: str, paragraphs: Sequence[Span] | None = None, regions: Sequence[Span] | None = None
    ) -> Tagged:
        """Return what the network says of a text; paragraphs and quoted regions are read off it unless given.

        Of a text longer than LONGEST_TEXT it reads the whole paragraphs up to there.
        """
        paragraphs = [p for p in paragraphs if p[1] <= LONGEST_TEXT] if paragraphs is not None else None
        if paragraphs:
            text = text[: paragraphs[-1][1]]
        article = read_article(text if paragraphs != [] else "", self.tokenizer, paragraphs, regions)
        return Tagged.of(article, *self._score(article), self.near)

    def find(self, text: str) -> list[Attribution]:
        """Return the attributions of a text, for training and measuring without the rules."""
        return self.attributions(self.read(text))

    def attributions(self, tagged: Tagged) -> list[Attribution]:
        """Return who says what, from what the network said."""
        if not len(tagged.article):
            return []
        return find_attributions(tagged.article, tagged.tags, tagged.link, self.weights)

    def _score(self, article: Article) -> tuple[np.ndarray, np.ndarray]:
        """Run the network window by window, so that a text's answers hang on nothing but the text.

        Returns every word's scores, and its score for meaning nobody in its window.
        """
        config, scores, nobody = self.config, [np.zeros((0, sum(SIZES.values())), np.float32)], [np.zeros(0)]
        for window in cut_windows(article, config["length"], config["context"]):
            ids, flags, places = window_inputs(
                article, window.first, window.last, config["cls"], config["sep"]
            )
            feed = {"ids": ids[None], "flags": flags[None], "positions": np.arange(len(ids), dtype=np.int32)}
            out = self.session.run(None, feed)[0][0]
            kept = places[window.keep - window.first :]
            scores.append(out[kept])
            nobody.append(nobody_scores(out[:, -SIZES["who"] :], kept, self.near))
        return np.concatenate(scores), np.concatenate(nobody)
