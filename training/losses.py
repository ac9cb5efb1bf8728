"""What the network learns from: gold tags and links, tag paths, sets of allowed tags, and a teacher's scores."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import runtime  # noqa: F401 - must come before app
import torch
from corpora import IGNORE, Example
from data import SEP, Batch
from model import Answers, Tagger
from torch import Tensor
from torch.nn import functional as F

from app.nlp.tagger.decode import LINK, NO_LINK, TRANSITIONS, distance_bucket
from app.nlp.tagger.heads import WHO

LINK_WEIGHT = 0.5  # of links beside tags (guess, 2026-11-22)
WEIGHTS = {"quotes": 1.0, "names": 1.0, "roles": 0.4, "who": 0.4}  # guesses of 2026-11-30
PATH = 0.5  # share of whole tag paths in the gold tags' loss


@dataclass(frozen=True)
class Scores:
    """A teacher's answers by example and word, and its scores of distance."""

    answers: dict[str, list[np.ndarray]]  # by head
    distance: Tensor
    apart: Tensor
    who_distance: Tensor


def read_scores(path: Path, examples: list[Example]) -> Scores:
    """Read what score_words.py wrote about these examples."""
    saved = np.load(path)
    heads = [field.name for field in fields(Answers)]
    answers = {head: [saved[f"{e.corpus}/{e.id}/{head}"] for e in examples] for head in heads}
    return Scores(answers, *(torch.from_numpy(saved[k]) for k in ("distance", "apart", "who_distance")))


def batch_loss(
    model: Tagger,
    batch: Batch,
    *,
    half: torch.dtype | None,
    teacher: Scores | None = None,
    alpha: float = 0.0,
) -> dict[str, Tensor]:
    """Run a batch; give each head's loss. `alpha` is the teacher's share, `half` the short type to compute in."""
    model.train()
    device = model.distance.device
    ids, flags, mask = (torch.from_numpy(a).to(device) for a in (batch.ids, batch.flags, batch.mask))
    with torch.autocast(device.type, half or torch.bfloat16, enabled=half is not None):
        found = model(ids, flags, None if batch.mask.all() else mask)
    found = Answers(*(getattr(found, field.name).float() for field in fields(found)))
    paragraphs = (ids == SEP).cumsum(1)
    columns = torch.from_numpy(batch.starts).to(device)
    columns = columns | F.pad(
        torch.ones_like(columns[:, :1]), (0, columns.shape[1] - 1)
    )  # [CLS]: out of the window
    links = link_scores(found.link, model.distance, model.apart, paragraphs, columns)
    losses = _quote_loss(model, batch, found, links)
    for head in ("names", "roles"):
        losses |= _set_loss(head, getattr(found, head), torch.from_numpy(getattr(batch, head)).to(device))
    if len(batch.who_at):
        rows = who_scores(found.who, model.who_distance, columns).flatten(0, 1)[
            torch.from_numpy(batch.who_at).to(device)
        ]
        may = torch.from_numpy(batch.who_may).to(device)
        losses["who"] = (rows.logsumexp(1) - rows.masked_fill(~may, NO_LINK).logsumexp(1)).mean()
    losses = {head: WEIGHTS[head] * loss for head, loss in losses.items()}
    if teacher is None:
        return losses
    soft = _teacher_loss(model, batch, found, links, paragraphs, teacher)
    return {f"gold-{k}": (1 - alpha) * v for k, v in losses.items()} | {k: alpha * v for k, v in soft.items()}


def _quote_loss(model: Tagger, batch: Batch, found: Answers, links: Tensor) -> dict[str, Tensor]:
    device = links.device
    gold, heads = torch.from_numpy(batch.tags).to(device), torch.from_numpy(batch.heads).to(device)
    here, rows = gold != IGNORE, heads != IGNORE
    if not len(batch.paths):
        return {}
    hard = F.cross_entropy(found.tags[here], gold[here])
    paths = torch.from_numpy(batch.paths).to(device)
    loss = (1 - PATH) * hard + PATH * path_loss(found.tags, gold, model.steps, paths)
    if rows.any():
        loss = loss + LINK_WEIGHT * F.cross_entropy(links[rows], heads[rows])
    return {"quotes": loss}


def _set_loss(head: str, scores: Tensor, bits: Tensor) -> dict[str, Tensor]:
    """Weigh the chance of the allowed tags together, where a corpus says which are allowed."""
    here = bits != 0
    if not here.any():
        return {}
    allowed = (bits[here][:, None] >> torch.arange(scores.shape[-1], device=bits.device)) & 1 == 1
    chances = scores[here].log_softmax(-1)
    return {head: -chances.masked_fill(~allowed, NO_LINK).logsumexp(-1).mean()}


