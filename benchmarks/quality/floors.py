"""The floors of baseline.json: figures that may not fall, and rise only when told to.

Knows names and numbers; must not know what is measured.
"""

import json
from collections.abc import Mapping
from pathlib import Path

BASELINE = Path(__file__).with_name("baseline.json")
SLACK = 0.005  # of a figure: one flipped quote or name of the smallest set

type Figures = Mapping[str, float]
type Floors = dict[str, dict[str, float]]  # section → figure → floor


def read(path: Path = BASELINE) -> Floors:
    """Return the floors as stored."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def write(floors: Floors, path: Path = BASELINE) -> None:
    """Store the floors."""
    path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


def below(section: str, figures: Figures, floors: Floors) -> list[str]:
    """Return a line for each figure of a section that is under its floor; one no longer measured is, too."""
    return [
        f"{section}: {figure} is {figures.get(figure, 0.0):g}, below its floor {floor:g}"
        for figure, floor in floors.get(section, {}).items()
        if figures.get(figure, 0.0) < floor
    ]


def raised(floors: Floors, measured: Mapping[str, Figures]) -> Floors:
    """Return the floors a little under the present figures, none lower than it was."""
    return {
        section: {
            figure: max(floor, _allowed(measured[section][figure])) if section in measured else floor
            for figure, floor in kept.items()
        }
        for section, kept in floors.items()
    }


def _allowed(figure: float) -> float:
    return round(figure - SLACK * (1 if figure <= 1 else 100), 3)
