"""Colors that everyone can tell apart and see."""

import numpy as np
import pytest

from workload.figures.activity_groups import GROUPS
from workload.figures.tones import BY_NAME, DARK, LIGHT, NAMED, THIRDS, contrast, kind_marks, painted
from workload.work.activities import CODES

# What a reader with this color blindness sees of linear red, green and blue: Machado et al. 2009, severity 1.0.
EYES = {
    "usual": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_OKLAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def seen(color, eye):
    """The color in OKLab as this eye sees it."""
    parts = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.array(TO_OKLAB) @ np.cbrt(np.array(TO_CONES) @ np.clip(np.array(EYES[eye]) @ light, 0, 1))


THEMES = {"light": LIGHT, "dark": DARK}
MARKS = ("ink", "soft", "edge", "accent", "about", "gap")


def test_contrast_is_that_of_the_accessibility_guideline():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_seen_on_its_card_and_text_is_read(theme, mark):
    tones = THEMES[theme]
    least = 4.5 if mark in ("ink", "soft", "gap") else 3
    assert contrast(getattr(tones, mark), tones.card) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_on_shades_can_be_read(theme):
    tones = THEMES[theme]
    for share in range(11):
        mixed = "#" + "".join(
            f"{round(int(tones.card[at : at + 2], 16) * (1 - share / 10) + int(tones.heat[at : at + 2], 16) * share / 10):02X}"
            for at in (1, 3, 5)
        )
        assert contrast(tones.ink, mixed) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_missing_time_stays_apart_from_work_for_every_eye(theme, eye):
    tones = THEMES[theme]
    for other in (tones.accent, tones.about, tones.soft, tones.rest):
        assert np.linalg.norm(seen(tones.gap, eye) - seen(other, eye)) >= 0.075


def test_a_figure_is_painted_for_a_theme_and_keeps_everything_else():
    figure = {"data": [{"marker": {"color": [NAMED.gap, "#123456"]}, "y": [1, None], "text": "tone"}]}
    assert painted(figure, DARK) == {
        "data": [{"marker": {"color": [DARK.gap, "#123456"]}, "y": [1, None], "text": "tone"}]
    }
    assert not [word for word in BY_NAME if word in str(painted(list(BY_NAME), LIGHT))]


def test_an_activity_has_the_color_of_its_kind_of_work_and_never_that_of_missing_time():
    marks = kind_marks(CODES)
    assert len(marks["color"]) == len(CODES) and NAMED.gap not in marks["color"]
    by_kind = {code: third.code for third in THIRDS for code in third.activities}
    assert {by_kind[code]: color for code, color in zip(CODES, marks["color"], strict=True)} == {
        "with": NAMED.accent,
        "about": NAMED.about,
        "rest": NAMED.rest,
    }


def test_every_activity_is_in_exactly_one_group():
    assert sorted(code for group in GROUPS for code in group.activities) == sorted(CODES)
