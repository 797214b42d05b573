"""The colors of the screen by what they mean, for light and for dark. Source: the contrast and color-blindness
tests beside them; WCAG 2.1 AA asks 4.5:1 of text and 3:1 of marks.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tones:
    """What a chart is drawn with. Vermilion (`gap`) is missing time and nothing else."""

    ink: str
    soft: str
    card: str
    rule: str
    edge: str
    accent: str  # with students; hours that are there
    about: str  # about students
    rest: str  # everything else
    gap: str
    gap_wash: str
    clear: str = "rgba(0,0,0,0)"


LIGHT = Tones(
    "#17212B", "#54616C", "#FFFFFF", "#DEDBD4", "#7A8791", "#0A5C6B", "#4A8C99", "#CDD3D7", "#B83A0E", "#FBEAE2"
)
DARK = Tones(
    "#E9EEF1", "#A7B3BC", "#182026", "#2E3A43", "#72828D", "#7CCBD8", "#3F93A2", "#3A464F", "#FF8F63", "#35211A"
)
