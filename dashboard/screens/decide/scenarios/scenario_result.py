"""What comes of the open scenario, in three parts that run again by themselves when a number of a lever moves.

The levers beside them stay as they are on the screen: `again` names these parts, and nothing else is drawn anew.
"""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.parts import column_labels, why_panel, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.scenarios import money_panels, open_scenarios, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.screens.schools import one_school
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.scenario_charts import gap_steps, schools_before_after
from workload.figures.scenario_numbers import adding_up
from workload.figures.states import state_texts
from workload.model.words import count, rounded, shown
from workload.report.table_files import as_csv, as_xlsx
from workload.scenarios.compare import Comparison, compare
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.scenario import mismatch

CARDS = ("gap_fte", "utilization", "student_minutes_at_risk", "students_changing_therapist", "cost_first_year_dollars")
LABELS = {
    "gap_fte": "Gap, FTE",
    "utilization": "Capacity used",
    "student_minutes_at_risk": "Minutes at risk a week",
    "students_changing_therapist": "Students who change",
    "cost_first_year_dollars": "First-year cost",
}
PARTS = ("scenario_said", "scenario_figures", "scenario_steps")
STEPS_ALT = "Today, each lever alone, what they do together, and the scenario"


def again() -> None:
    """Run only these parts again; for the callback of a widget whose own part stays as it is."""
    st.rerun(list(PARTS))


def compared(answer: Answer, now: Board) -> Comparison | None:
    """The open scenario taken apart; what is known from before is not computed again. None when it cannot be."""
    try:
        found = compare(answer, now.open, money_panels.prices(), open_scenarios.record().comparison)
    except LeverError as refusal:
        open_scenarios.refuse(str(refusal))
        return None
    open_scenarios.record().comparison = found
    return found


def _said(answer: Answer) -> None:
    """What the scenario comes to, in a sentence, and what stands against it."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is not None:
        st.markdown(f"**{safe(scenario_words.sentence(comparison, session.district_name()), 1_000)}**")
    for warning in (open_scenarios.problem(), mismatch(answer, now.open)):
        if warning:
            st.warning(safe(warning, 600))


def _figures(answer: Answer, labels: Labels) -> None:
    """The figures of the scenario, each with today's beside it and open to its steps."""
    comparison = compared(answer, open_scenarios.board(answer))
    if comparison is None:
        return
    then, now = comparison.today.figures, comparison.scenario.figures
    with st.grid(2, min_column_width=150):
        for measure in CARDS:
            _card(measure, comparison, answer, labels)
        _more(then, now)
    for note in comparison.scenario.notes:
        st.info(safe(note, 600))
    with st.expander("What these figures mean"):
        st.markdown(cached.text("scenarios"))


def _card(measure: str, comparison: Comparison, answer: Answer, labels: Labels) -> None:
    """One figure with today's below it, and the button that opens its steps."""
    then, now = (scenario_words.written(measure, one.figures) for one in (comparison.today, comparison.scenario))
    with st.container(border=True):
        st.metric(LABELS[measure], now)
        hidden = (
            scenario_words.hidden_by_rounding(comparison.today.figures, comparison.scenario.figures)
            if measure == "gap_fte"
            else ""
        )
        if now != then or hidden:
            st.caption(safe(f"today {then}" + (f"; {hidden}" if hidden else "")))
        widgets.opens(f"Why {now}?", partial(_open, measure, comparison, answer, labels), f"scenario_{measure}")


def _open(measure: str, comparison: Comparison, answer: Answer, labels: Labels) -> None:
    opened = scenario_words.opened(comparison, adding_up(comparison.columns), measure, money_panels.prices(), answer)
    why_panel.opener_of(opened, labels)()


def _more(then, now) -> None:
    """Coverage and the fullest week, in the last frame."""
    with st.container(border=True):
        st.metric("Schools covered", shown(now["schools_covered"], 0))
        st.caption(f"today {shown(then['schools_covered'], 0)}")
        fullest = [state_texts(one["peak_week_fte"], one["available_fte"])[0] for one in (now, then)]
        st.caption(
            safe(
                f"Fullest week: {fullest[0]} FTE, today {fullest[1]}. "
                f"{count(int(rounded(now['students_gaining_therapist'], 0)), 'student')} without a therapist would get one."
            )
        )


def _steps(answer: Answer) -> None:
    """The column that adds up, the gap step by step, and the schools before and after."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is None or not now.open.levers:
        return
    steps = adding_up(comparison.columns)
    st.header("Does it add up? Today, each lever alone, and the scenario", anchor=False)
    _table(scenario_words.steps_words(steps))
    st.caption("Every column adds up as it stands. Students are counted by their share of the work that moves.")
    _downloads(comparison, cached.digest(session.answer_key(), now.open, sorted(money_panels.prices().values.items())))
    widgets.chart(gap_steps(steps), "scenario_gap")
    if comparison.pilot is not None:
        st.header("How does the pilot compare with the rest?", anchor=False)
        widgets.words_table(
            scenario_words.pilot_words(comparison.pilot),
            "Pilot schools and all others, before and after",
            "scenario_pilot",
            "pilot",
        )
    smallest = one_school.masking()
    students = _students(answer, comparison)
    widgets.chart(
        schools_before_after(comparison.today.schools, comparison.scenario.schools, students, smallest),
        "scenario_schools",
    )


def _table(words: dict[str, list[str]]) -> None:
    """A table of numbers as they are written. It goes to the screen as it is: a data frame would be checked cell by cell."""
    ready = pa.table(
        {name: [safe(text, 200) for text in texts] if name == "Step" else texts for name, texts in words.items()}
    )
    st.table(ready, border="horizontal", hide_index=True, alt=plain(STEPS_ALT))


def _downloads(comparison: Comparison, mark: str) -> None:
    """The steps with every digit, made when asked for. `mark` is the digest of everything that they follow from."""

    def table():
        return column_labels.headed(comparison.steps)

    name = f"scenario-steps-{mark[:8]}"
    with st.container(horizontal=True):
        st.download_button(
            "Download Excel",
            lambda: as_xlsx({"scenario-steps": table()}),
            f"{name}.xlsx",
            widgets.EXCEL,
            key="scenario_steps_exact_xlsx",
            on_click="ignore",
        )
        st.download_button(
            "Download CSV",
            lambda: as_csv(table()),
            f"{name}.csv",
            "text/csv",
            key="scenario_steps_exact_csv",
            on_click="ignore",
        )


def _students(answer: Answer, comparison: Comparison) -> list[float]:
    """Caseload of each school of the comparison; held as long as the answer is the same."""
    known = open_scenarios.record().students
    if known is None or known[0] is not answer:
        found = (
            answer.schools.set_index("school")["caseload"]
            .reindex(comparison.today.schools["school"])
            .fillna(0.0)
            .tolist()
        )
        known = (answer, found)
        open_scenarios.record().students = known
    return known[1]


said, figures, steps = (
    st.fragment(guarded(part), key=key) for part, key in zip((_said, _figures, _steps), PARTS, strict=True)
)
