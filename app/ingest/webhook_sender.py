"""Sends one message to a webhook's URL, signed as Standard Webhooks has it, and to public addresses only.

The URL comes from whoever holds a key, so the address is checked where the connection is made: every address the name
has must be public, and the connection goes to the one that was checked. Redirects are not followed.
"""

import base64
import hmac
import http.client
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from app.ingest.addresses import Address, is_public, parse_address

SECRET_PREFIX = "whsec_"  # noqa: S105 - what the specification has every secret begin with
SECRET_BYTES = 32  # the specification asks for 24 to 64
SECONDS = 15.0  # the specification advises 15 to 30, from connecting to the last header
SUCCESS = range(200, 300)

Resolve = Callable[[str, int], Iterable[str]]
Allows = Callable[[Address], bool]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: its id stays the same at each attempt, so that a receiver can tell that it has it."""

    id: str
    timestamp: int  # seconds since 1970, of this attempt
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt: the status answered, or why there was none."""

    status: int | None
    error: str | None

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status in SUCCESS


def make_secret() -> str:
    """Return a new secret."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message: Message) -> str:
    """Return the `webhook-signature` of a message."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = b"%s.%d.%s" % (message.id.encode(), message.timestamp, message.body)
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def resolve_name(host: str, port: int) -> list[str]:
    """Return the addresses of a host."""
    return [str(address[0]) for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends messages. Only an argument can widen what it may connect to, never a setting."""

    allows: Allows = is_public
    resolve: Resolve = resolve_name
    seconds: float = SECONDS

    def send(self, url: str, secret: str, message: Message) -> Outcome:
        """Post a message; whatever goes wrong on the way is the outcome, never an exception."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "OnRecord/1",
            "webhook-id": message.id,
            "webhook-timestamp": str(message.timestamp),
            "webhook-signature": sign(secret, message),
            "Connection": "close",
        }
        try:
            return self._post(url, headers, message.body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Outcome(None, f"{type(error).__name__}: {error}"[:500])

    def _post(self, url: str, headers: dict[str, str], body: bytes) -> Outcome:
        parts = urlsplit(url)
        host, is_tls = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if is_tls else 80)
        stream = self._connect(host, port)
        if is_tls:
            stream = _tls().wrap_socket(stream, server_hostname=host, do_handshake_on_connect=False)
        # A receiver that drips bytes never runs into the timeout of one read
        deadline = threading.Timer(self.seconds, _hang_up, [stream])
        deadline.daemon = True
        deadline.start()
        connection = http.client.HTTPConnection(host, port, timeout=self.seconds)
        connection.sock = stream
        try:
            if isinstance(stream, ssl.SSLSocket):
                stream.do_handshake()
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            connection.request("POST", path, body, headers)
            return Outcome(connection.getresponse().status, None)
        finally:
            deadline.cancel()
            connection.close()
            stream.close()

    def _connect(self, host: str, port: int) -> socket.socket:
        addresses = [parse_address(text) for text in self.resolve(host, port)]
        refused = next((address for address in addresses if not self.allows(address)), None)
        if refused is not None or not addresses:
            raise ValueError(f"{host} leads to {refused or 'no address'}, which is not a public address")
        return socket.create_connection((str(addresses[0]), port), self.seconds)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _hang_up(stream: socket.socket) -> None:
    try:
        stream.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already
