"""Items of news standards as the fields of a submission: IPTC ninjs 1 to 3, and schema.org articles in JSON-LD.

Only what the standards say is taken; a date that cannot be told exactly is left out, for the reader to find its own.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, HttpUrl, TypeAdapter, ValidationError

from app.extraction.html.json_ld import urls

Fields = Mapping[str, Any]

# ninjs 1 writes versioncreated, ninjs 3 versionCreated: names are compared in lower case
_NINJS_BODIES = ("bodies", "body_text", "body_xhtml", "body_html")
_NINJS_TIMES = ("contentcreated", "firstcreated", "versioncreated")
_LD_MARKS = ("@type", "@graph", "@context")
_LONGEST_NAME = 200
_LONGEST_TOPIC, _MOST_TOPICS = 80, 30
_ADDRESS = TypeAdapter(Annotated[HttpUrl, Field(max_length=2000)])


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


def tidy(fields: Fields) -> Fields:
    """Return fields less what does not fit of those that say more of an article: corpora write them in many ways.

    A keyword that is too long, or an image without an address, is no reason to refuse a text.
    """
    given = {
        "section": tidy_topic(fields.get("section")),
        "keywords": tidy_topics(fields.get("keywords")),
        "lead_image_url": web_address(fields.get("lead_image_url")),
        "modified_at": _time(fields.get("modified_at")),
    }
    return {**{name: value for name, value in fields.items() if name not in given}, **_given(given)}


def tidy_topic(topic: Any) -> str | None:
    """Return a section or keyword in one line and not too long; None for none."""
    folded = " ".join(topic.split())[:_LONGEST_TOPIC].strip() if isinstance(topic, str) else ""
    return folded or None


def tidy_topics(topics: Any) -> list[str]:
    """Return keywords, listed or with commas between, each once and not too many."""
    listed = topics if isinstance(topics, list) else [topics]
    parts = (part for topic in listed if isinstance(topic, str) for part in topic.split(","))
    return list(dict.fromkeys(filter(None, map(tidy_topic, parts))))[:_MOST_TOPICS]


def web_address(value: Any) -> str | None:
    """Return an address of the web as a submission takes it; None for anything else: it is no reason to refuse."""
    try:
        return str(_ADDRESS.validate_python(value))
    except ValidationError:
        return None


def _of_ninjs(item: Fields) -> Fields:
    body, is_html = _ninjs_body(item)
    times = (item.get(name) for name in _NINJS_TIMES)
    subjects = _all(item.get("subjects") or item.get("subject"))
    fields = {
        "external_id": item["uri"],
        "html" if is_html else "text": body,
        "headline": _ninjs_main(item.get("headlines")) or item.get("headline") or item.get("title"),
        "authors": _with_role(item.get("people"), "author"),
        "publisher": next(iter(_with_role(item.get("infosources"), "publish")), None),
        "published_at": next(filter(None, map(_time, times)), None),
        "section": tidy_topic(next(iter(_with_role(subjects, "section")), None)),
        "keywords": tidy_topics(_names([one for one in subjects if not _has_role(one, "section")])),
        "lead_image_url": _ninjs_picture(item.get("associations")),
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


def _ninjs_picture(associations: Any) -> str | None:
    """Return where the first picture that goes with the text is to be had."""
    pictures = (one for one in _named_or_listed(associations) if one.get("type") == "picture")
    renditions = (one for picture in pictures for one in _named_or_listed(picture.get("renditions")))
    return next(filter(None, (web_address(one.get("href")) for one in renditions)), None)


def _named_or_listed(value: Any) -> list[Any]:
    """Return the objects in a list, as ninjs 2 and 3 have them, or in an object by name, as ninjs 1 does."""
    return _all(list(value.values()) if isinstance(value, dict) else value)


def _ninjs_main(values: Any) -> Any:
    found = _all(values)
    chosen = next((one for one in found if _has_role(one, "main")), found[0] if found else {})
    return chosen.get("value")


def _of_json_ld(record: Fields) -> Fields:
    article = next((node for node in _nodes(record) if _is_article(node)), record)
    page = article.get("mainEntityOfPage")
    url = article.get("url") or (page.get("@id") if isinstance(page, dict) else page) or article.get("@id")
    keywords = article.get("keywords")
    fields = {
        "external_id": article.get("identifier") if isinstance(article.get("identifier"), str) else None,
        "text": article.get("articleBody"),
        "headline": article.get("headline") or article.get("name"),
        "authors": _names(article.get("author")),
        "publisher": next(iter(_names(article.get("publisher"))), None),
        "published_at": _time(article.get("datePublished")),
        "modified_at": _time(article.get("dateModified")),
        "section": tidy_topic(next(iter(_names(article.get("articleSection"))), None)),
        "keywords": tidy_topics(keywords if isinstance(keywords, str) else _names(keywords)),
        "lead_image_url": next(filter(None, map(web_address, urls(article.get("image")))), None),
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
