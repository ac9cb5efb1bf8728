import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.db.engine import insert_rows, reading, writing
from app.db.ids import make_id
from app.db.keyset import page
from app.db.queries import ARTICLE, ArticleFilter, QuoteFilter, list_articles, list_quotes
from app.db.search import COMMON, Term, is_common, matches, parse
from app.db.story_queries import StoryFilter, list_stories
from app.db.tables import Article
from app.errors import BadQuery
from tests.factories import add_article


def found(engine, q):
    with reading(engine) as connection:
        return len(page(connection, list_articles(connection, ArticleFilter(q=q)), 20, None))


def test_words_are_anded_and_or_binds_tighter():
    query = parse("flood OR storm Lisbon")
    assert query.groups == ((Term(("flood",)), Term(("storm",))), (Term(("Lisbon",)),))


def test_punctuation_inside_a_word_makes_a_phrase():
    assert parse("pre-emptive").groups == ((Term(("pre", "emptive")),),)


@pytest.mark.parametrize("q", ["", "   ", '"', "***", "-only", "()", "a*", "ab*", "x " * 17])
def test_a_query_with_nothing_to_look_for_is_refused(q):
    with pytest.raises(BadQuery):
        parse(q)


@given(st.text(alphabet="\"*:^(){}-+ANDORNOTNEAR\x00 élan'\\%_;", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_parses_or_is_refused(q):
    try:
        parse(q)
    except BadQuery:
        return


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("bridge", 1),
        ("BRIDGE lisbon", 1),
        ("bridge Porto", 0),
        ("bridge OR Porto", 1),
        ('"rebuild the bridge"', 1),
        ('"bridge the rebuild"', 0),
        ("bridge -Okafor", 0),
        ("bridge -Porto", 1),
        ("rebu*", 1),
        ("rebu", 0),
        ("mayor", 1),
    ],
)
def test_articles_are_found_by_headline_and_text(engine, q, count):
    add_article(engine)
    assert found(engine, q) == count


@pytest.mark.parametrize(
    "q",
    [
        'foo"bar',
        "col:foo",
        "NEAR(a b)",
        "bridge)",
        "'; DROP TABLE article; --",
        "{a b}: c",
        "^bridge",
        "a:b*c",
        "\\'x & y",
    ],
)
def test_engine_syntax_in_q_is_only_words(engine, q):
    add_article(engine)
    assert found(engine, q) in {0, 1}


def test_a_quote_is_found_by_its_words_and_no_longer_once_deleted(engine):
    from app.ingest.store import forget_article

    article_id = add_article(engine)
    with reading(engine) as connection:
        assert len(page(connection, list_quotes(connection, QuoteFilter(q="rebuild")), 20, None)) == 1
    with writing(engine) as connection:
        assert forget_article(connection, article_id)
    with reading(engine) as connection:
        assert page(connection, list_quotes(connection, QuoteFilter(q="rebuild")), 20, None) == []


def test_letters_with_marks_and_dotted_abbreviations_are_found(engine):
    add_article(engine, text="The café in the U.S. embassy was shut.", people=(), places=())
    assert found(engine, "café") == 1
    assert found(engine, "U.S.") == 1


@pytest.mark.parametrize("q", ["bridge", "bridge -Porto", '"the bridge"', "rebu* OR Porto", "Porto"])
def test_walking_the_list_finds_what_collecting_all_matches_finds(engine, q):
    for number in range(3):
        add_article(engine, content=str(number))
        add_article(engine, text=f"Porto has bridge number {number}.")
    found = [
        select(ARTICLE.c.id).where(
            matches(engine.dialect.name, "article", ARTICLE.c.search_key, q, walks=walks)
        )
        for walks in (True, False)
    ]
    with reading(engine) as connection:
        walked, collected = (set(connection.execute(statement).scalars()) for statement in found)
    assert walked == collected


def test_few_matches_are_not_common(engine):
    add_article(engine)
    with reading(engine) as connection:
        assert not is_common(connection, "article", "bridge")


def test_a_changed_headline_is_found_by_its_new_words_alone(engine):
    add_article(engine, headline="Ferry to run again")
    with writing(engine) as connection:
        connection.execute(update(ARTICLE).values(headline="Ferry sold for scrap"))
    assert (found(engine, '"sold for scrap"'), found(engine, '"run again"')) == (1, 0)


@pytest.mark.parametrize(("q", "count"), [("bridge", 1), ("bridge -Okafor", 0), ('"bridge the rebuild"', 0)])
def test_a_story_of_thousands_of_articles_is_found_by_their_words_once(engine, q, count):
    add_article(engine)
    with writing(engine) as connection:
        row = dict(connection.execute(select(ARTICLE)).mappings().one())
        copies = [
            row | {"id": make_id("copy", number), "search_key": number, "natural_key": f"copy:{number}"}
            for number in range(COMMON["postgresql"])
        ]
        insert_rows(connection, Article, copies)
    with reading(engine) as connection:
        assert (
            len(page(connection, list_stories(connection, StoryFilter(q=q), pages=True), 20, None)) == count
        )
