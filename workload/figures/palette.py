"""Colors, and the groups of activities they stand for.

Every mark color reaches 3:1 against white and against the dark backgrounds, because marks keep their color
when a reader switches the theme. Text and the lines of contracts follow the theme. The seven groups stay apart
for readers with any kind of color blindness. Red is for gaps and never for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BACKGROUNDS = ("#FFFFFF", "#0E1117", "#11171D")  # light; Streamlit's own dark; the dark of this tool
CLEAR = "rgba(0,0,0,0)"
GRID = "rgba(128,128,128,0.28)"
BLACK, WHITE = "#000000", "#FFFFFF"
# Streamlit turns exactly these two, near black elsewhere, into the theme's color of text and of the background.
INK, PAPER = "#000037", "#000038"

GAP = "#D62728"  # a shortfall of hours or FTE; never a person
ROOM = "#19A677"
TOTAL = "#0072B2"
NEUTRAL = "#767676"
WORK = "#0072B2"  # workload, wherever it stands beside caseload
CASELOAD = "#767676"
CAPACITY = "#CC6D00"  # what is available, wherever it stands beside what is required

HEAT = ((0.0, "#E3EEF8"), (1.0, "#08457E"))


@dataclass(frozen=True)
class Group:
    """Activities that are drawn as one; `short` breaks over lines for narrow columns."""

    code: str
    label: str
    short: str
    color: str
    activities: tuple[str, ...]


GROUPS = (
    Group(
        "direct", "Direct service and consultation", "Direct,<br>consult", "#0072B2", ("direct", "consult", "makeup")
    ),
    Group("evaluation", "Evaluations", "Evalu-<br>ations", "#CC6D00", ("evaluation_initial", "reevaluation")),
    Group("meetings", "Meetings and reports", "Meetings,<br>reports", "#19A677", ("meeting", "progress_report")),
    Group("documentation", "Notes and planning", "Notes,<br>planning", "#CA5CE6", ("documentation", "planning")),
    Group("travel", "Travel", "Travel", "#8C5E00", ("travel",)),
    Group(
        "duties",
        "Supervision, staff time, duties",
        "Staff time,<br>duties",
        "#9029E8",
        ("supervision", "staff_time", "named_duty"),
    ),
    Group("other", "On behalf of students, MTSS", "On behalf,<br>MTSS", "#767676", ("on_behalf", "mtss")),
)
GROUP_OF = {activity: group for group in GROUPS for activity in group.activities}
MARKS = (*(group.color for group in GROUPS), GAP, ROOM, TOTAL, NEUTRAL, WORK, CASELOAD, CAPACITY)


def group_hours(row: Mapping[str, float]) -> dict[str, float]:
    """Hours of each activity group of a row with `<activity>_hours` columns."""
    return {group.code: sum(float(row[f"{code}_hours"]) for code in group.activities) for group in GROUPS}


def _linear(color: str) -> tuple[float, ...]:
    """Red, green and blue of "#RRGGBB" as light, 0 to 1 each."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def contrast(color: str, other: str) -> float:
    """Contrast ratio of two colors, 1 to 21. Source: WCAG 2.1, relative luminance."""
    dim, bright = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (_linear(color), _linear(other))
    )
    return (bright + 0.05) / (dim + 0.05)


def ink_on(color: str) -> str:
    """Black or white, whichever reads better on the color; the better one always reaches 4.5:1."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, color))


def between(share: float, ends: Sequence[tuple[float, str]] = HEAT) -> str:
    """The color at a share (0 to 1) of the way from the first to the last color, mixed as Plotly mixes."""
    first, last = ends[0][1], ends[-1][1]
    parts = (
        round(int(first[at : at + 2], 16) + share * (int(last[at : at + 2], 16) - int(first[at : at + 2], 16)))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)
