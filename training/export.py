"""Write a trained tagger as an int8 ONNX model.

    python export.py --model run/epoch5.pt --base m/ --out best/

The graph is written node by node with onnxruntime's own attention operator and takes one window at a time
with no padding.  Sum and norm stay apart: onnxruntime 1.31's fused SkipLayerNormalization took 0.73 ms
where the two took 0.2 ms (384 x 384), so sessions must disable SkipLayerNormFusion.  Weights are seven bits
(`quantise.py` says why) with a step a column, activations are quantised on the fly, per window.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any  # onnx takes attributes of many types

import numpy as np
import onnx
import runtime  # noqa: F401 - must come before app
import torch
from data import CLS, SEP, open_tokenizer
from model import HEADS, PLACES, Shape, Tagger, relative_buckets
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from quantise import narrow_all
from torch import Tensor

from app.nlp.tagger.decode import TAGS
from app.nlp.tagger.heads import SIZES

OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
# On each tag's log-probability, chosen on the development set.
BIAS = [0.0, 0.5, 0.0, 0.5, 0.0, -0.5, 0.0, 0.0, -2.0, 0.0]
SETTINGS = {
    "version": 2,
    "tags": TAGS,
    "length": 384,
    "context": 32,
    "cls": CLS,
    "sep": SEP,
    "calibration": [0.0] * 10,
}


class Graph:
    """Nodes and weights gathered while the network is written down."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Tensor | np.ndarray) -> str:
        """Add a weight; give its name."""
        array = value.detach().float().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        """Add a node of one output; give the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        """Add a linear layer; give its output's name."""
        product = self.node("MatMul", [x, self.weight(name + ".w", layer.weight.T)], name + ".matmul")
        return self.node("Add", [product, self.weight(name + ".b", layer.bias)], name)


def build(model: Tagger) -> onnx.ModelProto:
    """Write the network down in float32."""
    g = Graph()
    thirds = g.weight("thirds", np.array([model.shape.width] * 3, np.int64))
    words = _word_vectors(g, model.words.weight)
    places = g.node("Gather", [g.weight("places", model.places.weight), "positions"], "place_vectors")
    types = g.node("Gather", [g.weight("types", model.types.weight), "flags"], "type_vectors")
    x = _norm(g, words, g.node("Add", [places, types], "place_and_type"), model.norm, "embedded")
    bias = ["", _distance_biases(g, model.relative.weight)] if model.relative is not None else []
    for n, layer in enumerate(model.stack):
        at = f"layer{n}."
        packed = g.node("MatMul", [x, g.weight(at + "qkv.w", layer.qkv.weight.T)], at + "qkv")
        split = [at + "q", at + "k", at + "v"]
        g.nodes.append(helper.make_node("Split", [packed, thirds], split, name=at + "split", axis=-1))
        inputs = [*split, g.weight(at + "qkv.b", layer.qkv.bias), *bias]
        mixed = g.node("MultiHeadAttention", inputs, at + "attention", "com.microsoft", num_heads=HEADS)
        x = _norm(g, g.linear(mixed, layer.out, at + "out"), x, layer.norm1, at + "norm1")
        product = g.node("MatMul", [x, g.weight(at + "up.w", layer.up.weight.T)], at + "up")
        inner = g.node(
            "BiasGelu", [product, g.weight(at + "up.b", layer.up.bias)], at + "gelu", "com.microsoft"
        )
        x = _norm(g, g.linear(inner, layer.down, at + "down"), x, layer.norm2, at + "norm2")
    heads = torch.nn.Linear(model.shape.width, sum(SIZES.values()))
    heads.weight.data = torch.cat([getattr(model, name).weight for name in SIZES])
    heads.bias.data = torch.cat([getattr(model, name).bias for name in SIZES])
    g.linear(x, heads, "scores")
    axes: dict[str, list[str | int | None]] = {
        "ids": ["n", "length"],
        "flags": ["n", "length"],
        "positions": ["length"],
    }
    feeds = [helper.make_tensor_value_info(k, TensorProto.INT32, v) for k, v in axes.items()]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", "length", None])]
    graph = helper.make_graph(g.nodes, "quote_tagger", feeds, outputs, g.weights)
    return helper.make_model(graph, opset_imports=OPSET, ir_version=9)


