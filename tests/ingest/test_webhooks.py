"""Webhooks are told of what they want, in order, once; nothing is lost while a receiver is away."""

import base64
import hmac
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import orjson
import pytest
from sqlalchemy import select

from app.db.engine import reading, writing
from app.db.keyset import page
from app.db.webhooks import WEBHOOK, get_webhook, list_deliveries
from app.ingest.background import Background
from app.ingest.webhook_sender import Message, Outcome, Sender, sign
from app.ingest.webhooks import (
    BATCH,
    PAUSES,
    NewWebhook,
    add_webhook,
    claim,
    remove_webhook,
    set_state,
    tell,
    tell_all,
)
from tests.factories import add_article

URL = "https://news.example/hook"
OF_AN_ARTICLE = 5  # changes told of the factory's first: itself, two entities, a quote, a story


class Receiver:
    """Stands for the other side: takes messages, or answers what it is told to."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.messages = []

    def send(self, _url, _secret, message):
        status = self.statuses.pop(0) if self.statuses else 200
        self.messages.append((message.id, orjson.loads(message.body)))
        return Outcome(status, None)

    @property
    def told(self):
        return [body["type"] for _, body in self.messages]


def add(engine, **wanted):
    with writing(engine) as connection:
        webhook_id, _ = add_webhook(connection, NewWebhook(url=URL, **wanted))
    return webhook_id


def work(engine, receiver, *, at=None):
    """Tell what is due at a time; return how many webhooks were."""
    count = 0
    while claimed := claim(engine, at or datetime.now(UTC)):
        tell(engine, claimed, receiver, is_stopped=lambda: False)
        count += 1
    return count


def row_of(engine, webhook_id):
    with reading(engine) as connection:
        return get_webhook(connection, webhook_id)


def deliveries(engine, webhook_id):
    with reading(engine) as connection:
        rows = page(connection, list_deliveries(webhook_id), 100, None)
    return sorted((row["change_number"], row["attempt"], row["state"], row["status"]) for row in rows)


def test_a_webhook_is_told_of_what_comes_after_it_was_made_in_order(engine):
    add_article(engine)
    webhook_id, receiver = add(engine), Receiver()
    assert work(engine, receiver) == 0
    add_article(engine, text="Another text.")
    work(engine, receiver)
    assert receiver.told == ["article.created", "story.changed"]
    assert receiver.messages[0][1]["data"]["number"] == OF_AN_ARTICLE + 1
    assert deliveries(engine, webhook_id) == [
        (OF_AN_ARTICLE + number, 1, "delivered", 200) for number in (1, 2)
    ]
    assert work(engine, receiver) == 0


def test_a_webhook_is_told_only_of_what_it_wants_and_does_not_look_at_the_rest_again(engine):
    webhook_id, receiver = add(engine, kinds=("quote",), changes=("created",)), Receiver()
    add_article(engine)
    work(engine, receiver)
    assert receiver.told == ["quote.created"]
    assert row_of(engine, webhook_id)["position"] == OF_AN_ARTICLE


def test_a_webhook_is_told_of_an_entitys_new_quotes(engine):
    add_article(engine)
    with reading(engine) as connection:
        ada = connection.execute(select(WEBHOOK.metadata.tables["quote"].c.speaker_id)).scalar()
    receiver = Receiver()
    add(engine, kinds=("quote",), changes=("created",), entities=(ada,))
    add_article(engine, content="again", external_id="b")
    add_article(engine, text="Nobody spoke.")
    work(engine, receiver)
    assert receiver.told == ["quote.created"]


def test_a_webhook_is_told_of_the_stories_of_an_entity(engine):
    receiver = Receiver()
    add_article(engine)
    with reading(engine) as connection:
        ada = connection.execute(select(WEBHOOK.metadata.tables["quote"].c.speaker_id)).scalar()
    add(engine, kinds=("story",), entities=(ada,))
    add_article(engine, content="again", external_id="b")
    add_article(engine, text="Nobody spoke.", people=())
    work(engine, receiver)
    assert receiver.told == ["story.changed"]


def test_what_was_not_taken_comes_again_later_under_the_same_id_before_anything_else(engine):
    webhook_id, receiver = add(engine), Receiver(500, 503)
    add_article(engine)
    now = datetime.now(UTC)
    assert work(engine, receiver) == 1
    assert work(engine, receiver, at=now) == 0
    work(
        engine, receiver, at=now + PAUSES[0] + timedelta(minutes=2)
    )  # pauses begin when a slow machine is done
    work(engine, receiver, at=now + 2 * PAUSES[1])
    assert len({message_id for message_id, _ in receiver.messages[:3]}) == 1
    assert deliveries(engine, webhook_id)[:4] == [
        (1, 1, "failed", 500),
        (1, 2, "failed", 503),
        (1, 3, "delivered", 200),
        (2, 1, "delivered", 200),
    ]


@pytest.mark.parametrize(("statuses", "attempts"), [([410], 1), ([500] * 20, len(PAUSES) + 1)])
def test_a_webhook_that_wants_no_more_or_fails_for_days_is_given_up_and_can_go_on(engine, statuses, attempts):
    webhook_id, receiver = add(engine), Receiver(*statuses)
    add_article(engine)
    at = datetime.now(UTC)
    for _ in range(20):
        at += timedelta(days=2)
        work(engine, receiver, at=at)
    assert row_of(engine, webhook_id)["state"] == "failing"
    assert len(receiver.messages) == attempts
    with writing(engine) as connection:
        set_state(connection, webhook_id, "active")
    receiver.statuses.clear()
    work(engine, receiver)
    assert len(receiver.messages) == attempts + OF_AN_ARTICLE


def test_a_paused_webhook_misses_nothing(engine):
    webhook_id, receiver = add(engine), Receiver()
    with writing(engine) as connection:
        set_state(connection, webhook_id, "paused")
    add_article(engine)
    assert work(engine, receiver) == 0
    with writing(engine) as connection:
        set_state(connection, webhook_id, "active")
    work(engine, receiver)
    assert len(receiver.messages) == OF_AN_ARTICLE


def test_a_webhook_one_server_is_at_work_on_is_left_alone_until_its_claim_runs_out(engine):
    add(engine)
    add_article(engine)
    now = datetime.now(UTC)
    first = claim(engine, now)
    assert claim(engine, now) is None
    second = claim(engine, now + timedelta(seconds=61))
    assert second is not None
    late, taker = Receiver(), Receiver()
    tell(engine, second, taker, is_stopped=lambda: False)
    tell(engine, first, late, is_stopped=lambda: False)
    assert len(taker.messages) == OF_AN_ARTICLE
    assert len(late.messages) == 1, "it finds its claim gone with the first message"


def test_servers_that_work_at_once_tell_each_change_once(engine):
    webhook_id, receiver = add(engine), Receiver()
    for number in range(BATCH // 4 + 2):
        add_article(engine, content=str(number), external_id=str(number))
    threads = [threading.Thread(target=work, args=(engine, receiver)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work(engine, receiver)
    numbers = [body["data"]["number"] for _, body in receiver.messages]
    assert numbers == list(range(1, row_of(engine, webhook_id)["position"] + 1))


def test_a_webhook_deleted_while_it_is_told_ends_quietly(engine):
    webhook_id = add(engine)
    add_article(engine)
    claimed = claim(engine, datetime.now(UTC))
    with writing(engine) as connection:
        assert remove_webhook(connection, webhook_id)
    tell(engine, claimed, Receiver(), is_stopped=lambda: False)
    assert row_of(engine, webhook_id) is None


def test_a_signature_is_the_hmac_of_id_time_and_body():
    secret = "whsec_" + base64.b64encode(b"twenty-four bytes of key").decode()
    message = Message("msg_7", 1_614_265_330, b'{"test": 1}')
    expected = hmac.new(b"twenty-four bytes of key", b'msg_7.1614265330.{"test": 1}', "sha256").digest()
    assert sign(secret, message) == "v1," + base64.b64encode(expected).decode()


@contextmanager
def served(answer):
    """Serve on this machine; `answer` gets the handler of each POST."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append((self.path, dict(self.headers), body))
            answer(self)

        def log_message(self, *_): ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://hooks.example:{server.server_port}/a?b=1", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def local(**options):
    return Sender(allows=lambda _: True, resolve=lambda *_: ["127.0.0.1"], **options)


