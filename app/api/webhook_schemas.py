"""The shapes of webhooks."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.api.schemas import Text
from app.db.changes import ChangedKind, ChangeType
from app.ingest.webhooks import State

MOST_VALUES = 100  # of one filter


def _reachable(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ValueError("Give an http or https URL with a host, without a user name")
    if not url.isascii() or any(letter <= " " for letter in url):
        raise ValueError("A URL is written in ASCII, without spaces")
    _ = parts.port  # raises ValueError where it is none
    return url


class NewWebhook(BaseModel):
    """Where to send which changes. Of several values of a filter any will do; without values, all do."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[Text, Field(max_length=2000), AfterValidator(_reachable)] = Field(
        description="Where messages are posted; it must lead to a public address.",
        examples=["https://news.example/hooks/on-record"],
    )
    kinds: list[ChangedKind] = Field(default=[], max_length=MOST_VALUES)
    changes: list[ChangeType] = Field(default=[], max_length=MOST_VALUES)
    entities: list[UUID] = Field(
        default=[],
        max_length=MOST_VALUES,
        description="Concerning these: themselves, quotes they say, articles that mention them, stories these "
        "come to or leave.",
    )
    publishers: list[UUID] = Field(default=[], max_length=MOST_VALUES)


class Webhook(BaseModel):
    """A receiver of changes."""

    id: UUID
    url: str
    state: State = Field(description="failing: it gave up after the last retry; resume it to go on.")
    kinds: list[ChangedKind]
    changes: list[ChangeType]
    entities: list[UUID]
    publishers: list[UUID]
    position: int = Field(description="Number of the last change it was told of, or did not want.")
    failure_count: int = Field(description="Failed attempts in a row.")
    due_at: datetime = Field(description="Of the next attempt, not before.")
    created_at: datetime


class WebhookWithSecret(Webhook):
    """A webhook just made, with its secret, which is shown this once."""

    secret: str = Field(description="whsec_ and base64: the key of each message's HMAC-SHA256.")


class Delivery(BaseModel):
    """An attempt to tell a webhook of a change."""

    id: UUID
    webhook_id: UUID
    change_number: int
    attempt: int
    state: Literal["delivered", "failed"]
    status: int | None = Field(description="What the receiver answered.")
    error: str | None = Field(description="Why there was no answer.")
    made_at: datetime
