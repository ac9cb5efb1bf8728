"""Turn the network's scores for quotes into attributions: who says what, in code points.

Tag scores become spans by a Viterbi pass over each paragraph.  Each span of content then goes to the cue
whose anchor vector fits its link vectors best, each cue gets its speaker the same way.  Pure numpy: nothing
here knows of models, files, names or coreference.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from app.nlp.tagger.words import CAPITAL_FLAGS, Article, Span

ROLES = ("speaker", "cue", "content")
SPEAKER, CUE, CONTENT = range(3)
# N: the span opens a new attribution; C: it joins the attribution of the span before; I: goes on; O: outside.
TAGS = ("O", *(f"{p}-{r}" for r in ROLES for p in "NCI"))
TAG_ID = {tag: i for i, tag in enumerate(TAGS)}
ROLE_OF = np.array([-1, 0, 0, 0, 1, 1, 1, 2, 2, 2])
BEGINS = np.array([False, True, True, False, True, True, False, True, True, False])
LINK = 64  # width of the link and of the anchor vector
DISTANCE_BUCKETS, EXACT = 32, 4
FAR = 400  # pieces: links were learned inside windows of 384
SPEAKER_MARGIN = (
    2.0  # a speaker may leave its best cue for one whose score is this much lower (chosen on dev)
)
SHARED_CHANCE = 0.03  # least chance of a link for a speaker to serve a second cue (chosen on dev)
FILLED_GAP = 2  # words (chosen on dev)
# What a confidence is good for: it is off by .024 in the mean (held out), and the last digit of one float weight
# already moves the third digit. Rounded here, so that what is compared with a threshold is what is stored.
CONFIDENCE_DIGITS = 2
NO_LINK = -1e4  # the score of what cannot be
LONGEST_RUN = 512  # words decoded at once, so that a text of one paragraph stays cheap
SECTION = 3000  # words linked at once, for the same reason; three training articles in 840 are longer


@dataclass(frozen=True)
class Attribution:
    """Who says what: each role is a tuple of spans in text order; speaker and cue may be empty."""

    speaker: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    evidence: tuple[float, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Weights:
    """What decoding needs beside the network: learned with it or fitted on the development set."""

    near_sum: np.ndarray  # running sum of the link score of a distance, from -FAR to FAR pieces
    apart: np.ndarray  # off the link score of a cue 0, 1, 2 ... paragraphs away
    bias: np.ndarray  # on each tag
    steps: np.ndarray  # from tag to tag; last row: first of a paragraph
    calibration: np.ndarray  # logistic weights on the evidence, the constant last

    @classmethod
    def read(cls, config: dict[str, Any]) -> Self:
        """Take the weights from a model's config."""
        near = np.cumsum(
            np.asarray(config["distance"], np.float32)[distance_bucket(np.arange(-FAR, FAR + 1))]
        )
        return cls(
            near, *(np.asarray(config[k], np.float32) for k in ("apart", "bias", "steps", "calibration"))
        )

    def confidence(self, evidence: Sequence[float]) -> float:
        """Return how likely an attribution with this evidence is right, to CONFIDENCE_DIGITS."""
        score = np.dot(self.calibration[:-1], evidence) + self.calibration[-1]
        return round(float(1 / (1 + np.exp(-score))), CONFIDENCE_DIGITS)


@dataclass(frozen=True)
class Part:
    """A run of words [first, last) of one role."""

    first: int
    last: int
    role: int


Linked = tuple[Part, float]  # a speaker and the chance that it is a cue's


def find_attributions(
    article: Article, tag_scores: np.ndarray, link: np.ndarray, weights: Weights
) -> list[Attribution]:
    """Attributions of an article from its words' tag log-probabilities and link vectors, in text order."""
    found: list[Attribution] = []
    for first, last in _sections(article):
        part = slice(first, last)
        found += _section(article.section(first, last), tag_scores[part], link[part], weights)
    return found


def _sections(article: Article) -> Iterator[tuple[int, int]]:
    """Cut an article into whole paragraphs of at most SECTION words; a longer paragraph is cut itself."""
    ends = np.append(np.flatnonzero(np.diff(article.paragraph)) + 1, len(article))
    first = 0
    while first < len(article):
        whole = ends[(ends > first) & (ends <= first + SECTION)]
        last = int(whole[-1]) if len(whole) else first + SECTION
        yield first, last
        first = last


