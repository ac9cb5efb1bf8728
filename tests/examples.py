"""The examples of the OpenAPI document: what the server answers for the seeds. `make openapi` renews them.

Run as a module it starts a server on the seeds and writes app/api/examples.json; a test holds the file to that.
"""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson

from app.api.openapi import EXAMPLES
from tests.server import run_server

SEEDS = Path(__file__).parent.parent / "seeds"
# When something came in differs from run to run, and so does what was made of it by then.
_ARRIVAL = re.compile(
    r'"(?:ingested_at|received_at|first_seen_at|last_seen_at|last_together_at|created_at|made_at|started_at|finished_at|'
    r'next_poll_at)":"[^"]*"'
)
ARRIVED = "2026-11-22T00:00:00Z"
JOB_ID = "019ab3f2-1c00-7000-8000-000000000001"


def answers(http: httpx.Client) -> dict[str, object]:
    """Return an example for each operation that answers JSON, by its id."""
    person = http.get("/v1/entities", params={"q": "koro bessho"}).json()["items"][0]["id"]
    article = http.get("/v1/articles", params={"publisher": "the-korea-herald"}).json()["items"][0]["id"]
    quote = http.get("/v1/quotes", params={"article": article}).json()["items"][0]["id"]
    story = http.get("/v1/stories").json()["items"][0]["id"]
    comparison = http.get(f"/v1/stories/{story}/comparison")
    utterance = comparison.json()["utterances"][1]["id"]
    paths = {
        "list_articles": "/v1/articles?publisher=the-korea-herald",
        "get_article": f"/v1/articles/{article}",
        "add_article": f"/v1/articles/{article}?include=quotes",
        "list_article_quotes": f"/v1/articles/{article}/quotes?limit=1",
        "list_article_mentions": f"/v1/articles/{article}/mentions?limit=1",
        "list_article_revisions": f"/v1/articles/{article}/revisions",
        "get_article_revision": f"/v1/articles/{article}/revisions/1?fields=article_id,number,is_current",
        "list_quotes": f"/v1/quotes?article={article}&kind=direct&limit=1",
        "get_quote": f"/v1/quotes/{quote}",
        "list_entities": "/v1/entities?q=koro%20bessho",
        "get_entity": f"/v1/entities/{person}",
        "list_entity_quotes": f"/v1/entities/{person}/quotes?limit=1",
        "get_entity_timeline": f"/v1/entities/{person}/timeline",
        "list_entity_mentions": f"/v1/entities/{person}/mentions?limit=1",
        "list_entity_articles": f"/v1/entities/{person}/articles?fields=id,headline,publisher",
        "list_related_entities": f"/v1/entities/{person}/related?limit=2",
        "list_entity_candidates": f"/v1/entities/{person}/candidates",
        "list_candidates": "/v1/candidates?limit=1",
        "list_stories": "/v1/stories?min_publishers=2",
        "get_story": f"/v1/stories/{story}",
        "explain_story": f"/v1/stories/{story}/bonds",
        "list_story_articles": f"/v1/stories/{story}/articles?fields=id,headline,publisher",
        "list_story_quotes": f"/v1/stories/{story}/quotes?limit=1",
        "get_utterance": f"/v1/utterances/{utterance}",
        "list_publishers": "/v1/publishers?limit=2",
        "get_publisher": "/v1/publishers/the-korea-herald",
        "search": "/v1/search?q=military%20pact&kind=article&limit=1&include=facets",
        "list_changes": "/v1/changes?kind=article&limit=1",
        "get_last_change": "/v1/changes/last",
        "list_documents": "/v1/documents?limit=1",
        "check_liveness": "/livez",
        "check_readiness": "/readyz",
        "explain_problem": "/problems/not-found",
    }
    found = {name: _settled(http.get(path)) for name, path in paths.items()}
    found["compare_story"] = _shortened(_settled(comparison))
    return found | _made_up() | _jobs(http) | _feeds(http)


