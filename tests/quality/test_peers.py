"""Tools stand side by side in one table, with how many times better ours is."""

from benchmarks.quality.peers import Row, figures, table


def make_row(tool: str, f1: float, **kinds: float) -> Row:
    scores = {"all": f1, "direct": f1, "mixed": f1, "indirect": f1} | kinds
    return Row(
        tool, scores, low=f1 - 3, high=f1 + 3, direct_recall=f1, lost="0 of 9", articles_per_second=20.0
    )


OURS = make_row("On Record, rules and network", 60.0)


def test_without_other_tools_there_is_no_ratio():
    assert "best" not in table([OURS])


def test_ours_is_compared_with_the_best_of_the_others():
    rows = [
        OURS,
        make_row("textacy, whole articles", 10.0, mixed=0.0),
        make_row("textacy, paragraph by paragraph", 20.0, mixed=0.0),
    ]
    assert table(rows).splitlines()[-1].split()[-4:] == ["3.0x", "3.0x", "-", "3.0x"]


def test_figures_are_named_by_tool_and_kind():
    assert figures([OURS])["On Record, rules and network: direct_f1"] == 60.0
