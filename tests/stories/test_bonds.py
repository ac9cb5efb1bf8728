from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.stories import ArticleVector, Frequencies, find_bonds, terms_of, weigh
from tests.stories.events import FERRY, MONDAY

words = st.lists(
    st.sampled_from(["ferry", "rudder", "Amelie", "214", "rocks", "mayor"]), min_size=1, max_size=6
)


def bonds(*texts, dates=()):
    dates = dates or [None] * len(texts)
    articles = {
        UUID(int=number): ArticleVector(weigh(terms_of(text), Frequencies()), at)
        for number, (text, at) in enumerate(zip(texts, dates, strict=True))
    }
    return find_bonds(articles)


def test_an_article_alone_is_like_no_other():
    [bond] = bonds(FERRY[0])
    assert (bond.similarity, bond.confidence, bond.nearest, bond.shared) == (None, None, None, ())


def test_a_bond_names_the_nearest_article_and_what_is_shared():
    first, second, third = bonds(*FERRY[:2], "Investigators blamed a broken rudder.")
    assert first.nearest[0] == second.article_id
    assert third.nearest[0] == first.article_id
    assert third.shared[0] == "w:rudder"
    assert {"n:amelie", "#:214"} <= set(second.shared)
    assert "w:coastguard" not in second.shared
    assert first.similarity > third.similarity


def test_more_alike_is_surer_within_what_was_measured():
    confidences = [
        bond.confidence
        for bond in bonds(FERRY[0], FERRY[0] + " It rained.", "Investigators blamed a broken rudder.")
    ]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0.9 <= each <= 0.99 for each in confidences)


def test_months_between_articles_loosen_the_bond():
    near, _ = bonds(*FERRY[:2], dates=(MONDAY, MONDAY))
    far, _ = bonds(*FERRY[:2], dates=(MONDAY, MONDAY + timedelta(days=60)))
    assert far.similarity < near.similarity / 8


@given(st.lists(words, min_size=2, max_size=6))
def test_the_nearest_is_at_least_as_near_as_the_others_in_the_mean(texts):
    for bond in bonds(*(" ".join(each) for each in texts)):
        assert 0 <= bond.similarity <= bond.nearest[1] + 1e-9
        assert bond.nearest[1] <= 1 + 1e-9
        assert bond.nearest[0] != bond.article_id
