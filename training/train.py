"""Train the network on all heads at once, with or without a teacher's scores; a run that was stopped goes on.

    python train.py --gold GOLD --base minilm/ --out run/ --layers 4 --epochs 3
    python train.py --gold GOLD --base mpnet/ --out teacher/ --layers 6 --mpnet

The same command continues from the last checkpoint in --out. Runs on CPU or one GPU; computes in bfloat16 where the
processor multiplies it (without AMX or AVX512-BF16 it is 15 times slower than float32). The word embeddings stay as
they are: with so few articles they would only learn by heart.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from corpora import load_corpora
from data import epoch_batches, open_tokenizer
from losses import batch_loss, read_scores
from model import Shape, Tagger, load_base, short_type

WARMUP = 0.06  # share of the steps
SAVED = 300  # seconds between checkpoints
REPORTED = 50  # steps
HERE = Path(__file__).parent


def main() -> None:
    """Train to the end, from the start or from the last checkpoint."""
    args = _arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = open_tokenizer(args.minilm or args.base)
    examples = load_corpora(args.gold, HERE / "texts", tokenizer, licensed_only=args.licensed_only)
    if args.only:
        examples = [e for e in examples if e.corpus in args.only]
    teacher = read_scores(args.teacher, examples) if args.teacher else None
    model = _model(args, tokenizer).to(device)
    optimizer = torch.optim.AdamW(_groups(model, args), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    sizes = {"length": args.length, "pieces": args.pieces, "masked": args.masked}
    rng = random.Random(args.seed)
    seeds = [rng.randrange(2**32) for _ in range(args.epochs)]
    batches = len(epoch_batches(examples, **sizes, rng=random.Random(seeds[0])))  # the others differ little
    done = _resume(args.out, model, optimizer)
    rates = [group["lr"] if not done else group["initial_lr"] for group in optimizer.param_groups]
    started, saved = time.time(), time.time()
    for epoch, seed in enumerate(seeds):
        if done >= (epoch + 1) * batches:
            continue
        losses: dict[str, list[float]] = defaultdict(list)
        for n, batch in enumerate(epoch_batches(examples, **sizes, rng=random.Random(seed))[:batches]):
            step = epoch * batches + n
            if step < done:
                continue
            share = _rate(step / (batches * args.epochs))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["initial_lr"], group["lr"] = rate, rate * share
            parts = batch_loss(model, batch, half=short_type(device), teacher=teacher, alpha=args.alpha)
            _step(model, torch.stack(list(parts.values())).sum(), optimizer)
            for head, loss in parts.items():
                losses[head].append(loss.item())
            if (step + 1) % REPORTED == 0:
                report = {head: round(float(np.mean(each[-REPORTED:])), 3) for head, each in losses.items()}
                at = {"epoch": epoch + 1, "step": step + 1, "of": batches * args.epochs}
                print(json.dumps(at | report | {"seconds": round(time.time() - started)}), flush=True)
            if time.time() - saved > SAVED:
                _save(args.out / "checkpoint.pt", model, optimizer, step + 1)
                saved = time.time()
        _save(args.out / "checkpoint.pt", model, optimizer, (epoch + 1) * batches)
        _save(args.out / f"epoch{epoch + 1}.pt", model, None, (epoch + 1) * batches)


def _save(path: Path, model: Tagger, optimizer: torch.optim.Optimizer | None, step: int) -> None:
    """Write a checkpoint whole or not at all."""
    state = {"shape": vars(model.shape), "state": model.state_dict(), "step": step}
    if optimizer:
        state["optimizer"] = optimizer.state_dict()
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _resume(out: Path, model: Tagger, optimizer: torch.optim.Optimizer) -> int:
    if not (out / "checkpoint.pt").exists():
        return 0
    saved = torch.load(out / "checkpoint.pt", map_location=model.distance.device)
    model.load_state_dict(saved["state"])
    optimizer.load_state_dict(saved["optimizer"])
    print(json.dumps({"resumed": saved["step"]}), flush=True)
    return int(saved["step"])


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
    parser.add_argument("--gold", type=Path, required=True, help="folder of the gold data")
    parser.add_argument(
        "--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--mpnet", action="store_true", help="the base is MPNet; --minilm gives the tokenizer"
    )
    parser.add_argument("--minilm", type=Path, help="folder of MiniLM's tokenizer, if the base is MPNet")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument(
        "--picks", type=lambda s: [int(x) for x in s.split(",")], help="layers of the base or start"
    )
    parser.add_argument("--start", type=Path, help="checkpoint of a trained network to begin from")
    parser.add_argument("--teacher", type=Path, help="a teacher's scores, from score_words.py")
    parser.add_argument("--alpha", type=float, default=0.7, help="share of the teacher in the loss")
    parser.add_argument(
        "--licensed-only", action="store_true", help="leave out corpora that state no licence"
    )
    parser.add_argument("--only", type=lambda s: s.split(","), help="corpora to train on, for a trial")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument(
        "--decay", type=float, default=0.9, help="learning rate of a layer over the one above"
    )
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--length", type=int, default=384, help="of a window, in pieces")
    parser.add_argument("--pieces", type=int, default=1536, help="of a batch")
    parser.add_argument("--masked", type=float, default=0.08)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _model(args: argparse.Namespace, tokenizer: object) -> Tagger:
    picks = args.picks or list(range(args.layers))
    if not args.start:
        wide = {"width": 768, "inner": 3072, "eps": 1e-5, "relative": True} if args.mpnet else {}
        return load_base(Shape(args.layers, **wide), args.base, picks, tokenizer)
    saved = torch.load(args.start)
    model = Tagger(Shape(**saved["shape"] | {"layers": len(picks)}))
    state = {k: v for k, v in saved["state"].items() if not k.startswith("layers.")}
    for n, pick in enumerate(picks):
        own = f"layers.{pick}."
        state |= {f"layers.{n}." + k[len(own) :]: v for k, v in saved["state"].items() if k.startswith(own)}
    model.load_state_dict(state, strict=False)
    return model


def _groups(model: Tagger, args: argparse.Namespace) -> list[dict[str, object]]:
    model.words.weight.requires_grad = False
    rate, decay, depth = args.rate, args.decay, len(model.stack)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (depth - 1 - n)}
        for n, layer in enumerate(model.stack)
    ]
    low = [*model.places.parameters(), *model.norm.parameters()]
    low += [*model.relative.parameters()] if model.relative is not None else []
    groups.append({"params": low, "lr": rate * decay**depth})
    linear = (model.types, model.tags, model.link, model.names, model.roles, model.who)
    groups.append({"params": [p for head in linear for p in head.parameters()], "lr": args.head_rate})
    single = [model.distance, model.apart, model.steps, model.who_distance]
    groups.append({"params": single, "lr": 10 * args.head_rate, "weight_decay": 0.0})
    return groups


if __name__ == "__main__":
    main()