def _section(
    article: Article, tag_scores: np.ndarray, link: np.ndarray, weights: Weights
) -> list[Attribution]:
    tags = best_tags(tag_scores + weights.bias, article.paragraph, weights.steps)
    parts = parts_of(tags)
    contents, speakers = ([p for p in parts if p.role == role] for role in (CONTENT, SPEAKER))
    cues = {p.first: p for p in parts if p.role == CUE}
    free = tags == TAG_ID["O"]  # an untagged word may turn out to be a missed cue
    free[list(cues)] = True
    anchors = np.flatnonzero(free)
    if not contents or not len(anchors):
        return []
    scores = link_scores(contents, anchors, article, link, weights)
    groups: dict[int, list[int]] = {}
    for n, owner in enumerate(anchors[scores.argmax(1)].tolist()):
        if scores[n].max() > NO_LINK / 2:
            groups.setdefault(owner, []).append(n)
    owners = np.array(sorted(groups))
    chosen: dict[int, Linked] = {}
    if speakers and groups:
        rivals = link_scores(speakers, owners, article, link, weights)
        chosen = _choose_speakers(speakers, owners, rivals, article.paragraph)
    chances = _Chances(tag_scores)
    found = []
    for owner, members in groups.items():
        speaker, cue = chosen.get(owner), cues.get(owner, Part(owner, owner + 1, CUE))
        content = _fill([contents[n] for n in members], tags, article.paragraph)
        place = int(np.searchsorted(anchors, owner))
        said = [_softmax_at(scores[n], place) for n in members]
        evidence = _evidence(chances, content, cue, speaker, min(said), article)
        spans = (
            _spans(article, [speaker[0]] if speaker else []),
            _spans(article, [cue]),
            _spans(article, content),
        )
        found.append(Attribution(*spans, weights.confidence(evidence), evidence))
    return sorted(found, key=lambda a: min(a.content + a.cue))


def _choose_speakers(
    speakers: Sequence[Part], owners: np.ndarray, scores: np.ndarray, paragraph: np.ndarray
) -> dict[int, Linked]:
    """Each owner's speaker, with the chance of the link: best links first, one speaker a cue."""
    chance = np.exp(scores - scores.max(1, keepdims=True))
    near = (chance > np.exp(-SPEAKER_MARGIN)) & (scores > NO_LINK / 2)
    chance /= chance.sum(1, keepdims=True)
    chosen: dict[int, Linked] = {}
    used: set[int] = set()
    for _, i, j in sorted((-scores[i, j], int(i), int(j)) for i, j in zip(*np.nonzero(near), strict=True)):
        owner = int(owners[j])
        if i not in used and owner not in chosen:
            used.add(i)
            chosen[owner] = (speakers[i], float(chance[i, j]))
    together = paragraph[[s.first for s in speakers]][:, None] == paragraph[owners]
    return _share(chosen, speakers, owners, chance, together)


def _share(
    chosen: dict[int, Linked],
    speakers: Sequence[Part],
    owners: np.ndarray,
    chance: np.ndarray,
    near: np.ndarray,
) -> dict[int, Linked]:
    """Give cues with no speaker one that has a cue already.

    As in "She hopes to win and expects to": both hope and expectation are hers.

    Its best link in the paragraph will do, or else the speaker of a later cue that stands before both:
    training linked a speaker of several cues to the last of them.  `near`: both in one paragraph.
    """
    shared = dict(chosen)
    chance = np.where(near, chance, 0.0)
    for j, owner in enumerate(owners.tolist()):
        best = int(chance[:, j].argmax())
        if owner in chosen:
            continue
        if chance[best, j] >= SHARED_CHANCE:
            shared[owner] = (speakers[best], float(chance[best, j]))
            continue
        before = [
            k for later, k in chosen.items() if k[0].first < owner < later and near[speakers.index(k[0]), j]
        ]
        if before:
            shared[owner] = max(before, key=lambda linked: linked[0].first)
    return shared


def _fill(content: Sequence[Part], tags: np.ndarray, paragraph: np.ndarray) -> list[Part]:
    """Join parts that only one or two untagged words of one paragraph keep apart."""
    joined = [content[0]]
    for part in content[1:]:
        last = joined[-1]
        gap = tags[last.last : part.first]
        if len(gap) <= FILLED_GAP and not gap.any() and paragraph[last.first] == paragraph[part.first]:
            joined[-1] = Part(last.first, part.last, CONTENT)
        else:
            joined.append(part)
    return joined


class _Chances:
    """How likely each word is to bear a role, to begin one, and not to go on with it."""

    def __init__(self, tag_scores: np.ndarray) -> None:
        chance = np.exp(tag_scores)
        by_role = chance[:, 1:].reshape(-1, len(ROLES), 3)
        self.role, self.begin = by_role.sum(2), by_role[:, :, :2].sum(2)
        self.stop = np.append(1 - by_role[:, :, 2], np.ones((1, len(ROLES))), 0)

    def of(self, part: Part) -> tuple[float, float, float]:
        role = part.role
        mean = float(self.role[part.first : part.last, role].mean())
        return mean, float(self.begin[part.first, role]), float(self.stop[part.last, role])


def _evidence(
    chances: _Chances,
    content: Sequence[Part],
    cue: Part,
    speaker: Linked | None,
    said: float,
    article: Article,
) -> tuple[float, ...]:
    """Gather what the confidence is made of: least chances of parts and links, share of words in marks."""
    whole = (min(values) for values in zip(*(chances.of(p) for p in content), strict=True))
    words = np.concatenate([article.flags[p.first : p.last] for p in content]) >= CAPITAL_FLAGS
    named = (_logit(chances.of(speaker[0])[0]), _logit(speaker[1])) if speaker else (0.0, 0.0)
    parts = (_logit(chance) for chance in (*whole, said, chances.of(cue)[0]))
    return (*parts, float(speaker is not None), *named, float(words.mean()))


