"""Quotes → utterances: the same words of one speaker, with every wording in which outlets printed them.

Pure, and near linear: a quote is compared with the few groups that share its rarest words, never with all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from app.stories.matching import Match, match_wordings
from app.stories.quotes import QuoteText, Wording, word
from app.stories.speakers import speaker_fit

# Bounds of the search; with them 5,000 quotes of one story take a few seconds of CPU (tests/stories).
_KEYS = 12  # rarest content words a quote is looked up by
_CROWDED = 64  # groups that share a word: past that it tells nothing
_GROUPS = 5  # compared with a quote, those sharing most of its words
_WORDINGS = 4  # kept of a group for comparing: the fullest come first
_BRIDGE = 5  # content words of a quote that stands in two groups, which makes them one
_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Variant:
    """A quote of an utterance, and how its words match the fullest wording."""

    quote: QuoteText
    match: Match


@dataclass(frozen=True, slots=True)
class SpeakerClaim:
    """Whom some of the quotes name as the speaker."""

    speaker_id: UUID | None
    name: str | None
    quote_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """The same words of one speaker as several quotes carry them.

    lead: the fullest wording, direct before reported. variants: all quotes, the lead too, earliest first.
    speakers: who is named, most often first; two that differ are a disagreement between outlets, shown as such.
    """

    lead: QuoteText
    variants: tuple[Variant, ...]
    speakers: tuple[SpeakerClaim, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether outlets name different speakers."""
        return len(self.speakers) > 1


@dataclass(slots=True)
class _Group:
    """The quotes of an utterance so far.

    numbers: its places in the index, several if it was merged. named: a wording of each speaker.
    """

    wordings: list[Wording]
    members: list[Variant]
    numbers: list[int] = field(default_factory=list)
    named: list[Wording] = field(default_factory=list)

    def put(self, wording: Wording, match: Match) -> None:
        self.members.append(Variant(wording.quote, match))
        if wording.quote.speaker_name and not any(_share_speaker(wording, named) for named in self.named):
            self.named.append(wording)

    def has_room_for(self, wording: Wording) -> bool:
        """Whether a quote is of a speaker named here, or shares words with what one of them said.

        Else a quote of nobody's that holds words of two people would make them one.
        """
        if not wording.quote.speaker_name or not self.named:
            return True
        return any(_share_speaker(wording, named) or _share_words(wording, named) for named in self.named)


@dataclass(slots=True)
class _Index:
    """The groups so far, by their content words and by whole wordings."""

    groups: list[_Group] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_keys: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    def near(self, wording: Wording, rarity: Counter[str]) -> list[_Group]:
        rarest = sorted(set(wording.content), key=lambda key: (rarity[key], key))[:_KEYS]
        shared = Counter(number for key in rarest if key in self.by_word for number in self.by_word[key])
        numbers = self.by_keys.get(wording.keys, [])[:_GROUPS]
        numbers = [*numbers, *(number for number, _ in shared.most_common(_GROUPS))]
        return _distinct(self.groups[number] for number in numbers)

    def found(self, wording: Wording) -> None:
        """Begin a group with a quote that fits in none."""
        number = len(self.groups)
        self.groups.append(_Group([], [], [number]))
        self.by_keys[wording.keys].append(number)
        itself = Match("exact", 1.0, speaker_fit(wording.quote, wording.quote))
        self.add(wording, self.groups[number], itself)

    def add(self, wording: Wording, group: _Group, match: Match) -> None:
        """Put a quote into a group."""
        group.put(wording, match)
        if not _is_worth_keeping(wording, group.wordings):
            return
        listed = {key for known in group.wordings for key in known.content}
        group.wordings.append(wording)
        for key in set(wording.content) - listed:
            if len(self.by_word[key]) < _CROWDED:
                self.by_word[key].append(group.numbers[0])

    def merge(self, group: _Group, other: _Group) -> None:
        """Put all of another group into one."""
        group.members += other.members
        group.named += other.named
        group.wordings = [*group.wordings, *other.wordings][:_WORDINGS]
        group.numbers += other.numbers
        for number in other.numbers:
            self.groups[number] = group

    def distinct(self) -> list[_Group]:
        """Return the groups, each once."""
        return _distinct(self.groups)


