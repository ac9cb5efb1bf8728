from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from app.documents import RawDocument
from app.extraction import extract
from app.stories.assignment import (
    KEYS,
    PROFILE_TERMS,
    THRESHOLD,
    ArticleVector,
    candidate_keys,
    find_near,
    profile_of,
    similarity,
)
from app.stories.terms import stem, terms_of
from app.stories.vectors import VECTOR_TERMS, Frequencies, dot, weigh
from tests.stories.events import BUDGET, FERRY, MONDAY

EMPTY = Frequencies()
OTHER_FERRY = (
    "A ferry with 58 passengers caught fire off Kalvik on Friday; the engine room of the Nordlys burned."
)


def vector(text, at=None, frequencies=EMPTY) -> ArticleVector:
    return ArticleVector(weigh(terms_of(text), frequencies), at)


def story(*texts, at=None, name="story"):
    return profile_of(uuid5(UUID(int=0), name), [vector(text, at) for text in texts])


def test_an_article_without_candidates_is_near_nothing():
    assert find_near(vector(FERRY[0]), ()) == ()


def test_an_article_is_near_the_story_of_its_event():
    ferry, budget = story(*FERRY[:2], name="ferry"), story(BUDGET, name="budget")
    assert find_near(vector(FERRY[2]), (budget, ferry)) == (ferry.id,)


def test_an_article_about_something_else_is_near_nothing():
    assert find_near(vector(BUDGET), (story(*FERRY),)) == ()


def test_the_same_kind_of_accident_in_another_town_is_another_story():
    assert similarity(vector(OTHER_FERRY), story(*FERRY)) < THRESHOLD


def test_the_two_seeds_are_one_story_of_an_empty_database():
    folder = Path(__file__).parents[2] / "seeds"
    first, second = (extract(RawDocument(path.read_bytes())) for path in sorted(folder.glob("*.txt")))
    opened = story(f"{first.headline.value} {first.text}")
    frequencies = Frequencies(1, dict.fromkeys(terms_of(first.text), 1))
    assert similarity(vector(second.text, None, frequencies), opened) > 2 * THRESHOLD


def test_of_two_stories_the_nearer_comes_first():
    one, other = story(FERRY[0], name="one"), story(FERRY[1], name="other")
    near = find_near(vector(FERRY[1] + FERRY[2]), (one, story(BUDGET, name="budget"), other))
    assert near == (other.id, one.id)


def test_time_between_articles_makes_them_less_alike():
    near, far = (story(*FERRY, at=MONDAY - timedelta(days=days)) for days in (2, 60))
    article = vector(FERRY[0], MONDAY)
    assert similarity(article, near) == similarity(vector(FERRY[0]), near)
    assert similarity(article, far) < similarity(article, near) / 8


def test_an_article_that_arrives_late_counts_from_the_days_of_the_story():
    dates = (MONDAY - timedelta(days=20), MONDAY)
    running = profile_of(UUID(int=1), [vector(text, at) for text, at in zip(FERRY, dates, strict=False)])
    assert similarity(vector(FERRY[2], MONDAY - timedelta(days=10)), running) == similarity(
        vector(FERRY[2]), running
    )


def test_a_term_said_often_comes_before_a_rare_one_among_keys():
    weights = weigh(
        terms_of("ferry ferry ferry ferry sinks quixotically"), Frequencies(1000, {"w:ferry": 40})
    )
    assert candidate_keys(weights)[0] == "w:ferry"


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


def test_an_empty_text_has_no_terms_and_is_near_nothing():
    assert find_near(vector(""), (story(*FERRY), story("", name="empty"))) == ()


def test_vectors_profiles_and_keys_have_bounded_sizes():
    long = " ".join(f"Wörd{number} {number}" for number in range(20_000))
    article = vector(long)
    assert len(article.weights) <= VECTOR_TERMS
    assert len(candidate_keys(article.weights)) == KEYS
    profile = story(long, " ".join(f"other{number}" for number in range(1000)))
    assert len(profile.weights) <= PROFILE_TERMS


@given(st.text(max_size=300))
def test_a_vector_is_of_length_one(text):
    weights = weigh(terms_of(text), Frequencies())
    assert not weights or abs(dot(weights, weights) - 1) < 1e-9


@given(st.text(max_size=300))
def test_an_article_is_most_similar_to_its_own_story(text):
    article = vector(text)
    if article.weights:
        assert abs(similarity(article, profile_of(UUID(int=1), [article])) - 1) < 1e-9
