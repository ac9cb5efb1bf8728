import pytest

from app.api import correction_schemas, revision_schemas, run_schemas, webhook_schemas
from tests.examples import _made_up


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("get_correction", correction_schemas.Correction),
        ("get_run", run_schemas.Run),
        ("list_run_differences", run_schemas.Difference),
        ("compare_article_revisions", revision_schemas.RevisionDifferences),
        ("add_webhook", webhook_schemas.WebhookWithSecret),
        ("list_webhook_deliveries", webhook_schemas.Delivery),
    ],
)
def test_a_made_up_example_has_the_documented_shape(name, model):
    example = _made_up()[name]
    for item in example.get("items", [example]):
        assert set(item) == set(model.model_fields)
        model.model_validate(item, strict=False)
