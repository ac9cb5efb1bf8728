"""Column types that behave alike on SQLite and Postgres."""

from typing import Any

import orjson
from sqlalchemy import Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel


class JsonText(TypeDecorator[Any]):
    """JSON kept as text. Written from plain values; read as an `orjson.Fragment`.

    A fragment goes into a response as it is: list routes never parse what they only pass on. `loads` below is
    for the few readers that need the value.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """Return the JSON text of `value`; None stays NULL."""
        if isinstance(value, orjson.Fragment):
            return orjson.dumps(value).decode()
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the stored JSON as a fragment; NULL stays None."""
        return None if value is None else orjson.Fragment(value)


def id_from_driver(value: Any) -> Any:
    """Return an id as it goes into JSON, from what a driver gives: hexadecimal digits in SQLite, else a UUID."""
    if type(value) is not str:
        return value
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def time_from_driver(value: Any) -> Any:
    """Return a time as it goes into JSON (RFC 3339): text in SQLite, else an aware datetime."""
    if type(value) is not str:
        return value
    return f"{value[:10]}T{value[11:19]}{'' if value.endswith('.000000') else value[19:]}Z"


def json_from_driver(value: str | None) -> orjson.Fragment | None:
    """Return stored JSON as it goes into JSON."""
    return None if value is None else orjson.Fragment(value)


def loads(fragment: Any) -> Any:
    """Return the value of a JSON column read from a row."""
    return orjson.loads(orjson.dumps(fragment))


def table_of(mapped: type[SQLModel]) -> Table:
    """Return the table a class is mapped to."""
    return mapped.metadata.tables[str(mapped.__tablename__)]