def group(quotes: Iterable[QuoteText]) -> tuple[Utterance, ...]:
    """Return the utterances of a story's quotes, each quote in one; earliest first, then by the lead's id.

    Two cuts of one speech are one utterance if a third quote has, word for word, what both have.
    """
    wordings = sorted(map(word, quotes), key=_fullest_first)
    rarity = Counter(key for wording in wordings for key in set(wording.content))
    index = _Index()
    for wording in wordings:
        fits = [(match, near) for near in index.near(wording, rarity) if (match := _match(wording, near))]
        if not fits:
            index.found(wording)
            continue
        match, best = max(fits, key=lambda fit: (fit[0].speakers == "same", fit[0].similarity))
        index.add(wording, best, match)
        if match.similarity == 1 and len(wording.content) >= _BRIDGE:
            for other in [near for match, near in fits if match.similarity == 1 and near is not best]:
                if all(map(best.has_room_for, other.named)):
                    index.merge(best, other)
    found = (
        _utterance(each) if len(each.numbers) == 1 else unite(member.quote for member in each.members)
        for each in index.distinct()
    )
    return tuple(sorted(found, key=_when))


def unite(quotes: Iterable[QuoteText]) -> Utterance:
    """Return the utterance of quotes that are known to be one, as `group` found when it saw the whole story."""
    wordings = sorted(map(word, quotes), key=_fullest_first)
    united = _Group(wordings[:1], [])
    for wording in wordings:
        match = _match(wording, united)
        fit = speaker_fit(wording.quote, wordings[0].quote)
        united.put(wording, match or Match("reworded", 0.0, fit))
        if _is_worth_keeping(wording, united.wordings):
            united.wordings.append(wording)
    return _utterance(united)


def _fullest_first(wording: Wording) -> tuple[bool, int, datetime, str]:
    quote = wording.quote
    return (
        quote.kind != "direct",
        -len(wording.content),
        quote.published_at or _UNDATED,
        str(quote.id),
    )


def _is_worth_keeping(wording: Wording, kept: Sequence[Wording]) -> bool:
    """Whether other quotes may be known by a wording that are not by those kept: by its words or its speaker."""
    same = [known.quote for known in kept if known.keys == wording.keys]
    is_new = not same or (
        wording.quote.speaker_name is not None
        and all(speaker_fit(known, wording.quote) != "same" for known in same)
    )
    return len(kept) < _WORDINGS and is_new


def _match(wording: Wording, near: _Group) -> Match | None:
    """Return the match with the fullest wording, or with the first other one that has it."""
    for known in near.wordings:
        match = match_wordings(wording, known)
        if match and (match.speakers != "unknown" or near.has_room_for(wording)):
            return match
    return None


def _share_speaker(one: Wording, other: Wording) -> bool:
    return speaker_fit(one.quote, other.quote) == "same"


def _share_words(one: Wording, other: Wording) -> bool:
    ours, theirs = set(one.content), set(other.content)
    return len(ours & theirs) >= min(len(ours), len(theirs)) / 2


def _distinct(groups: Iterable[_Group]) -> list[_Group]:
    return list({id(group): group for group in groups}.values())


def _utterance(found: _Group) -> Utterance:
    variants = sorted(
        found.members, key=lambda variant: (variant.quote.published_at or _UNDATED, str(variant.quote.id))
    )
    return Utterance(found.wordings[0].quote, tuple(variants), _speakers([each.quote for each in variants]))


def _speakers(quotes: Sequence[QuoteText]) -> tuple[SpeakerClaim, ...]:
    """Return the speakers named, those that may be one under the entity or the fullest name."""
    claims: list[list[QuoteText]] = []
    for quote in sorted(quotes, key=lambda quote: (quote.speaker_id is None, -len(quote.speaker_name or ""))):
        if quote.speaker_id is None and quote.speaker_name is None:
            continue
        same = next((claim for claim in claims if speaker_fit(claim[0], quote) == "same"), None)
        if same is None:
            claims.append(same := [])
        same.append(quote)
    made = [
        SpeakerClaim(claim[0].speaker_id, claim[0].speaker_name, tuple(quote.id for quote in claim))
        for claim in claims
    ]
    return tuple(sorted(made, key=lambda claim: (-len(claim.quote_ids), claim.name or "")))


def _when(utterance: Utterance) -> tuple[datetime, str]:
    return utterance.variants[0].quote.published_at or _UNDATED, str(utterance.lead.id)
