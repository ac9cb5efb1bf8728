"""Floors hold figures, and only rise."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.floors import below, raised, read, write


def test_a_figure_under_its_floor_is_named():
    assert below("quotes", {"f1": 60.0}, {"quotes": {"f1": 61.0}}) == ["quotes: f1 is 60, below its floor 61"]


def test_a_figure_with_a_floor_that_is_no_longer_measured_is_below_it():
    assert len(below("quotes", {}, {"quotes": {"f1": 61.0}})) == 1


def test_floors_rise_to_a_little_under_the_figure():
    assert raised({"quotes": {"f1": 61.0}}, {"quotes": {"f1": 70.0}}) == {"quotes": {"f1": 69.5}}


def test_a_section_not_measured_keeps_its_floors():
    assert raised({"quotes": {"f1": 61.0}}, {}) == {"quotes": {"f1": 61.0}}


@given(st.floats(0, 100), st.floats(0, 100))
def test_no_floor_is_ever_lowered(floor, figure):
    assert raised({"names": {"f1": floor}}, {"names": {"f1": figure}})["names"]["f1"] >= floor


def test_floors_stored_then_read_are_equal(tmp_path):
    floors = {"quotes": {"f1": 61.5}}
    write(floors, tmp_path / "baseline.json")
    assert read(tmp_path / "baseline.json") == floors
