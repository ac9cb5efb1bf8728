"""Tells webhooks of changes: claims one that is due, sends what it wants in order, keeps what became of it.

A webhook is told of one change at a time and of the next only when it took that one, so its receiver sees the order
of the log. A server claims a webhook before it sends, and what it writes afterwards holds only while the claim does,
so that several servers do not tell the same change twice; one that dies in between makes its last message come again,
under the same id. Nothing is sent inside a transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson
from sqlalchemy import Engine, delete, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db import changes, keyset
from app.db.changes import Change, ChangeFilter
from app.db.engine import reading, writing
from app.db.ids import make_id, make_time_id
from app.db.keyset import Record
from app.db.types import loads
from app.db.webhooks import Webhook, WebhookDelivery
from app.ingest.background import IsStopped
from app.ingest.webhook_sender import Message, Outcome, Sender, make_secret

BATCH = 20  # changes told before another webhook has its turn
CLAIM = timedelta(seconds=60)  # renewed with each message, which takes 15 seconds at most
# Between attempts: what Standard Webhooks advises, 5 seconds to a day, 76 hours together
PAUSES = tuple(timedelta(seconds=n) for n in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
GONE = 410  # the receiver wants no more
KEPT_DELIVERIES = 1000  # of each webhook; a guess of 2026-11-22

State = Literal["active", "paused", "failing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook:
    """What to tell, and where. Of several values any will do; of no values all do."""

    url: str
    kinds: Sequence[str] = ()
    changes: Sequence[str] = ()
    entities: Sequence[UUID] = ()
    publishers: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A webhook this process works on, until then."""

    id: UUID
    url: str
    secret: str
    wanted: ChangeFilter
    position: int
    failure_count: int
    until: datetime


def add_webhook(connection: Connection, new: NewWebhook) -> tuple[UUID, str]:
    """Keep a webhook that is told of what comes from now on; return its id and its secret."""
    now = datetime.now(UTC)
    webhook_id, secret = make_time_id(), make_secret()
    row = {
        "id": webhook_id,
        "url": new.url,
        "secret": secret,
        "state": "active",
        **{name: list(getattr(new, name)) for name in ("kinds", "changes", "entities", "publishers")},
        "position": changes.last_number(connection),
        "failure_count": 0,
        "due_at": now,
        "created_at": now,
    }
    connection.execute(insert(Webhook), [row])
    return webhook_id, secret


def set_state(connection: Connection, webhook_id: UUID, state: State) -> bool:
    """Pause a webhook, or go on where it was; return whether there is one."""
    values: dict[str, Any] = {"state": state, "claimed_until": None}
    if state == "active":
        values |= {"failure_count": 0, "due_at": datetime.now(UTC)}
    changed = update(Webhook).where(col(Webhook.id) == webhook_id).values(values)
    return connection.execute(changed).rowcount > 0


def remove_webhook(connection: Connection, webhook_id: UUID) -> bool:
    """Delete a webhook and what was sent to it; return whether there was one."""
    return connection.execute(delete(Webhook).where(col(Webhook.id) == webhook_id)).rowcount > 0


def claim(engine: Engine, now: datetime) -> Claimed | None:
    """Take the webhook that has waited longest for changes it was not told of, or return None."""
    names = ("id", "url", "secret", "kinds", "changes", "entities", "publishers", "position", "failure_count")
    table = Webhook
    due = (
        select(*(getattr(table, name) for name in names))
        .where(
            col(table.state) == "active",
            col(table.due_at) <= now,
            or_(col(table.claimed_until).is_(None), col(table.claimed_until) < now),
            col(table.position)
            < select(col(Change.number)).order_by(col(Change.number).desc()).limit(1).scalar_subquery(),
        )
        .order_by(col(table.due_at), col(table.id))
        .limit(1)
    )
    with reading(engine) as connection:
        if connection.execute(due).first() is None:  # so that an idle server takes no lock
            return None
    with writing(engine) as connection:
        row = connection.execute(due).first()
        if row is None:
            return None
        until = now + CLAIM
        connection.execute(update(table).where(col(table.id) == row.id).values(claimed_until=until))
    wanted = ChangeFilter(
        kind=loads(row.kinds),
        change=loads(row.changes),
        entity=[UUID(id_) for id_ in loads(row.entities)],
        publisher=[UUID(id_) for id_ in loads(row.publishers)],
    )
    return Claimed(row.id, row.url, row.secret, wanted, row.position, row.failure_count, until)


