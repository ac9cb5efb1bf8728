"""Resources as rows of a table: which columns a shape has, and what may stand in a cell.

The columns are those of the documented shape, never of the data, so that an export of nothing has its header too.
Cells are safe to open in a spreadsheet: words are printed in other people's texts, and a cell that begins with = is
a formula to it.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, get_args

import orjson
from pydantic import BaseModel

Path = tuple[str, ...]

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What makes a spreadsheet calculate: OWASP's list (CSV Injection), with the full-width forms some read alike
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


@cache
def columns_of(model: type[BaseModel], fields: str | None = None) -> tuple[Path, ...]:
    """Return the paths to a shape's values: `speaker.name`; lists and free maps are one cell.

    fields: only these top-level fields, in this order.
    """
    paths = tuple(_paths(model))
    if fields is None:
        return paths
    names = [name.strip() for name in fields.split(",")]
    return tuple(path for name in names for path in paths if path[0] == name)


def header(columns: Sequence[Path]) -> bytes:
    """Return the first line of a table."""
    return _lines([[".".join(path) for path in columns]])


def rows(resources: Iterable[Any], columns: Sequence[Path]) -> bytes:
    """Return a line for each resource, which must be plain JSON values."""
    return _lines([_cell(_value(resource, path)) for path in columns] for resource in resources)


def defused(text: str) -> str:
    """Return a text without control characters, and with an apostrophe before what would be a formula.

    >>> defused("=1+1")
    "'=1+1"
    """
    kept = CONTROL.sub("", text)
    starts = {kept[:1], kept.lstrip()[:1]}  # some spreadsheets pass over spaces
    return kept if starts.isdisjoint(FORMULA_STARTS) else f"'{kept}"


def _paths(model: type[BaseModel]) -> Iterable[Path]:
    for name, field in model.model_fields.items():
        part = _model_in(field.annotation)
        if part is None:
            yield (name,)
        else:
            yield from ((name, *path) for path in _paths(part))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the one model an annotation names, optional or not; None for anything else."""
    named = [one for one in get_args(annotation) or (annotation,) if one is not type(None)]
    is_model = len(named) == 1 and isinstance(named[0], type) and issubclass(named[0], BaseModel)
    return named[0] if is_model and not _is_list(annotation) else None


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _value(resource: Any, path: Path) -> Any:
    for name in path:
        if resource is None:
            return None
        resource = resource.get(name)
    return resource


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, (bool, list, dict)):
        return orjson.dumps(value).decode()
    return value


def _lines(table: Iterable[Sequence[Any]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table)
    return written.getvalue().encode()
