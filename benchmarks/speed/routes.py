"""Routes over HTTP against a constant-JSON Starlette route, in the same run.

Each route is asked in rounds that take turns with the constant route, so that a machine that slows down slows both.
`ratio` is the constant route's server CPU time a request, divided by the route's: what the requests a second come
to when the server is the bottleneck, without the client's own share. p50 and p99 are at one connection.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from app.db.engine import make_engine
from app.db.migrate import upgrade
from benchmarks.speed.fill import fill
from benchmarks.speed.load import Load, make_request

ROUNDS, ROUND_SECONDS, TIMED = 5, 1.0, 400
FLOORS = {"article": 0.05, "quotes": 0.045}

Row = dict[str, float]


def measure(sizes: tuple[int, ...]) -> dict[str, dict[int, Row]]:
    """Return, for each route and size (in quotes), its ratio and its latencies in milliseconds."""
    results: dict[str, dict[int, Row]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/bench.sqlite3"
            engine = make_engine(url)
            upgrade(engine)
            fill(engine, size // 6)
            engine.dispose()
            for name, row in _measure_routes(url).items():
                results.setdefault(name, {})[size] = row
    return results


def _measure_routes(database_url: str) -> dict[str, Row]:
    with (
        _server("benchmarks.speed.servers:make_constant", database_url) as (constant, _),
        _server("benchmarks.speed.servers:make_api", database_url) as (api, http),
    ):
        routes = _routes(http)
        reference = [make_request("/")]
        for requests in (*routes.values(), reference):  # warm up
            (constant if requests is reference else api).run(requests, 0.3)
        return {name: _compare(api, requests, constant, reference) for name, requests in routes.items()}


def _routes(http: httpx.Client) -> dict[str, list[bytes]]:
    ids = [item["id"] for item in http.get("/v1/articles?limit=200").json()["items"]]
    person = http.get("/v1/entities?sort=-mention_count&limit=1").json()["items"][0]["id"]
    tag = http.get(f"/v1/articles/{ids[0]}").headers["etag"]
    return {
        "article": [make_request(f"/v1/articles/{id_}") for id_ in ids],
        "article with its quotes": [make_request(f"/v1/articles/{id_}?include=quotes") for id_ in ids],
        "article, unchanged (304)": [make_request(f"/v1/articles/{ids[0]}", **{"If-None-Match": tag})],
        "quotes": [make_request("/v1/quotes?limit=20")],
        "quotes of the most quoted": [make_request(f"/v1/quotes?limit=20&speaker={person}")],
        "articles": [make_request("/v1/articles?limit=20")],
        "articles of the most mentioned": [make_request(f"/v1/articles?limit=20&entity={person}")],
        "most mentioned entity": [make_request(f"/v1/entities/{person}")],
        "mentions of the most mentioned": [make_request(f"/v1/entities/{person}/mentions")],
        "related to the most mentioned": [make_request(f"/v1/entities/{person}/related")],
        "entities, most mentioned first": [make_request("/v1/entities?sort=-mention_count")],
        "candidates": [make_request("/v1/candidates")],
        "search, a rare word": [make_request(f"/v1/quotes?q=word{5000 + n}") for n in range(200)],
        "search, a common word": [make_request(f"/v1/quotes?q=word{50 + n}") for n in range(20)],
    }


def _compare(api: Load, requests: list[bytes], constant: Load, reference: list[bytes]) -> Row:
    ratios = []
    for _ in range(ROUNDS):
        count, seconds = api.run(requests, ROUND_SECONDS)
        reference_count, reference_seconds = constant.run(reference, ROUND_SECONDS / 2)
        ratios.append((reference_seconds / reference_count) / (seconds / count))
    times = api.times(requests, TIMED)
    return {
        "ratio": statistics.median(ratios),
        "p50_ms": times[len(times) // 2] * 1000,
        "p99_ms": times[len(times) * 99 // 100] * 1000,
    }


@contextmanager
def _server(factory: str, database_url: str) -> Iterator[tuple[Load, httpx.Client]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ONRECORD_DATABASE_URL": database_url, "ONRECORD_SEEDS_DIR": ""}
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--no-access-log"]
    process = subprocess.Popen(
        [*command, "--log-level", "warning"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
            _wait(http)
            load = Load(port, process.pid)
            yield load, http
            load.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(http: httpx.Client) -> None:
    for _ in range(300):
        try:
            http.get("/livez")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
