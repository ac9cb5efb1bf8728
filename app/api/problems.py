"""Every error the API answers: one shape, RFC 9457 `application/problem+json`, and one table of kinds.

`type` is a URL of ours that explains the kind. Field errors point into the request by JSON Pointer (RFC 6901).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.errors import BadCorrection, BadQuery, Busy, Conflict, DocumentError, Merged, NotFound

MEDIA_TYPE = "application/problem+json"
Explain = Callable[[Request, Any], Response]
Show = Callable[[Request, Response], Response]
log = structlog.get_logger()


class FieldError(BaseModel):
    """One thing wrong with a request."""

    location: str = Field(description="Where: body, query, path or header.", examples=["query"])
    pointer: str = Field(description="JSON Pointer within it.", examples=["/limit"])
    detail: str = Field(examples=["Input should be less than or equal to 200"])


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="URL that explains this kind of problem.", examples=["/problems/not-found"])
    title: str = Field(examples=["No such resource"])
    status: int = Field(examples=[404])
    detail: str | None = Field(default=None, examples=["There is no article with this id."])
    instance: str | None = Field(default=None, description="The request's id.", examples=["urn:uuid:…"])
    errors: list[FieldError] = Field(default_factory=list, description="What is wrong with which field.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: what `type`, `title` and `status` say."""

    slug: str
    status: int
    title: str
    explanation: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("merged", 308, "Merged into another", "`Location` says where it went."),
        Kind("malformed", 400, "The request cannot be read", "The body is no valid JSON, or no valid UTF-8."),
        Kind("unauthorized", 401, "An API key is needed", "Send `Authorization: Bearer <key>`."),
        Kind("not-found", 404, "No such resource", "There is nothing at this path, or no longer."),
        Kind("method-not-allowed", 405, "Not with this method", "See `Allow` for the methods there are."),
        Kind("conflict", 409, "It conflicts with what is stored", "Read the resource again, then decide."),
        Kind("too-large", 413, "The body is too large", "The limit is `ONRECORD_MAX_BODY_BYTES`."),
        Kind(
            "media-type",
            415,
            "Not in this media type",
            "Send `Content-Type: application/json`; to a batch, x-ndjson.",
        ),
        Kind("invalid", 422, "The request does not fit", "See `errors` for the fields and what each wants."),
        Kind("unreadable-document", 422, "The document holds no article", "It is kept, with the reason."),
        Kind("internal", 500, "A fault of ours", "It is in the log under the request's id."),
        Kind("unavailable", 503, "Not able to answer now", "Try again after `Retry-After` seconds."),
    )
}
_BY_STATUS = {kind.status: kind for kind in reversed(KINDS.values())}


def problem(
    slug: str,
    detail: str | None = None,
    *,
    errors: Sequence[FieldError] = (),
    request: Request | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem response of a kind in `KINDS`."""
    return _response(KINDS[slug], detail, errors=errors, request=request, headers=headers)


def add_handlers(app: FastAPI, show: Show = lambda _request, answer: answer) -> None:
    """Make every error of the app a problem; `show` may put it in another form for those who ask for one."""
    for error, explain in _explainers().items():
        app.add_exception_handler(error, _shown(explain, show))


def _shown(explain: Explain, show: Show) -> Explain:
    return lambda request, error: show(request, explain(request, error))


def _explainers() -> dict[type[Exception], Explain]:
    return {
        HTTPException: _on_http,
        RequestValidationError: _on_invalid,
        NotFound: _on_not_found,
        Merged: _on_merged,
        BadQuery: _on_bad_query,
        BadCorrection: _on_bad_correction,
        Conflict: _on_conflict,
        DocumentError: _on_document,
        Busy: _on_busy,
        OperationalError: _on_database,
        Exception: _on_fault,
    }


def _response(
    kind: Kind,
    detail: str | None,
    *,
    errors: Sequence[FieldError] = (),
    request: Request | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    request_id = request and request.scope.get("request_id")
    body = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": f"urn:uuid:{request_id}" if request_id else None,
        "errors": [error.model_dump() for error in errors],
    }
    return Response(orjson.dumps(body), kind.status, headers, MEDIA_TYPE)


def _on_http(request: Request, error: Any) -> Response:
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        title = HTTPStatus(error.status_code).phrase
        kind = Kind("other", error.status_code, title, title)
    detail = None if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
    return _response(kind, detail, request=request, headers=error.headers)


def _on_invalid(request: Request, error: Any) -> Response:
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem("malformed", "The body is no valid JSON.", request=request)
    errors = [
        FieldError(
            location=str(one["loc"][0]),
            pointer=_pointer(one["loc"], error.body),
            detail=one["msg"],
        )
        for one in found
    ]
    return problem("invalid", "; ".join(one.detail for one in errors[:3]), errors=errors, request=request)


def _pointer(place: Sequence[str | int], body: Any) -> str:
    """Return a JSON Pointer to a place in a request. The name of a union's member is no place in the body."""
    parts, at = [], body
    for number, part in enumerate(place[1:], start=2):
        is_member = isinstance(at, dict) and part not in at and number < len(place)
        if place[0] == "body" and is_member:
            continue
        parts.append(str(part).replace("~", "~0").replace("/", "~1"))
        at = at.get(part) if isinstance(at, dict) else None
    return "".join(f"/{part}" for part in parts)


def _on_not_found(request: Request, error: Any) -> Response:
    return problem("not-found", str(error), request=request)


def _on_merged(request: Request, error: Any) -> Response:
    """Point to the same place of what it was merged into."""
    parts = request.scope["path"].split("/")
    path = "/".join(str(error.survivor_id) if _is_id(part, error.merged_id) else part for part in parts)
    query = request.scope["query_string"].decode("latin-1")
    location = f"{path}?{query}" if query else path
    return problem("merged", str(error), request=request, headers={"Location": location})


def _is_id(part: str, id_: UUID) -> bool:
    """Whether a part of a path is this id, in whatever spelling: else an id in capitals would lead to itself."""
    try:
        return UUID(part) == id_
    except ValueError:
        return False


def _on_bad_correction(request: Request, error: Any) -> Response:
    where = FieldError(location="body", pointer=f"/{error.field}", detail=str(error))
    return problem("invalid", str(error), errors=[where], request=request)


def _on_conflict(request: Request, error: Any) -> Response:
    return problem("conflict", str(error), request=request)


def _on_bad_query(request: Request, error: Any) -> Response:
    where = FieldError(location="query", pointer=f"/{error.parameter}", detail=str(error))
    return problem("invalid", str(error), errors=[where], request=request)


def _on_document(request: Request, error: Any) -> Response:
    where = FieldError(location="body", pointer="", detail=f"{error.stage}: {error.code}")
    return problem("unreadable-document", str(error), errors=[where], request=request)


def _on_busy(request: Request, error: Any) -> Response:
    return problem("unavailable", str(error), request=request, headers={"Retry-After": "5"})


def _on_database(request: Request, error: Any) -> Response:
    log.error("database_unavailable", error=str(error.orig)[:200])
    detail = "The database did not answer in time."
    return problem("unavailable", detail, request=request, headers={"Retry-After": "5"})


def _on_fault(request: Request, error: Any) -> Response:
    log.error("fault", error=type(error).__name__, exc_info=error)
    return problem("internal", "The fault is in the server's log.", request=request)
