"""The page of scenarios: which one is open, its levers, what comes of it, step by step and school by school."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    board,
    building,
    cached,
    lever_widgets,
    lever_words,
    money_panels,
    scenario_files,
    scenario_words,
    session,
    turnover_panels,
    why,
    widgets,
)
from dashboard.board import Board
from dashboard.guard import live
from dashboard.names import Labels
from dashboard.safe import plain, safe
from workload.analysis import Answer
from workload.choices.compare import Comparison, compare, side_by_side
from workload.choices.fields import LeverError
from workload.choices.scenario import mismatch
from workload.figures.scenario_charts import adding_up, gap_steps, scenarios_side_by_side, schools_before_after
from workload.figures.text import count, percent, rounded, shown

CARDS = ("gap_fte", "utilization", "student_minutes_at_risk", "students_changing_therapist", "cost_first_year_dollars")
LABELS = {"gap_fte": "Gap, FTE", "utilization": "Capacity used", "student_minutes_at_risk": "Minutes at risk a week",
          "students_changing_therapist": "Students who change", "cost_first_year_dollars": "First-year cost"}
TABS = ("Levers and result", "Money", "Side by side", "Save and share", "If somebody leaves")


@live
def show(answer: Answer, labels: Labels) -> None:
    """Everything of the page below its title. It runs alone when one of its widgets moves."""
    now = board.board(answer)
    comparison = compared(answer, now)
    head(now, answer, comparison)
    levers, money, beside, share, leaving = st.tabs(TABS, key="scenario_tab", on_change="rerun")
    if levers.open:
        with levers:
            levers_and_result(now, answer, labels, comparison)
    if money.open:
        with money:
            money_panels.show(answer, comparison)
    if beside.open:
        with beside:
            all_scenarios(now, answer)
    if share.open:
        with share:
            scenario_files.show(now, answer)
    if leaving.open:
        with leaving:
            turnover_panels.show(answer, labels)


def compared(answer: Answer, now: Board) -> Comparison | None:
    """The open scenario taken apart; what is known from before is not computed again. None when it cannot be."""
    try:
        found = compare(answer, now.open, money_panels.prices(), session.kept("comparison"))
    except LeverError as refusal:
        board.refuse(str(refusal))
        return None
    session.keep("comparison", found)
    return found


def head(now: Board, answer: Answer, comparison: Comparison | None) -> None:
    """Which scenario is open, what can be done with it, and what it comes to."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        places = list(range(len(now.scenarios)))
        st.selectbox("Scenario", places, now.at, format_func=lambda at: plain(now.scenarios[at].name), width=260,
                     key=f"scenario_{board.version()}_{len(places)}", on_change=_choose, args=(now, len(places)))
        st.button("New", on_click=board.new, args=(now, answer), key="scenario_new", help="An empty scenario")
        st.button("Duplicate", on_click=board.duplicate, args=(now,), key="scenario_copy", help="A copy, to change one thing in it")
        st.button("Undo", on_click=board.undo, disabled=not board.can_undo(), key="scenario_undo", help="Take the last change back")
        st.button("Delete", on_click=board.delete, args=(now,), key="scenario_delete", help="Without this scenario")
    if comparison is not None:
        st.markdown(f"**{safe(scenario_words.sentence(comparison, session.district_name()), 1_000)}**")
    for warning in (board.problem(), mismatch(answer, now.open)):
        if warning:
            st.warning(safe(warning, 600))


def _choose(now: Board, number: int) -> None:
    board.choose(now, session.chosen(f"scenario_{board.version()}_{number}"))


def levers_and_result(now: Board, answer: Answer, labels: Labels, comparison: Comparison | None) -> None:
    """The levers on the left, the figures on the right, and below them the column that adds up."""
    asked, told = st.columns([6, 5], gap="medium")
    with asked:
        add_lever(now, answer)
        for at in range(len(now.open.levers)):
            lever_widgets.lever(now, at, answer, labels)
        pilot(now, answer)
    if comparison is None:
        return
    steps = adding_up(comparison.steps)
    with told:
        result(comparison, steps, answer, labels)
    if not now.open.levers:
        return
    st.subheader("Does it add up? Today, each lever alone, and the scenario", anchor=False)
    widgets.words_table(scenario_words.steps_words(steps), "Today, each lever alone, what they do together, and the scenario",
                        "scenario_steps")
    st.caption("Every column adds up as it stands. Students are counted by their share of the work that moves.")
    widgets.downloads("scenario-steps", comparison.steps, "scenario_steps_exact")
    widgets.chart(gap_steps(steps), "scenario_gap")
    if comparison.pilot is not None:
        st.subheader("How does the pilot compare with the rest?", anchor=False)
        widgets.words_table(scenario_words.pilot_words(comparison.pilot), "Pilot schools and all others, before and after",
                            "scenario_pilot", "pilot")
    smallest = building.masking()
    students = answer.schools.set_index("school")["caseload"].reindex(comparison.today.schools["school"]).fillna(0.0).tolist()
    widgets.chart(schools_before_after(comparison.today.schools, comparison.scenario.schools, students, smallest), "scenario_schools")


