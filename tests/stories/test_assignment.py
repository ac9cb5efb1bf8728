from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from app.documents import RawDocument
from app.extraction import extract
from app.stories.assignment import (
    KEYS,
    PROFILE_TERMS,
    ArticleVector,
    assign,
    candidate_keys,
    find_merge,
    join,
    merge,
    open_story,
    regroup,
    similarity,
)
from app.stories.terms import stem, terms_of
from app.stories.vectors import VECTOR_TERMS, Frequencies, dot, weigh

EMPTY = Frequencies()
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FERRY = (
    "A ferry with 214 passengers ran aground off Port Amelie on Monday after its rudder failed.",
    "All 214 passengers of the ferry that ran aground off Port Amelie are safe, the coastguard said.",
    "Investigators in Port Amelie said a broken rudder drove the ferry onto the rocks.",
)
OTHER_FERRY = (
    "A ferry with 58 passengers caught fire off Kalvik on Friday; the engine room of the Nordlys burned."
)
BUDGET = "Parliament in Tarvia rejected the budget of Prime Minister Ilse Brandt by three votes."


def vector(text, at=None, frequencies=EMPTY) -> ArticleVector:
    return ArticleVector(weigh(terms_of(text), frequencies), at)


def story(*texts, at=None, name="story"):
    profile = open_story(uuid5(UUID(int=0), name), vector(texts[0], at))
    for text in texts[1:]:
        profile = join(profile, vector(text, at))
    return profile


def test_an_article_without_candidates_opens_a_story():
    decision = assign(vector(FERRY[0]), ())
    assert (decision.story_id, decision.similarity) == (None, 0.0)


def test_an_article_joins_the_story_of_its_event():
    ferry, budget = story(*FERRY[:2], name="ferry"), story(BUDGET, name="budget")
    decision = assign(vector(FERRY[2]), (budget, ferry))
    assert decision.story_id == ferry.id
    assert "amelie" in decision.reason


def test_an_article_about_something_else_opens_a_story():
    assert assign(vector(BUDGET), (story(*FERRY),)).story_id is None


def test_the_same_kind_of_accident_in_another_town_is_another_story():
    assert assign(vector(OTHER_FERRY), (story(*FERRY),)).story_id is None


def test_the_two_seeds_are_one_story_of_an_empty_database():
    folder = Path(__file__).parents[2] / "seeds"
    first, second = (extract(RawDocument(path.read_bytes())) for path in sorted(folder.glob("*.txt")))
    opened = story(f"{first.headline.value} {first.text}")
    frequencies = Frequencies(1, dict.fromkeys(terms_of(first.text), 1))
    assert assign(vector(second.text, None, frequencies), (opened,)).story_id == opened.id


def test_time_between_articles_makes_them_less_alike():
    near, far = (story(*FERRY, at=MONDAY - timedelta(days=days)) for days in (2, 60))
    article = vector(FERRY[0], MONDAY)
    assert similarity(article, near) == similarity(vector(FERRY[0]), near)
    assert similarity(article, far) < similarity(article, near) / 8


def test_an_article_that_arrives_late_counts_from_the_days_of_the_story():
    running = join(story(FERRY[0], at=MONDAY - timedelta(days=20)), vector(FERRY[1], MONDAY))
    assert similarity(vector(FERRY[2], MONDAY - timedelta(days=10)), running) == similarity(
        vector(FERRY[2]), running
    )


def test_the_second_best_story_is_named_when_it_would_have_done():
    one, other = story(FERRY[0], name="one"), story(FERRY[1], name="other")
    assert assign(vector(FERRY[2] + FERRY[1] + FERRY[0]), (one, other)).runner_up in {one.id, other.id}


def test_stories_that_have_grown_alike_are_one():
    one, other = story(*FERRY[:2], name="one"), story(FERRY[2], FERRY[0], name="other")
    assert find_merge(one, (one, story(BUDGET, name="budget"), other)) == other.id
    assert find_merge(one, (one, story(BUDGET, name="budget"))) is None


def test_merging_keeps_the_first_id_and_counts_all_articles():
    one, other = story(*FERRY, at=MONDAY, name="one"), story(BUDGET, name="other")
    merged = merge(one, other)
    assert (merged.id, merged.article_count, merged.first_at, merged.last_at) == (one.id, 4, MONDAY, MONDAY)


def test_a_story_of_two_events_falls_into_its_parts():
    texts = (FERRY[0], BUDGET, *FERRY[1:])
    articles = {UUID(int=number): vector(text) for number, text in enumerate(texts)}
    assert regroup(articles) == ((UUID(int=0), UUID(int=2), UUID(int=3)), (UUID(int=1),))


def test_parts_that_turn_out_to_be_one_event_stay_together():
    texts = (
        "Vaccines spoiled at Harlow clinic after freezers failed overnight.",
        "Engineers blamed Merrick substation; squirrels chewed its transformer.",
    )
    both = " ".join(texts)
    articles = {UUID(int=number): vector(text) for number, text in enumerate((*texts, both))}
    assert [len(part) for part in regroup(articles)] == [3]


def test_a_name_is_counted_apart_from_the_word():
    assert {"w:brandt", "n:brandt"} <= set(terms_of("Brandt spoke."))
    assert "n:budget" not in terms_of("Budget talks failed. The budget is open.")


def test_numbers_are_terms_of_their_own():
    assert {"#:214", "#:16-year-old"} <= set(terms_of("A 16-year-old and 214 others"))


def test_regular_endings_are_cut():
    assert stem("robberies") == stem("robbery")
    assert stem("closed") == stem("closes") == stem("close")
    assert stem("stopped") == stem("stops") == "stop"
    assert stem("crisis") == "crisis"


def test_a_word_common_in_the_database_weighs_less():
    rare = weigh(terms_of("ferry brandt"), Frequencies())
    common = weigh(terms_of("ferry brandt"), Frequencies(1000, {"w:ferry": 900}))
    assert common["w:ferry"] < rare["w:ferry"]


def test_an_empty_text_has_no_terms_and_joins_nothing():
    assert assign(vector(""), (story(*FERRY), story("", name="empty"))).story_id is None


def test_vectors_profiles_and_keys_have_bounded_sizes():
    long = " ".join(f"Wörd{number} {number}" for number in range(20_000))
    article = vector(long)
    assert len(article.weights) <= VECTOR_TERMS
    assert len(candidate_keys(article.weights)) == KEYS
    profile = story(long, " ".join(f"other{number}" for number in range(1000)))
    assert len(profile.weights) <= PROFILE_TERMS


@given(st.text(max_size=300))
def test_a_vector_is_no_longer_than_one_and_heaviest_first(text):
    weights = weigh(terms_of(text), Frequencies())
    assert dot(weights, weights) <= 1 + 1e-9
    assert list(weights.values()) == sorted(weights.values(), reverse=True)


@given(st.text(max_size=300))
def test_an_article_is_most_similar_to_its_own_story(text):
    article = vector(text)
    if article.weights:
        assert abs(similarity(article, open_story(UUID(int=1), article)) - 1) < 1e-9
