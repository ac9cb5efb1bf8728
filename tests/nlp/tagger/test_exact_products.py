"""A network's products of integers are exact on every processor: by their range, and as seen on this one."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

import app.nlp
from tests.nlp.tagger.onnx_file import INT8, Tensor, read_model, write_product

MODELS = sorted(Path(app.nlp.__file__).parent.rglob("*.onnx"))
LARGEST_ACTIVATION = 255
# What onnxruntime multiplies in integers besides; whoever uses one must show its range here first.
UNPROVED = (
    "QLinear",
    "QGemm",
    "QAttention",
    "QMoE",
    "ConvInteger",
    "DynamicQuantizeMatMul",
    "DynamicQuantizeLSTM",
    "MatMulIntegerToFloat",
    "MatMulNBits",
)


def factors(content: bytes) -> list[Tensor]:
    """Return the weights of a model's integer products; those of a product must lie in the file."""
    nodes, tensors = read_model(content)
    return [tensors[node.inputs[1]] for node in nodes if node.kind == "MatMulInteger"]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_no_sum_of_two_products_leaves_sixteen_bits(path):
    """Without VNNI two products of an unsigned and a signed byte are added in 16 bits, which saturate."""
    content = path.read_bytes()
    found = factors(content)
    assert found
    for weights in found:
        assert weights.kind == INT8, weights.name
        widest = int(np.abs(weights.values(content).astype(int)).max())
        assert 2 * LARGEST_ACTIVATION * widest <= np.iinfo(np.int16).max, weights.name
        # and all products of a column together stay within 32 bits
        assert weights.shape[0] * LARGEST_ACTIVATION * widest <= np.iinfo(np.int32).max, weights.name


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_a_model_has_no_other_integer_products(path):
    nodes, _ = read_model(path.read_bytes())
    assert [node.kind for node in nodes if node.kind.startswith(UNPROVED)] == []


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_this_processor_multiplies_them_exactly(path):
    content = path.read_bytes()
    for weights in factors(content):
        matrix = weights.values(content)
        activations = _extreme(matrix)
        session = onnxruntime.InferenceSession(write_product(matrix), providers=["CPUExecutionProvider"])
        # the kernel of a single row is another
        for rows in (activations, activations[-1:]):
            [product] = session.run(None, {"a": rows})
            np.testing.assert_array_equal(product, rows.astype(float) @ matrix.astype(float))


def _extreme(matrix: np.ndarray) -> np.ndarray:
    """Return rows of activations that make products large: all at most, by chance, and by a column's signs."""
    chance = np.random.default_rng(11).integers(0, 2, (16, len(matrix)))
    signs = matrix[:, :16].T > 0
    full = np.ones((1, len(matrix)))
    return (np.concatenate([chance, signs, ~signs, full]) * LARGEST_ACTIVATION).astype(np.uint8)