def add_lever(now: Board, answer: Answer) -> None:
    """The grouped list of levers; and, for an empty scenario, a start."""
    key = f"add_lever_{board.version()}"
    st.selectbox("Add a lever", lever_words.ORDER, None, format_func=lever_words.listed, placeholder="Choose what to change",
                 key=key, on_change=_add, args=(now, key))
    gap = rounded(-answer.district["gap_fte"], 1)
    if not now.open.levers:
        st.caption("Levers: more people, other posts, other work, another week. Each is in plain units, and their order does not matter.")
        if gap > 0:
            st.button(f"Try it: add {shown(gap, 1)} FTE of OT, as many as are short", key="try_gap",
                      on_click=board.add_lever, args=(now, "add", {"fte": gap}))


def _add(now: Board, key: str) -> None:
    kind = session.chosen(key)
    if kind is not None:
        board.add_lever(now, kind, lever_words.LEVERS[kind].start)


def pilot(now: Board, answer: Answer) -> None:
    """The schools where the scenario is tried before the district does it."""
    known, key = answer.demand.schools, f"pilot_{board.version()}"
    st.multiselect("Try it only at these schools first (pilot)", known, [name for name in now.open.pilot_schools if name in known],
                   format_func=plain, placeholder="No pilot: the whole district", key=key, on_change=_pilot, args=(now, key))


def _pilot(now: Board, key: str) -> None:
    board.pilot(now, tuple(session.chosen(key)))


def result(comparison: Comparison, steps, answer: Answer, labels: Labels) -> None:
    """The figures of the scenario, each with today's beside it and open to its steps."""
    then, now = comparison.today.figures, comparison.scenario.figures
    with st.grid(2, min_column_width=150):
        for measure in CARDS:
            with st.container(border=True):
                st.metric(LABELS[measure], written(measure, now[measure]))
                if now[measure] != then[measure]:
                    st.caption(safe(f"today {written(measure, then[measure])}"))
                widgets.opens(f"Why {written(measure, now[measure])}?", why.opener_of(
                    scenario_words.opened(comparison, steps, measure, money_panels.prices(), answer), labels), f"scenario_{measure}")
        more_figures(then, now)
    for note in comparison.scenario.notes:
        st.info(safe(note, 600))
    with st.expander("What these figures mean"):
        st.markdown(cached.text("scenarios"))


def more_figures(then, now) -> None:
    """Coverage and the fullest week, in the last frame."""
    with st.container(border=True):
        st.metric("Schools covered", shown(now["schools_covered"], 0))
        st.caption(f"today {shown(then['schools_covered'], 0)}")
        st.caption(safe(f"Fullest week: {shown(now['peak_week_fte'], 2)} FTE, today {shown(then['peak_week_fte'], 2)}. "
                        f"{count(int(rounded(now['students_gaining_therapist'], 0)), 'student')} without a therapist would get one."))


def written(measure: str, value: float) -> str:
    """A figure as on its card."""
    if measure == "utilization":
        return percent(value)
    if measure.endswith("dollars"):
        return scenario_words.dollars(value)
    return shown(value, scenario_words.DIGITS[measure]).replace("-", "−")


def all_scenarios(now: Board, answer: Answer) -> None:
    """Every scenario of the session beside today."""
    try:
        table = side_by_side(answer, now.scenarios, money_panels.prices())
    except LeverError as refusal:
        st.warning(safe(refusal, 600))
        return
    widgets.chart(scenarios_side_by_side(table), "scenarios_gap")
    widgets.words_table(scenario_words.compared_words(table), "Every figure of today and of each scenario", "scenarios_compared")
    widgets.downloads("scenarios", table, "scenarios_exact")
    if len(now.scenarios) < 2:
        st.caption("Only one scenario is here. Press New or Duplicate above to compare another with it.")

