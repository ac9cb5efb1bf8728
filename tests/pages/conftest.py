"""The pages over HTTP, as the API's tests have it: the app on a real database, documents read by hand."""

import pytest

from tests.api.conftest import client, engine, make_client
from tests.api.test_stories import HERALD, LATE, POST, TOWED, WIRE, add

__all__ = ["client", "engine", "make_client"]


@pytest.fixture
def articles(engine):
    """Return the ids of three outlets' articles on one event: one has all quotes, one a cut one, one none."""
    said = ("said", "Ilse Brandt")
    post = [(f"{TOWED} to Kalvik,", *said), (f"{LATE},", "said", "Oto Lind")]
    return {
        "post": add(engine, POST, "Harbour Post", quotes=post, headline="Ferry aground off Port Amelie"),
        "herald": add(engine, HERALD, "Kalvik Herald", hours=2, quotes=[(f"{TOWED},", *said)]),
        "wire": add(engine, WIRE, "Wire", hours=None),
    }


@pytest.fixture
def story(client, articles):
    return client.get(f"/v1/articles/{articles['post']}").json()["story_id"]
