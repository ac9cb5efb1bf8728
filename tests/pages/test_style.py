"""The style sheet: inks are legible on their grounds, in light and dark; nothing comes from elsewhere."""

import re

import pytest

from app.pages.rendering import STATIC

CSS = (STATIC / "style.css").read_text(encoding="utf-8")
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: lines that mean something, the mark of focus
TEXTS = [
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("ground", "raised")),
    *((ink, "quote") for ink in ("ink", "link", "quiet")),
    ("added-ink", "added"),
    ("left-out-ink", "left-out"),
    ("left-out-ink", "ground"),
    ("form-ink", "form"),
    ("ground", "link"),
]
LINES = [
    ("focus", "ground"),
    ("focus", "quote"),
    ("quote-line", "ground"),
    ("quiet", "ground"),
    ("bar", "line"),
]


def colours(scheme):
    """Return the colours of a scheme by name; the dark one's are those it changes."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks[:2])
    assert set(dark) == set(light)
    return light if scheme == "light" else light | dark


def luminance(colour):
    """WCAG 2.2's relative luminance."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"), [(*pair, LEGIBLE) for pair in TEXTS] + [(*pair, VISIBLE) for pair in LINES]
)
def test_inks_stand_out_from_their_grounds(scheme, ink, ground, least):
    found = colours(scheme)
    assert contrast(found[ink], found[ground]) >= least


def test_nothing_is_fetched_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_every_colour_has_a_name():
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", rules)
