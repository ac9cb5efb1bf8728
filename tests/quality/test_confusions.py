"""What went wrong with quotes goes to one group each, and is written outside the repository."""

import pytest

from benchmarks.quality.confusions import GROUPS, REPOSITORY, check_outside, confuse, mark, write
from benchmarks.quality.quotes import Compared, Item
from benchmarks.quality.traits import WORD

TEXT = "Ada Moss said that the ferry was late. “We wait,” she said."


def item(content: str, *, speaker: str = "Ada Moss", cue: str = "said", kind: str = "indirect") -> Item:
    roles = {"source": speaker, "cue": cue, "content": content}
    spans = {
        role: [[TEXT.index(words), TEXT.index(words) + len(words)]] for role, words in roles.items() if words
    }
    words = {
        role: frozenset(
            word.start() for start, end in spans.get(role, []) for word in WORD.finditer(TEXT, start, end)
        )
        for role in roles
    }
    return Item(spans, {**words, "kind": kind})


def compared(
    gold: tuple[Item, ...] = (), found: tuple[Item, ...] = (), pairs: tuple[tuple[Item, Item, bool], ...] = ()
) -> Compared:
    return Compared({"id": "ferry-1", "text": TEXT}, gold, found, pairs)


def groups(each: Compared) -> list[str]:
    return [one.group for one in confuse(each)]


def test_a_gold_quote_that_nothing_touches_is_missed():
    assert groups(compared(gold=(item("the ferry was late"),))) == ["missed"]


def test_a_found_quote_that_touches_nothing_golden_is_spurious():
    assert groups(compared(found=(item("the ferry was late"),))) == ["spurious"]


def test_content_with_some_words_in_common_is_a_wrong_boundary():
    each = compared(gold=(item("that the ferry was late"),), found=(item("late"),))
    assert groups(each) == ["content boundary"]


@pytest.mark.parametrize(
    ("found", "is_right", "group"),
    [
        (item("the ferry was late", speaker="she"), False, "wrong speaker"),
        (item("the ferry was late", cue="wait"), True, "wrong cue"),
        (item("the ferry was late", kind="mixed"), True, "wrong kind"),
    ],
)
def test_a_pair_goes_by_what_differs(found, is_right, group):
    gold = item("the ferry was late")
    assert groups(compared((gold,), (found,), ((gold, found, is_right),))) == [group]


def test_a_right_pair_is_no_confusion():
    gold, found = item("the ferry was late"), item("the ferry was late")
    assert groups(compared((gold,), (found,), ((gold, found, True),))) == []


def test_parts_are_marked_in_the_text():
    expected = "⟨speaker Ada Moss⟩ ⟨cue said⟩ that ⟦the ferry was late⟧. “We wait,” she said."
    assert mark(TEXT, item("the ferry was late")) == expected


def test_every_group_is_written_with_its_count(tmp_path):
    path = tmp_path / "errors.txt"
    write(path, [compared(gold=(item("the ferry was late"),))])
    written = path.read_text(encoding="utf-8")
    assert all(f"# {group}: {int(group == 'missed')} " in written for group in GROUPS)


def test_a_file_in_the_repository_is_refused():
    with pytest.raises(ValueError, match="outside"):
        check_outside(REPOSITORY / "docs" / ".." / "errors.txt")
