from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.ingest.utterances import name_utterances
from app.stories import group, unite
from tests.stories.quotes import make_quote

STORY, KNOWN = UUID(int=1), UUID(int=2)
quotes = [make_quote(f"The wall of ward {number} was never finished.") for number in range(6)]


def test_an_id_stays_with_the_larger_part():
    three, one = unite(quotes[:3]), unite(quotes[3:4])
    named = name_utterances(STORY, [one, three], {quote.id: KNOWN for quote in quotes[:4]})
    assert {named[quote.id] for quote in quotes[:3]} == {KNOWN}
    assert named[quotes[3].id] != KNOWN


def test_of_two_ids_that_fall_together_that_of_most_quotes_stays():
    held = {quotes[0].id: KNOWN, quotes[1].id: STORY, quotes[2].id: STORY}
    assert set(name_utterances(STORY, [unite(quotes[:3])], held).values()) == {STORY}


@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
    st.lists(st.none() | st.uuids(), min_size=6, max_size=6),
)
def test_each_utterance_has_an_id_of_its_own_and_naming_again_changes_nothing(parts, ids):
    together = [[quotes[at] for at in range(6) if parts[at] == part] for part in set(parts)]
    utterances = [unite(members) for members in together]
    held = {quote.id: id_ for quote, id_ in zip(quotes, ids, strict=True)}
    named = name_utterances(STORY, utterances, held)
    assert len(set(named.values())) == len(utterances)
    assert name_utterances(STORY, utterances, named) == named


def test_naming_goes_by_the_earliest_quote_and_its_story():
    [utterance] = group(quotes[:1])
    named = name_utterances(STORY, [utterance], {})
    assert named == name_utterances(STORY, [utterance], {quotes[0].id: None})
    assert named != name_utterances(KNOWN, [utterance], {})
