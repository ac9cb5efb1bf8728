"""Reads and checks the training texts we wrote ourselves: short news passages with inline mark-up.

    python marked.py texts/*.txt            check the files and count what they hold

What the mark-up means is said in texts/README.md. Knows nothing of models.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

NAME_TYPES = {
    "per": "person",
    "org": "organization",
    "place": "place",
    "event": "event",
    "work": "work",
    "product": "product",
    "group": "group",
}
NOMINAL_TYPES = {"role": "person", "many": "group", "body": "organization", "doc": "document"}
PARTS = {"s": "source", "c": "cue", "q": "content"}
PRONOUNS = re.compile(
    r"(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|themself|it|its|itself)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\[(\w+)(?::([\w-]+))? |\{([scq])(\d+) |[\]}]")
_HEADER = re.compile(r"^# ?(.*)$")


@dataclass
class Passage:
    """A passage without its marks; all spans are half-open code points into `text`."""

    id: str
    about: str
    text: str
    mentions: list[dict[str, object]] = field(default_factory=list)  # start, end, type, form, chain
    attributions: list[dict[str, list[tuple[int, int]]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_passages(path: Path) -> list[Passage]:
    """Read the passages of a file: each starts with a line '# what it is about'."""
    passages, about, lines, number = [], "", [], 0
    for line in [*path.read_text(encoding="utf-8").split("\n"), "# "]:
        header = _HEADER.match(line)
        if not header:
            lines.append(line)
            continue
        body = re.sub(r"\n{2,}", "\n\n", "\n".join(lines).strip())
        if body:
            number += 1
            passages.append(parse(f"{path.stem}-{number}", about, body))
        about, lines = header.group(1).strip(), []
    return passages


def parse(name: str, about: str, marked: str) -> Passage:
    """Take the marks out of a passage and turn them into spans; what is wrong is noted in `faults`."""
    passage = Passage(name, about, "")
    out: list[str] = []
    size, at = 0, 0
    opened: list[tuple[str, str, str | None, int]] = []  # bracket, kind, chain or number, where
    parts: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for match in _TOKEN.finditer(marked):
        out.append(marked[at : match.start()])
        size += match.start() - at
        at = match.end()
        if match.group(1):
            opened.append(("]", match.group(1), match.group(2), size))
        elif match.group(3):
            opened.append(("}", match.group(3), match.group(4), size))
        elif not opened or opened[-1][0] != match.group():
            passage.faults.append(f"{match.group()} closes nothing near …{marked[max(0, at - 40) : at]}")
        else:
            bracket, kind, key, start = opened.pop()
            surface = "".join(out)[start:]
            if not surface or surface != surface.strip():
                passage.faults.append(f"blank at the edge of {kind}:{key} {surface!r}")
            elif bracket == "]":
                _mention(passage, kind, key, start, size, surface)
            else:
                parts.setdefault(int(key or 0), {}).setdefault(PARTS[kind], []).append((start, size))
    out.append(marked[at:])
    passage.text = "".join(out)
    passage.faults += [f"{kind}:{key} is never closed" for _, kind, key, _ in opened]
    if re.search(r"[\[\]{}]", passage.text):
        passage.faults.append("a bracket is left in the text")
    for number, part in sorted(parts.items()):
        if "content" not in part:
            passage.faults.append(f"attribution {number} has no content")
        passage.attributions.append({role: part.get(role, []) for role in PARTS.values()})
    passage.mentions.sort(key=lambda m: (m["start"], -int(str(m["end"]))))
    return passage


def _mention(passage: Passage, kind: str, chain: str | None, start: int, end: int, surface: str) -> None:
    form = "pronoun" if kind == "pro" else "nominal" if kind in NOMINAL_TYPES else "name"
    if form == "name" and kind not in NAME_TYPES:
        passage.faults.append(f"no type of name: {kind}")
    if form != "name" and not chain:
        passage.faults.append(f"{kind} {surface!r} has no chain")
    if form == "pronoun" and not PRONOUNS.fullmatch(surface):
        passage.faults.append(f"no pronoun of the third person: {surface!r}")
    entry = {
        "start": start,
        "end": end,
        "type": (NAME_TYPES | NOMINAL_TYPES).get(kind),
        "form": form,
        "chain": chain,
    }
    passage.mentions.append(entry)


def main() -> None:
    """Check files and count what they hold."""
    counts: Counter[str] = Counter()
    for path in map(Path, sys.argv[1:]):
        for passage in read_passages(path):
            counts["passages"] += 1
            counts["words"] += len(passage.text.split())
            counts["attributions"] += len(passage.attributions)
            for mention in passage.mentions:
                counts[str(mention["form"])] += 1
            for fault in passage.faults:
                counts["faults"] += 1
                print(f"{passage.id}: {fault}")
    print(dict(counts))
    sys.exit(counts["faults"] > 0)


if __name__ == "__main__":
    main()
