from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.stories import ArticleVector, Frequencies, regroup, share_out, terms_of, weigh
from tests.stories.events import BUDGET, FERRY, MONDAY

TEXTS = (
    *FERRY,
    BUDGET,
    "Ilse Brandt, prime minister of Tarvia, lost a vote on her budget in parliament by three votes.",
)
FIRST, SECOND, THIRD, FOURTH = (UUID(int=number) for number in range(1, 5))

parted = st.lists(st.integers(0, 3), min_size=1, max_size=12)


def articles(*texts, at=None):
    return {
        UUID(int=number): ArticleVector(weigh(terms_of(text), Frequencies()), at)
        for number, text in enumerate(texts, start=1)
    }


def as_sets(groups):
    return {frozenset(group) for group in groups}


def parts(labels, first=1):
    found = {}
    for number, label in enumerate(labels, start=first):
        found.setdefault(label, []).append(UUID(int=number))
    return found


def test_no_articles_are_no_stories():
    assert regroup({}) == ()


def test_articles_of_two_events_are_two_groups_the_larger_first():
    groups = regroup(articles(*TEXTS))
    assert [len(group) for group in groups] == [3, 2]


@given(st.permutations(range(len(TEXTS))))
def test_groups_do_not_depend_on_the_order_of_articles(order):
    known = list(articles(*TEXTS).items())
    assert regroup(dict(known[place] for place in order)) == regroup(dict(known))


def test_parts_that_turn_out_to_be_one_event_stay_together():
    texts = (
        "Vaccines spoiled at Harlow clinic after freezers failed overnight.",
        "Engineers blamed Merrick substation; squirrels chewed its transformer.",
    )
    assert [len(part) for part in regroup(articles(*texts, " ".join(texts)))] == [3]


def test_the_same_words_months_later_are_another_group():
    now = articles(*FERRY, at=MONDAY)
    later = {
        UUID(int=key.int + 10): ArticleVector(each.weights, MONDAY + timedelta(days=90))
        for key, each in now.items()
    }
    assert as_sets(regroup(now | later)) == {frozenset(now), frozenset(later)}


def test_an_article_between_two_dates_is_as_near_as_the_nearer():
    days = (0, 10, 20)
    one_by_one = {
        UUID(int=day + 1): ArticleVector(vector.weights, MONDAY + timedelta(days=day))
        for day, vector in zip(days, articles(*FERRY).values(), strict=True)
    }
    assert len(regroup(one_by_one)) == 1


def test_an_article_of_no_words_stands_alone():
    assert len(regroup(articles(FERRY[0], FERRY[1], ""))) == 2


def test_a_story_that_falls_apart_goes_on_as_its_larger_part():
    sharing = share_out({FIRST: [THIRD, SECOND, FOURTH]}, [(SECOND, THIRD), (FOURTH,)])
    assert (sharing.kept, sharing.new, sharing.gone) == ({FIRST: (SECOND, THIRD)}, ((FOURTH,),), {})


def test_of_stories_that_are_one_the_larger_stays():
    small, large = UUID(int=100), UUID(int=101)
    sharing = share_out({small: [FIRST], large: [SECOND, THIRD]}, [(FIRST, SECOND, THIRD, FOURTH)])
    assert sharing.kept == {large: (FIRST, SECOND, THIRD, FOURTH)}
    assert sharing.gone == {small: large}


@given(parted, parted)
def test_every_article_has_one_story_and_every_story_goes_on_or_leads_to_one_that_does(before, after):
    stories = {UUID(int=100 + label): members for label, members in parts(before).items()}
    groups = [tuple(group) for group in parts(after).values()]
    grouped = {article for group in groups for article in group}
    stories = {key: [each for each in members if each in grouped] for key, members in stories.items()}
    stories = {key: members for key, members in stories.items() if members}
    sharing = share_out(stories, groups)
    assert as_sets([*sharing.kept.values(), *sharing.new]) == as_sets(groups)
    assert len(sharing.kept) + len(sharing.new) == len(groups)
    assert sharing.kept.keys() | sharing.gone.keys() == stories.keys()
    assert set(sharing.gone.values()) <= sharing.kept.keys()
