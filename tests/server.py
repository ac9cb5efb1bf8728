"""A server as a user starts it: `onrecord serve` in a process of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

READY_SECONDS = 120


class Server:
    """A running server; `kill` is a power cut, `stop` what an operator does."""

    def __init__(self, database_url: str, seeds: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        names = {"database_url": database_url, "seeds_dir": str(seeds), **settings}
        environment = os.environ | {f"ONRECORD_{name.upper()}": value for name, value in names.items()}
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        # a file, for a pipe that nobody reads is full after some 300 requests, and the server then waits
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self.process = subprocess.Popen(command, env=environment, stderr=self.log)
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)

    def wait_until_alive(self) -> None:
        self._wait(lambda: self.http.get("/livez").status_code == 200)

    def wait_until_ready(self) -> dict:
        self._wait(lambda: self.http.get("/readyz").status_code == 200)
        return self.http.get("/readyz").json()

    def kill(self) -> None:
        self.process.kill()
        self._end()

    def stop(self) -> int:
        self.process.terminate()
        return self._end()

    def _end(self) -> int:
        self.http.close()
        self.process.wait(timeout=30)
        self.log.close()
        return self.process.returncode

    def _wait(self, holds) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            with contextlib.suppress(httpx.TransportError):
                if holds():
                    return
            assert self.process.poll() is None, self._told()
            assert time.monotonic() < deadline, "the server did not get there in time"
            time.sleep(0.1)

    def _told(self) -> str:
        self.log.seek(0)
        return self.log.read().decode(errors="replace")


@contextlib.contextmanager
def start_server(database_url: str, seeds: Path, **settings: str) -> Iterator[Server]:
    server = Server(database_url, seeds, **settings)
    try:
        yield server
    finally:
        if server.process.returncode is None:
            server.stop()


@contextlib.contextmanager
def run_server(database_url: str, seeds: Path, **settings: str) -> Iterator[Server]:
    with start_server(database_url, seeds, **settings) as server:
        server.wait_until_ready()
        yield server