def _distance_biases(g: Graph, table: Tensor) -> str:
    """Add MPNet's biases to all layers' attention, [1, heads, length, length]: a row for each distance."""
    buckets = relative_buckets(PLACES)
    rows = torch.cat(
        [table.detach()[buckets[0].flip(0)], table.detach()[buckets[1:, 0]]]
    )  # of -511 to 511 pieces
    zero, one = g.weight("axis0", np.array([0], np.int64)), g.weight("axis1", np.array([1], np.int64))
    asking = g.node("Unsqueeze", ["positions", one], "asking")
    away = g.node("Sub", [asking, g.node("Unsqueeze", ["positions", zero], "asked")], "away")
    at = g.node("Add", [away, g.weight("farthest", np.array(PLACES - 1, np.int32))], "distance")
    near = g.node("Gather", [g.weight("near", rows), at], "near_rows")
    heads_first = g.node("Transpose", [near], "near_by_head", perm=[2, 0, 1])
    return g.node("Unsqueeze", [heads_first, zero], "near_bias")


def _word_vectors(g: Graph, table: Tensor) -> str:
    """Look words up in an int8 table with a scale a row: one scale for all rows cost accuracy."""
    scale = table.detach().abs().amax(1, keepdim=True) / 127
    rounded = (table.detach() / scale.clamp(min=1e-12)).round().to(torch.int8).numpy()
    g.weights.append(numpy_helper.from_array(rounded, "words"))
    whole = g.node("Gather", ["words", "ids"], "whole")
    steps = g.node("Gather", [g.weight("words.scale", scale), "ids"], "steps")
    return g.node("Mul", [g.node("Cast", [whole], "cast", to=TensorProto.FLOAT), steps], "word_vectors")


def _norm(g: Graph, x: str, skip: str, norm: torch.nn.LayerNorm, name: str) -> str:
    total = g.node("Add", [x, skip], name + ".sum")
    weights = [g.weight(name + ".w", norm.weight), g.weight(name + ".b", norm.bias)]
    return g.node("LayerNormalization", [total, *weights], name, axis=-1, epsilon=norm.eps)


def export(model: Tagger, path: Path) -> None:
    """Write the int8 model."""
    with tempfile.TemporaryDirectory() as folder:
        full, network = Path(folder) / "full.onnx", build(model)
        onnx.save(network, full)
        quantize_dynamic(
            full,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["scores.matmul"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    whole = onnx.load(path)
    narrow_all(whole, {tensor.name: numpy_helper.to_array(tensor) for tensor in network.graph.initializer})
    onnx.save(whole, path)


def load(path: Path) -> Tagger:
    """Read a checkpoint."""
    saved = torch.load(path)
    model = Tagger(Shape(**saved["shape"]))
    model.load_state_dict(saved["state"])
    return model.eval()


def main() -> None:
    """Export a checkpoint with its tokenizer and config."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "base", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument(
        "--outside", type=float, default=0.0, help="on the log-probability of O: below 0 finds more"
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model, onnx_path = load(args.model), args.out / "model.int8.onnx"
    export(model, onnx_path)
    open_tokenizer(args.base).save(str(args.out / "tokenizer.json"), pretty=False)
    settings = SETTINGS | {
        "bias": [args.outside, *BIAS[1:]],
        "layers": len(model.layers),
        "apart": [round(x, 4) for x in model.apart.tolist()],
        "steps": [[round(x, 4) for x in row] for row in model.steps.tolist()],
        "distance": [round(x, 4) for x in model.distance.tolist()],
        "who_distance": [round(x, 4) for x in model.who_distance.tolist()],
        "sha256": hashlib.sha256(onnx_path.read_bytes()).hexdigest(),
    }
    (args.out / "config.json").write_text(json.dumps(settings, indent=1) + "\n")


if __name__ == "__main__":
    main()
