"""What becomes of the gap, as a chart, and every other figure today and then, open to its steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.parts import finding, live_chart, why_panel, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.status_line import is_provisional, provisionally, so_far
from dashboard.screens.decide.scenarios import open_scenarios, scenario_words
from dashboard.screens.decide.scenarios.scenario_parts import FIGURES, added_up, compared
from dashboard.shell import cached
from dashboard.shell.guard import guarded
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.states import gap_words, state_texts
from workload.figures.steps_chart import steps_chart, steps_said
from workload.figures.tones import Tones
from workload.model.words import rounded
from workload.scenarios.compare import Comparison
from workload.scenarios.priced_words import about_more, added_cost

EFFECTS = {
    "student_minutes_at_risk": "Student minutes a week that do not fit",
    "students_changing_therapist": "Students who change therapist",
    "students_gaining_therapist": "Students who get a therapist",
    "cost_first_year_dollars": "Cost, first year",
    "utilization": "Capacity used",
}
OVER_CONTRACTS = frozenset({"gap_fte", "student_minutes_at_risk", "utilization"})  # what an open premise may move


def becomes(then: Mapping[str, float], there: Mapping[str, float]) -> str:
    """What the scenario does to the gap, in words."""
    before, after = (gap_words(*scenario_words.state(one)) for one in (then, there))
    said = f"still {after}" if before == after else f"{before} becomes {after}"
    return f"{said[:1].upper()}{said[1:]}"


@st.fragment(key=FIGURES)
@guarded
def figures(answer: Answer, labels: Labels) -> None:
    """The steps as a chart, and every effect with today's figure beside it and open to its steps."""
    comparison = compared(answer, open_scenarios.board(answer))
    if comparison is None:
        return
    then, there = comparison.today.figures, comparison.scenario.figures
    finding.title(provisionally(answer, becomes(then, there)), "FTE. Every step is a difference of the numbers shown.")
    figure, words = comparison.once(_gap_drawn, live_chart.tones(), is_provisional(answer))
    live_chart.still(figure, "scenario_gap", words)
    _effect(so_far(answer, "Gap"), "gap_fte", comparison, answer, labels)
    for measure, label in EFFECTS.items():
        if measure != "students_gaining_therapist" or rounded(there[measure], 0):
            told = so_far(answer, label) if measure in OVER_CONTRACTS else label
            _effect(told, measure, comparison, answer, labels)
    if peak := scenario_words.peak(there):
        finding.said(
            "A week with sessions", f"needs {peak} FTE; on average {state_texts(*scenario_words.state(there))[0]}."
        )
    covered = [f"{int(rounded(one['schools_covered'], 0))}" for one in (then, there)]
    finding.note(so_far(answer, f"Schools with enough hours: {covered[0]} today, {covered[1]} then."))
    for note in comparison.scenario.notes:
        finding.note(note)
    with st.expander("What these figures mean"):
        st.markdown(cached.text("scenarios"))


def _gap_drawn(comparison: Comparison, tones: Tones, waits: bool) -> tuple[ReadyFigure, str]:
    steps = comparison.once(added_up)
    return live_chart.ready(steps_chart(steps, tones, waits)), steps_said(steps, waits)


def _effect(label: str, measure: str, comparison: Comparison, answer: Answer, labels: Labels) -> None:
    """One figure today and then, and the button that opens its steps."""
    pair = comparison.today.figures, comparison.scenario.figures
    then, there = (scenario_words.written(measure, one) for one in pair)
    if measure.endswith("dollars"):  # the sums of all posts say little; what is more does
        then = there = about_more(added_cost(*pair)[0])
    with st.container(
        key=f"effect_{measure}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
    ):
        finding.effect(label, then, there)
        widgets.opens("Why?", partial(_open, measure, comparison, answer, labels), f"scenario_{measure}", label)


def _open(measure: str, comparison: Comparison, answer: Answer, labels: Labels) -> None:
    opened = scenario_words.opened(comparison, comparison.once(added_up), measure, open_scenarios.prices(), answer)
    why_panel.opener_of(opened, labels)()
