"""Turn a served int8 model back into a checkpoint, to go on training from what is served.

python from_onnx.py --model app/nlp/tagger/data --base minilm/ --out start.pt
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx
import torch
from data import open_tokenizer
from model import Shape, load_base
from onnx import numpy_helper

from app.nlp.tagger.heads import SIZES


def main() -> None:
    """Read the weights by their names and write them as a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "base", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    config = json.loads((args.model / "config.json").read_text())
    graph = onnx.load(args.model / "model.int8.onnx").graph
    w = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    layers = config["layers"]
    model = load_base(Shape(layers), args.base, list(range(layers)), open_tokenizer(args.base))

    def whole(name: str) -> torch.Tensor:
        if name in w:
            return w[name]
        return (w[name + "_quantized"].float() - w[name + "_zero_point"].float()) * w[name + "_scale"]

    with torch.no_grad():
        model.places.weight.copy_(w["places"])
        model.types.weight.copy_(w["types"])
        for module, name in [(model.norm, "embedded")]:
            module.weight.copy_(w[name + ".w"])
            module.bias.copy_(w[name + ".b"])
        for n, layer in enumerate(model.stack):
            for part in ("qkv", "out", "norm1", "up", "down", "norm2"):
                module, value = getattr(layer, part), whole(f"layer{n}.{part}.w")
                module.weight.copy_(value.T if value.ndim == 2 else value)
                module.bias.copy_(w[f"layer{n}.{part}.b"])
        scores, bias, at = whole("scores.w").T, w["scores.b"], 0
        for head, size in SIZES.items():  # version 1 has the first two
            if at < len(bias):
                getattr(model, head).weight.copy_(scores[at : at + size])
                getattr(model, head).bias.copy_(bias[at : at + size])
            at += size
        model.distance.copy_(torch.tensor(config["distance"]))
        model.apart.copy_(torch.tensor(config["apart"]))
        model.steps.copy_(torch.tensor(config["steps"]))
        model.who_distance.copy_(torch.tensor(config.get("who_distance", [0.0] * len(config["distance"]))))
    torch.save({"shape": vars(model.shape), "state": model.state_dict(), "step": 0}, args.out)


if __name__ == "__main__":
    main()
