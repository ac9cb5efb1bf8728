"""Score story assignment on ECB+: topics of two look-alike events each, without dates, in random arrival order.

Runs as a service does: frequencies grow with the articles, candidates are found by their keys, a story that has
turned out to be another is merged into it. B-cubed, averaged over `SHUFFLES` orders.

Usage: python -m benchmarks.quality.stories GOLD [--cross-validate | --make-background]
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import mean
from uuid import NAMESPACE_URL, UUID, uuid5

from app import stories
from app.stories import ArticleVector, Frequencies, Profile, assignment, background, terms_of

SHUFFLES = 5
_CANDIDATES = 50  # stories compared with an article, those sharing most keys
_THRESHOLDS = tuple(step / 200 for step in range(20, 40, 2))
_BACKGROUND = Path(background.__file__).parent / "data/background.txt"


@dataclass(frozen=True, slots=True)
class _Labelled:
    id: str
    topic: int
    story: str
    terms: Mapping[str, int]


@dataclass
class _Stories:
    """The state a database holds between articles."""

    threshold: float
    article_count: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    profiles: dict[UUID, Profile] = field(default_factory=dict)
    keys: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    members: dict[UUID, Sequence[UUID]] = field(default_factory=dict)
    vectors: dict[UUID, ArticleVector] = field(default_factory=dict)

    def add(self, article: _Labelled) -> None:
        frequencies = Frequencies(self.article_count, self.counts)
        vector = stories.ArticleVector(stories.weigh(article.terms, frequencies))
        article_id = uuid5(NAMESPACE_URL, article.id)
        self.vectors[article_id] = vector
        near = stories.find_near(vector, self._nearby(vector.weights), threshold=self.threshold)
        self.article_count += 1
        self.counts.update(article.terms.keys())
        members = {story_id: self.members[story_id] for story_id in near}
        together = [article_id, *chain.from_iterable(members.values())]
        groups = stories.regroup({each: self.vectors[each] for each in together}, threshold=self.threshold)
        sharing = stories.share_out(members, groups)
        for story_id in near:
            self._drop(story_id)
        founded = {
            uuid5(NAMESPACE_URL, f"{article_id} {place}"): group for place, group in enumerate(sharing.new)
        }
        for story_id, group in {**sharing.kept, **founded}.items():
            self._keep(stories.profile_of(story_id, [self.vectors[each] for each in group]), group)

    def _drop(self, story_id: UUID) -> None:
        for key in stories.candidate_keys(self.profiles.pop(story_id).weights):
            self.keys[key].discard(story_id)
        del self.members[story_id]

    def _keep(self, profile: Profile, members: Sequence[UUID]) -> None:
        for key in stories.candidate_keys(profile.weights):
            self.keys[key].add(profile.id)
        self.profiles[profile.id] = profile
        self.members[profile.id] = members

    def _nearby(self, weights: Mapping[str, float]) -> list[Profile]:
        shared = Counter(story for key in stories.candidate_keys(weights) for story in self.keys.get(key, ()))
        return [self.profiles[story] for story, _ in shared.most_common(_CANDIDATES)]


def score(gold_dir: Path) -> dict[str, float]:
    """Return B-cubed of the shipped threshold over all topics of the dev half, in the mean over shuffles."""
    return _figures(_read(gold_dir), assignment.THRESHOLD)


def cross_validate(gold_dir: Path, splits: int = 4) -> dict[str, float]:
    """Return B-cubed on halves of the topics, each with the threshold that is best on the other half."""
    articles = _read(gold_dir)
    figures = []
    for number in range(splits):
        topics = sorted({article.topic for article in articles})
        random.Random(number).shuffle(topics)  # noqa: S311 - a split of data, no secret
        for tuned in (topics[::2], topics[1::2]):
            known = [article for article in articles if article.topic in tuned]
            unseen = [article for article in articles if article.topic not in tuned]
            best = max(_THRESHOLDS, key=lambda threshold: _figures(known, threshold, 2)["bcubed_f1"])
            figures.append(_figures(unseen, best, 3) | {"threshold": best})
            print(number, {key: round(value, 3) for key, value in figures[-1].items()}, flush=True)
    return _means(figures)


def make_background(texts: Iterable[str]) -> str:
    """Return the content of `app/stories/data/background.txt`: a line per count, its terms sorted."""
    counts = Counter(term for text in texts for term in terms_of(text))
    lines = defaultdict(list)
    for term, count in sorted(counts.items()):
        if count >= background.FEWEST:
            lines[count].append(term)
    return "".join(f"{count} {' '.join(lines[count])}\n" for count in sorted(lines, reverse=True))


def b_cubed(gold: Mapping[UUID, str], found: Mapping[UUID, UUID]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 of two labellings of the same articles."""
    together = Counter((gold[key], found[key]) for key in gold)
    gold_sizes, found_sizes = Counter(gold.values()), Counter(found.values())
    precision = sum(n * n / found_sizes[story] for (_, story), n in together.items()) / len(gold)
    recall = sum(n * n / gold_sizes[story] for (story, _), n in together.items()) / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    return {"bcubed_precision": precision, "bcubed_recall": recall, "bcubed_f1": f1}


def _figures(articles: Sequence[_Labelled], threshold: float, shuffles: int = SHUFFLES) -> dict[str, float]:
    return _means([_one_pass(articles, threshold, number) for number in range(shuffles)])


def _one_pass(articles: Sequence[_Labelled], threshold: float, seed: int) -> dict[str, float]:
    order = list(articles)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order of arrival, no secret
    service = _Stories(threshold)
    for article in order:
        service.add(article)
    found = {member: story for story, members in service.members.items() for member in members}
    return b_cubed({uuid5(NAMESPACE_URL, article.id): article.story for article in articles}, found)


def _means(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: mean(each[name] for each in figures) for name in figures[0]}


def _read(gold_dir: Path) -> list[_Labelled]:
    lines = (gold_dir / "stories/ecbplus_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [_Labelled(row["id"], row["topic"], row["story"], terms_of(row["text"])) for row in rows]


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--make-background", action="store_true")
    options = parser.parse_args()
    if options.make_background:
        lines = (options.gold / "quotes/polnear-train.jsonl").read_text(encoding="utf-8").splitlines()
        _BACKGROUND.write_text(make_background(json.loads(line)["text"] for line in lines), encoding="utf-8")
        return
    measure: Callable[[Path], dict[str, float]] = cross_validate if options.cross_validate else score
    for name, value in measure(options.gold).items():
        print(f"{name:<20}{value:7.3f}")


if __name__ == "__main__":
    _main()