def tell(engine: Engine, claimed: Claimed, sender: Sender, *, is_stopped: IsStopped) -> None:
    """Tell a claimed webhook of at most `BATCH` changes, then let go of it."""
    with reading(engine) as connection:
        last = changes.last_number(connection)
        wanted = changes.list_changes(connection, _after(claimed.wanted, claimed.position))
        rows = keyset.page(connection, wanted, BATCH, None)
    failures, until = claimed.failure_count, claimed.until
    for row in rows:
        if is_stopped():
            break
        now = datetime.now(UTC)
        message = make_message(claimed.id, row, now)
        outcome = sender.send(claimed.url, claimed.secret, message)
        attempt = failures + 1
        failures = 0 if outcome.is_delivered else attempt
        renewed = datetime.now(UTC) + CLAIM
        values = _after_attempt(row["number"], outcome, failures) | {"claimed_until": renewed}
        with writing(engine) as connection:
            if not _update(connection, claimed.id, until, values):
                return  # paused, deleted, or taken over by another server
            _keep(connection, claimed.id, row["number"], attempt, outcome, now)
        until = renewed
        if not outcome.is_delivered:
            break
    else:
        seen = max([last, *(row["number"] for row in rows)])
        if len(rows) < BATCH:  # what it did not want needs no second look
            with writing(engine) as connection:
                _update(connection, claimed.id, until, {"position": seen})
    with writing(engine) as connection:
        _update(connection, claimed.id, until, {"claimed_until": None})


def tell_all(engine: Engine, sender: Sender, is_stopped: IsStopped) -> None:
    """Tell webhooks until none is due, or it is stopped."""
    while not is_stopped() and (claimed := claim(engine, datetime.now(UTC))):
        tell(engine, claimed, sender, is_stopped=is_stopped)


def make_message(webhook_id: UUID, row: Record, now: datetime) -> Message:
    """Return what a webhook is told of a change. Its id is the same whenever it is made."""
    names = ("article_id", "publisher_id", "into_id")
    told = {"number": row["number"], "kind": row["kind"], "change": row["change"], "id": row["subject_id"]}
    body = {
        "type": f"{row['kind']}.{row['change']}",
        "timestamp": row["made_at"],
        "data": told | {name: row[name] for name in names},
    }
    message_id = f"msg_{make_id('webhook-message', webhook_id, row['number']).hex}"
    return Message(message_id, int(now.timestamp()), orjson.dumps(body, option=orjson.OPT_UTC_Z))


def _after(wanted: ChangeFilter, position: int) -> ChangeFilter:
    return ChangeFilter(
        after=position,
        kind=wanted.kind,
        change=wanted.change,
        entity=wanted.entity,
        publisher=wanted.publisher,
    )


def _after_attempt(number: int, outcome: Outcome, failures: int) -> dict[str, Any]:
    if outcome.is_delivered:
        return {"position": number, "failure_count": 0, "due_at": datetime.now(UTC)}
    if outcome.status == GONE or failures > len(PAUSES):
        return {"state": "failing", "failure_count": failures}
    return {"failure_count": failures, "due_at": datetime.now(UTC) + PAUSES[failures - 1]}


def _update(connection: Connection, webhook_id: UUID, until: datetime, values: dict[str, Any]) -> bool:
    """Change a webhook while the claim that ends at `until` holds; return whether it did."""
    is_ours = (col(Webhook.id) == webhook_id, col(Webhook.claimed_until) == until)
    return connection.execute(update(Webhook).where(*is_ours).values(values)).rowcount > 0


def _keep(
    connection: Connection, webhook_id: UUID, number: int, attempt: int, outcome: Outcome, now: datetime
) -> None:
    table = WebhookDelivery
    row = {
        "id": make_time_id(),
        "webhook_id": webhook_id,
        "change_number": number,
        "attempt": attempt,
        "state": "delivered" if outcome.is_delivered else "failed",
        "status": outcome.status,
        "error": outcome.error,
        "made_at": now,
    }
    connection.execute(insert(table), [row])
    of_it = col(table.webhook_id) == webhook_id
    oldest = (
        select(col(table.id)).where(of_it).order_by(col(table.id).desc()).offset(KEPT_DELIVERIES).limit(1)
    )
    connection.execute(delete(table).where(of_it, col(table.id) <= oldest.scalar_subquery()))
