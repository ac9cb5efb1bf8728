"""Articles in other people's words: schema.org NewsArticle (JSON-LD) and IPTC ninjs 3.1. Pure.

They take an article with its text, as plain JSON values. What is not known is left out, never made up: a time whose
zone nobody stated goes without an offset where the vocabulary allows that, and is left out where it does not.
"""

from typing import Any

from app.api.resources import Resource

SCHEMA_TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "event": "Event"}
NINJS = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
NINJS_LISTS = {
    "person": "people",
    "place": "places",
    "organization": "organisations",
    "group": "organisations",
    "event": "events",
}


def make_news_article(article: Resource, base_url: str) -> Resource:
    """Return a schema.org NewsArticle; its quotes and entities too where the article shows them."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": article_url(article, base_url),
        **_given(
            url=article["url"] or article["canonical_url"],
            mainEntityOfPage=article["canonical_url"],
            identifier=article["external_id"],
            headline=article["headline"],
            datePublished=_stated_time(article, "published"),
            dateModified=_stated_time(article, "modified"),
            author=[{"@type": "Person", "name": name} for name in article["authors"]],
            publisher=_named("NewsMediaOrganization", (article["publisher"] or {}).get("name")),
            dateline=(article["dateline"] or {}).get("place"),
            creditText=article["credit"],
            inLanguage=article["language"],
            articleSection=article["section"],
            keywords=article["keywords"],
            image=article["lead_image_url"],
            wordCount=article["word_count"],
            articleBody=article["text"],
            mentions=[_thing(entity, base_url) for entity in article.get("entities") or ()],
            hasPart=[_quotation(quote, base_url) for quote in article.get("quotes") or ()],
        ),
    }


def make_ninjs(article: Resource, base_url: str) -> Resource:
    """Return a ninjs 3.1 news item of type text."""
    body = {"role": "main", "contentType": "text/plain", "value": article["text"]}
    counts = {"charCount": len(article["text"]), "wordCount": article["word_count"]}
    return {
        "standard": NINJS,
        "uri": article_url(article, base_url),
        "type": "text",
        "representationType": "full",
        "version": str(article["revision"]),
        "versionCreated": article["ingested_at"],
        **_given(
            contentCreated=_exact_time(article),
            language=article["language"],
            headlines=[{"role": "main", "value": article["headline"]}] if article["headline"] else [],
            by=article["byline"],
            located=(article["dateline"] or {}).get("place"),
            subjects=_subjects(article),
            associations=_pictures(article),
            infoSources=_origins(article),
            altIds=[
                {"role": name, "value": article[name]}
                for name in ("external_id", "url", "canonical_url")
                if article[name]
            ],
            **_named_in(article.get("entities") or ()),
        ),
        "bodies": [body | counts],
    }


def article_url(article: Resource, base_url: str) -> str:
    """Return where an article is found here."""
    return f"{base_url}/v1/articles/{article['id']}"


def _given(**values: Any) -> Resource:
    """Return what has a value."""
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _stated_time(article: Resource, what: str) -> str | None:
    """Return when it was published or modified, no more exactly than stated: a day alone, or without a zone."""
    at: str | None = article[f"{what}_at"]
    if at is None:
        return None
    if article[f"{what}_precision"] == "day":
        return at[:10]
    return at.removesuffix("Z") if article[f"{what}_zone"] == "unknown" else at


def _exact_time(article: Resource) -> str | None:
    is_exact = article["published_zone"] != "unknown" and article["published_precision"] != "day"
    return article["published_at"] if is_exact else None


def _named(kind: str, name: str | None) -> Resource | None:
    return {"@type": kind, "name": name} if name else None


def _thing(entity: Resource, base_url: str) -> Resource:
    return {
        "@type": SCHEMA_TYPES.get(entity["type"], "Thing"),
        "@id": f"{base_url}/v1/entities/{entity['id']}",
        "name": entity["name"],
        **_given(sameAs=entity["same_as"]),
    }


def _quotation(quote: Resource, base_url: str) -> Resource:
    speaker = quote["speaker"] or {}
    name = speaker.get("name") or speaker.get("text")
    said_by = {"name": name} if name else {}
    if speaker.get("entity_id"):
        said_by["@id"] = f"{base_url}/v1/entities/{speaker['entity_id']}"
    return {
        "@type": "Quotation",
        "@id": f"{base_url}/v1/quotes/{quote['id']}",
        "text": quote["text"],
        **_given(creator=said_by),
    }


def _subjects(article: Resource) -> list[Resource]:
    """Return what it is filed under; the standard has subjects, and a relation for their kind."""
    topics = [("section", article["section"]), *(("keyword", keyword) for keyword in article["keywords"])]
    return [{"name": name, "rel": kind} for kind, name in topics if name]


def _pictures(article: Resource) -> list[Resource]:
    url = article["lead_image_url"]
    rendition = {"name": "main", "href": url}
    return [{"name": "lead", "uri": url, "type": "picture", "renditions": [rendition]}] if url else []


def _origins(article: Resource) -> list[Resource]:
    publisher, credit = (article["publisher"] or {}).get("name"), article["credit"]
    named = (("distributor", publisher), ("originator", credit))
    return [{"name": name, "role": role} for role, name in named if name]


def _named_in(entities: Any) -> dict[str, list[Resource]]:
    """Return the entities by ninjs' lists, with their ids elsewhere where the operator's table has one."""
    lists: dict[str, list[Resource]] = {}
    for entity in entities:
        known = {"uri": entity["same_as"][0]} if entity["same_as"] else {}
        name = NINJS_LISTS.get(entity["type"], "objects")
        lists.setdefault(name, []).append({"name": entity["name"], "rel": "mentions", **known})
    return lists