def _teacher_loss(
    model: Tagger, batch: Batch, found: Answers, links: Tensor, paragraphs: Tensor, teacher: Scores
) -> dict[str, Tensor]:
    """Weigh how far each head's answers lie from the teacher's, at word starts."""
    device, (rows, width) = links.device, links.shape[:2]
    words = torch.from_numpy(batch.starts).to(device)
    soft = {}
    for head, kept in teacher.answers.items():
        table = torch.zeros(rows, width, kept[0].shape[1])
        for row, (number, of, places) in enumerate(batch.examples):
            table[row, places] = torch.from_numpy(kept[number][of].astype(np.float32))
        soft[head] = table.to(device)
    losses = {}
    for head, weight in (("tags", "quotes"), ("names", "names"), ("roles", "roles")):
        losses[head] = WEIGHTS[weight] * _divergence(getattr(found, head)[words], soft[head][words])
    linked = soft["tags"].argmax(-1).gt(0) & words  # only what is part of a quote is linked
    if linked.any():
        theirs = link_scores(
            soft["link"], teacher.distance.to(device), teacher.apart.to(device), paragraphs, words
        )
        ours = links.masked_fill(~words[:, None], NO_LINK)
        losses["link"] = LINK_WEIGHT * _divergence(ours[linked], theirs[linked])
    if len(batch.who_at):
        at = torch.from_numpy(batch.who_at).to(device)
        theirs = who_scores(soft["who"], teacher.who_distance.to(device), words).flatten(0, 1)[at]
        ours = who_scores(found.who, model.who_distance, words).flatten(0, 1)[at]
        losses["who-soft"] = WEIGHTS["who"] * _divergence(ours, theirs)
    return losses


def _divergence(own: Tensor, soft: Tensor) -> Tensor:
    return F.kl_div(own.log_softmax(-1), soft.log_softmax(-1), reduction="batchmean", log_target=True)


def path_loss(tags: Tensor, gold: Tensor, steps: Tensor, paths: Tensor) -> Tensor:
    """Weigh paragraphs' gold tag paths against all paths, over tag log-probabilities: a linear chain's loss."""
    here = paths >= 0
    scores = tags.log_softmax(-1).flatten(0, 1)[paths.clamp(min=0)]
    gold = gold.flatten()[paths.clamp(min=0)].clamp(min=0)
    moves = steps[:-1] + torch.from_numpy(TRANSITIONS).to(steps.device)
    total = steps[-1] + scores[:, 0]
    for step in range(1, paths.shape[1]):
        longer = (total[:, :, None] + moves).logsumexp(1) + scores[:, step]
        total = torch.where(here[:, step, None], longer, total)
    own = scores.gather(2, gold[..., None])[..., 0]
    own = torch.cat([own[:, :1] + steps[-1][gold[:, :1]], own[:, 1:] + moves[gold[:, :-1], gold[:, 1:]]], 1)
    return (total.logsumexp(1).sum() - own[here].sum()) / here.sum()


def link_scores(link: Tensor, distance: Tensor, apart: Tensor, paragraphs: Tensor, columns: Tensor) -> Tensor:
    """Score of each piece (row) for having its cue start at each piece (column)."""
    away = (paragraphs[:, None] - paragraphs[:, :, None]).abs().clamp(max=len(apart) - 1)
    away[:, :, 0] = 0  # [CLS] is in no paragraph
    scores: Tensor = _fit(link, LINK) + _by_distance(distance, link.shape[1]) - apart[away]
    return scores.masked_fill(~columns[:, None], NO_LINK)


def who_scores(who: Tensor, distance: Tensor, columns: Tensor) -> Tensor:
    """Score of each piece (row) for meaning who is mentioned at each piece (column)."""
    scores: Tensor = _fit(who, WHO) + _by_distance(distance, who.shape[1])
    return scores.masked_fill(~columns[:, None], NO_LINK)


def _fit(vectors: Tensor, width: int) -> Tensor:
    query, anchor = vectors[..., :width], vectors[..., width:]
    return query @ anchor.transpose(1, 2) * width**-0.5


def _by_distance(distance: Tensor, length: int) -> Tensor:
    places = np.arange(length)
    return distance[torch.from_numpy(distance_bucket(places[None] - places[:, None])).to(distance.device)]
