"""Rows → JSON bytes. Response models document the shapes and are checked in tests; serving does not re-validate.

(Measured on the same rows: 0.10 of a constant Starlette route through response models, 0.22 with orjson.)
"""

from hashlib import blake2b
from typing import Any

import orjson
from fastapi import Request
from starlette.responses import Response

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC


def json_response(
    request: Request,
    payload: Any,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Return `payload` as JSON with its ETag, or 304 where the client has it already."""
    return tagged_response(
        request, orjson.dumps(payload, option=OPTIONS), status=status, headers=headers, media_type=media_type
    )


def tagged_response(
    request: Request,
    body: bytes,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    media_type: str,
) -> Response:
    """Return `body` with its ETag, or 304 where the client has it already."""
    tag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    sent = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding", **(headers or {})}
    if status == 200 and _has(request, tag):  # noqa: PLR2004 - the status that may be cached
        return Response(status_code=304, headers=sent)
    return Response(body, status, sent, media_type)


def _has(request: Request, tag: str) -> bool:
    given = request.headers.get("if-none-match")
    return given is not None and (given.strip() == "*" or tag in (part.strip() for part in given.split(",")))
