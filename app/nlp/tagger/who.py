"""Score who a word means: how well its asking vector fits the answering vectors of the words that mention somebody.

Pure numpy; knows nothing of pronouns, names or chains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.nlp.tagger.decode import FAR, NO_LINK, distance_bucket
from app.nlp.tagger.heads import WHO


@dataclass(frozen=True)
class Asking:
    """The words' vectors [words, 2 * WHO], their scores for meaning nobody in their window, and their places."""

    who: np.ndarray
    nobody: np.ndarray
    places: np.ndarray  # in wordpieces
    near: np.ndarray  # score of a distance, from -FAR to FAR pieces; NO_LINK at the ends

    def chances(
        self, word: int, mentions: Sequence[int], extra: Sequence[float] = ()
    ) -> tuple[np.ndarray, float]:
        """Return the chance that a word means who is mentioned at each of the words, and that it means nobody there.

        Together they are 1. A mention further away than a window reaches has no chance. `extra` is added to the
        scores, for what the network does not know.
        """
        at = np.asarray(mentions, np.int64)
        away = np.clip(self.places[at] - self.places[word], -FAR, FAR)
        scores = self.who[at, WHO:] @ self.who[word, :WHO] * WHO**-0.5 + self.near[away + FAR]
        scores += np.asarray(extra, np.float32) if len(extra) else 0.0
        scores = np.append(scores, self.nobody[word])
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return chances[:-1], float(chances[-1])


def near_scores(by_bucket: Sequence[float]) -> np.ndarray:
    """Return the score of each distance from -FAR to FAR pieces; what is further off cannot be meant."""
    scores: np.ndarray = np.asarray(by_bucket, np.float32)[distance_bucket(np.arange(-FAR, FAR + 1))]
    scores[[0, -1]] = NO_LINK
    return scores


def nobody_scores(who: np.ndarray, places: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Return the score of each of a window's words, at `places`, for the window's first piece: nobody here."""
    scores: np.ndarray = who[places, :WHO] @ who[0, WHO:] * WHO**-0.5 + near[FAR - places]
    return scores
