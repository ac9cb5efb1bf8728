"""The engine on SQLite: what happens where several connections meet on one file."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import text

from app.db.engine import make_engine, reading


def test_connections_that_meet_on_a_new_file_all_open(tmp_path):
    """Each puts the file in write-ahead mode; without asking again, about one round in ten loses a connection."""
    together = Barrier(6)

    def opens(path):
        engine = make_engine(f"sqlite:///{path}")
        together.wait(timeout=30)
        with reading(engine) as connection:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        engine.dispose()
        return mode

    with ThreadPoolExecutor(6) as threads:
        for round_number in range(40):
            modes = list(threads.map(opens, [tmp_path / f"{round_number}.sqlite3"] * 6))
            assert modes == ["wal"] * 6
