"""What went wrong with quotes, grouped and marked in the text, for people to read.

The texts belong to others, so what is written here must stay outside the repository; knows compared quotes and
must not know how they were found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.quotes import Compared, Item, spans

REPOSITORY = Path(__file__).resolve().parents[2]
GROUPS = {
    "missed": "golden, and nothing found has a word of its content",
    "spurious": "found, and nothing golden has a word of its content",
    "content boundary": "some words are the same, too few to agree",
    "wrong speaker": "the same content, another speaker",
    "wrong cue": "the same content and speaker, another cue",
    "wrong kind": "the same content and speaker, of another kind",
}
_SHOWN = 60  # of each group: what one sitting can read
_AROUND = 80  # characters of context on either side
_LONGEST = 700  # characters of an example; a longer one loses its middle
_MARKS = {"source": ("⟨speaker ", "⟩"), "cue": ("⟨cue ", "⟩"), "content": ("⟦", "⟧")}


@dataclass(frozen=True, slots=True)
class Confusion:
    """One thing gone wrong: golden or found alone, or one taken for the other."""

    group: str
    compared: Compared
    gold: Item | None
    found: Item | None


def check_outside(path: Path) -> Path:
    """Return the path, or raise ValueError where it lies in the repository: gold text must never be committed."""
    if path.resolve().is_relative_to(REPOSITORY):
        raise ValueError(f"expected a file outside {REPOSITORY}, since it will hold gold text, found {path}")
    return path


def confuse(compared: Compared) -> list[Confusion]:
    """Return what went wrong in one text, each attribution in one group only."""
    wrong = [
        Confusion(group, compared, gold, found)
        for gold, found, is_right in compared.pairs
        if (group := _pair_group(gold, found, is_right=is_right))
    ]
    paired = {item for gold, found, _ in compared.pairs for item in (gold, found)}
    gold = [item for item in compared.gold if item not in paired]
    found = [item for item in compared.found if item not in paired]
    overlapping = _pair_overlapping(gold, found)
    taken = {item for pair in overlapping for item in pair}
    return [
        *wrong,
        *(Confusion("content boundary", compared, *pair) for pair in overlapping),
        *(Confusion("missed", compared, item, None) for item in gold if item not in taken),
        *(Confusion("spurious", compared, None, item) for item in found if item not in taken),
    ]


def write(path: Path, comparisons: Iterable[Compared]) -> None:
    """Append the confusions to a file, group by group, a fixed number of each taken from all over the texts."""
    confusions = [one for compared in comparisons for one in confuse(compared)]
    with check_outside(path).open("a", encoding="utf-8") as file:
        for group, meaning in GROUPS.items():
            members = [one for one in confusions if one.group == group]
            file.write(f"\n# {group}: {len(members)} ({meaning})\n\n")
            file.writelines(f"{show(one)}\n\n" for one in _spread(members))


def show(one: Confusion) -> str:
    """Return a confusion as lines: where it is, and each side's text with speaker, cue and content marked."""
    sides = (("gold ", one.gold), ("found", one.found))
    return "\n".join(
        [
            f"[{one.compared.text['id']}]",
            *(
                f"{label} {item.words['kind']}: {mark(one.compared.text['text'], item)}"
                for label, item in sides
                if item is not None
            ),
        ]
    )


def mark(text: str, item: Item) -> str:
    """Return the stretch of text around an attribution with its parts marked: ⟨speaker He⟩ ⟨cue said⟩ ⟦yes⟧."""
    marked = [(span, *_MARKS[role]) for role in _MARKS for span in spans(item, role)]
    start = max(0, min(span.start for span, *_ in marked) - _AROUND)
    end = min(len(text), max(span.end for span, *_ in marked) + _AROUND)
    # An end comes before a start at the same place.
    places = [(span.end, 0, closing) for span, _, closing in marked]
    places += [(span.start, 1, opening) for span, opening, _ in marked]
    pieces, at = [], start
    for place, _, sign in sorted(places):
        pieces += [text[at:place], sign]
        at = place
    return _shorten("".join([*pieces, text[at:end]]).replace("\n", " ¶ "))


def _pair_group(gold: Item, found: Item, *, is_right: bool) -> str | None:
    if not is_right:
        return "wrong speaker"
    if gold.words["kind"] != found.words["kind"]:
        return "wrong kind"
    cues = gold.words["cue"], found.words["cue"]
    return None if cues[0] & cues[1] or not (cues[0] or cues[1]) else "wrong cue"


def _pair_overlapping(gold: Sequence[Item], found: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Return pairs with a content word in common, one to one, most common words first."""
    owners: dict[int, list[Item]] = {}
    for item in found:
        for word in item.words["content"]:
            owners.setdefault(word, []).append(item)
    common: dict[tuple[Item, Item], int] = {}
    for wanted in gold:
        for word in wanted.words["content"]:
            for item in owners.get(word, ()):
                common[wanted, item] = common.get((wanted, item), 0) + 1
    taken: set[Item] = set()
    pairs = []
    for pair in sorted(common, key=lambda pair: -common[pair]):
        if taken.isdisjoint(pair):
            taken.update(pair)
            pairs.append(pair)
    return pairs


def _spread(members: Sequence[Confusion]) -> list[Confusion]:
    """Return at most `_SHOWN`, evenly from the whole, so that no publisher fills the page."""
    count = min(len(members), _SHOWN)
    return [members[number * len(members) // count] for number in range(count)]


def _shorten(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} […] {text[-half:]}"
