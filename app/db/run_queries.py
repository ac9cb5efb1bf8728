"""What the API reads of runs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.engine import Connection

from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Record,
    columns_of,
    fill_slots,
    is_one_of,
    make_reading,
)
from app.db.records import Run, RunDifference
from app.db.types import table_of

RUN = table_of(Run)
DIFFERENCE = table_of(RunDifference)
HIDDEN = frozenset({"position", "claimed_until"})


def list_runs(state: Sequence[str] = ()) -> Listing:
    """Return runs, the latest first: their ids sort by time."""
    reading = make_reading(columns_of(RUN, without=HIDDEN), RUN)
    if state:
        reading = reading.where(is_one_of(RUN.c.state, "state", len(state)))
    return Listing(ListStatement(reading, Keyset((RUN.c.id,), ("id",))), fill_slots({"state": state}))


def get_run(connection: Connection, run_id: UUID) -> Record | None:
    """Return a run, or None."""
    reading = make_reading(columns_of(RUN, without=HIDDEN), RUN).where(is_one_of(RUN.c.id, "id", 1))
    return reading.fetch_one(connection, id_0=run_id)


def list_differences(run_id: UUID, change: Sequence[str] = ()) -> Listing:
    """Return what a run changed, in the order it came upon it."""
    found = DIFFERENCE.c
    reading = make_reading([*found], DIFFERENCE).where(is_one_of(found.run_id, "run", 1))
    if change:
        reading = reading.where(is_one_of(found.change, "change", len(change)))
    keyset = Keyset((found.id,), ("id",), descending=False)
    return Listing(ListStatement(reading, keyset), fill_slots({"run": [run_id], "change": change}))
