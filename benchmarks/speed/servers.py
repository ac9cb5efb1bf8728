"""The servers that are compared: the API, and a Starlette app that answers a constant JSON."""

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.logs import configure
from app.main import create_app

CONSTANT = (
    b'{"id":"0197f0c4-0000-7000-8000-000000000000","text":"' + b"word " * 800 + b'"}'
)  # 4 kB, an article's size


def make_constant() -> Starlette:
    """Return the app that does nothing but answer."""

    async def answer(_request: Request) -> Response:
        return Response(CONSTANT, media_type="application/json")

    return Starlette(routes=[Route("/", answer), Route("/livez", answer)])


def make_api() -> FastAPI:
    """Return the API as it is served, its logging included."""
    configure()
    return create_app()
