"""Write a checkpoint's tag scores and link vectors for every word of a gold file: a teacher's lesson, or dev's.

python score_words.py --model run/epoch5.pt --base m/ --gold polnear-train.jsonl --out scores.npz
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import runtime  # noqa: F401 - must come before app
import torch
from data import CLS, SEP, load_examples, open_tokenizer
from export import load
from model import Tagger

from app.nlp.tagger.words import Article, cut_windows, window_inputs


def word_scores(model: Tagger, article: Article, length: int, context: int) -> tuple[np.ndarray, np.ndarray]:
    """Give an article's tag scores and link vectors, word by word."""
    tags, links = [], []
    for window in cut_windows(article, length, context):
        ids, flags, places = window_inputs(article, window.first, window.last, CLS, SEP)
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            tag, link = model(torch.from_numpy(ids[None]).long(), torch.from_numpy(flags[None]).long())
        kept = places[window.keep - window.first :]
        tags.append(tag[0, kept].float().numpy())
        links.append(link[0, kept].float().numpy())
    return np.concatenate(tags), np.concatenate(links)


def main() -> None:
    """Score a gold file's articles one by one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "base", "gold", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--length", type=int, default=384)
    parser.add_argument("--context", type=int, default=64)
    args = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = open_tokenizer(args.base)
    model = load(args.model)
    arrays = {name: getattr(model, name).detach().numpy() for name in ("distance", "apart", "steps")}
    for example in load_examples(args.gold, tokenizer):
        tags, link = word_scores(model, example.article, args.length, args.context)
        arrays |= {
            f"{example.id}/tags": tags.astype(np.float16),
            f"{example.id}/link": link.astype(np.float16),
        }
    np.savez(args.out, **arrays)


if __name__ == "__main__":
    main()
