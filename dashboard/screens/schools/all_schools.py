"""All schools at once: the finding, students against hours with the district's line, the map in miles, the list."""

from __future__ import annotations

from functools import partial
from math import isnan

import pandas as pd
import streamlit as st

from dashboard.parts import filters, finding, live_chart, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.safe_text import plain
from dashboard.parts.status_line import is_provisional, provisionally, so_far
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.school_hours import hours_by_school_and_activity
from workload.figures.school_map import farthest_shared, in_miles, map_chart, map_words, miles_words, placed, shared
from workload.figures.school_marks import School, hours_a_student, schools_shown, schools_table, withheld
from workload.figures.school_rates import fte_per_1000
from workload.figures.school_scatter import scatter_chart, scatter_words
from workload.model.roster import NO_SCHOOL
from workload.model.words import count, cut_name, hours, shown
from workload.staffing.pair import telling_schools

STUDENTS_ARE_NOT_WORK = "How many students a building has does not tell how much work is there."
LONGEST_NAME = 40
FEW_MILES = 2  # a map of one campus has no finding about distance
NEXT = ("Who could serve which school?", navigation.REBALANCE.file)


def marks_of(answer: Answer, schools: pd.DataFrame, smallest: int) -> list[School]:
    """The schools that may be shown, worked out once for a list of an answer, which is kept with them and as long."""
    made = partial(_marks, answer, schools, smallest)
    return cached.drawn("school_marks", f"{session.answer_key()} {smallest} {id(schools)}", made)[1]


def _marks(answer: Answer, schools: pd.DataFrame, smallest: int) -> tuple[pd.DataFrame, list[School]]:
    return schools, schools_shown(schools, smallest, is_provisional(answer))


def finding_of(answer: Answer, marks: list[School]) -> tuple[str, str, str, str]:
    """(before, number, after, fact) of the sentence on top: the telling pair, else the largest gap, else the most work.

    Always of the whole district, and never of a school that is withheld.
    """
    seen = {school.name: school for school in marks}
    if not seen:
        work = hours(answer.district["workload_hours"])
        return "The work takes", work, "hours a week; no school has enough students to be shown", ""
    two = telling_schools(answer.schools[answer.schools["school"].isin(seen)])
    if two is not None:
        more, less = seen[two.heavier], seen[two.lighter]
        after = (
            f"hours for {count(more.students, 'student')}, {called(less)} {shown(less.hours, 0)} for {less.students}"
        )
        return f"{called(more)} needs", shown(more.hours, 0), after, STUDENTS_ARE_NOT_WORK
    gaps = answer.schools.set_index("school")["gap_fte"]
    short = [school for school in seen.values() if school.short]
    if short:
        most = min(short, key=lambda school: float(gaps[school.name]))
        verb = "is" if len(short) == 1 else "are"
        return (
            f"{called(most)} is short",
            most.gap.removeprefix("short "),
            provisionally(answer, "FTE"),
            "" if len(seen) == 1 else f"{provisionally(answer, f'{len(short)} of {len(seen)} schools {verb} short')}.",
        )
    most = max(seen.values(), key=lambda school: school.hours)
    after = f"hours a week for {count(most.students, 'student')}"
    return f"{called(most)} takes", shown(most.hours, 0), after, STUDENTS_ARE_NOT_WORK


def _finding(answer: Answer, smallest: int) -> tuple[str, str, str, str]:
    return finding_of(answer, marks_of(answer, answer.schools, smallest))


def called(school: School) -> str:
    """The school's name in a headline, cut where it is very long; the list has the whole."""
    return cut_name(plain(school.name), LONGEST_NAME)


def head(answer: Answer, smallest: int) -> None:
    """The sentence and the next step."""
    made = partial(_finding, answer, smallest)
    before, number, after, fact = cached.drawn("schools_finding", f"{session.answer_key()} {smallest}", made)
    finding.hero(before, number, after, [finding.fact(fact)] if fact else [], actions=[NEXT], key="schools_next")


def listed_key(focus: filters.Focus, smallest: int) -> str:
    """What the pictures and the list follow from, as one text."""
    return f"{session.answer_key()} {focus} {smallest} {live_chart.tones() is live_chart.DARK}"


def _scatter(
    answer: Answer, schools: pd.DataFrame, smallest: int, chosen: str | None
) -> tuple[str, ReadyFigure | None, str]:
    """(how to read it, the picture or None without a school, its words)"""
    seen, a_student = marks_of(answer, schools, smallest), hours_a_student(answer.schools)
    may_move = "provisionally " if is_provisional(answer) else ""
    filled = f"Filled: {may_move}short of time. Hollow: covered. " if answer.posts_known else ""
    dotted = "" if isnan(a_student) else f"Dotted: the district, {shown(a_student, 2)} hours a student. "
    under = f"{dotted}{filled}Click to open."
    if not seen:
        return under, None, ""
    figure = live_chart.ready(scatter_chart(seen, a_student, live_chart.tones(), chosen))
    return under, figure, scatter_words(seen, a_student)


