"""The schools as both pictures of the page draw them: which are shown, which are short, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.figures.chart import NO_FADE, short_name
from workload.figures.masking import masked, masking_words
from workload.figures.states import gap_alone
from workload.figures.tones import Tones
from workload.model.roster import NO_SCHOOL
from workload.model.words import count, hours, rounded


@dataclass(frozen=True)
class School:
    """One school that may be shown. `gap` is "short 0.8", "room for 0.4", "even", or empty where nobody knows; `provisional` says that it
    may move."""

    name: str
    students: int
    hours: float
    gap: str
    north: float
    east: float
    provisional: bool = False

    @property
    def short(self) -> bool:
        return self.gap.startswith("short")

    @property
    def words(self) -> str:
        may_move = ", provisionally" if self.provisional else ","
        gap = f"{may_move} {self.gap}{'' if self.gap == 'even' else ' FTE'}" if self.gap else ""
        return f"{short_name(self.name)}: {count(self.students, 'student')}, {hours(self.hours)} h a week{gap}"


SEEN = (
    "school",
    "caseload",
    "workload_hours",
    "required_fte",
    "available_fte",
    "gap_fte",
    "latitude",
    "longitude",
)
SHORTER = (
    (r"\bElementary( School)?\b", "El"),
    (r"\bMiddle School\b", "Middle"),
    (r"\bHigh School\b", "High"),
    (r"\bPreschool Center\b", "Preschool"),
)


def label_of(name: str) -> str:
    """A school's name beside its dot: the kind of school in few letters, so that more schools can be named."""
    for words, fewer in SHORTER:
        name = re.sub(words, fewer, name)
    return short_name(name)


def schools_shown(schools: pd.DataFrame, smallest: int = 0, provisional: bool = False) -> list[School]:
    """The schools of the table without those that are withheld and without work at no school.

    schools   rows of `Answer.schools`
    smallest  a school with fewer students is withheld, and one more where it would be the only one
    provisional  whether the gaps rest on an open premise
    """
    real = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    if real.empty:
        return []
    seen = real[~masked(real["caseload"].to_numpy(float), smallest)]
    columns = (seen[name].tolist() for name in SEEN)
    return [
        School(
            name,
            int(students),
            float(work),
            gap_alone(required, available) if gap == gap else "",
            float(north),
            float(east),
            provisional,
        )
        for name, students, work, required, available, gap, north, east in zip(*columns, strict=True)
    ]


def withheld(schools: pd.DataFrame, smallest: int) -> int:
    """How many schools of the table are not shown because they have few students."""
    real = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    return int(np.sum(masked(real["caseload"].to_numpy(float), smallest))) if len(real) else 0


def hours_a_student(schools: pd.DataFrame) -> float:
    """Hours of work a week for each student counted at a school: the sum over the sum; NaN without a student.

    schools  all of `Answer.schools`: the line is the district's and no filter moves it
    """
    real = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    students = float(real["caseload"].sum()) if len(real) else 0.0
    return float(real["workload_hours"].sum()) / students if students else float("nan")


def dots(schools: Sequence[School], tones: Tones) -> dict:
    """Filled is short, hollow is covered; where nobody knows, all are in the color of hours that are there."""

    def fill(school: School) -> str:
        return tones.gap if school.short else tones.card if school.gap else tones.accent

    def edge(school: School) -> str:
        return tones.gap if school.short else tones.soft if school.gap else tones.accent

    return {
        "opacity": 1,
        "color": [fill(school) for school in schools],
        "line": {"width": 2, "color": [edge(school) for school in schools]},
    }


def schools_table(schools: pd.DataFrame, shown: Sequence[School], smallest: int = 0) -> pd.DataFrame:
    """Every school as a row in the order of the table; numbers of a withheld one are missing and the note says why.

    shown  those that may be shown, as `schools_shown` gives them
    """
    real = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    seen = {school.name: school for school in shown}
    rows: list[tuple[object, ...]] = []
    for name in real["school"] if len(real) else []:
        school = seen.get(name)
        if school is None:
            rows.append((name, None, None, None, "", masking_words(smallest)))
        else:
            each = rounded(school.hours / school.students, 2) if school.students else None
            rows.append((name, school.students, rounded(school.hours, 1), each, school.gap, ""))
    return pd.DataFrame(
        rows, columns=["School", "Students", "Hours a week", "Hours a student", "FTE short or room", "Note"]
    )


def named_dots(
    schools: Sequence[School],
    points: Sequence[tuple[float, float]],
    sizes: Sequence[float],
    texts: Sequence[str],
    positions: Sequence[str | None],
    tones: Tones,
) -> dict:
    """The schools as dots that carry their names as customdata, some with their name written beside them.

    positions  where each text stands; empty where there is no room for it
    """
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "text": [text if position else "" for text, position in zip(texts, positions, strict=True)],
        "textposition": [position or "top center" for position in positions],
        "textfont": {"color": tones.ink, "size": 13},
        "cliponaxis": False,
        "customdata": [[school.name] for school in schools],
        "hoverinfo": "text",
        "hovertext": [school.words for school in schools],
        "marker": {**dots(schools, tones), "size": list(sizes)},
        **NO_FADE,
    }
