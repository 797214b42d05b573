"""What comes of the open scenario, in four parts that run again by themselves when a number of a lever moves.

The levers beside them stay as they are on the screen: `again` names these parts, and nothing else is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.parts import chart_links, finding, live_chart, small_schools, why_panel, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.status_line import is_provisional, provisionally, so_far, status_chip
from dashboard.screens.decide.scenarios import money_panels, open_scenarios, scenario_files, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import cached, guard, navigation, session
from dashboard.shell.guard import guarded
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.scenario_charts import schools_before_after
from workload.figures.scenario_numbers import adding_up
from workload.figures.states import gap_words, state_texts
from workload.figures.steps_chart import steps_chart, steps_said
from workload.figures.tones import Tones
from workload.model.words import rounded
from workload.report.scenario_options import rests_on_examples
from workload.scenarios.closing import closed
from workload.scenarios.compare import Comparison, compare
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.outcome import outcome_of
from workload.scenarios.priced_words import about_more, added_cost
from workload.scenarios.scenario import Scenario, mismatch

EFFECTS = {
    "student_minutes_at_risk": "Student minutes a week that do not fit",
    "students_changing_therapist": "Students who change therapist",
    "students_gaining_therapist": "Students who get a therapist",
    "cost_first_year_dollars": "Cost, first year",
    "utilization": "Capacity used",
}
OVER_CONTRACTS = frozenset({"gap_fte", "student_minutes_at_risk", "utilization"})  # what an open premise may move
SAID, OPTIONS, FIGURES, TABLE = PARTS = ("scenario_said", "scenario_options", "scenario_figures", "scenario_steps")
PART, STEPS = (
    "scenario_part",
    "Step by step",
)  # what is looked at below the levers, and the one choice that is a part here
STEPS_ALT = "Today, each lever alone, what they do together, and the scenario"
MOST_CARDS, MOST_KNOWN = 4, 24


def again() -> None:
    """Run only these parts again; for the callback of a widget whose own part stays as it is.

    What else stands below the levers, such as the money, follows from the scenario, too: with it the whole page runs.
    """
    if session.chosen(PART) == STEPS:
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


@st.fragment(key=SAID)
@guarded
def said(answer: Answer) -> None:
    """What the scenario comes to as the finding of the page, what to do next, and what stands against it."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is not None:
        there = comparison.scenario.figures
        before, number, words, short = scenario_words.sentence(comparison, session.district_name())
        words = provisionally(answer, words)
        actions: list[finding.Action] = (
            [("Make the packet with this", partial(_packet, now))] if now.open.levers else []
        )
        if scenario_words.is_short(there):
            actions.append(("Close the gap exactly", partial(_close, now, answer)))
        actions = actions or [("See the year ahead", navigation.YEAR.file)]
        finding.hero(before, number, words, facts(answer, comparison), short=short, actions=actions, key="decide_next")
    for warning in (open_scenarios.problem(), mismatch(answer, now.open)):
        if warning:
            st.warning(safe(warning, 600))
    scenario_files.put(scenario_files.link_of(now.open, answer))
    guard.after_a_part()


def facts(answer: Answer, comparison: Comparison) -> list[str]:
    """Needed and there, the money and its rates, and the weeks with sessions where the average does not show it."""
    then, there = comparison.today.figures, comparison.scenario.figures
    need, have, _ = state_texts(*scenario_words.state(there))
    made = [finding.fact("needs {}, has {}", need, have)]
    first, later = added_cost(then, there)
    if first or later:
        rates = rests_on_examples(comparison.today, comparison.scenario, money_panels.prices())
        said = "first year {}, then {} a year" + (", at example rates" if rates else "")
        made.append(finding.fact(said, *map(about_more, (first, later))))
    if peak := scenario_words.peak(there):
        made.append(finding.fact("average week {}, weeks with sessions {} FTE", need, peak))
    return [*made, status_chip(answer)]


def _packet(now: Board) -> None:
    open_scenarios.record().for_packet = open_scenarios.current(now).open.name
    st.switch_page(navigation.REPORT.file)


def _close(now: Board, answer: Answer) -> None:
    now = open_scenarios.current(now)
    open_scenarios.put(now, closed(answer, now.open, money_panels.prices()))
    st.rerun()