def _logit(chance: float) -> float:
    chance = min(max(chance, 0.005), 0.995)
    return float(np.log(chance / (1 - chance)))


def _softmax_at(row: np.ndarray, place: int) -> float:
    return float(np.exp(row[place] - row.max()) / np.exp(row - row.max()).sum())


def _spans(article: Article, parts: Iterable[Part]) -> tuple[Span, ...]:
    return tuple((int(article.starts[p.first]), int(article.ends[p.last - 1])) for p in parts)


def parts_of(tags: np.ndarray) -> list[Part]:
    """Cut tags into runs of one role, a new one at each N- or C- tag."""
    role = ROLE_OF[tags]
    change = np.flatnonzero((np.diff(role, prepend=-2) != 0) | BEGINS[tags])
    ends = np.append(change[1:], len(tags))
    return [Part(int(a), int(b), int(role[a])) for a, b in zip(change, ends, strict=True) if role[a] >= 0]


def link_scores(
    parts: Sequence[Part], cues: np.ndarray, article: Article, link: np.ndarray, weights: Weights
) -> np.ndarray:
    """Score of each part (row) for belonging to a cue that starts at one of the words `cues`: its words' mean."""
    first, last = np.array([p.first for p in parts]), np.array([p.last for p in parts])
    sums = np.concatenate([np.zeros((1, LINK), np.float32), np.cumsum(link[:, :LINK], 0)])
    query = (sums[last] - sums[first]) / (last - first)[:, None].astype(np.float32)
    places = article.places
    begin, end = places[first][:, None], (places[last - 1] + 1)[:, None]
    at = np.clip(np.stack([places[cues] - begin, places[cues] - end]), -FAR, FAR) + FAR
    distance = (weights.near_sum[at[0]] - weights.near_sum[at[1]]) / (end - begin)
    para = article.paragraph
    apart = np.minimum(abs(para[cues] - para[first][:, None]), abs(para[cues] - para[last - 1][:, None]))
    apart = np.minimum(apart, len(weights.apart) - 1)
    scores = query @ link[cues, LINK:].T * LINK**-0.5 + distance - weights.apart[apart]
    return np.where(np.abs(at[0] - FAR) >= FAR, NO_LINK, scores)


def _allowed() -> np.ndarray:
    table = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for j, tag in enumerate(TAGS):
        if tag[0] == "I":
            for i in range(len(TAGS)):
                if ROLE_OF[i] != ROLE_OF[j]:
                    table[i, j] = NO_LINK
    return table


TRANSITIONS = _allowed()


def viterbi(scores: np.ndarray, sizes: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Best tag paths of a batch of paragraphs: scores [n, words, tags], of which each has its first `sizes` words.

    steps: score of tag j after tag i, and in the last row of tag j as a paragraph's first.
    """
    n, length, tags = scores.shape
    back = np.tile(np.arange(tags, dtype=np.int8), (length, n, 1))
    total = scores[:, 0] + steps[-1]
    moves = np.ascontiguousarray((steps[:-1] + TRANSITIONS).T)[None]
    for t in range(1, length):
        step = total[:, None, :] + moves
        goes_on = (t < sizes)[:, None]
        np.copyto(back[t], step.argmax(-1), where=goes_on, casting="unsafe")
        total = np.where(goes_on, step.max(-1) + scores[:, t], total)
    path = np.zeros((n, length), np.int64)
    path[:, -1] = total.argmax(-1)
    rows = np.arange(n)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = back[t, rows, path[:, t]]
    return path


def best_tags(scores: np.ndarray, paragraph: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Tags of an article's words; scores are log-probabilities [words, tags]."""
    new = np.diff(paragraph, prepend=-1, append=-2) != 0
    new[::LONGEST_RUN] = True
    bounds = np.flatnonzero(new)
    sizes = np.diff(bounds)
    tags = np.zeros(len(scores), np.int64)
    order = np.argsort(sizes)
    for group in np.array_split(order, max(1, len(order) // 24)):  # alike sizes together: little padding
        batch = np.zeros((len(group), int(sizes[group].max()), scores.shape[1]), np.float32)
        for row, g in enumerate(group):
            batch[row, : sizes[g]] = scores[bounds[g] : bounds[g + 1]]
        for g, path in zip(group, viterbi(batch, sizes[group], steps), strict=True):
            tags[bounds[g] : bounds[g + 1]] = path[: sizes[g]]
    return tags


def distance_bucket(delta: np.ndarray) -> np.ndarray:
    """Give the bucket of a signed distance in wordpieces: exact to 4, then by powers of the square root of 2."""
    size = np.abs(delta)
    rough = EXACT + 1 + np.floor(2 * np.log2(np.maximum(size, EXACT) / EXACT)).astype(np.int64)
    bucket: np.ndarray = np.minimum(np.where(size <= EXACT, size, rough), DISTANCE_BUCKETS // 2 - 1)
    bucket[delta < 0] += DISTANCE_BUCKETS // 2
    return bucket
