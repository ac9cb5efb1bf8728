"""Webhooks: who wants to be told of which changes, how far they were told, and every attempt to tell them.

A webhook has a place in the change log, and is told of what comes after it, in order, one change at a time; so
nothing is lost however long its receiver is away, and what waits takes no room here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from app.db.changes import NUMBER
from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Record,
    columns_of,
    fill_slots,
    is_one_of,
    make_reading,
)
from app.db.types import JsonText, table_of

HIDDEN = frozenset({"secret", "claimed_until"})


class Webhook(SQLModel, table=True):
    """A receiver of changes."""

    id: UUID = Field(primary_key=True)  # UUIDv7
    url: str = Field(sa_column=Column(Text, nullable=False))
    secret: str  # whsec_ and base64; shown once, when the webhook is made
    state: str = Field(index=True)  # active | paused | failing
    kinds: Any = Field(sa_column=Column(JsonText, nullable=False))  # empty: all
    changes: Any = Field(sa_column=Column(JsonText, nullable=False))
    entities: Any = Field(sa_column=Column(JsonText, nullable=False))
    publishers: Any = Field(sa_column=Column(JsonText, nullable=False))
    position: int = Field(sa_type=NUMBER)  # number of the last change it was told of, or did not want
    failure_count: int = 0  # in a row, of the change now due
    due_at: datetime  # not before
    claimed_until: datetime | None = None  # a server is at work on it until then
    created_at: datetime


class WebhookDelivery(SQLModel, table=True):
    """An attempt to tell a webhook of a change."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (Index("ix_webhook_delivery_webhook_id_id", "webhook_id", "id"),)

    id: UUID = Field(primary_key=True)  # UUIDv7
    webhook_id: UUID = Field(foreign_key="webhook.id", ondelete="CASCADE")
    change_number: int = Field(sa_type=BigInteger)
    attempt: int
    state: str  # delivered | failed
    status: int | None = None  # what the receiver answered
    error: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    made_at: datetime


WEBHOOK = table_of(Webhook)
DELIVERY = table_of(WebhookDelivery)


def list_webhooks(state: Sequence[str] = ()) -> Listing:
    """Return webhooks, the latest first, without their secrets."""
    reading = make_reading(columns_of(WEBHOOK, without=HIDDEN), WEBHOOK)
    if state:
        reading = reading.where(is_one_of(WEBHOOK.c.state, "state", len(state)))
    return Listing(ListStatement(reading, Keyset((WEBHOOK.c.id,), ("id",))), fill_slots({"state": state}))


def get_webhook(connection: Connection, webhook_id: UUID) -> Record | None:
    """Return a webhook without its secret, or None."""
    reading = make_reading(columns_of(WEBHOOK, without=HIDDEN), WEBHOOK)
    return reading.where(is_one_of(WEBHOOK.c.id, "id", 1)).fetch_one(connection, id_0=webhook_id)


def list_deliveries(webhook_id: UUID) -> Listing:
    """Return what was sent to a webhook, the latest first."""
    reading = make_reading(columns_of(DELIVERY, without=frozenset()), DELIVERY)
    reading = reading.where(is_one_of(DELIVERY.c.webhook_id, "webhook", 1))
    return Listing(
        ListStatement(reading, Keyset((DELIVERY.c.id,), ("id",))), fill_slots({"webhook": [webhook_id]})
    )