# How far a number may be from the stored one. Processors round floats differently, which moves a learned confidence
# by .005 in the mean and seldom by .1; what is counted or weighed from words is the same everywhere.
TOLERANCE = {"confidence": 0.1}
OTHER_TOLERANCE = 0.001


def differences(found: object, stored: object, place: str = "", name: str = "") -> Iterator[str]:
    """Yield where two answers differ, as places with both values; fractions may differ by their TOLERANCE.

    name: the field the values are of. Integers (offsets, counts), texts and ids must be equal.
    """
    if isinstance(found, dict) and isinstance(stored, dict):
        for key in sorted(found.keys() | stored.keys()):
            pair = found.get(key, _ABSENT), stored.get(key, _ABSENT)
            yield from differences(*pair, f"{place}/{key}", key)
    elif isinstance(found, list) and isinstance(stored, list) and len(found) == len(stored):
        for number, pair in enumerate(zip(found, stored, strict=True)):
            yield from differences(*pair, f"{place}/{number}", name)
    elif isinstance(found, float) and isinstance(stored, float):
        if abs(found - stored) > TOLERANCE.get(name, OTHER_TOLERANCE):
            yield f"{place}: {found} is far from {stored}"
    elif found != stored:
        yield f"{place}: {found!r} is not {stored!r}"


_ABSENT = "(absent)"


