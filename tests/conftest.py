"""Shared fixtures, and the policy behind them.

The core (extraction, nlp, resolution) is tested with strings written in the test; a test that needs the real
language model takes `models` and is marked so.
"""

import pytest


@pytest.fixture(scope="session")
def models() -> object:
    """Return the language models, loaded once for the whole run (3 to 7 s)."""
    from app.nlp import load_models

    return load_models()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that takes the real models, so that the fast tier leaves it out."""
    for item in items:
        if "models" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.models)
