import re

import pytest

from widgets import style

FRONTEND = style.STATIC.parent / "frontend"

AA_TEXT = 4.5
"""Contrast that WCAG 2.2 asks of text at level AA."""

TEXT_ON_GROUND = [
    *[(ink, ground) for ink in ("ink", "ink-2", "accent") for ground in ("ground", "raised", "sunken")],
    *[(kind, f"{kind}-soft") for kind in ("ok", "watch", "act", "old")],
    *[("raised", plate) for plate in ("ok", "watch", "act", "accent", "ink-2")],
    ("ink", "accent-soft"),
    ("ink-2", "accent-soft"),
    ("watch", "raised"),
    ("act", "raised"),
    ("raised", "old"),
]


def tokens(theme):
    """Named colours of a theme, the light ones where the theme says nothing else."""
    blocks = dict.fromkeys(("light", "dark"), "")
    css = style.css()
    blocks["light"] = css[css.index(":root {") : css.index("@media")]
    dark = css.index(":root[data-theme=dark]")
    blocks["dark"] = css[dark : css.index("}", dark)]
    told = blocks["light"] + (blocks["dark"] if theme == "dark" else "")
    named = re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", told)
    return dict(named)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    named = tokens(theme)
    assert contrast(named[text], named[ground]) >= AA_TEXT


def test_the_faintest_ink_is_for_lines_and_never_for_words():
    sheets = [*FRONTEND.glob("*.css"), *style.STATIC.glob("*.css")]
    as_text = re.compile(r"[\s{;]color:\s*var\(--ink-3\)")
    assert [sheet.name for sheet in sheets if as_text.search(sheet.read_text("utf-8"))] == []


def test_the_dark_of_the_system_and_the_dark_that_was_chosen_are_the_same():
    css = style.css()
    system = css[css.index(":root:not([data-theme=light])") : css.index(":root[data-theme=dark]")]
    chosen = css[css.index(":root[data-theme=dark]") :]
    colours = re.compile(r"--[\w-]+:#[0-9a-f]{3,6}")
    assert colours.findall(system) == colours.findall(chosen[: chosen.index("}")])
