"""A client that costs little: prepared requests over plain sockets, eight connections, answers read by length."""

import os
import socket
import time
from pathlib import Path

CONNECTIONS = 8
TICKS = os.sysconf("SC_CLK_TCK")


class Load:
    """Connections to one server, and the CPU time that server has used."""

    def __init__(self, port: int, pid: int) -> None:
        self.pid = pid
        self._connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        for connection in self._connections:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections:
            connection.close()

    def run(self, requests: list[bytes], seconds: float) -> tuple[int, float]:
        """Send requests in turn for so long; return how many were answered and the server's CPU seconds."""
        before, sent = self.cpu_seconds(), 0
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for connection in self._connections:
                connection.sendall(requests[sent % len(requests)])
                sent += 1
            for connection in self._connections:
                _read_answer(connection)
        return sent, self.cpu_seconds() - before

    def times(self, requests: list[bytes], count: int) -> list[float]:
        """Return the seconds that each of `count` requests took, one at a time, sorted."""
        taken = []
        for number in range(count):
            started = time.perf_counter()
            self._connections[0].sendall(requests[number % len(requests)])
            _read_answer(self._connections[0])
            taken.append(time.perf_counter() - started)
        return sorted(taken)

    def cpu_seconds(self) -> float:
        """Return the CPU time of the server's process, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def make_request(path: str, **headers: str) -> bytes:
    """Return the bytes of a GET request."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _read_answer(connection: socket.socket) -> None:
    answer = connection.recv(262_144)
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += connection.recv(262_144)
    status = answer[9:12]
    if status not in {b"200", b"304"}:
        raise RuntimeError(f"not an answer to measure: {answer[:300]!r}")
    length = 0
    if status == b"200":
        at = answer.lower().index(b"content-length:") + 15
        length = int(answer[at : answer.index(b"\r\n", at)])
    missing = end + 4 + length - len(answer)
    while missing > 0:
        missing -= len(connection.recv(262_144))
