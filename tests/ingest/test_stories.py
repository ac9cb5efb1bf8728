"""Articles of one event end in one story, whatever comes first, changes or goes."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from app.db.engine import reading, writing
from app.db.ids import make_id
from app.ingest import stories
from app.ingest.catching_up import catch_up
from app.ingest.corrections import NewCorrection, correct
from app.ingest.store import forget_article
from app.ingest.utterances import settle
from tests.factories import add_article, make_annotated

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SAID = "Nobody was hurt when the rudder broke, and the ferry will be towed"
FERRY = (
    f"""A ferry with 214 passengers ran aground off Port Amelie after its rudder failed. “{SAID} to Kalvik,” said
Ilse Brandt.""",
    f"""All 214 passengers of the ferry that ran aground off Port Amelie are safe. “{SAID},” said Ilse Brandt, the
harbour master of Port Amelie.""",
    "Investigators in Port Amelie said a broken rudder drove the ferry with 214 passengers onto the rocks.",
)
BUDGET = "Parliament in Tarvia rejected the budget of Prime Minister Oto Lind by three votes."
QUOTES = (
    [(f"{SAID} to Kalvik,", "said", "Ilse Brandt")],
    [(f"{SAID},", "said", "Ilse Brandt")],
    [],
)
TABLES = (
    "story",
    "story_terms",
    "story_key",
    "merged_story",
    "stale_story",
    "article_terms",
    "term_frequency",
    "story_publisher",
    "story_entity",
)


def add(engine, text, *, at=MONDAY, quotes=None, **options):
    people = tuple(name for name in ("Ilse Brandt", "Oto Lind") if name in text)
    if quotes is None:
        quotes = dict(zip(FERRY, QUOTES, strict=True)).get(text, [])
    annotated = make_annotated(
        text, people=people, places=(), quotes=quotes, published_at=at, headline=None, **options
    )
    return add_article(engine, annotated, content=options.get("url", text))


def forget(engine, article_id):
    with writing(engine) as connection:
        assert forget_article(connection, article_id)
    settle(engine)


def rows(engine, statement):
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sql(statement))]


def grouped(engine):
    """Return the stories as sets of articles."""
    found: dict[UUID, set[UUID]] = {}
    for article_id, story_id in rows(engine, "SELECT id, story_id FROM article"):
        found.setdefault(UUID(str(story_id)), set()).add(UUID(str(article_id)))
    return found


def utterances(engine):
    return rows(engine, "SELECT utterance_id, count(*) FROM quote GROUP BY utterance_id ORDER BY 2 DESC")


def assert_stories_fit_their_articles(engine):
    wrong = """
        SELECT s.id FROM story s WHERE
          s.article_count != (SELECT count(*) FROM article a WHERE a.story_id = s.id)
          OR s.quote_count != (SELECT sum(a.quote_count) FROM article a WHERE a.story_id = s.id)
          OR s.publisher_count != (SELECT count(DISTINCT a.publisher_id) FROM article a WHERE a.story_id = s.id)
          OR s.ordered_at != (SELECT max(a.ordered_at) FROM article a WHERE a.story_id = s.id)
    """
    assert rows(engine, wrong) == []
    assert rows(engine, "SELECT * FROM story_publisher ORDER BY 1, 2") == rows(
        engine,
        """
        SELECT story_id, publisher_id, max(ordered_at) FROM article
        WHERE publisher_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
        """,
    )
    assert rows(engine, "SELECT * FROM story_entity ORDER BY 1, 2") == rows(
        engine,
        """
        SELECT story_id, entity_id, max(l.ordered_at), max(CASE WHEN l.quote_count > 0 THEN l.ordered_at END)
        FROM article a JOIN article_entity l ON l.article_id = a.id GROUP BY 1, 2 ORDER BY 1, 2
        """,
    )
    assert rows(engine, "SELECT id FROM article WHERE story_id NOT IN (SELECT id FROM story)") == []
    assert rows(engine, "SELECT id FROM quote WHERE utterance_id IS NULL") == []
    assert rows(engine, "SELECT * FROM stale_story") == []
    apart = "SELECT count(DISTINCT a.story_id) FROM quote q JOIN article a ON a.id = q.article_id"
    assert rows(engine, f"{apart} GROUP BY q.utterance_id HAVING count(DISTINCT a.story_id) > 1") == []
    [(articles,)] = rows(engine, "SELECT count(*) FROM article")
    counted = rows(engine, "SELECT article_count FROM term_frequency WHERE term = ''")
    assert counted == ([(articles,)] if articles else [])


def test_articles_of_one_event_are_one_story_and_another_event_is_another(engine):
    ferry = {add(engine, text) for text in FERRY}
    budget = add(engine, BUDGET)
    assert sorted(map(len, grouped(engine).values())) == [1, 3]
    assert ferry in grouped(engine).values()
    assert {budget} in grouped(engine).values()
    assert_stories_fit_their_articles(engine)


def test_a_story_goes_by_the_article_that_founded_it(engine):
    founder, later = add(engine, FERRY[0]), add(engine, FERRY[1])
    assert grouped(engine) == {make_id("story", founder): {founder, later}}


@pytest.mark.parametrize("order", [(None, MONDAY), (MONDAY, None), (MONDAY, MONDAY - timedelta(days=2))])
def test_undated_and_late_articles_find_their_story(engine, order):
    for text, at in zip(FERRY, order, strict=False):
        add(engine, text, at=at)
    assert len(grouped(engine)) == 1


def test_a_late_article_is_compared_with_those_of_its_own_days(engine, monkeypatch):
    monkeypatch.setattr(stories, "NEIGHBOURS", 2)
    for number, text in enumerate(FERRY * 3):
        add(engine, f"{text} Report {number}.", at=MONDAY + timedelta(days=8 * number), quotes=[])
    add(engine, FERRY[0], at=MONDAY, quotes=[])
    assert [len(members) for members in grouped(engine).values()] == [10]
    assert_stories_fit_their_articles(engine)


def test_the_same_words_of_months_later_are_another_story(engine):
    add(engine, FERRY[0])
    add(engine, FERRY[1], at=MONDAY + timedelta(days=200))
    assert len(grouped(engine)) == 2


def test_the_same_words_in_two_articles_are_one_utterance(engine):
    add(engine, FERRY[0])
    add(engine, FERRY[1])
    assert [count for _, count in utterances(engine)] == [2]


def test_an_utterance_keeps_its_id_when_others_join_and_leave(engine):
    add(engine, FERRY[0])
    [(alone, _)] = utterances(engine)
    second = add(engine, FERRY[1])
    assert utterances(engine) == [(alone, 2)]
    forget(engine, second)
    assert utterances(engine) == [(alone, 1)]


def test_a_story_whose_last_article_goes_is_gone_with_all_that_was_kept_of_it(engine):
    for article_id in [add(engine, text) for text in FERRY]:
        forget(engine, article_id)
        assert_stories_fit_their_articles(engine)
    assert all(rows(engine, f"SELECT * FROM {table}") == [] for table in TABLES)


def test_a_revised_article_of_another_event_leaves_its_story(engine):
    first = add(engine, FERRY[0], url="https://news.test/1")
    second = add(engine, FERRY[1], url="https://news.test/2")
    annotated = make_annotated(BUDGET, people=("Oto Lind",), places=(), quotes=[], url="https://news.test/2")
    assert add_article(engine, annotated, content="revised") == second
    assert sorted(grouped(engine).values(), key=str) == sorted([{first}, {second}], key=str)
    assert_stories_fit_their_articles(engine)


def test_an_article_read_again_keeps_story_and_utterances(engine):
    for text in FERRY:
        add(engine, text)
    before = grouped(engine), utterances(engine)
    annotated = make_annotated(FERRY[0], people=("Ilse Brandt",), places=(), quotes=QUOTES[0], headline=None)
    add_article(engine, annotated, content=FERRY[0], version="next")
    assert (grouped(engine), utterances(engine)) == before
    assert_stories_fit_their_articles(engine)


def test_a_story_that_held_two_events_splits_when_their_link_goes(engine):
    ferry = [add(engine, text) for text in FERRY]
    budget = add(engine, BUDGET)
    [kept] = [story_id for story_id, members in grouped(engine).items() if members == set(ferry)]
    with writing(engine) as connection:  # as if the budget had once been taken for the same event
        written = {"one": kept.hex if engine.dialect.name == "sqlite" else kept}
        connection.execute(sql("UPDATE article SET story_id = :one"), written)
        connection.execute(sql("DELETE FROM story WHERE id <> :one"), written)
    forget(engine, ferry[0])
    assert grouped(engine) == {kept: set(ferry[1:]), make_id("story", budget): {budget}}
    assert_stories_fit_their_articles(engine)


def test_two_stories_that_turn_out_to_be_one_leave_a_trace(engine):
    flood = "Vaccines spoiled at Harlow clinic after freezers failed overnight."
    power = "Engineers blamed Merrick substation; squirrels chewed its transformer."
    one, other = add(engine, flood), add(engine, power)
    assert len(grouped(engine)) == 2
    add(engine, f"{flood} {power}")
    [(story_id, members)] = grouped(engine).items()
    assert {one, other} < members
    [(gone, survivor)] = rows(engine, "SELECT story_id, survivor_id FROM merged_story")
    assert UUID(str(survivor)) == story_id
    assert {UUID(str(gone)), story_id} == {make_id("story", one), make_id("story", other)}
    assert_stories_fit_their_articles(engine)


def test_a_story_of_two_events_falls_apart_as_more_is_printed_of_each(engine):
    clinic = "Vaccines spoiled at Harlow clinic after freezers failed overnight."
    power = "Engineers blamed Merrick substation; squirrels chewed its transformer."
    both = add(engine, f"{clinic} {power}")
    first = [add(engine, text) for text in (clinic, power)]
    assert [len(members) for members in grouped(engine).values()] == [3]
    more = [
        (clinic + " Nurses threw away the vaccines.", power + " The transformer burned."),
        (clinic + " Harlow ordered other freezers.", power + " Engineers trapped the squirrels."),
        (clinic + " Overnight nobody noticed.", power + " Merrick was dark."),
        (clinic + " Doctors were told.", power + " The substation was repaired."),
    ]
    parts = [
        {article_id, *(add(engine, texts[number]) for texts in more)}
        for number, article_id in enumerate(first)
    ]
    assert [members - {both} in parts for members in grouped(engine).values()] == [True, True]
    assert_stories_fit_their_articles(engine)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_stories_are_the_same_in_whatever_order_their_articles_come(engine, order):
    texts = (*FERRY, BUDGET, BUDGET + " Oto Lind left the hall, and parliament in Tarvia rose.")
    added = {number: add(engine, texts[number]) for number in order}
    parts = {frozenset(added[number] for number in part) for part in ((0, 1, 2), (3, 4))}
    assert set(map(frozenset, grouped(engine).values())) == parts
    assert_stories_fit_their_articles(engine)


def test_two_writers_of_one_event_end_in_one_story(engine):
    threads = [threading.Thread(target=add, args=(engine, text)) for text in FERRY]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(members) for members in grouped(engine).values()] == [3]
    assert_stories_fit_their_articles(engine)


def test_articles_stored_before_stories_existed_are_caught_up(engine):
    for text in (*FERRY, BUDGET):
        add(engine, text)
    before = sorted(map(sorted, grouped(engine).values()))
    with writing(engine) as connection:
        connection.execute(sql("UPDATE article SET story_id = NULL"))
        connection.execute(sql("UPDATE quote SET utterance_id = NULL"))
        for table in TABLES:
            connection.execute(sql(f"DELETE FROM {table}"))
    assert catch_up(engine, is_stopped=lambda: False) == 4
    assert sorted(map(sorted, grouped(engine).values())) == before
    assert_stories_fit_their_articles(engine)
    assert catch_up(engine, is_stopped=lambda: False) == 0


def test_articles_that_an_older_version_has_weighed_are_grouped_again(engine):
    for text in (*FERRY, BUDGET):
        add(engine, text)
    before = sorted(map(sorted, grouped(engine).values()))
    kept = max(grouped(engine).items(), key=lambda story: len(story[1]))[0]
    with writing(engine) as connection:  # as if all had been one story to the older version
        written = {"one": kept.hex if engine.dialect.name == "sqlite" else kept}
        connection.execute(sql("UPDATE article SET story_id = :one"), written)
        connection.execute(sql("DELETE FROM story WHERE id <> :one"), written)
        connection.execute(sql("UPDATE article_terms SET version = version - 1"))
    assert catch_up(engine, is_stopped=lambda: False) == 4
    assert sorted(map(sorted, grouped(engine).values())) == before
    assert_stories_fit_their_articles(engine)
    assert catch_up(engine, is_stopped=lambda: False) == 0


def test_a_rejected_quote_leaves_the_story_s_count_and_its_utterance(engine):
    for text in FERRY[:2]:
        add(engine, text)
    [(quote_id,), _] = rows(engine, "SELECT id FROM quote ORDER BY id")
    by = {"author": "test", "reason": "test"}
    with writing(engine) as connection:
        made = correct(connection, NewCorrection(kind="reject", quote_id=UUID(str(quote_id)), **by))
    settle(engine)
    assert rows(engine, "SELECT quote_count FROM story") == [(1,)]
    assert_stories_fit_their_articles(engine)
    with writing(engine) as connection:
        correct(connection, NewCorrection(kind="restore", correction_id=made, **by))
    settle(engine)
    assert [count for _, count in utterances(engine)] == [2]
    assert_stories_fit_their_articles(engine)


def test_a_fault_in_the_same_transaction_leaves_no_story(engine):
    class Fault(Exception): ...

    article_id = add(engine, FERRY[0])

    def leave():
        with writing(engine) as connection:
            stories.withdraw(connection, article_id)
            raise Fault

    with pytest.raises(Fault):
        leave()
    assert len(grouped(engine)) == 1
    assert_stories_fit_their_articles(engine)


@given(st.permutations(range(8)), st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_counts_hold_whatever_comes_and_goes(make_database, order, data):
    from app.db.engine import make_engine

    engine = make_engine(make_database())
    texts = [*FERRY, BUDGET, FERRY[0] + " It rained.", BUDGET + " Oto Lind left.", "One.", "—"]
    added = [
        add(engine, texts[number], at=data.draw(st.sampled_from([None, MONDAY])), quotes=[])
        for number in order
    ]
    for article_id in data.draw(st.lists(st.sampled_from(added), unique=True)):
        forget(engine, article_id)
        assert_stories_fit_their_articles(engine)
    engine.dispose()
