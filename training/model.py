"""The network: a BERT or MPNet encoder in plain PyTorch with heads for quotes, names, roles and who is meant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import runtime  # noqa: F401 - must come before app
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from app.nlp.tagger.decode import DISTANCE_BUCKETS, LINK, TAGS
from app.nlp.tagger.heads import NAME_TAGS, ROLE_TAGS, WHO
from app.nlp.tagger.words import CAPITAL_FLAGS, QUOTE_FLAGS

WORDS, PLACES, HEADS = 30522, 512, 12
APART = [0.0, 5.0, 5.0]  # off a link's score for a cue 0, 1, 2 or more paragraphs away, to begin with
RELATIVE_BUCKETS, RELATIVE_EXACT, RELATIVE_FAR = 32, 8, 128  # of MPNet's biases, a side half of them


@dataclass(frozen=True)
class Shape:
    """How large the encoder is; `relative` adds one table of biases by distance to each layer's attention."""

    layers: int
    width: int = 384
    inner: int = 1536
    eps: float = 1e-12
    relative: bool = False


class Layer(nn.Module):
    """One layer of the encoder (norm after)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=shape.eps)
        self.up = nn.Linear(width, shape.inner)
        self.down = nn.Linear(shape.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=shape.eps)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Let pieces attend to one another where `bias` lets them."""
        n, length, width = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(n, length, width)))
        y: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return y


@dataclass
class Answers:
    """What the network says of each piece."""

    tags: Tensor
    link: Tensor
    names: Tensor
    roles: Tensor
    who: Tensor


class Tagger(nn.Module):
    """The encoder and its heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, width = shape, shape.width
        self.words = nn.Embedding(WORDS, width)
        self.places = nn.Embedding(PLACES, width)
        self.types = nn.Embedding(QUOTE_FLAGS * CAPITAL_FLAGS, width)
        self.norm = nn.LayerNorm(width, eps=shape.eps)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.relative = nn.Embedding(RELATIVE_BUCKETS, HEADS) if shape.relative else None
        self.tags = nn.Linear(width, len(TAGS))
        self.link = nn.Linear(width, 2 * LINK)
        self.names = nn.Linear(width, len(NAME_TAGS))
        self.roles = nn.Linear(width, len(ROLE_TAGS))
        self.who = nn.Linear(width, 2 * WHO)
        self.distance = nn.Parameter(torch.zeros(DISTANCE_BUCKETS))
        self.apart = nn.Parameter(torch.tensor(APART))
        self.steps = nn.Parameter(torch.zeros(len(TAGS) + 1, len(TAGS)))  # last row: first of a paragraph
        self.who_distance = nn.Parameter(torch.zeros(DISTANCE_BUCKETS))
        self.drop = nn.Dropout(0.1)

    @property
    def stack(self) -> list[Layer]:
        """The layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def encode(self, ids: Tensor, flags: Tensor, mask: Tensor | None) -> Tensor:
        """Give the last layer's vectors; mask is false where a batch is padded."""
        length = ids.shape[1]
        x: Tensor = self.norm(self.words(ids) + self.places.weight[:length] + self.types(flags))
        bias = None
        if mask is not None:
            bias = torch.zeros(mask.shape, device=ids.device).masked_fill(~mask, -1e4)[:, None, None]
        if self.relative is not None:
            near = self.relative(relative_buckets(length).to(ids.device)).permute(2, 0, 1)[None]
            bias = near if bias is None else near + bias
        for layer in self.stack:
            x = layer(x, None if bias is None else bias.to(x.dtype))
        return x

    def forward(self, ids: Tensor, flags: Tensor, mask: Tensor | None = None) -> Answers:
        """Give each head's scores."""
        x = self.drop(self.encode(ids, flags, mask))
        return Answers(self.tags(x), self.link(x), self.names(x), self.roles(x), self.who(x))


def short_type(device: torch.device) -> torch.dtype | None:
    """Give the short type that is fast on a device, if one is."""
    fast = (
        device.type == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    )
    return torch.bfloat16 if fast else None


def relative_buckets(length: int) -> Tensor:
    """Give MPNet's bucket for each pair of places: exact to 8, then by logarithm up to 128 (T5, 2020)."""
    places = torch.arange(length)
    delta = places[:, None] - places[None]  # of the asking over the asked, as MPNet counts
    half = RELATIVE_BUCKETS // 2
    size = delta.abs()
    far = torch.log(size.clamp(min=1).float() / RELATIVE_EXACT) / math.log(RELATIVE_FAR / RELATIVE_EXACT)
    rough = (RELATIVE_EXACT + (far * (half - RELATIVE_EXACT)).long()).clamp(max=half - 1)
    return torch.where(size < RELATIVE_EXACT, size, rough) + half * (delta < 0)


def load_base(shape: Shape, folder: Path, picks: list[int], tokenizer: Tokenizer) -> Tagger:
    """Make a network of a folder's BERT or MPNet weights; its n-th layer takes the base's layer picks[n].

    MPNet numbers the same word pieces otherwise: its rows are put in the order of `tokenizer`, MiniLM's.
    """
    model, w = Tagger(shape), load_file(folder / "model.safetensors")
    words, first_place = w["embeddings.word_embeddings.weight"], 0
    if shape.relative:
        own = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
        special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
        order = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
        words = words[[own[special.get(piece, piece)] for piece, _ in order]]
        first_place = 2
    if model.relative is not None:
        model.relative.weight.data.copy_(w["encoder.relative_attention_bias.weight"])
    model.words.weight.data.copy_(words)
    places = w["embeddings.position_embeddings.weight"][first_place:][:PLACES]
    model.places.weight.data[: len(places)] = places
    types = w.get("embeddings.token_type_embeddings.weight", torch.zeros(1, shape.width))[0]
    model.types.weight.data.copy_(types + 0.01 * torch.randn_like(model.types.weight))
    _copy(model.norm, w, "embeddings.LayerNorm")
    names = ("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm") if shape.relative else BERT_NAMES
    for layer, pick in zip(model.stack, picks, strict=True):
        at = f"encoder.layer.{pick}."
        for part in ("weight", "bias"):
            rows = [w[f"{at}attention.{name}.{part}"] for name in names[:3]]
            getattr(layer.qkv, part).data.copy_(torch.cat(rows))
        _copy(layer.out, w, f"{at}attention.{names[3]}")
        _copy(layer.norm1, w, f"{at}attention.{names[4]}")
        _copy(layer.up, w, at + "intermediate.dense")
        _copy(layer.down, w, at + "output.dense")
        _copy(layer.norm2, w, at + "output.LayerNorm")
    return model


BERT_NAMES = ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(weights[name + ".weight"])
    module.bias.data.copy_(weights[name + ".bias"])
