"""Counting a speaker's quotes by day reads indexes alone, so that it is quick on a cold disk too."""

from uuid import uuid4

import pytest
from sqlalchemy import event

from app.db.engine import reading
from app.db.quote_days import count_quote_days


def test_no_row_is_looked_up_to_count_quotes_by_day(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("Postgres chooses by what is in the tables.")
    ran = []
    event.listen(engine, "before_cursor_execute", lambda *given: ran.append(given[2:4]))
    with reading(engine) as connection:
        count_quote_days(connection, uuid4())
        statement, values = ran[0]
        plan = [step[3] for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    searches = [step for step in plan if step.startswith("SEARCH")]
    assert len(searches) == 2
    assert all("COVERING INDEX" in step for step in searches)
