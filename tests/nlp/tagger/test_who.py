"""Asking and answering vectors, by hand."""

import numpy as np
import pytest

from app.nlp.tagger.decode import DISTANCE_BUCKETS, FAR
from app.nlp.tagger.heads import WHO
from app.nlp.tagger.who import Asking, near_scores, nobody_scores


def vectors(asks, answers):
    """Return vectors [words, 2 * WHO] from their first numbers."""
    who = np.zeros((len(asks), 2 * WHO))
    who[:, 0], who[:, WHO] = asks, answers
    return who


def test_word_means_the_one_whose_answer_fits():
    asking = Asking(
        vectors([0, 0, 80], [0, 1, 0]), np.zeros(3), np.arange(3), near_scores([0.0] * DISTANCE_BUCKETS)
    )
    chances, nobody = asking.chances(2, [0, 1])
    assert chances[1] > 0.99
    assert chances.sum() + nobody == pytest.approx(1)


def test_word_means_nobody_where_that_scores_higher():
    asking = Asking(
        vectors([0, 0, 80], [0, 1, 0]), np.full(3, 20.0), np.arange(3), near_scores([0.0] * DISTANCE_BUCKETS)
    )
    assert asking.chances(2, [0, 1])[1] > 0.99


def test_nearness_counts_as_learned():
    distance = np.zeros(DISTANCE_BUCKETS)
    distance[DISTANCE_BUCKETS // 2 + 1] = 9.0  # one piece before
    asking = Asking(vectors([0] * 3, [0] * 3), np.zeros(3), np.arange(3), near_scores(distance))
    chances, _ = asking.chances(2, [0, 1])
    assert chances[1] > 0.99


@pytest.mark.parametrize(("away", "has_a_chance"), [(FAR - 1, True), (FAR, False)])
def test_mention_further_than_a_window_has_no_chance(away, has_a_chance):
    places = np.array([0, away])
    asking = Asking(vectors([80, 80], [1, 1]), np.zeros(2), places, near_scores([0.0] * DISTANCE_BUCKETS))
    assert (asking.chances(1, [0])[0][0] > 0.5) == has_a_chance


def test_score_of_nobody_is_how_well_the_windows_first_piece_answers():
    who = vectors([0, 8, 16], [1, 0, 0])
    scores = nobody_scores(who, np.array([1, 2]), near_scores([0.0] * DISTANCE_BUCKETS))
    assert scores.tolist() == pytest.approx([8 / WHO**0.5, 16 / WHO**0.5])
