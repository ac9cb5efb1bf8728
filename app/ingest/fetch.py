"""Fetches a document by its URL, as a guest: politely, and from nowhere but the public internet.

A URL may come from anyone, so the address is checked where the connection is made: the name is resolved once, every
address it has must be public, and the connection goes to the very address that was checked. That holds for each
redirect and for robots.txt as well, so neither a redirect nor a name that changes its address leads inside.

It knows URLs and bytes, and nothing of jobs, feeds or databases. httpcore and not httpx, because httpx offers no
place to choose the address. No proxy from the environment, no cookies, no credentials.
"""

import contextlib
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property

import httpcore
import httpx

from app.documents import DocumentForm, Hints, RawDocument
from app.errors import AddressRefused, DocumentError, FetchDelayed, FetchFailed, RobotsRefused
from app.ingest import robots
from app.ingest.addresses import Address, is_public, parse_address
from app.ingest.politeness import INTERVAL_SECONDS, Turns

AGENT = "OnRecord"  # what robots.txt knows us by
USER_AGENT = f"{AGENT}/1 (news reader, self-hosted)"
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0  # without a byte
TOTAL_SECONDS = 60.0  # with its redirects and robots.txt: a site that drips bytes ends here
MOST_REDIRECTS = 5  # what RFC 9309 2.3.1.2 asks for robots.txt; browsers take 20
CHUNK_BYTES = 64 * 1024
ROBOTS_SECONDS = 24 * 3600  # RFC 9309 2.4: a robots.txt is not kept longer
KEPT_ROBOTS = 1000
LONGEST_DELAY = 3600.0  # a site may ask to wait, but not for ever

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_OK, _NOT_MODIFIED, _CLIENT_ERRORS = 200, 304, range(400, 500)

Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a URL answered. `content` is decompressed; None where it has not changed since the validators given."""

    url: str  # where the redirects ended
    content: bytes | None
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    content: bytes


class Fetcher:
    """Fetches from any thread, one request at a time for each host.

    allows: which addresses may be connected to. Only an argument can widen it, never a setting: tests pass
    `lambda address: True` to reach a server on this machine.
    """

    def __init__(
        self,
        *,
        max_bytes: int,
        allows: Callable[[Address], bool] = is_public,
        resolve: Resolve | None = None,
        interval: float = INTERVAL_SECONDS,
        seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._allows = allows
        self._resolve = resolve or _resolve
        self._turns = Turns(interval)
        self._robots: dict[str, tuple[float, robots.Robots]] = {}

    def fetch(
        self,
        url: str,
        *,
        types: Collection[str] = PAGE_TYPES,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """Return what the URL answers; raise a `DocumentError` of stage `fetch`, `FetchDelayed` if it may pass."""
        deadline = time.monotonic() + self._seconds
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value} | {"Accept": ", ".join(types)}
        target, answer = self._follow(_parse(url), headers, deadline, asks_robots=True)
        _raise_for_status(target, answer)
        media_type, charset = _media_type(answer)
        if answer.status == _OK and media_type not in types:
            raise FetchFailed(f"{target} answers {media_type}; expected one of {', '.join(sorted(types))}.")
        return Fetched(
            url=str(target),
            content=answer.content if answer.status == _OK else None,
            media_type=media_type,
            charset=charset,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )

    def _follow(
        self, target: httpx.URL, headers: dict[str, str], deadline: float, *, asks_robots: bool
    ) -> tuple[httpx.URL, _Answer]:
        for _ in range(MOST_REDIRECTS + 1):
            delay = self._ask_robots(target, deadline) if asks_robots else None
            with self._turns.take(target.netloc.decode(), delay):
                answer = self._get(target, headers, deadline)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return target, answer
            target = _parse(location, base=target)
        raise FetchFailed(f"{target} is the end of more than {MOST_REDIRECTS} redirects.")

    def _ask_robots(self, target: httpx.URL, deadline: float) -> float | None:
        """Return the delay the site asks for; raise `RobotsRefused` where it does not want the URL fetched."""
        origin = str(target.copy_with(raw_path=b"/robots.txt"))
        kept_until, rules = self._robots.get(origin, (0.0, robots.ALLOW_ALL))
        if kept_until < time.monotonic():
            rules = self._fetch_robots(httpx.URL(origin), deadline)
            if len(self._robots) >= KEPT_ROBOTS:
                self._robots.clear()
            self._robots[origin] = (time.monotonic() + ROBOTS_SECONDS, rules)
        if not rules.allow(target.raw_path.decode("ascii", "replace")):
            raise RobotsRefused(f"{target} is closed to readers by its site's robots.txt.")
        return rules.delay

    def _fetch_robots(self, url: httpx.URL, deadline: float) -> robots.Robots:
        """Return a site's rules: without a robots.txt all is open, while it is down nothing is (RFC 9309 2.3.1)."""
        try:
            _, answer = self._follow(url, {"Accept": "text/plain"}, deadline, asks_robots=False)
        except FetchFailed:
            return robots.ALLOW_ALL
        if answer.status == _OK:
            return robots.parse(answer.content, AGENT)
        if answer.status in _CLIENT_ERRORS and answer.status not in _PASSING:
            return robots.ALLOW_ALL
        raise FetchDelayed(f"{url} answers {answer.status}, so its site may not be read now.", _wait(answer))

    def _get(self, target: httpx.URL, headers: dict[str, str], deadline: float) -> _Answer:
        backend = _CheckedBackend(self._resolve, self._allows, deadline)
        sent = {
            "Host": target.netloc.decode(),
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        } | headers
        timeouts = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS}
        url = httpcore.URL(
            scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
        )
        context = self._ssl if target.scheme == "https" else None
        with (
            _named_errors(target),
            httpcore.ConnectionPool(network_backend=backend, ssl_context=context) as pool,
            pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": timeouts}) as response,
        ):
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            content = b""
            if response.status == _OK:
                content = _take(found, response.iter_stream(), self._max_bytes)
            return _Answer(response.status, found, content)

    @cached_property
    def _ssl(self) -> ssl.SSLContext:
        return httpcore.default_ssl_context()