def scatter(answer: Answer, schools: pd.DataFrame, smallest: int, focus: filters.Focus) -> None:
    """Students against hours. The line is that of the whole district, whatever is listed."""
    chosen, made = focus.school, partial(_scatter, answer, schools, smallest, focus.school)
    under, figure, words = cached.drawn("schools_scatter", listed_key(focus, smallest), made)
    with st.container(key="card_scatter", height="stretch"):
        finding.title("Above the line, a student takes more hours than in the district as a whole", under)
        filters.listed(_number(schools), answer.once(_all_schools), "school")
        if figure is None:
            finding.note("No school with enough students to be shown is in what is chosen.")
            return
        opened(live_chart.clicked(figure, f"scatter {chosen}", words), chosen)


def _map(
    answer: Answer, schools: pd.DataFrame, smallest: int, chosen: str | None
) -> tuple[str, str, ReadyFigure, str] | None:
    """(its title, how to read it, the map, its words); None where no school has a place"""
    seen = marks_of(answer, schools, smallest)
    if not (there := placed(seen)):
        return None
    places = dict(zip((school.name for school in there), in_miles(there), strict=True))
    pairs = shared(answer.cells, places)
    figure = live_chart.ready(map_chart(there, pairs, live_chart.tones(), chosen))
    title = map_title(answer, there, farthest_shared(answer.cells, places))
    return title, map_under(seen, there), figure, map_words(there, pairs, len(seen) - len(there))


def on_the_map(answer: Answer, schools: pd.DataFrame, smallest: int, focus: filters.Focus) -> None:
    """The schools in miles, with lines between those that one therapist serves."""
    chosen, made = focus.school, partial(_map, answer, schools, smallest, focus.school)
    drawn = cached.drawn("schools_map", listed_key(focus, smallest), made)
    with st.container(key="card_map", height="stretch"):
        if drawn is None:
            finding.title("No map yet", "Fill in latitude and longitude on the Schools sheet to see the drives.")
            return
        title, under, figure, words = drawn
        finding.title(title, under)
        opened(live_chart.clicked(figure, f"map {chosen}", words), chosen)


def map_title(answer: Answer, there: list[School], miles: float) -> str:
    """What the map says: how many are short, and how far one therapist's schools lie apart."""
    number = sum(school.short for school in there)
    some = "the school" if number == len(there) == 1 else f"{number} of {count(len(there), 'school')}"
    short = f"{some if number else 'no school'} short of time"
    far = f"one therapist's schools lie up to {miles_words(miles)} apart"
    parts = [*([short] if answer.posts_known else []), *([far] if miles >= FEW_MILES else [])]
    words = "; ".join(parts) or f"{count(len(there), 'school')} on the map"
    return so_far(answer, words[:1].upper() + words[1:]) if answer.posts_known else words[:1].upper() + words[1:]


def map_under(seen: list[School], there: list[School]) -> str:
    """How to read it."""
    missing = len(seen) - len(there)
    without = f" {count(missing, 'school')} without coordinates." if missing else ""
    return f"Larger: more hours. A line: one therapist serves both.{without}"


def opened(school: str | None, chosen: str | None) -> None:
    """A click on a school opens it."""
    if school is not None and school != chosen:
        session.set_next("school", school)
        st.rerun()


def choose(answer: Answer, labels: Labels) -> filters.Focus:
    """The choice of one school, for those who do not click."""
    finding.title("All schools")
    return filters.choose(answer, labels, "school")


def _ready_table(answer: Answer, schools: pd.DataFrame, smallest: int) -> tuple[widgets.ReadyTable, int]:
    listed = schools_table(schools, marks_of(answer, schools, smallest), smallest)
    return widgets.ReadyTable(listed), withheld(schools, smallest)


def table(answer: Answer, schools: pd.DataFrame, smallest: int, focus: filters.Focus) -> None:
    """The numbers of both pictures."""
    listed, hidden = cached.drawn(
        "schools_table", listed_key(focus, smallest), partial(_ready_table, answer, schools, smallest)
    )
    if hidden:
        finding.note(f"The numbers of {count(hidden, 'small school')} are left out so that no child can be recognized.")
    widgets.table(listed, "Students, hours of work and gap of each school", "schools", "schools", rows=24)


def more(answer: Answer, schools: pd.DataFrame, smallest: int, chosen: str | None) -> None:
    """What kind of work is where, and FTE for each 1,000 enrolled; drawn when it is opened."""
    panel = st.expander("Work by activity, and FTE for each 1,000 enrolled", key="school_more", on_change="rerun")
    if panel.open:
        with panel:
            rates = fte_per_1000(schools, smallest, answer.schools, is_provisional(answer))
            for drawn, key in ((hours_by_school_and_activity(schools, smallest), "school_heat"), (rates, "school_fte")):
                widgets.chart(
                    drawn,
                    f"{key} {chosen}",
                    key.replace("_", "-"),
                    partial(opened, chosen=chosen),
                )


def _all_schools(answer: Answer) -> int:
    return _number(answer.schools)


def _number(schools: pd.DataFrame) -> int:
    return int((schools["school"] != NO_SCHOOL).sum())
