"""Server-sent events: in order, resumed where the client was, ended when the server stops."""

import asyncio
import time

import orjson
import pytest

from app.api.streams import Listeners, follow
from app.db.changes import ChangeFilter
from app.errors import Busy
from tests.factories import add_article


def events(chunks):
    """Return (id, data) of each event in what was sent; heartbeats have no data."""
    found = []
    for block in b"".join(chunks).split(b"\n\n"):
        fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if line)
        if b"id" in fields:
            found.append((int(fields[b"id"]), orjson.loads(fields.get(b"data", b"null"))))
    return found


def listen(engine, *, until, meanwhile=lambda: None, listeners=None, **wanted):
    """Listen until that many changes have come; `meanwhile` happens after the stream has begun."""
    listeners = listeners or Listeners(engine)

    async def run():
        chunks, is_begun = [], False
        async with asyncio.timeout(20):
            async for chunk in follow(listeners, engine, ChangeFilter(**{"after": 0} | wanted)):
                chunks.append(chunk)
                if not is_begun:
                    is_begun = True
                    await asyncio.to_thread(meanwhile)
                if sum(data is not None for _, data in events(chunks)) >= until:
                    listeners.close()
        return events(chunks)

    return asyncio.run(run())


def test_what_happens_while_one_listens_is_sent_in_order(engine):
    found = listen(engine, until=5, meanwhile=lambda: add_article(engine))
    assert [number for number, data in found if data] == [1, 2, 3, 4, 5]
    assert all(number == data["number"] for number, data in found if data)


def test_a_stream_goes_on_after_the_last_event_the_client_saw(client, engine):
    add_article(engine)
    items = client.items("/v1/changes")
    found = listen(engine, until=len(items) - 2, after=2)
    assert [data for _, data in found if data] == items[2:]


def test_a_stream_sends_only_what_was_asked_for(engine):
    found = listen(engine, until=1, meanwhile=lambda: add_article(engine), kind=("quote",))
    assert [data["kind"] for _, data in found if data] == ["quote"]


def test_a_heartbeat_moves_on_over_what_was_not_asked_for(engine):
    add_article(engine)
    listeners = Listeners(engine, heartbeat=0)

    async def run():
        stream = follow(listeners, engine, ChangeFilter(after=0, change=("merged",)))
        chunks = [await anext(stream) for _ in range(2)]
        await stream.aclose()
        return events(chunks)

    assert asyncio.run(run()) == [(0, None), (5, None)]


def test_no_more_than_so_many_may_listen_and_a_place_is_given_back(engine):
    listeners = Listeners(engine, most=1)

    async def run():
        stream = follow(listeners, engine, ChangeFilter(after=0))
        await anext(stream)
        with pytest.raises(Busy):
            listeners.check()
        await stream.aclose()
        listeners.check()

    asyncio.run(run())


STREAM = {"Accept": "text/event-stream"}


@pytest.mark.parametrize(("path", "headers"), [("/v1/changes/stream", {}), ("/v1/changes", STREAM)])
def test_a_stream_has_its_media_type_and_head_has_no_end_to_wait_for(client, path, headers):
    answer = client.request("HEAD", path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_a_stream_ends_when_the_server_closes(client):
    client.app.state.listeners.close()
    assert client.get("/v1/changes/stream").status_code == 503
    assert client.get("/v1/changes", headers=STREAM).status_code == 503


@pytest.mark.parametrize(
    ("accept", "named"),
    [("application/json, text/event-stream;q=0.5", None), ("text/event-stream", "json"), ("*/*", None)],
)
def test_who_prefers_another_format_gets_that_and_no_stream(client, accept, named):
    parameters = {"format": named} if named else {}
    answer = client.get("/v1/changes", params=parameters, headers={"Accept": accept})
    assert answer.json() == {"items": [], "next_cursor": None, "prev_cursor": None}


@pytest.mark.parametrize("name", ["limit", "cursor", "fields", "include"])
def test_a_stream_has_no_pages(client, name):
    value = {"limit": 5, "include": "total"}.get(name, "x")
    answer = client.get("/v1/changes", params={name: value}, headers=STREAM)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{name}"


@pytest.mark.parametrize("given", ["x", "-1", "9" * 30])
def test_a_last_event_id_that_is_no_number_is_refused(client, given):
    for path in ("/v1/changes/stream", "/v1/changes"):
        answer = client.get(path, headers={"Last-Event-ID": given} | STREAM)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["location"] == "header"


def test_what_comes_between_looking_and_reading_is_sent_once(engine):
    listeners = Listeners(engine)

    async def run():
        add_article(engine)
        await listeners.last_number()
        add_article(engine, text="Another text.")
        stream = follow(listeners, engine, ChangeFilter(after=0))
        chunks = [await anext(stream), await anext(stream)]
        add_article(engine, text="A third text.")
        chunks.append(await anext(stream))
        await stream.aclose()
        return events(chunks)

    assert [number for number, data in asyncio.run(run()) if data] == list(range(1, 10))


def test_the_log_is_looked_at_once_for_all_listeners(engine):
    listeners = Listeners(engine)

    async def run():
        assert await listeners.last_number() == 0
        add_article(engine)
        assert await listeners.last_number() == 0
        await asyncio.sleep(1.05)
        return await listeners.last_number()

    started = time.monotonic()
    assert asyncio.run(run()) == 5
    assert time.monotonic() - started > 1