def fetch_page(fetcher: Fetcher, hints: Hints) -> RawDocument:
    """Return the page at `hints.url`. The URL asked for stays its URL: many may lead to one page of consent."""
    fetched = fetcher.fetch(hints.url or "")
    form: DocumentForm = "page" if fetched.media_type == "text/plain" else "html"
    return RawDocument(fetched.content or b"", form, replace(hints, charset=fetched.charset))


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to an address only after checking it, and to no other than the one it checked."""

    def __init__(self, resolve: Resolve, allows: Callable[[Address], bool], deadline: float) -> None:
        self._resolve = resolve
        self._allows = allows
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = [parse_address(text) for text in self._resolve(host, port)]
        refused = next((address for address in addresses if not self._allows(address)), None)
        if refused is not None or not addresses:
            raise AddressRefused(f"{host} leads to {refused or 'no address'}, which is not a public address.")
        seconds = _remaining(self._deadline, timeout)
        stream = self._network.connect_tcp(str(addresses[0]), port, seconds, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at a deadline, however slowly the other side goes on sending."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _remaining(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = _remaining(self._deadline, timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def inflate(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield decompressed pieces of at most `CHUNK_BYTES`, so that a bomb is noticed before it goes off."""
    if coding in {"", "identity"}:
        yield from chunks
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchFailed(f"The answer is packed as {coding}, which was not asked for.")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # tells gzip from zlib by the header
    for chunk in chunks:
        waiting = chunk
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, CHUNK_BYTES)
            waiting = unpacker.unconsumed_tail
    while not unpacker.eof and (rest := unpacker.decompress(unpacker.unconsumed_tail, CHUNK_BYTES)):
        yield rest
    if not unpacker.eof:
        raise FetchDelayed("The answer broke off within its compression.")


def _take(headers: dict[str, str], chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """Return a body, decompressed; raise `FetchFailed` for one over the limit, as soon as that is known."""
    stated = headers.get("content-length", "")
    too_large = FetchFailed(f"The answer is larger than {max_bytes} bytes.")
    if stated.isdecimal() and int(stated[:20]) > max_bytes:
        raise too_large
    taken = bytearray()
    for chunk in inflate(chunks, headers.get("content-encoding", "").strip().lower()):
        taken += chunk
        if len(taken) > max_bytes:
            raise too_large
    return bytes(taken)


def _parse(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """Return a URL that may be fetched, without its fragment; raise `AddressRefused` for any other."""
    try:
        parsed = base.join(url) if base else httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressRefused(f"This is no URL: {error}.") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise AddressRefused(f"Only http and https URLs are fetched, not {parsed.scheme or 'none'}.")
    if parsed.port is not None and not 0 < parsed.port < 1 << 16:
        raise AddressRefused(f"There is no port {parsed.port}.")
    if parsed.userinfo:
        raise AddressRefused("A URL with a user name or password is not fetched.")
    return parsed.copy_with(fragment=None)


def _raise_for_status(target: httpx.URL, answer: _Answer) -> None:
    if answer.status in {_OK, _NOT_MODIFIED}:
        return
    if answer.status in _PASSING:
        raise FetchDelayed(f"{target} answers {answer.status}.", _wait(answer))
    raise FetchFailed(f"{target} answers {answer.status}.")


def _wait(answer: _Answer) -> float:
    """Return the seconds of `Retry-After`, a number or a date; a minute where it says nothing."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(float(value[:10]), LONGEST_DELAY)
    with contextlib.suppress(ValueError):
        return min(max(parsedate_to_datetime(value).timestamp() - time.time(), 1.0), LONGEST_DELAY)
    return 60.0


def _media_type(answer: _Answer) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = answer.headers.get("content-type") or "text/html"
    return message.get_content_type(), message.get_content_charset()


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _remaining(deadline: float, timeout: float | None) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise FetchDelayed("It took too long.")
    return seconds if timeout is None else min(seconds, timeout)


@contextlib.contextmanager
def _named_errors(target: httpx.URL) -> Iterator[None]:
    """Give what goes wrong on the way its name among the domain's errors."""
    try:
        yield
    except DocumentError:
        raise
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.RemoteProtocolError, OSError) as error:
        raise FetchDelayed(f"{target} cannot be reached: {error or type(error).__name__}.") from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error, UnicodeError) as error:
        raise FetchFailed(f"{target} answers what cannot be read: {error}.") from error