def _made_up() -> dict[str, object]:
    """Return examples of what nobody has done to the seeds: corrections, runs and webhooks."""
    ids = [f"0000000{number}-0000-7000-8000-00000000000{number}" for number in range(6)]
    correction = {
        "id": ids[0],
        "kind": "merge",
        "state": "in force",
        "quote_id": None,
        "mention_id": None,
        "article_ids": [],
        "name": None,
        "type": None,
        "undone_by_id": None,
        "entity_id": ids[1],
        "into_id": ids[2],
        "candidate_id": None,
        "correction_id": None,
        "author": "jo.day",
        "reason": "The same minister; see the byline.",
        "made_at": ARRIVED,
        "subject": {
            "entity": {"id": ids[1], "type": "person", "name": "A. Okafor"},
            "into": {"id": ids[2], "type": "person", "name": "Ada Okafor"},
        },
    }
    run = {
        "id": ids[3],
        "state": "running",
        "pipeline_version": "extraction-3+nlp-2+resolution-1+tagger",
        "since": None,
        "progress": {"total": 2, "done": 1, "failed": 0},
        "differences": {"appeared": 1, "vanished": 0, "changed": 0},
        "started_at": ARRIVED,
        "finished_at": None,
    }
    difference = {
        "id": ids[4],
        "run_id": ids[3],
        "change": "appeared",
        "document_id": ids[5],
        "article_id": ids[5],
        "quote_id": ids[5],
        "before": None,
        "after": {
            "kind": "direct",
            "attribution": "speech",
            "text": "We will rebuild the bridge,",
            "cue_text": "said",
            "speaker_text": "Mayor Ada Okafor",
            "speaker_id": ids[2],
            "status": "resolved",
        },
        "error": None,
    }
    differences = {
        "article_id": ids[5],
        "from_number": 1,
        "to_number": 2,
        "text": [
            _stretch("equal", (0, 4), (0, 4)),
            _stretch("replace", (5, 9), (5, 8), "Nine", "Ten"),
            _stretch("equal", (10, 17), (9, 16)),
        ],
        "quotes": [],
    }
    webhook = {
        "id": ids[1],
        "url": "https://news.example/hooks/on-record",
        "state": "active",
        "kinds": ["quote"],
        "changes": ["created"],
        "entities": [ids[2]],
        "publishers": [],
        "position": 41,
        "failure_count": 0,
        "due_at": ARRIVED,
        "created_at": ARRIVED,
    }
    delivery = {
        "id": ids[5],
        "webhook_id": ids[1],
        "change_number": 41,
        "attempt": 1,
        "state": "delivered",
        "status": 204,
        "error": None,
        "made_at": ARRIVED,
    }
    pages = {
        "list_corrections": correction,
        "list_runs": run,
        "list_run_differences": difference,
        "list_webhooks": webhook,
        "list_webhook_deliveries": delivery,
    }
    return {
        **{name: {"items": [item], "next_cursor": None, "prev_cursor": None} for name, item in pages.items()},
        **dict.fromkeys(("get_correction", "add_correction"), correction),
        **dict.fromkeys(("get_run", "add_run"), run),
        "compare_article_revisions": differences,
        **dict.fromkeys(("get_webhook", "pause_webhook", "resume_webhook"), webhook),
        "add_webhook": webhook | {"secret": "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
    }


def _stretch(
    op: str, before: tuple[int, int], after: tuple[int, int], old: str | None = None, new: str | None = None
) -> dict[str, object]:
    ranges = {"before": before, "after": after}
    places = {name: {"start": start, "end": end} for name, (start, end) in ranges.items()}
    return {"op": op, **places, "before_text": old, "after_text": new}


def _shortened(comparison: Any) -> object:
    """Return a comparison with two utterances and two entities of each list: whole, it takes pages."""
    entities = comparison["entities"]
    alone = {article_id: found[:2] for article_id, found in entities["exclusive"].items()}
    return comparison | {
        "utterances": comparison["utterances"][:2],
        "entities": {"shared": entities["shared"][:2], "exclusive": alone},
    }


def _jobs(http: httpx.Client) -> dict[str, object]:
    """Return the answers about a batch, which adds an article: after all others are taken."""
    line = b'{"id": "a1", "text": "\xe2\x80\x9cWe will sign it,\xe2\x80\x9d said Mayor Ada Okafor."}'
    queued = http.post("/v1/articles:batch", content=line, headers={"Content-Type": "application/x-ndjson"})
    path = queued.headers["location"]
    while http.get(path).json()["state"] != "done":
        time.sleep(0.05)
    done = _settled(http.get(path), job_id=queued.json()["id"])
    assert isinstance(done, dict)
    begun = {"state": "queued", "article_id": None, "started_at": None, "finished_at": None}
    begun["counts"] = {"total": 1, "done": 0, "failed": 0}
    listed = {"items": [done], "next_cursor": None, "prev_cursor": None}
    retried = done | begun | {"kind": "retry"}
    return {"add_articles": done | begun, "get_job": done, "list_jobs": listed, "retry_document": retried}


def _feeds(http: httpx.Client) -> dict[str, object]:
    """Return the answers about a feed, which is paused and deleted before anybody looks at it."""
    new = {"url": "https://news.example/feed.xml", "publisher": "The Harbour Post"}
    added = http.post("/v1/feeds", json=new)
    path = added.headers["location"]
    changed = http.patch(path, json={"state": "paused"})
    answers = {"add_feed": added, "change_feed": changed, "get_feed": http.get(path)}
    listed = {"list_feeds": http.get("/v1/feeds")}
    http.delete(path)
    return {name: _settled(answer) for name, answer in (answers | listed).items()}


def _settled(answer: httpx.Response, job_id: str = "none") -> object:
    """Return an answer without what differs from run to run."""
    text = answer.text.replace(job_id, JOB_ID)
    text = _ARRIVAL.sub(lambda found: found.group().partition(":")[0] + f':"{ARRIVED}"', text)
    settled = orjson.loads(text)
    if isinstance(settled, dict) and settled.get("next_cursor"):
        settled["next_cursor"] = "WyI4ZjFjNWE1MjVhMGU1ZDBiIiwi…"
    return settled


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(f"sqlite:///{folder}/db.sqlite3", SEEDS) as server,
    ):
        EXAMPLES.write_bytes(orjson.dumps(answers(server.http), option=orjson.OPT_INDENT_2) + b"\n")
