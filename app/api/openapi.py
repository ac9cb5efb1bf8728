"""The OpenAPI document: problem responses as they are, ids that read well, examples taken from the seeds."""

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.api.formats import offered
from app.api.parameters import documented
from app.api.problems import KINDS, MEDIA_TYPE, FieldError, Problem

EXAMPLES = Path(__file__).parent / "examples.json"
REF = "#/components/schemas/{model}"
DESCRIPTION = """\
Who said what, where it was printed, and how outlets differ.

Every quote, speaker and mention points at characters of a stored text: half-open ranges in Unicode code points.
What is not known is null, and `fields` or `status` says why. Lists are paged by `cursor`; errors are RFC 9457
problems. The API only grows within v1: fields are added, never renamed.
"""
TAGS = [
    {"name": "articles", "description": "What was printed: headline, byline, date, dateline, clean text."},
    {"name": "quotes", "description": "Who said what: content, cue, speaker, exact offsets."},
    {"name": "entities", "description": "People, organisations and places, across articles."},
    {"name": "stories", "description": "The articles about one event, and how outlets differ."},
    {"name": "utterances", "description": "The same words as several outlets printed them."},
    {
        "name": "corrections",
        "description": "What people decided of what was found: it holds after re-reading.",
    },
    {"name": "runs", "description": "Readings again by a newer pipeline, and what they changed."},
    {"name": "search", "description": "Articles, quotes, entities and stories in one ranked answer."},
    {"name": "changes", "description": "What was created, changed, merged or deleted, in order."},
    {"name": "webhooks", "description": "Changes posted to a URL, signed as Standard Webhooks has it."},
    {"name": "publishers", "description": "The outlets."},
    {"name": "documents", "description": "What came in, and why some of it could not be read."},
    {"name": "jobs", "description": "What is to be read later, and how far it is."},
    {"name": "feeds", "description": "What is looked at again and again, and how each is."},
    {"name": "health", "description": "Is it alive, is it ready, how busy is it."},
]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of an operation that can answer these problems; 500 and 503 always can be."""
    titles = {kind.status: kind.title for kind in reversed(KINDS.values())}
    content = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    return {status: {"description": titles[status], "content": content} for status in (*statuses, 500, 503)}


def answers(
    model: Any, *statuses: int, query: type[BaseModel], also: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    """Return the keywords of a route that answers `model` or these problems, and takes these parameters.

    also: media types it can answer besides those that its parameter `format` names.
    """
    media_types = [*(form.media_type for form in offered(query).values()), *also]
    content: dict[str, Any] = {media_type: {"schema": {}} for media_type in media_types}
    responses = problems(*statuses) | ({200: {"content": content}} if content else {})
    return {"response_model": model, "responses": responses, "openapi_extra": documented(query)}


def operation_id(route: APIRoute) -> str:
    """Return the function's name: short, stable, and what a generated client will call it."""
    return route.name


def install(app: FastAPI) -> None:
    """Make `app.openapi()` return our document."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _build(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's documented way


def _build(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary="Who said what, where it was printed, and how outlets differ.",
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    models = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        models.pop(unused, None)
    for model in (Problem, FieldError):
        schema = model.model_json_schema(ref_template=REF)
        schema.pop("$defs", None)
        models[model.__name__] = schema
    document["components"]["securitySchemes"] = {"ApiKey": {"type": "http", "scheme": "bearer"}}
    examples = orjson.loads(EXAMPLES.read_bytes()) if EXAMPLES.exists() else {}
    for path in document["paths"].values():
        for operation in path.values():
            _finish(operation, examples.get(operation["operationId"]), examples.get("add_articles"))
    return document


def _finish(operation: dict[str, Any], answered: Any, queued: Any) -> None:
    for status, answer in operation["responses"].items():
        example = queued if status == "202" and "201" in operation["responses"] else answered
        if status.startswith("2") and example is not None:
            for media_type in answer.get("content", {}).keys() & {"application/json"}:
                answer["content"][media_type]["example"] = example
    if "401" in operation["responses"]:
        operation["security"] = [{"ApiKey": []}, {}]
