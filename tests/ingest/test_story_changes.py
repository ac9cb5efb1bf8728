"""The change log says what became of stories: which were founded, grew, shrank, split, merged and went."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.db.changes import ChangeFilter, list_changes
from app.db.engine import reading, writing
from app.db.ids import make_id
from app.db.keyset import page
from app.ingest.store import forget_article
from tests.factories import add_article, make_annotated
from tests.ingest.test_stories import BUDGET, FERRY, MONDAY, QUOTES, add, forget, grouped

FLOOD = "Vaccines spoiled at Harlow clinic after freezers failed overnight."
POWER = "Engineers blamed Merrick substation; squirrels chewed its transformer."


@pytest.fixture
def told(engine):
    """Return a function that gives what was told of stories and of changed articles since it was last asked."""
    seen = [0]

    def since():
        with reading(engine) as connection:
            rows = page(connection, list_changes(connection, ChangeFilter(after=seen[0])), 1000, None)
        seen[0] = max([*seen, *(row["number"] for row in rows)])
        return [
            {name: row[name] and UUID(str(row[name])) for name in ("subject_id", "article_id", "into_id")}
            | {"change": row["change"], "kind": row["kind"]}
            for row in rows
            if row["kind"] == "story" or (row["kind"], row["change"]) == ("article", "changed")
        ]

    return since


def short(changes):
    return [(change["change"], change["subject_id"], change["article_id"]) for change in changes]


def test_a_story_is_created_by_its_first_article_and_changed_by_each_that_comes_or_goes(engine, told):
    first, second = add(engine, FERRY[0]), add(engine, FERRY[1])
    [story_id] = grouped(engine)
    assert short(told()) == [("created", story_id, first), ("changed", story_id, second)]
    forget(engine, second)
    assert short(told()) == [("changed", story_id, second)]
    forget(engine, first)
    assert short(told()) == [("deleted", story_id, first)]


def test_what_leaves_a_story_as_it_was_is_not_told(engine, told):
    for text in FERRY:
        add(engine, text)
    told()
    annotated = make_annotated(FERRY[0], people=("Ilse Brandt",), places=(), quotes=QUOTES[0], headline=None)
    for version in ("next", "after next"):
        add_article(engine, annotated, content=FERRY[0], version=version)
    assert {change["kind"] for change in told()} == {"article"}


def test_new_words_that_leave_the_article_in_its_story_are_not_told_of_the_story(engine, told):
    for number, text in enumerate(FERRY):
        add(engine, text, url=f"https://news.test/{number}")
    told()
    annotated = make_annotated(
        FERRY[1] + " Fog is expected.",
        people=("Ilse Brandt",),
        places=(),
        quotes=[],
        url="https://news.test/1",
        headline=None,
    )
    add_article(engine, annotated, content="revised")
    assert len(grouped(engine)) == 1
    assert [change["kind"] for change in told()] == ["article"]


def test_an_article_that_goes_over_changes_both_stories(engine, told):
    first = add(engine, FERRY[0], url="https://news.test/1")
    second = add(engine, FERRY[1], url="https://news.test/2")
    budget = add(engine, BUDGET)
    told()
    revised = make_annotated(
        BUDGET + " A vote.",
        people=("Oto Lind",),
        places=(),
        quotes=[],
        url="https://news.test/2",
        headline=None,
    )
    add_article(engine, revised, content="revised")
    stories = sorted((make_id("story", first), make_id("story", budget)))
    assert short(told())[1:] == [("changed", story_id, second) for story_id in stories]


def test_another_headline_changes_a_story(engine, told):
    add_article(engine, content="a", external_id="a", headline="Bridge to open")
    told()
    add_article(engine, content="b", external_id="a", headline="Bridge to reopen")
    assert [change["kind"] for change in told()] == ["article", "story"]


def test_stories_that_turn_out_to_be_one_are_merged_into_the_survivor(engine, told):
    one, other = add(engine, FLOOD), add(engine, POWER)
    told()
    add(engine, f"{FLOOD} {POWER}")
    [kept, gone] = told()
    assert (kept["change"], gone["change"]) == ("changed", "merged")
    assert {kept["subject_id"], gone["subject_id"]} == {make_id("story", one), make_id("story", other)}
    assert gone["into_id"] == kept["subject_id"]
    assert kept["article_id"] is None, "two came"


def test_a_story_that_falls_apart_is_changed_and_the_part_created(engine, told):
    one, other = add(engine, FLOOD), add(engine, POWER)
    link = add(engine, f"{FLOOD} {POWER}")
    [whole] = grouped(engine)
    told()
    forget(engine, link)
    assert sorted(grouped(engine).values(), key=str) == sorted(({one}, {other}), key=str)
    [part] = grouped(engine).keys() - {whole}
    assert sorted(short(told())) == sorted(
        [("changed", whole, None), ("created", part, *grouped(engine)[part])]
    )


def test_a_copy_that_finds_another_original_is_told(engine, told):
    ids = [
        add(
            engine,
            FERRY[0] * 3,
            at=MONDAY + timedelta(hours=hours),
            url=f"https://{hours}.test",
            publisher=None,
        )
        for hours in range(3)
    ]
    told()
    with writing(engine) as connection:
        forget_article(connection, ids[0])
    changed = [change["subject_id"] for change in told() if change["kind"] == "article"]
    assert sorted(changed) == sorted(ids[1:])
    earlier = add(engine, FERRY[0] * 3, at=MONDAY - timedelta(hours=1), url="https://9.test", publisher=None)
    assert {change["subject_id"] for change in told() if change["kind"] == "article"} == set(ids[1:])
    assert earlier not in ids
