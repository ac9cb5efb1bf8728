"""Write a checkpoint's answers for every word of the training texts: a teacher's lesson.

python score_words.py --model run/epoch3.pt --base minilm/ --gold GOLD --out scores.npz
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import numpy as np
import runtime  # noqa: F401 - must come before app
import torch
from corpora import load_corpora
from data import CLS, SEP, open_tokenizer
from export import load
from model import Answers, Tagger, short_type

from app.nlp.tagger.words import Article, cut_windows, window_inputs

HEADS = [field.name for field in fields(Answers)]


def word_scores(model: Tagger, article: Article, length: int, context: int) -> dict[str, np.ndarray]:
    """Give each head's answers for an article, word by word."""
    parts: dict[str, list[np.ndarray]] = {head: [] for head in HEADS}
    for window in cut_windows(article, length, context):
        ids, flags, places = window_inputs(article, window.first, window.last, CLS, SEP)
        half = short_type(torch.device("cpu"))
        with torch.inference_mode(), torch.autocast("cpu", half or torch.bfloat16, enabled=half is not None):
            found = model(torch.from_numpy(ids[None]).long(), torch.from_numpy(flags[None]).long())
        kept = places[window.keep - window.first :]
        for head in HEADS:
            parts[head].append(getattr(found, head)[0, kept].float().numpy().astype(np.float16))
    return {head: np.concatenate(each) for head, each in parts.items()}


def main() -> None:
    """Score the training texts one by one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "base", "gold", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--length", type=int, default=384)
    parser.add_argument("--context", type=int, default=64)
    args = parser.parse_args()
    tokenizer, model = open_tokenizer(args.base), load(args.model)
    arrays = {name: getattr(model, name).detach().numpy() for name in ("distance", "apart", "who_distance")}
    for example in load_corpora(args.gold, Path(__file__).parent / "texts", tokenizer):
        found = word_scores(model, example.article, args.length, args.context)
        arrays |= {f"{example.corpus}/{example.id}/{head}": scores for head, scores in found.items()}
    np.savez(args.out, **arrays)


if __name__ == "__main__":
    main()
