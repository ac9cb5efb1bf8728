"""Every operation of the OpenAPI document, called with generated input: no 5xx, no undocumented answer."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from app.db.engine import reading
from app.db.keyset import page
from app.db.queries import (
    ArticleFilter,
    EntityFilter,
    QuoteFilter,
    list_articles,
    list_entities,
    list_quotes,
)
from app.db.story_queries import StoryFilter, list_stories
from app.ingest.readers.opening import MEDIA_TYPES
from tests.api.conftest import make_app
from tests.factories import add_article

pytestmark = pytest.mark.slow

OPERATIONS = [
    (path, method)
    for path, operations in make_app("sqlite://").openapi()["paths"].items()
    for method in operations
    if path != "/v1/changes/stream"  # it has no end
]
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
]


@schemathesis.serializer(*(media_type for media_type in MEDIA_TYPES if media_type != "application/json"))
def body_as_it_is(_context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture
def app(database_url):
    app = make_app(database_url)
    for number in range(3):
        add_article(app.state.engine, content=str(number))
    yield app
    app.state.engine.dispose()


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_api_keeps_its_contract(app, path, method):
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    with reading(app.state.engine) as connection:
        [quote] = page(connection, list_quotes(connection, QuoteFilter()), 1, None)
        known = {
            "story_id": page(connection, list_stories(connection, StoryFilter()), 1, None)[0]["id"],
            "utterance_id": quote["utterance_id"],
            "article_id": page(connection, list_articles(connection, ArticleFilter()), 1, None)[0]["id"],
            "entity_id": page(connection, list_entities(connection, EntityFilter()), 1, None)[0]["id"],
        }

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy())
    def call(case):
        for name in known if method == "get" else ():
            if name in (case.path_parameters or {}):
                case.path_parameters[name] = str(known[name])
        # then what is required is left out, or the shape is another's, as asked
        chosen = {"fields", "format"} & (case.query or {}).keys()
        shape = [] if chosen else [checks.response_schema_conformance]
        case.call_and_validate(checks=CHECKS + shape)

    call()
