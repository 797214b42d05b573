"""The colors of the screen by what they mean, for light and for dark. Source: the contrast and color-blindness
tests beside them; WCAG 2.1 AA asks 4.5:1 of text and 3:1 of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any


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
    heat: str  # the most of a table of shades that begin at the card; ink is read on all of them
    clear: str = "rgba(0,0,0,0)"

    def words(self, text: str, size: int = 14, **place: Any) -> dict:
        """Words of a chart at a place, without an arrow."""
        return {"text": text, "showarrow": False, "font": {"size": size, "color": self.ink}, **place}


LIGHT = Tones(
    "#17212B",
    "#54616C",
    "#FFFFFF",
    "#DEDBD4",
    "#7A8791",
    "#0A5C6B",
    "#4A8C99",
    "#CDD3D7",
    "#B83A0E",
    "#FBEAE2",
    "#84ADB5",
)
DARK = Tones(
    "#E9EEF1",
    "#A7B3BC",
    "#182026",
    "#2E3A43",
    "#72828D",
    "#7CCBD8",
    "#3F93A2",
    "#3A464F",
    "#FF8F63",
    "#35211A",
    "#43707A",
)

# The same by name, for figures that are made once and painted for the theme of each reader.
NAMED = Tones(*(f"tone {each.name}" for each in fields(Tones) if each.name != "clear"))
BY_NAME = {getattr(NAMED, each.name): each.name for each in fields(Tones) if each.name != "clear"}


def painted(part: Any, tones: Tones) -> Any:
    """The figure with the names of tones replaced by their colors."""
    return _painted(part, _colors(tones))


@cache
def _colors(tones: Tones) -> dict[str, str]:
    return {name: getattr(tones, field) for name, field in BY_NAME.items()}


def _painted(part: Any, colors: Mapping[str, str]) -> Any:
    """A figure has hundreds of texts and numbers, so that only its dictionaries and mixed lists are gone into."""
    kind = type(part)
    if kind is dict:
        values = part.values()
        made = [colors.get(one, one) if type(one) is str else _painted(one, colors) for one in values]
        return dict(zip(part, made, strict=True))
    if kind is list:
        kinds = set(map(type, part))
        if kinds <= {str}:
            return list(map(colors.get, part, part))
        return [_painted(one, colors) for one in part] if kinds & {str, dict, list} else part
    return colors.get(part, part) if kind is str else part


@dataclass(frozen=True)
class Third:
    """One of the three kinds of work of a week. `lines` are what a table calls its parts: (label, activities)."""

    code: str
    label: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def activities(self) -> tuple[str, ...]:
        return tuple(code for _, codes in self.lines for code in codes)

    def hours(self, of: Mapping[str, float]) -> float:
        """Hours a week of this kind of work; `of` has hours by activity."""
        return sum(float(of.get(code, 0.0)) for code in self.activities)


# `direct_other` and `other` are activities of a time log only.
THIRDS = (
    Third(
        "with",
        "with students",
        (("Sessions and consultation", ("direct", "consult", "direct_other")), ("Make-up sessions", ("makeup",))),
    ),
    Third(
        "about",
        "about students",
        (
            ("Session notes", ("documentation",)),
            ("Meetings and reports", ("meeting", "progress_report")),
            ("Evaluations", ("evaluation_initial", "reevaluation")),
            ("On behalf of students", ("on_behalf",)),
        ),
    ),
    Third(
        "rest",
        "everything else",
        (
            ("Planning and staff time", ("planning", "staff_time")),
            ("Travel between schools", ("travel",)),
            ("Supervision, duties, screening", ("supervision", "named_duty", "mtss")),
            ("Other work", ("other",)),
        ),
    ),
)


def third_fill(tones: Tones) -> dict[str, tuple[str, str]]:
    """(fill, edge) of the three kinds of work. The pale one is seen by its edge."""
    return {"with": (tones.accent, tones.card), "about": (tones.about, tones.card), "rest": (tones.rest, tones.edge)}


def kind_marks(activities: Iterable[str]) -> dict:
    """The marker of bars that are activities: each in the color of its kind of work."""
    kind = {code: third.code for third in THIRDS for code in third.activities}
    filled = [third_fill(NAMED)[kind.get(code, "rest")] for code in activities]
    return {"color": [color for color, _ in filled], "line": {"width": 1, "color": [edge for _, edge in filled]}}


WHITE = "#FFFFFF"


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
