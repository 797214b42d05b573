"""Colors that everyone can tell apart and see."""

import itertools

import numpy as np
import pytest

from workload.figures.palette import BACKGROUNDS, GAP, GROUP_OF, GROUPS, MARKS, between, contrast, ink_on
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


def test_contrast_is_that_of_the_accessibility_guideline():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("color", sorted(set(MARKS)))
def test_every_mark_is_seen_on_light_and_on_dark(color, background):
    assert contrast(color, background) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_the_groups_stay_apart_for_every_eye(eye):
    for one, other in itertools.combinations(GROUPS, 2):
        assert np.linalg.norm(seen(one.color, eye) - seen(other.color, eye)) >= 0.075, (one.code, other.code)


def test_numbers_inside_bars_and_cells_can_be_read():
    for color in [*(group.color for group in GROUPS), *(between(share / 50) for share in range(51))]:
        assert contrast(ink_on(color), color) >= 4.5


def test_every_activity_is_in_exactly_one_group():
    assert sorted(code for group in GROUPS for code in group.activities) == sorted(CODES)
    assert set(GROUP_OF) == set(CODES)


def test_red_stands_for_no_activity():
    assert GAP not in {group.color for group in GROUPS}
