"""A web server on this machine, for what fetches: paths and their answers, and the requests it has had."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.ingest.fetch import Fetcher


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


class Site:
    """A site: `pages` by path, an `Answer` or a function from the request's headers to one."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable] = {}
        self.requests: list[tuple[str, dict]] = []
        self.url = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextlib.contextmanager
def run_site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.requests.append((self.path, dict(self.headers)))
            answer = site.pages.get(self.path, Answer(status=404))
            answer = answer(dict(self.headers)) if callable(answer) else answer
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(answer.body)

        def log_message(self, *_arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def make_fetcher(**options) -> Fetcher:
    """Return a fetcher that may reach this machine, and need not wait."""
    return Fetcher(**{"max_bytes": 100_000, "allows": lambda _address: True, "interval": 0.0} | options)
