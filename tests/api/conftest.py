"""The API over HTTP on a real database; what reads documents is made by hand, so no model is loaded."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from app.documents import AnnotatedArticle, RawDocument
from app.errors import NoArticle
from app.ingest.fetch import Fetcher
from app.main import create_app
from app.settings import Settings
from tests.api.client import Client
from tests.factories import make_annotated


class HandReader:
    """Reads a document as the test's factory would: its text, with the names and quotes of the default text."""

    fails = False
    version = "hand"

    def start(self) -> None: ...

    def close(self) -> None: ...

    def read(self, raw: RawDocument) -> AnnotatedArticle:
        text = raw.content.decode()
        if self.fails or not text.strip():
            raise NoArticle("The document is empty.")
        hints = raw.hints
        fields = {
            "headline": hints.headline,
            "publisher": hints.publisher,
            "published_at": hints.published_at,
            "section": hints.section,
            "keywords": hints.keywords or None,
            "lead_image_url": hints.lead_image_url,
        }
        return make_annotated(text, external_id=hints.external_id, url=hints.url, **fields)


def make_app(database_url: str, *, fetcher: Fetcher | None = None, **settings) -> FastAPI:
    return create_app(Settings(database_url=database_url, seeds_dir=None, **settings), HandReader(), fetcher)


@pytest.fixture
def make_client(database_url: str) -> Iterator[Callable[..., Client]]:
    """Return a function that makes a client of an app with these settings."""
    apps = []

    def make(**settings) -> Client:
        apps.append(make_app(database_url, **settings))
        return Client(apps[-1])

    yield make
    for app in apps:
        app.state.engine.dispose()


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()


@pytest.fixture
def engine(client: Client) -> Engine:
    return client.app.state.engine
