"""Problems as pages, in the words of the API's, for those who look with a browser."""

from collections.abc import Mapping

import orjson
from fastapi import Request
from starlette.responses import Response

from app.pages.rendering import show

PAGES = frozenset({"", "articles", "entities", "stories", "search"})  # what the paths of pages begin with
NOT_OURS = frozenset({"v1"})  # answers JSON whatever is asked for
_KEPT = frozenset({"location", "retry-after", "allow", "www-authenticate"})


def as_page(request: Request, answer: Response) -> Response:
    """Return a problem as a page where a page was asked for, else as it is."""
    if not _wants_page(request.scope["path"], request.headers):
        return answer
    problem = orjson.loads(answer.body)
    headers = {name: value for name, value in answer.headers.items() if name in _KEPT}
    headers["Cache-Control"] = "no-store"
    return show(request, "problem.html", status=answer.status_code, headers=headers, problem=problem)


def _wants_page(path: str, headers: Mapping[str, str]) -> bool:
    first = path.split("/")[1] if "/" in path else ""
    return first in PAGES or (first not in NOT_OURS and "text/html" in headers.get("accept", ""))
