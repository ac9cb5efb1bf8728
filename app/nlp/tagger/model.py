"""Runs the learned quote reader: text in, attributions out. What it is and how it was made: data/README.md.

onnxruntime and tokenizers are imported when the model is loaded, not with the package.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import ModelError
from app.nlp.tagger.decode import TAGS, Attribution, Weights, find_attributions
from app.nlp.tagger.words import Article, Span, cut_windows, read_article, window_inputs

METHOD = "tagger-1"
FOLDER = Path(__file__).parent / "data"


class QuoteTagger:
    """The model in memory."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and verify the model; raise `ModelError` where it is missing or not the one its config describes."""
        try:
            self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            model = (folder / "model.int8.onnx").read_bytes()
            tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except OSError as error:
            raise ModelError(
                f"The quote model is missing ({error.filename}); ONRECORD_QUOTE_MODEL=rules does without it."
            ) from error
        found = hashlib.sha256(model).hexdigest()
        if found != self.config["sha256"]:
            raise ModelError(
                f"The quote model's digest is {found}, expected {self.config['sha256']}; "
                "ONRECORD_QUOTE_MODEL=rules does without it."
            )
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

    def find(
        self, text: str, paragraphs: Sequence[Span] | None = None, regions: Sequence[Span] | None = None
    ) -> list[Attribution]:
        """Attributions of a text; paragraphs and quoted regions are read off the text unless given."""
        article = read_article(text, self.tokenizer, paragraphs, regions)
        if not len(article):
            return []
        scores = self.score(article)
        tags = scores[:, : len(TAGS)]
        top = tags.max(1, keepdims=True)
        log_chances = tags - top - np.log(np.exp(tags - top).sum(1, keepdims=True))
        return find_attributions(article, log_chances, scores[:, len(TAGS) :], self.weights)

    def score(self, article: Article) -> np.ndarray:
        """Run the network: for every word its tag scores, then its link and anchor vectors."""
        config, parts = self.config, []
        for window in cut_windows(article, config["length"], config["context"]):
            ids, flags, places = window_inputs(
                article, window.first, window.last, config["cls"], config["sep"]
            )
            feed = {"ids": ids[None], "flags": flags[None], "positions": np.arange(len(ids), dtype=np.int32)}
            out = self.session.run(None, feed)[0]
            parts.append(out[0, places[window.keep - window.first :]])
        return np.concatenate(parts)
