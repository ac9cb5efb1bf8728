"""View models → HTML. Everything is escaped; a strict content security policy stands behind that."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from app.api.responses import tagged_response

HERE = Path(__file__).parent
STATIC = HERE / "static"
# No script, no frame, nothing of another host. Styles and the icon are files of ours, forms lead back here.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"}  # the texts are their publishers'


def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """Return a page. Errors, and lists that have a next page, bring headers of their own."""
    html = _templates().get_template(template).render(**values)
    sent = HEADERS | {"Vary": "Accept, Accept-Encoding"} | (headers or {})
    return tagged_response(
        request, html.encode(), status=status, headers=sent, media_type="text/html; charset=utf-8"
    )


def static_url(name: str) -> str:
    """Return the address of a static file, another one for each content, so that a browser never has an old one."""
    return f"/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["static_url"] = static_url
    return environment
