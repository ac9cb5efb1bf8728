import json

import pytest

from app.ingest.standards import fields_of, items_of
from app.ingest.submissions import parse_line

NINJS_3 = {
    "uri": "urn:news:1",
    "type": "text",
    "headlines": [{"role": "alternative", "value": "Wall"}, {"role": "main", "value": "Council backs wall"}],
    "bodies": [
        {"role": "main", "contentType": "text/html", "value": "<p>Lisbon slept.</p>"},
        {"role": "caption", "contentType": "text/plain", "value": "A wall"},
    ],
    "people": [{"name": "Jo Day", "rel": "author"}, {"name": "Ada Okafor", "rel": "about"}],
    "infoSources": [{"name": "The Harbour Post", "role": "isrol:publisher"}],
    "firstCreated": "2026-03-02T09:30:00Z",
    "versionCreated": "2026-03-03T09:30:00Z",
    "language": "en",
    "subjects": [
        {"name": "Harbour", "rel": "section"},
        {"name": "sea  wall", "rel": "about"},
        {"name": "council"},
    ],
    "associations": [
        {
            "name": "a",
            "uri": "urn:news:9",
            "type": "video",
            "renditions": [{"href": "https://news.test/v.mp4"}],
        },
        {
            "name": "b",
            "uri": "urn:news:2",
            "type": "picture",
            "renditions": [{"href": "https://news.test/wall.jpg"}],
        },
    ],
}
NINJS_1 = {
    "uri": "https://news.test/a",
    "subject": [{"name": "sea wall"}],
    "associations": {
        "main": {"type": "picture", "renditions": {"web": {"href": "https://news.test/wall.jpg"}}}
    },
    "headline": "Council backs wall",
    "body_text": "Lisbon slept.",
    "versioncreated": "2026-03-02T09:30:00Z",
}
JSON_LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "name": "Other"},
        {
            "@type": ["NewsArticle"],
            "headline": "Council backs wall",
            "articleBody": "Lisbon slept.",
            "author": [{"@type": "Person", "name": "Jo Day"}, "Kim Lee"],
            "publisher": {"name": "The Harbour Post"},
            "datePublished": "2026-03-02T10:30:00+01:00",
            "mainEntityOfPage": {"@id": "https://news.test/a"},
            "inLanguage": "en-GB",
            "dateModified": "2026-03-03T07:00:00Z",
            "articleSection": ["Harbour", "Politics"],
            "keywords": "sea wall, council,",
            "image": [
                {"@type": "ImageObject", "url": "https://news.test/wall.jpg"},
                "https://news.test/b.jpg",
            ],
        },
    ],
}


def submission(item):
    return parse_line(json.dumps(item).encode())


def test_a_ninjs_3_item_is_a_submission_with_its_hints():
    raw = submission(NINJS_3).raw
    assert (raw.form, raw.content) == ("html", b"<p>Lisbon slept.</p>")
    hints = raw.hints
    assert (hints.external_id, hints.headline, hints.authors) == (
        "urn:news:1",
        "Council backs wall",
        ("Jo Day",),
    )
    assert (hints.publisher, hints.language) == ("The Harbour Post", "en")
    assert (hints.section, hints.keywords) == ("Harbour", ("sea wall", "council"))
    assert hints.lead_image_url == "https://news.test/wall.jpg"
    assert hints.published_at.isoformat() == "2026-03-02T09:30:00+00:00"


def test_a_ninjs_item_of_an_earlier_version_is_read_too():
    lowered = {name.lower(): value for name, value in NINJS_3.items()}
    assert submission(lowered).raw == submission(NINJS_3).raw
    raw = submission(NINJS_1).raw
    assert (raw.form, raw.content, raw.hints.url) == ("text", b"Lisbon slept.", "https://news.test/a")
    assert (raw.hints.keywords, raw.hints.lead_image_url) == (("sea wall",), "https://news.test/wall.jpg")


def test_a_json_ld_article_is_a_submission_with_its_hints():
    raw = submission(JSON_LD).raw
    assert (raw.form, raw.content) == ("text", b"Lisbon slept.")
    hints = raw.hints
    assert (hints.url, hints.authors) == ("https://news.test/a", ("Jo Day", "Kim Lee"))
    assert (hints.publisher, hints.language) == ("The Harbour Post", "en-GB")
    assert hints.published_at.isoformat() == "2026-03-02T10:30:00+01:00", "in the zone it names"
    assert hints.modified_at.isoformat() == "2026-03-03T07:00:00+00:00"
    assert (hints.section, hints.keywords) == ("Harbour", ("sea wall", "council"))
    assert hints.lead_image_url == "https://news.test/wall.jpg"


def test_an_article_without_a_body_is_fetched_from_its_url():
    item = {"@type": "NewsArticle", "url": "https://news.test/a", "datePublished": "2026-03-02T10:30:00"}
    found = submission(item)
    assert found.must_fetch
    assert found.raw.hints.published_at is None, "a time without its zone is no hint"


@pytest.mark.parametrize("record", [7, None, [], {"text": "a"}, {"uri": "x"}, {"title": "x"}])
def test_a_record_of_no_standard_is_left_as_it_is(record):
    assert fields_of(record) == record


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("section", 5), ("section", ""), ("keywords", None), ("keywords", [1]), ("lead_image_url", "none"),
        ("lead_image_url", "javascript:alert(1)"), ("modified_at", "2026-03-02"), ("modified_at", 7),
    ],
)  # fmt: skip
def test_a_line_that_says_more_in_some_other_way_is_read_without_it(name, value):
    hints = parse_line(json.dumps({"text": "Lisbon slept.", name: value}).encode()).raw.hints
    assert not getattr(hints, name)


def test_keywords_of_a_line_are_cut_to_what_is_taken():
    line = {"text": "Lisbon slept.", "keywords": "sea wall, SEA, sea wall," + "x" * 300}
    assert parse_line(json.dumps(line).encode()).raw.hints.keywords == ("sea wall", "SEA", "x" * 80)


def test_the_items_of_an_array_or_envelope_are_found():
    assert list(items_of([1, 2])) == [1, 2]
    assert list(items_of({"items": [1, 2]})) == [1, 2]
    assert list(items_of({"text": "a"})) == [{"text": "a"}]


@pytest.mark.parametrize("value", [7, "x", [], [7], {"a": 1}, None, [[]]])
@pytest.mark.parametrize(
    "name",
    ["headlines", "bodies", "people", "infoSources", "firstCreated", "uri", "subjects", "associations"],
)
def test_a_ninjs_field_of_another_shape_is_no_fault(name, value):
    fields_of(NINJS_3 | {name: value})


@pytest.mark.parametrize("value", [7, "x", [], [7], {"a": 1}, None, [[]]])
@pytest.mark.parametrize(
    "name",
    [
        *("@type", "author", "publisher", "datePublished", "mainEntityOfPage", "articleBody"),
        *("articleSection", "keywords", "image"),
    ],
)
def test_a_json_ld_field_of_another_shape_is_no_fault(name, value):
    fields_of(JSON_LD["@graph"][1] | {name: value})