MESSAGE = Message("msg_1", 1_700_000_000, b'{"type":"quote.created"}')
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


def test_a_message_is_posted_with_its_id_time_and_signature():
    with served(lambda handler: handler.send_response(204) or handler.end_headers()) as (url, got):
        assert local().send(url, SECRET, MESSAGE) == Outcome(204, None)
    [(path, headers, body)] = got
    assert (path, body) == ("/a?b=1", MESSAGE.body)
    assert headers["webhook-id"] == "msg_1"
    assert headers["webhook-timestamp"] == "1700000000"
    assert headers["webhook-signature"] == sign(SECRET, MESSAGE)
    assert headers["Host"].startswith("hooks.example:")


def test_a_redirect_is_not_followed_and_counts_as_a_failure():
    def redirect(handler):
        handler.send_response(307)
        handler.send_header("Location", "http://127.0.0.1:1/")
        handler.end_headers()

    with served(redirect) as (url, got):
        outcome = local().send(url, SECRET, MESSAGE)
    assert (outcome.status, outcome.is_delivered, len(got)) == (307, False, 1)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_not_connected_to(address):
    with served(lambda handler: handler.send_response(204)) as (url, got):
        outcome = Sender(resolve=lambda *_: ["93.184.216.34", address]).send(url, SECRET, MESSAGE)
    assert outcome.status is None
    assert "not a public address" in outcome.error
    assert got == []


def test_a_receiver_that_drips_its_answer_is_hung_up_on():
    def drip(handler):
        for letter in "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 100:
            try:
                handler.wfile.write(letter.encode())
            except OSError:
                return
            time.sleep(0.05)

    started = time.monotonic()
    with served(drip) as (url, _):
        assert local(seconds=0.5).send(url, SECRET, MESSAGE).status is None
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("url", ["http://", "http://a:99999/", "http://\udcff/", "ftp://a"])
def test_whatever_the_url_is_sending_never_raises(url):
    assert local(seconds=0.2).send(url, SECRET, MESSAGE).status is None


def test_the_worker_tells_what_is_due_and_stops(engine):
    with served(lambda handler: handler.send_response(200) or handler.end_headers()) as (url, got):
        with writing(engine) as connection:
            add_webhook(connection, NewWebhook(url=url))
        add_article(engine)
        worker = Background("webhooks", partial(tell_all, engine, local()), seconds=9)
        worker.work_off()
        worker.stop()
        worker.work_off()
    assert len(got) == OF_AN_ARTICLE
