"""Students against hours of work, school by school, with the line of the district as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from workload.figures.chart import layout
from workload.figures.placing import Frame, text_positions
from workload.figures.school_marks import School, label_of, named_dots
from workload.figures.tones import Tones
from workload.model.words import count, hours, shown

HEIGHT, MOST_NAMED = 372, 7
SMALL_SCREEN = (330, 300)  # pixels: where names are placed so that they do not lie on each other
MARGIN = 1.12  # how far the axes go beyond the farthest school


def farthest(schools: Sequence[School], a_student: float, most: int = MOST_NAMED) -> list[School]:
    """The schools that lie farthest from the line of the district, in hours a week, farthest first."""
    away = sorted(schools, key=lambda school: (-abs(school.hours - a_student * school.students), school.name))
    return away[:most]


def scatter_chart(schools: Sequence[School], a_student: float, tones: Tones, chosen: str | None = None) -> dict:
    """Dots carry the school's name as customdata. `a_student` is the slope of the dotted line, of the whole district.

    The school that is open is always named.
    """
    schools = farthest(schools, a_student, len(schools))  # whoever lies farthest is named first
    most_students = max((school.students for school in schools), default=1) * MARGIN
    most_hours = max((school.hours for school in schools), default=1.0) * MARGIN or 1.0
    end = min(most_students, most_hours / a_student) if a_student > 0 else most_students
    named = {school.name for school in farthest(schools, a_student)} | {chosen}
    texts = [label_of(school.name) if school.name in named else "" for school in schools]
    frame = Frame((0, most_students), (0, most_hours), *SMALL_SCREEN)
    points = [(school.students, school.hours) for school in schools]
    positions = text_positions(points, texts, frame)
    axis = {"fixedrange": True, "gridcolor": tones.rule, "zeroline": False, "color": tones.soft, "nticks": 5}
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, end],
        "y": [0, end * a_student if a_student > 0 else 0],
        "line": {"color": tones.ink, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }
    sizes = [16 if school.name == chosen else 12 for school in schools]
    marks = named_dots(schools, points, sizes, texts, positions, tones)
    small = {"size": 13, "color": tones.soft}
    place: dict = {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -24,
    }
    heading = tones.words("hours of work a week", **place, font=small)
    return {
        "data": [line, marks],
        "layout": layout(
            HEIGHT,
            margin={"l": 30, "r": 10, "t": 24, "b": 44},
            annotations=[heading],
            xaxis={**axis, "range": [0, most_students], "title": {"text": "students", "font": small}},
            yaxis={**axis, "range": [0, most_hours]},
        ),
    }


def scatter_words(schools: Sequence[School], a_student: float) -> str:
    """The picture for a reader without it."""
    if not schools:
        return "No school to show."
    said = "; ".join(
        f"{school.name} {count(school.students, 'student')}, {hours(school.hours)} hours"
        for school in farthest(schools, a_student)
    )
    short, may_move = sum(school.short for school in schools), "provisionally " if schools[0].provisional else ""
    missing = f", {short} of them {may_move}short of time" if any(school.gap for school in schools) else ""
    return (
        f"Students and hours of work a week of {count(len(schools), 'school')}{missing}. In the "
        f"district as a whole a student takes {shown(a_student, 2)} hours a week. Farthest from that: {said}."
    )