@st.fragment(key=OPTIONS)
@guarded
def options(answer: Answer) -> None:
    """Today and the scenarios as cards side by side; a card's name opens it."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is None:
        return
    then = comparison.today.figures
    with st.container(key="option_row", horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
        _option(answer, now, "Today", then, then, "today")
        for at in cards_of(now):
            there = comparison.scenario.figures if at == now.at else _figures_of(answer, now.scenarios[at])
            if there is not None:
                key = f"{'open' if at == now.at else 'other'}_{at}"
                _option(answer, now, now.scenarios[at].name, then, there, key, None if at == now.at else at)
        if len(now.scenarios) > MOST_CARDS:
            key = f"scenario_{open_scenarios.version()}_{len(now.scenarios)}"
            st.selectbox(
                "All scenarios",
                range(len(now.scenarios)),
                now.at,
                format_func=lambda at: plain(now.scenarios[at].name),
                width=180,
                key=key,
                on_change=lambda: open_scenarios.choose(now, session.chosen(key)),
            )


def cards_of(now: Board) -> list[int]:
    """The scenarios that have a card: the first ones, and always the open one."""
    places = list(range(len(now.scenarios)))[:MOST_CARDS]
    return places if now.at in places else [*places[:-1], now.at]


def _option(
    answer: Answer,
    now: Board,
    name: str,
    then: Mapping[str, float],
    there: Mapping[str, float],
    key: str,
    at: int | None = None,
) -> None:
    """One card: its name, the gap, need and posts, money and minutes."""
    gap = gap_words(*scenario_words.state(there))
    need, have, _ = state_texts(*scenario_words.state(there))
    first = added_cost(then, there)[0]
    lines = [
        f"needs {need}, has {have}" + (f", weeks with sessions {peak}" if (peak := scenario_words.peak(there)) else ""),
        f"{about_more(first)}" if there is not then else "posts as they are",
        f"{scenario_words.written('student_minutes_at_risk', there)} min a week at risk",
    ]
    with st.container(key=f"option_{key}", gap=None, width=218):
        if at is None:
            finding.option_name(name)
        elif st.button(plain(name, 40), key=f"open_option_{at}", type="tertiary"):
            open_scenarios.choose(now, at)
            st.rerun()
        finding.option(gap, gap.startswith("short"), lines, provisionally(answer, ""))


def _figures_of(answer: Answer, scenario: Scenario) -> Mapping[str, float] | None:
    """The figures of a scenario that is not open, held until something changes; None for one that cannot be."""
    known = open_scenarios.record().outcomes
    key = cached.digest(session.answer_key(), sorted(money_panels.prices().values.items()), scenario)
    if key not in known:
        try:
            found = outcome_of(answer, scenario, scenario.levers, money_panels.prices()).figures
        except LeverError:
            return None
        open_scenarios.record().outcomes = known = {**dict(list(known.items())[-MOST_KNOWN:]), key: found}
    return known[key]


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


def added_up(comparison: Comparison) -> pd.DataFrame:
    return adding_up(comparison.columns)


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
    opened = scenario_words.opened(comparison, comparison.once(added_up), measure, money_panels.prices(), answer)
    why_panel.opener_of(opened, labels)()


@st.fragment(key=TABLE)
@guarded
def steps(answer: Answer) -> None:
    """The column that adds up, and the schools before and after."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is None:
        return
    with st.container(key="card_steps"):
        finding.title(
            "Today, each lever alone, and the scenario",
            "Every column adds up as it stands. Students are counted by their share of the work that moves.",
        )
        _table(scenario_words.steps_words(comparison.once(added_up)))
        mark = cached.digest(session.answer_key(), now.open, sorted(money_panels.prices().values.items()))
        widgets.downloads_of("scenario-steps", lambda: comparison.steps, "scenario_steps_exact", mark[:8])
    if comparison.pilot is not None:
        st.header("How does the pilot compare with the rest?", anchor=False)
        widgets.words_table(
            scenario_words.pilot_words(comparison.pilot),
            "Pilot schools and all others, before and after",
            "scenario_pilot",
            "pilot",
        )
    smallest = small_schools.masking()
    students = answer.once(_students)
    widgets.chart(
        schools_before_after(
            comparison.today.schools, comparison.scenario.schools, students, smallest, is_provisional(answer)
        ),
        "scenario_schools",
        opens=chart_links.school,
    )


def _table(words: dict[str, list[str]]) -> None:
    """A table of numbers as they are written. It goes to the screen as it is: a data frame would be checked cell by cell."""
    ready = pa.table(
        {name: [safe(text, 200) for text in texts] if name == "Step" else texts for name, texts in words.items()}
    )
    st.table(ready, border="horizontal", hide_index=True, alt=plain(STEPS_ALT))


def _students(answer: Answer) -> list[float]:
    """Caseload of each school, in the order of a scenario's schools."""
    return answer.schools.set_index("school")["caseload"].reindex(list(answer.demand.schools)).fillna(0.0).tolist()
