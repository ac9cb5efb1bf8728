import pytest

from app.api import correction_schemas, revision_schemas, run_schemas, webhook_schemas
from tests.examples import _made_up, differences


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


STORED = {"id": "q1", "confidence": 0.83, "segments": [{"start": 3, "end": 9}], "share": 0.5, "cue": None}


def test_an_example_survives_another_processors_rounding():
    assert list(differences(STORED | {"confidence": 0.81}, STORED)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"id": "q2"},
        {"confidence": 0.6},
        {"confidence": None},
        {"segments": [{"start": 3, "end": 10}]},
        {"segments": []},
        {"segments": [{"start": 3}]},
        {"share": 0.51},
        {"cue": {"start": 1, "end": 2}},
        {"added": 1},
    ],
)
def test_a_stale_example_is_told_from_rounding(change):
    [difference] = differences(STORED | change, STORED)
    assert difference.startswith(f"/{next(iter(change))}")
