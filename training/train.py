"""Train the quote tagger on one CPU thread, with or without a teacher's scores.

    python train.py --gold polnear-train.jsonl --base m/ --out run/ --layers 6 --epochs 5
    python train.py ... --layers 4 --picks 0,1,3,5 --start teacher/epoch5.pt --teacher teacher/scores.npz

The word embeddings stay as they are: with 840 articles they would only learn by heart.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from data import epoch_batches, load_examples, open_tokenizer
from losses import batch_loss, read_scores
from model import Tagger, load_base

WARMUP = 0.06  # share of the steps


def main() -> None:
    """Train and save a checkpoint an epoch."""
    args = _arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    examples = load_examples(args.gold, open_tokenizer(args.base), args.limit)
    teacher = read_scores(args.teacher, examples) if args.teacher else None
    model = _model(args)
    shape = {"length": args.length, "size": args.size, "masked": args.masked}
    epochs = [epoch_batches(examples, rng=rng, **shape) for _ in range(args.epochs)]
    optimizer = torch.optim.AdamW(_groups(model, args), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    started = time.time()
    for n, batches in enumerate(epochs, 1):
        losses = []
        for batch in batches:
            loss = batch_loss(model, batch, teacher, alpha=args.alpha, path=args.path)
            _step(model, loss, optimizer)
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 50 == 0:
                report = {
                    "epoch": n,
                    "step": len(losses),
                    "of": len(batches),
                    "loss": float(np.mean(losses[-50:])),
                }
                print(json.dumps(report | {"seconds": round(time.time() - started)}), flush=True)
        state = {"layers": args.layers, "inner": args.inner, "state": model.state_dict()}
        torch.save(state, args.out / f"epoch{n}.pt")


def _rate(done: float) -> float:
    """Share of the full learning rate when `done` of the steps are: warm up, then fall in a line."""
    return min(done / WARMUP, (1 - done) / (1 - WARMUP))


def _step(model: Tagger, loss: torch.Tensor, optimizer: torch.optim.Optimizer) -> None:
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument(
        "--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--inner", type=int, default=1536)
    parser.add_argument(
        "--picks",
        type=lambda s: [int(x) for x in s.split(",")],
        help="layers of the base or start to begin from",
    )
    parser.add_argument("--start", type=Path, help="checkpoint of a trained tagger to begin from")
    parser.add_argument("--teacher", type=Path, help="a teacher's scores, from score_words.py")
    parser.add_argument("--alpha", type=float, default=0.7, help="share of the teacher in the loss")
    parser.add_argument(
        "--path", type=float, default=0.5, help="share of whole tag paths in the gold tags' loss"
    )
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument(
        "--decay", type=float, default=0.9, help="learning rate of a layer over that of the layer above"
    )
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--length", type=int, default=384)
    parser.add_argument("--size", type=int, default=4)
    parser.add_argument("--masked", type=float, default=0.08)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="articles, for a trial")
    return parser.parse_args()


def _model(args: argparse.Namespace) -> Tagger:
    model = Tagger(args.layers, args.inner)
    if not args.start:
        return load_base(model, args.base / "model.safetensors", args.picks or list(range(args.layers)))
    saved = torch.load(args.start)
    picks = args.picks or list(range(args.layers))
    state = {k: v for k, v in saved["state"].items() if not k.startswith("layers.")}
    for n, pick in enumerate(picks):
        own = f"layers.{pick}."
        state |= {f"layers.{n}." + k[len(own) :]: v for k, v in saved["state"].items() if k.startswith(own)}
    model.load_state_dict(state, strict=False)  # the first teacher had no `apart`
    return model


def _groups(model: Tagger, args: argparse.Namespace) -> list[dict[str, object]]:
    model.words.weight.requires_grad = False
    rate, decay, depth = args.rate, args.decay, len(model.layers)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (depth - 1 - n)}
        for n, layer in enumerate(model.layers)
    ]
    low = rate * decay**depth
    groups.append({"params": [*model.places.parameters(), *model.norm.parameters()], "lr": low})
    heads = [*model.types.parameters(), *model.tags.parameters(), *model.link.parameters()]
    groups.append({"params": heads, "lr": args.head_rate})
    groups.append(
        {"params": [model.distance, model.apart, model.steps], "lr": 10 * args.head_rate, "weight_decay": 0.0}
    )
    return groups


if __name__ == "__main__":
    main()
