from benchmarks.quality.unseen import APART, side_by_side


def told(gum, newsroom):
    figures = {"names (GUM news dev)": {"names_f1": gum}, "newsroom dev": {"names_f1": newsroom}}
    return next(line for line in side_by_side(figures) if "names" in line)


def test_a_figure_stands_beside_that_of_another_corpus():
    assert "names (GUM news dev) 80.0, newsroom dev 78.0" in told(80.0, 78.0)


def test_corpora_that_part_by_more_than_five_points_are_told():
    assert "APART" not in told(80.0, 80.0 - APART)
    assert "APART BY 5.5" in told(80.0, 80.0 - APART - 0.5)


def test_what_was_not_measured_is_left_out():
    assert all("APART" not in line for line in side_by_side({}))
