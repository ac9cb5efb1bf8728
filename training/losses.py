"""What the quote tagger learns from: gold tags and links, whole tag paths, and a teacher's scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import runtime  # noqa: F401 - must come before app
import torch
from data import IGNORE, SEP, Batch, Example
from model import Tagger
from torch import Tensor
from torch.nn import functional as F

from app.nlp.tagger.decode import LINK, NO_LINK, TRANSITIONS, distance_bucket

LINK_WEIGHT = 0.5  # of links beside tags (guess, 2026-11-22)


@dataclass(frozen=True)
class Scores:
    """A teacher's tag scores and link vectors, by article and word, and its scores of distance."""

    tags: list[np.ndarray]
    link: list[np.ndarray]
    distance: Tensor
    apart: Tensor


def read_scores(path: Path, examples: list[Example]) -> Scores:
    """Read what score_words.py wrote about these articles."""
    saved = np.load(path)
    parts = {part: [saved[f"{e.id}/{part}"] for e in examples] for part in ("tags", "link")}
    return Scores(
        parts["tags"], parts["link"], torch.from_numpy(saved["distance"]), torch.from_numpy(saved["apart"])
    )


def batch_loss(model: Tagger, batch: Batch, teacher: Scores | None, *, alpha: float, path: float) -> Tensor:
    """Run a batch and weigh what came out: `alpha` is the teacher's share, `path` that of whole tag paths."""
    model.train()
    ids, flags, mask = (torch.from_numpy(a) for a in (batch.ids, batch.flags, batch.mask))
    with torch.autocast("cpu", torch.bfloat16):
        tags, link = model(ids, flags, None if batch.mask.all() else mask)
    tags, link = tags.float(), link.float()
    gold_tags, heads = torch.from_numpy(batch.tags), torch.from_numpy(batch.heads)
    at_word = gold_tags != IGNORE
    anchors = at_word.clone()
    anchors[:, 0] = True  # [CLS] stands for a cue outside the window
    paragraphs = (ids == SEP).cumsum(1)
    links = link_scores(link, model.distance, model.apart, paragraphs, anchors)
    rows = heads != IGNORE
    hard = F.cross_entropy(tags[at_word], gold_tags[at_word])
    if path:
        hard = (1 - path) * hard + path * path_loss(
            tags, gold_tags, model.steps, torch.from_numpy(batch.paths)
        )
    hard_link = F.cross_entropy(links[rows], heads[rows])
    if teacher is None:
        return hard + LINK_WEIGHT * hard_link
    soft = _teacher_loss(tags, links, rows & (heads > 0), paragraphs, batch, teacher)
    return alpha * soft + (1 - alpha) * (hard + LINK_WEIGHT * hard_link)


def _teacher_loss(
    tags: Tensor, links: Tensor, rows: Tensor, paragraphs: Tensor, batch: Batch, teacher: Scores
) -> Tensor:
    """Weigh how far the tagger's tags and links lie from the teacher's, at word starts."""
    width = tags.shape[1]
    soft_tags, soft_link = torch.zeros_like(tags), torch.zeros(*tags.shape[:2], 2 * LINK)
    anchors = torch.zeros(tags.shape[:2], dtype=torch.bool)
    for row, (number, words, places) in enumerate(batch.examples):
        soft_tags[row, places] = torch.from_numpy(teacher.tags[number][words].astype(np.float32))
        soft_link[row, places] = torch.from_numpy(teacher.link[number][words].astype(np.float32))
        anchors[row, places] = True
    soft_links = link_scores(soft_link, teacher.distance, teacher.apart, paragraphs, anchors)[rows]
    own_links = links[rows].masked_fill(~anchors[:, None].expand(-1, width, -1)[rows], NO_LINK)
    return _divergence(tags[anchors], soft_tags[anchors]) + LINK_WEIGHT * _divergence(own_links, soft_links)


def _divergence(own: Tensor, soft: Tensor) -> Tensor:
    return F.kl_div(own.log_softmax(-1), soft.log_softmax(-1), reduction="batchmean", log_target=True)


def path_loss(tags: Tensor, gold: Tensor, steps: Tensor, paths: Tensor) -> Tensor:
    """Weigh paragraphs' gold tag paths against all paths, over tag log-probabilities: a linear chain's loss."""
    here = paths >= 0
    scores = tags.log_softmax(-1).flatten(0, 1)[paths.clamp(min=0)]
    gold = gold.flatten()[paths.clamp(min=0)].clamp(min=0)
    moves = steps[:-1] + torch.from_numpy(TRANSITIONS)
    total = steps[-1] + scores[:, 0]
    for step in range(1, paths.shape[1]):
        longer = (total[:, :, None] + moves).logsumexp(1) + scores[:, step]
        total = torch.where(here[:, step, None], longer, total)
    own = scores.gather(2, gold[..., None])[..., 0]
    own = torch.cat([own[:, :1] + steps[-1][gold[:, :1]], own[:, 1:] + moves[gold[:, :-1], gold[:, 1:]]], 1)
    return (total.logsumexp(1).sum() - own[here].sum()) / here.sum()


def link_scores(link: Tensor, distance: Tensor, apart: Tensor, paragraphs: Tensor, anchors: Tensor) -> Tensor:
    """Score of each piece (row) for having its cue start at each piece (column)."""
    query, anchor = link[..., :LINK], link[..., LINK:]
    places = np.arange(link.shape[1])
    table = torch.from_numpy(distance_bucket(places[None] - places[:, None]))
    away = (paragraphs[:, None] - paragraphs[:, :, None]).abs().clamp(max=len(apart) - 1)
    away[:, :, 0] = 0  # [CLS] is in no paragraph
    scores: Tensor = query @ anchor.transpose(1, 2) * LINK**-0.5 + distance[table] - apart[away]
    return scores.masked_fill(~anchors[:, None], NO_LINK)
