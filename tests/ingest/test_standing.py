from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.ingest.standing import Merge, Standing, fold_merges

A, B, C, ARTICLE = (UUID(int=number) for number in range(4))
FEW = st.integers(0, 5).map(lambda number: UUID(int=number))


def merges(*pairs):
    return [Merge(UUID(int=100 + number), *pair) for number, pair in enumerate(pairs)]


def test_a_later_merge_of_the_same_entity_overrules_the_earlier():
    into, overruled = fold_merges(made := merges((A, B), (A, C)))
    assert into == {A: C}
    assert overruled == {made[0].correction_id}


def test_a_merge_that_a_later_one_makes_a_circle_gives_way():
    into, overruled = fold_merges(made := merges((A, B), (B, C), (C, A)))
    assert into == {B: C, C: A}
    assert overruled == {made[0].correction_id}


def test_a_part_split_off_goes_where_it_is_merged():
    standing = Standing(into={B: C}, parts={(ARTICLE, A): B})
    assert standing.place(ARTICLE, A) == C
    assert standing.place(UUID(int=9), A) == A


def test_a_part_merged_back_into_its_whole_is_whole():
    assert Standing(into={B: A}, parts={(ARTICLE, A): B}).place(ARTICLE, A) == A


@given(st.lists(st.tuples(FEW, FEW), max_size=12))
def test_merges_never_go_in_circles_and_each_holds_or_is_overruled(pairs):
    into, overruled = fold_merges(made := merges(*pairs))
    for entity in into:
        assert Standing(into).survivor(entity) not in into
    held = {merge.entity_id: merge.into_id for merge in made if merge.correction_id not in overruled}
    assert held == into


@given(st.lists(st.tuples(FEW, FEW), max_size=8), st.dictionaries(st.tuples(st.just(ARTICLE), FEW), FEW), FEW)
def test_every_entity_is_placed_somewhere(pairs, parts, entity):
    Standing(fold_merges(merges(*pairs))[0], parts).place(ARTICLE, entity)
