"""The tagger network: a MiniLM encoder in plain PyTorch with a tag head and a link head."""

from __future__ import annotations

from pathlib import Path

import runtime  # noqa: F401 - must come before app
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nlp.tagger.decode import DISTANCE_BUCKETS, LINK, TAGS
from app.nlp.tagger.words import CAPITAL_FLAGS, QUOTE_FLAGS

WIDTH, HEADS, INNER = 384, 12, 1536
APART = [0.0, 5.0, 5.0]  # off a link's score for a cue 0, 1, 2 or more paragraphs away, to begin with


class Layer(nn.Module):
    """One BERT layer (norm after)."""

    def __init__(self, inner: int = INNER) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Let pieces attend to one another where `bias` lets them."""
        n, length, _ = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(n, length, WIDTH)))
        y: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return y


class Tagger(nn.Module):
    """Tag scores, link and anchor vectors for every wordpiece."""

    def __init__(self, layers: int, inner: int = INNER) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.types = nn.Embedding(QUOTE_FLAGS * CAPITAL_FLAGS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.link = nn.Linear(WIDTH, 2 * LINK)
        self.distance = nn.Parameter(torch.zeros(DISTANCE_BUCKETS))
        self.apart = nn.Parameter(torch.tensor(APART))
        self.steps = nn.Parameter(
            torch.zeros(len(TAGS) + 1, len(TAGS))
        )  # from tag to tag; last row: first of a paragraph
        self.drop = nn.Dropout(0.1)

    @property
    def stack(self) -> list[Layer]:
        """The layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def encode(self, ids: Tensor, flags: Tensor, mask: Tensor | None) -> Tensor:
        """Give the last layer's vectors; mask is false where a batch is padded."""
        x: Tensor = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.types(flags))
        bias = (
            None
            if mask is None
            else torch.zeros(mask.shape, dtype=torch.bfloat16).masked_fill(~mask, -1e4)[:, None, None]
        )
        for layer in self.stack:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, flags: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Give tag scores, and link and anchor vectors side by side."""
        x = self.drop(self.encode(ids, flags, mask))
        return self.tags(x), self.link(x)


def load_base(model: Tagger, path: Path, picks: list[int]) -> Tagger:
    """Fill the model with BERT weights; its n-th layer takes the base's layer picks[n]."""
    w = load_file(path)
    model.words.weight.data.copy_(w["embeddings.word_embeddings.weight"])
    model.places.weight.data.copy_(w["embeddings.position_embeddings.weight"])
    model.types.weight.data.copy_(
        w["embeddings.token_type_embeddings.weight"][0] + 0.01 * torch.randn_like(model.types.weight)
    )
    _copy(model.norm, w, "embeddings.LayerNorm")
    for layer, pick in zip(model.stack, picks, strict=True):
        at = f"encoder.layer.{pick}."
        for part in ("weight", "bias"):
            rows = [w[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            getattr(layer.qkv, part).data.copy_(torch.cat(rows))
        _copy(layer.out, w, at + "attention.output.dense")
        _copy(layer.norm1, w, at + "attention.output.LayerNorm")
        _copy(layer.up, w, at + "intermediate.dense")
        _copy(layer.down, w, at + "output.dense")
        _copy(layer.norm2, w, at + "output.LayerNorm")
    return model


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(weights[name + ".weight"])
    module.bias.data.copy_(weights[name + ".bias"])
