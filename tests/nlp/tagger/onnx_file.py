"""Reads what an ONNX file multiplies, and writes a file of one product: the tests do without the onnx package.

Knows the few fields of the format (protobuf) that this takes, by their numbers in onnx.proto.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

_GRAPH, _NODE, _INITIALIZER = 7, 1, 5  # of a model; of a graph
_NODE_INPUT, _NODE_OUTPUT, _NODE_KIND = 1, 2, 4
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9  # of a tensor
FLOAT, UINT8, INT8, INT32 = 1, 2, 3, 6
_DTYPES = {FLOAT: np.dtype("<f4"), INT8: np.dtype("i1")}


@dataclass(frozen=True)
class Node:
    """An operation and the names of what goes into it."""

    kind: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Tensor:
    """A weight: its type by number, and its bytes at [start, end) of the file."""

    name: str
    kind: int
    shape: tuple[int, ...]
    start: int
    end: int

    def values(self, content: bytes | bytearray) -> np.ndarray:
        """Return the numbers, a view into the file's content; its type must be one of _DTYPES."""
        return np.frombuffer(content, _DTYPES[self.kind], offset=self.start, count=self.size).reshape(
            self.shape
        )

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return int(np.prod(self.shape, dtype=np.int64))


def read_model(content: bytes) -> tuple[list[Node], dict[str, Tensor]]:
    """Return the operations of a model and its weights by name, those whose bytes the file holds as they are."""
    [graph] = [value for field, value in _fields(content, 0, len(content)) if field == _GRAPH]
    nodes, tensors = [], {}
    for field, value in _fields(content, *_range(graph)):
        if field == _NODE:
            nodes.append(_node(content, *_range(value)))
        elif field == _INITIALIZER and (tensor := _tensor(content, *_range(value))):
            tensors[tensor.name] = tensor
    return nodes, tensors


def _node(content: bytes, start: int, end: int) -> Node:
    kind, inputs = "", []
    for field, value in _fields(content, start, end):
        if field == _NODE_KIND:
            kind = _text(content, value)
        elif field == _NODE_INPUT:
            inputs.append(_text(content, value))
    return Node(kind, tuple(inputs))


def _tensor(content: bytes, start: int, end: int) -> Tensor | None:
    shape: list[int] = []
    found: dict[int, int | tuple[int, int]] = {}
    for field, value in _fields(content, start, end):
        if field == _DIMS:
            shape += [value] if isinstance(value, int) else _varints(content, *value)
        else:
            found[field] = value
    if _RAW not in found:
        return None
    kind = found[_TYPE]
    assert isinstance(kind, int)
    return Tensor(_text(content, found[_NAME]), kind, tuple(shape), *_range(found[_RAW]))


def _fields(content: bytes, start: int, end: int) -> Iterator[tuple[int, int | tuple[int, int]]]:
    """Yield each field's number with its value: an integer, or the range of bytes it has."""
    while start < end:
        key, start = _varint(content, start)
        match key & 7:
            case 0:
                value, start = _varint(content, start)
                yield key >> 3, value
            case 2:
                length, start = _varint(content, start)
                yield key >> 3, (start, start + length)
                start += length
            case width:
                start += {1: 8, 5: 4}[width]


def _varint(content: bytes, start: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[start]
        value, start, shift = value | (byte & 127) << shift, start + 1, shift + 7
        if byte < 128:
            return value, start


def _varints(content: bytes, start: int, end: int) -> list[int]:
    found = []
    while start < end:
        value, start = _varint(content, start)
        found.append(value)
    return found


def _range(value: int | tuple[int, int]) -> tuple[int, int]:
    assert isinstance(value, tuple)
    return value


def _text(content: bytes, value: int | tuple[int, int]) -> str:
    start, end = _range(value)
    return content[start:end].decode()


# --- writing --------------------------------------------------------------------------------------


def write_product(weights: np.ndarray) -> bytes:
    """Return a model that multiplies unsigned bytes "a" [any, rows] by these signed ones into 32-bit integers."""
    rows, columns = weights.shape
    tensor = [_DIMS, rows, _DIMS, columns, _TYPE, INT8, _NAME, b"w", _RAW, weights.tobytes()]
    node = [_NODE_INPUT, b"a", _NODE_INPUT, b"w", _NODE_OUTPUT, b"product", _NODE_KIND, b"MatMulInteger"]
    graph = [_NODE, _message(node), 2, b"one_product", _INITIALIZER, _message(tensor)]
    graph += [11, _described(b"a", UINT8, rows), 12, _described(b"product", INT32, columns)]
    return _message(
        [1, 8, _GRAPH, _message(graph), 8, _message([2, 13])]
    )  # 8: of the format; 13: of operations


def _described(name: bytes, kind: int, columns: int) -> bytes:
    dims = _message([1, _message([2, b"n"]), 1, _message([1, columns])])
    return _message([1, name, 2, _message([1, _message([1, kind, 2, dims])])])


def _message(fields: list[int | bytes]) -> bytes:
    """Return the message of these field numbers, each followed by its value."""
    written = bytearray()
    for number, value in list(pairwise(fields))[::2]:
        assert isinstance(number, int)
        if isinstance(value, int):
            written += _number(number << 3) + _number(value)
        else:
            written += _number(number << 3 | 2) + _number(len(value)) + value
    return bytes(written)


def _number(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
