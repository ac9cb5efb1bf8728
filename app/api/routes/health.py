"""Health, metrics, and what a kind of problem means."""

from dataclasses import asdict

from fastapi import APIRouter, Depends, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse, Response

from app.api.deps import EngineDep, StartUpDep, refuse_parameters
from app.api.openapi import problems
from app.api.problems import KINDS
from app.api.responses import json_response
from app.db import intake_queries, topics
from app.db.engine import reading
from app.db.keyset import Record
from app.errors import NotFound

router = APIRouter(tags=["health"], dependencies=[Depends(refuse_parameters)])

STORED = {
    "onrecord_documents": ("document_count", "Documents that came in."),
    "onrecord_documents_bytes": ("byte_count", "Bytes of documents as they came in."),
    "onrecord_documents_kept_bytes": ("kept_byte_count", "Bytes that their contents take, compressed."),
}


class Liveness(BaseModel):
    """That the process answers."""

    status: str = Field(examples=["alive"])


class Readiness(BaseModel):
    """How far the start-up is."""

    status: str = Field(examples=["ready"])
    database: bool
    state: str = Field(examples=["done"])
    total: int = Field(description="Seeds found.")
    done: int = Field(description="Seeds stored, or stored already.")
    failed: int = Field(description="Seeds that could not be read; see /v1/documents?state=failed.")
    error: str | None


class ProblemKind(BaseModel):
    """What a kind of problem means."""

    slug: str
    status: int
    title: str
    explanation: str


@router.get("/livez", response_model=Liveness, responses=problems(422))
def check_liveness(request: Request) -> Response:
    """Answer as long as the process does."""
    return json_response(request, {"status": "alive"})


@router.get(
    "/readyz",
    response_model=Readiness,
    responses=problems(422) | {503: {"model": Readiness, "description": "Not ready yet"}},
)
def check_readiness(request: Request, engine: EngineDep, startup: StartUpDep) -> Response:
    """Answer 200 once the database answers, the models are loaded and the seeds are read; 503 until then."""
    try:
        with reading(engine) as connection:
            connection.execute(text("SELECT 1"))
        has_database = True
    except SQLAlchemyError:
        has_database = False
    is_ready = has_database and startup.progress.state == "done"
    payload = {
        "status": "ready" if is_ready else "not ready",
        "database": has_database,
        **asdict(startup.progress),
    }
    headers = None if is_ready else {"Retry-After": "2"}
    return json_response(request, payload, status=200 if is_ready else 503, headers=headers)


@router.get("/metrics", response_class=PlainTextResponse, responses=problems(422))
def show_metrics(engine: EngineDep) -> Response:
    """Return the metrics in Prometheus' text format, with how much is stored as long as the database says so."""
    try:
        with reading(engine) as connection:
            documents = intake_queries.size_documents(connection)
            warned = topics.count_warnings(connection)
    except SQLAlchemyError:
        documents, warned = [], []
    return Response(generate_latest() + _stored(documents, warned), media_type=CONTENT_TYPE_LATEST)


def _stored(documents: list[Record], warned: list[Record]) -> bytes:
    registry = CollectorRegistry()
    for name, (column, explanation) in STORED.items():
        gauge = Gauge(name, explanation, ("state",), registry=registry)
        for row in documents:
            gauge.labels(row["state"]).set(float(row[column]))
    articles = Gauge(
        "onrecord_articles_warned", "Articles with this warning.", ("warning",), registry=registry
    )
    for row in warned:
        articles.labels(row["warning"]).set(float(row["article_count"]))
    return generate_latest(registry)


@router.get("/problems/{slug}", response_model=ProblemKind, responses=problems(404, 422))
def explain_problem(request: Request, slug: str) -> Response:
    """Explain a kind of problem: what a problem's `type` points to."""
    if slug not in KINDS:
        raise NotFound("There is no such kind of problem.")
    return json_response(request, asdict(KINDS[slug]))
