"""Items of news standards as the fields of a submission: IPTC ninjs 1 to 3, and schema.org articles in JSON-LD.

Only what the standards say is taken; a date that cannot be told exactly is left out, for the reader to find its own.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

Fields = Mapping[str, Any]

# ninjs 1 writes versioncreated, ninjs 3 versionCreated: names are compared in lower case
_NINJS_BODIES = ("bodies", "body_text", "body_xhtml", "body_html")
_NINJS_TIMES = ("contentcreated", "firstcreated", "versioncreated")
_LD_MARKS = ("@type", "@graph", "@context")
_LONGEST_NAME = 200


def fields_of(record: Any) -> Any:
    """Return the fields a record of any kind we know stands for; a record of no such kind as it is."""
    if not isinstance(record, dict):
        return record
    if any(mark in record for mark in _LD_MARKS):
        return _of_json_ld(record)
    lowered = {str(name).lower(): value for name, value in record.items()}
    if "uri" in lowered and any(name in lowered for name in (*_NINJS_BODIES, "headlines")):
        return _of_ninjs(lowered)
    return record


def items_of(record: Any) -> Iterator[Any]:
    """Yield the records in a JSON document: those of an array, of an envelope's `items`, or the one it is."""
    if isinstance(record, list):
        yield from record
    elif isinstance(record, dict) and isinstance(record.get("items"), list):
        yield from record["items"]
    else:
        yield record


def _of_ninjs(item: Fields) -> Fields:
    body, is_html = _ninjs_body(item)
    times = (item.get(name) for name in _NINJS_TIMES)
    fields = {
        "external_id": item["uri"],
        "html" if is_html else "text": body,
        "headline": _ninjs_main(item.get("headlines")) or item.get("headline") or item.get("title"),
        "authors": _with_role(item.get("people"), "author"),
        "publisher": next(iter(_with_role(item.get("infosources"), "publish")), None),
        "published_at": next(filter(None, map(_time, times)), None),
        "language": item.get("language"),
        "url": _web(item.get("url")) or _web(item["uri"]),
    }
    return _given(fields)


def _ninjs_body(item: Fields) -> tuple[Any, bool]:
    """Return the main body and whether it is mark-up."""
    for name in ("body_text", "body_xhtml", "body_html"):
        if item.get(name):
            return item[name], name != "body_text"
    bodies = [{key.lower(): value for key, value in one.items()} for one in _all(item.get("bodies"))]
    chosen = next((one for one in bodies if _has_role(one, "main")), bodies[0] if bodies else {})
    return chosen.get("value"), "html" in str(chosen.get("contenttype", ""))


def _ninjs_main(values: Any) -> Any:
    found = _all(values)
    chosen = next((one for one in found if _has_role(one, "main")), found[0] if found else {})
    return chosen.get("value")


def _of_json_ld(record: Fields) -> Fields:
    article = next((node for node in _nodes(record) if _is_article(node)), record)
    page = article.get("mainEntityOfPage")
    url = article.get("url") or (page.get("@id") if isinstance(page, dict) else page) or article.get("@id")
    fields = {
        "external_id": article.get("identifier") if isinstance(article.get("identifier"), str) else None,
        "text": article.get("articleBody"),
        "headline": article.get("headline") or article.get("name"),
        "authors": _names(article.get("author")),
        "publisher": next(iter(_names(article.get("publisher"))), None),
        "published_at": _time(article.get("datePublished")),
        "language": article.get("inLanguage") if isinstance(article.get("inLanguage"), str) else None,
        "url": _web(url),
    }
    return _given(fields)


def _nodes(record: Fields) -> Iterator[Fields]:
    yield record
    yield from _all(record.get("@graph"))


def _is_article(node: Fields) -> bool:
    types = node.get("@type")
    return any(
        str(name).endswith(("Article", "BlogPosting"))
        for name in (types if isinstance(types, list) else [types])
    )


def _all(value: Any) -> list[Any]:
    """Return the objects in a value that is an object or a list of them."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _has_role(one: Fields, role: str) -> bool:
    said = f"{one.get('role') or ''} {one.get('rel') or ''}"
    return role in said.lower()


def _with_role(value: Any, role: str) -> list[str]:
    return _names([one for one in _all(value) if _has_role(one, role)])


def _names(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in found]
    return [name.strip()[:_LONGEST_NAME] for name in names if isinstance(name, str) and name.strip()]


def _web(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _time(value: Any) -> str | None:
    """Return a time that names its zone; one that does not is no hint."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return value if at.tzinfo else None


def _given(fields: dict[str, Any]) -> Fields:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
