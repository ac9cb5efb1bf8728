"""Whom a phrase means, by the network's chances and its head: words are numbers, chains too."""

import numpy as np
import pytest

from app.nlp.coreference.resolving import Place, resolve_phrases
from app.nlp.tagger.decode import DISTANCE_BUCKETS, FAR
from app.nlp.tagger.heads import WHO
from app.nlp.tagger.who import Asking, near_scores

ANA, RUI, TOM = 0, 1, 2  # chains
PERSON, FIRM = frozenset(("person",)), frozenset(("organization",))


def asking(**shares: dict[int | None, float]) -> Asking:
    """Return who asks for whom: `word_9={0: 0.7, None: 0.3}`; other words ask for nobody."""
    who = np.zeros((60, 2 * WHO))
    who[:, WHO:] = np.eye(60, WHO)
    nobody = np.full(60, 30.0)
    for name, asked in shares.items():
        word = int(name.removeprefix("word_"))
        nobody[word] = 30 + np.log(asked[None]) if None in asked else 0.0
        for meant, share in asked.items():
            if meant is not None:
                who[word, meant] = (30 + np.log(share)) * WHO**0.5
    return Asking(who, nobody, np.arange(60), near_scores([0.0] * DISTANCE_BUCKETS))


def name(word, chain, kinds=PERSON, words=""):
    return Place(word, kinds, frozenset(words.split()), None, chain)


def phrase(word, kinds=PERSON, head="mayor"):
    return Place(word, kinds, frozenset((head,)))


NAMES = [name(0, ANA), name(10, RUI), name(20, TOM)]


def test_phrase_is_the_likeliest_chain():
    [answer] = resolve_phrases(asking(word_30={0: 0.8, 10: 0.2}), NAMES, [phrase(30)])
    assert (answer.chain, answer.confidence, answer.alternatives) == (ANA, 0.8, ((RUI, 0.2),))


def test_chances_of_all_mentions_of_a_chain_add_up():
    names = [*NAMES, name(25, RUI)]
    [answer] = resolve_phrases(asking(word_30={0: 0.4, 10: 0.3, 25: 0.3}), names, [phrase(30)])
    assert (answer.chain, answer.confidence) == (RUI, 0.6)


def test_phrase_without_names_is_somebody_of_its_own():
    [answer] = resolve_phrases(asking(), [], [phrase(30)])
    assert answer.chain is not None
    assert answer.chain < 0


def test_phrase_that_asks_for_nobody_is_somebody_of_its_own():
    one, other = resolve_phrases(asking(), NAMES, [phrase(30), phrase(40)])
    assert one.chain < 0
    assert other.chain < 0
    assert one.chain != other.chain


def test_phrase_that_means_another_without_a_name_shares_its_chain():
    one, other = resolve_phrases(asking(word_40={30: 1.0}), NAMES, [phrase(30), phrase(40)])
    assert one.chain == other.chain < 0


def test_phrase_takes_the_name_of_the_phrase_it_means():
    _, other = resolve_phrases(asking(word_30={10: 1.0}, word_40={30: 1.0}), NAMES, [phrase(30), phrase(40)])
    assert other.chain == RUI


def test_phrase_before_the_name_may_mean_it():
    [answer] = resolve_phrases(asking(word_5={20: 1.0}), NAMES, [phrase(5)])
    assert answer.chain == TOM


def test_phrase_of_another_kind_is_not_meant():
    names = [name(0, ANA), name(10, RUI, FIRM)]
    [answer] = resolve_phrases(asking(word_30={0: 0.9, 10: 0.1}), names, [phrase(30, FIRM)])
    assert answer.chain == RUI


def test_phrase_of_two_kinds_may_mean_either():
    names = [name(0, ANA), name(10, RUI, FIRM)]
    [answer] = resolve_phrases(asking(word_30={0: 0.9, 10: 0.1}), names, [phrase(30, PERSON | FIRM)])
    assert answer.chain == ANA


def test_unlikely_chain_is_no_alternative():
    [answer] = resolve_phrases(asking(word_30={0: 0.86, 10: 0.14}), NAMES, [phrase(30)])
    assert answer.alternatives == ()


def test_mention_a_window_away_has_no_chance():
    far = Asking(
        asking(word_30={0: 1.0}).who,
        np.zeros(60),
        np.arange(60) * FAR // 30,
        near_scores([0.0] * DISTANCE_BUCKETS),
    )
    [answer] = resolve_phrases(far, [name(0, ANA)], [phrase(30)])
    assert answer.chain < 0
    [near] = resolve_phrases(far, [name(1, ANA)], [phrase(29)])
    assert near.confidence > 0


def test_chances_of_a_word_are_one_together():
    named, nobody = asking(word_30={0: 0.5, 10: 0.2, None: 0.3}).chances(30, [0, 10, 20])
    assert named.tolist() == pytest.approx([0.5, 0.2, 0.0], abs=1e-9)
    assert nobody == pytest.approx(0.3)


def test_head_that_stands_in_a_name_speaks_for_the_name():
    names = [name(0, ANA, FIRM, "harbury zoo"), name(10, RUI, FIRM, "corvo air")]
    asked = asking(word_30={0: 0.4, 10: 0.6})
    [answer] = resolve_phrases(asked, names, [phrase(30, FIRM, "zoo")])
    assert answer.chain == ANA
    [answer] = resolve_phrases(asked, names, [phrase(30, FIRM, "board")])
    assert answer.chain == RUI


def test_phrase_with_another_head_is_less_likely_the_same():
    asked = asking(word_40={30: 0.5, 0: 0.5})
    _, other = resolve_phrases(asked, NAMES, [phrase(30, head="baker"), phrase(40, head="judge")])
    assert other.chain == ANA
    first, same = resolve_phrases(asked, NAMES, [phrase(30, head="judge"), phrase(40, head="judge")])
    assert same.chain == first.chain


def test_phrases_that_mean_the_same_are_heard_together():
    asked = asking(word_30={0: 0.3, None: 0.7}, word_40={30: 0.3, 0: 0.7})
    one, other = resolve_phrases(asked, NAMES, [phrase(30), phrase(40)])
    assert one.chain == other.chain == ANA
