"""Step 2, my study: the Mon-Fri grid, filled some hours at a time, beside what her plans ask for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.parts import finding, live_chart
from dashboard.parts.safe_text import safe
from dashboard.parts.week_colors import BEYOND, COLORS
from dashboard.screens.calculator import path_record
from dashboard.screens.calculator.path_record import record, widget_key
from dashboard.shell import session
from workload.answer import Answer
from workload.figures.fit_chart import ONE_WEEK, WeekRow, fit_chart, fit_words, parts_of, week_row
from workload.figures.plan_and_log import plan_and_log, side_by_side
from workload.model.units import hours as hours_of
from workload.model.words import hours, rounded
from workload.one_week.week_grid import CLOCKS, WEEK_DAYS
from workload.one_week.week_roster import ME
from workload.report.own_letter.letter_words import own_row
from workload.staffing.time_study.model_against_log import logs_whole_days
from workload.staffing.time_study.study import LABELS, TimeStudy, clock_words
from workload.staffing.time_study.study_tables import intervention_ratio
from workload.work.activities import CODES

NOTHING = "Nothing (clear these hours)"
CHOICES = (NOTHING, *LABELS.values())
CODE_OF = {label: code for code, label in LABELS.items()}
AN_HOUR = 4  # steps of the clock


def show(answer: Answer | None) -> None:
    """The hours to fill in, the grid as it stands, and both sides."""
    with st.container(key="card_fill"):
        finding.title(
            "Where do your hours go?",
            "Fill in the week that hangs on your wall, some hours at a time: days, from, to, what. Include lunch.",
        )
        _contract_day()
        _fill()
        if record().problem:
            st.warning(safe(record().problem))
    study = path_record.study()
    if study.is_empty:
        finding.note("The grid is empty. It takes ten minutes or so; you can also go on without it.")
        return
    left, right = st.columns([58, 42], gap="small")
    with left, st.container(key="card_grid", height="stretch"):
        _grid()
    with right, st.container(key="card_study", height="stretch"):
        _both(answer, study)


def _contract_day() -> None:
    """When the contract's day begins and ends: what lies outside is unpaid."""
    with st.grid(2, min_column_width=150, vertical_alignment="bottom"):
        for name, label in (("begins", "Your paid day begins"), ("ends", "and ends")):
            key = widget_key(f"day_{name}")
            session.start_with(key, getattr(record().grid, name))
            st.selectbox(label, CLOCKS, key=key, format_func=clock_words, on_change=_set_day, args=(name, key))


def _set_day(name: str, key: str) -> None:
    record().grid = replace(record().grid, **{name: session.chosen(key)})


def _fill() -> None:
    with st.form("my_grid_form", border=False):
        st.pills("Days", WEEK_DAYS, selection_mode="multi", default=list(WEEK_DAYS[:5]), key="my_grid_days")
        with st.grid(3, min_column_width=150, vertical_alignment="bottom"):
            st.selectbox("From", CLOCKS, index=CLOCKS.index("08:00"), format_func=clock_words, key="my_grid_from")
            st.selectbox("To", CLOCKS, index=CLOCKS.index("09:00"), format_func=clock_words, key="my_grid_to")
            st.selectbox("What", CHOICES, index=1, key="my_grid_what")
        st.form_submit_button("Put it in the grid", on_click=_put)


def _put() -> None:
    """Fill the chosen hours; hours that end before they start are refused in a sentence."""
    kept, days = record(), session.chosen("my_grid_days") or []
    what = CODE_OF.get(session.chosen("my_grid_what"), "")
    if not days:
        kept.problem = "Choose at least one day."
        return
    try:
        kept.grid = kept.grid.with_block(days, session.chosen("my_grid_from"), session.chosen("my_grid_to"), what)
    except ValueError as problem:
        kept.problem = str(problem)
        return
    kept.problem = ""
    ended = CLOCKS.index(session.chosen("my_grid_to"))
    session.set_now("my_grid_from", CLOCKS[min(ended, len(CLOCKS) - 2)])
    session.set_now("my_grid_to", CLOCKS[min(ended + AN_HOUR, len(CLOCKS) - 1)])


def _grid() -> None:
    """The grid, a line for each block of a day."""
    finding.title("Your grid", "Put other hours over these to change them; Nothing clears them.")
    by_day = {day: [block for block in record().grid.blocks if block.day == day] for day in WEEK_DAYS}
    finding.plain_table(
        ["Day", "Hours", "What"],
        [
            (day if not at else "", f"{clock_words(block.start)} to {clock_words(block.end)}", LABELS[block.activity])
            for day, blocks in by_day.items()
            for at, block in enumerate(blocks)
        ],
        "Your week as filled in",
    )
    st.button("Clear the whole grid", on_click=_clear, key="my_grid_clear", type="tertiary")


def _clear() -> None:
    kept = record()
    kept.grid = replace(kept.grid, slots={})


def _both(answer: Answer | None, study: TimeStudy) -> None:
    """Plans and log as two bars and line by line; without a caseload the log alone."""
    ratio = intervention_ratio(study)
    outside = f", {hours(ratio.outside_hours)} of them outside your paid day" if rounded(ratio.outside_hours, 1) else ""
    whole = answer is not None and logs_whole_days(study, answer.staffing, ME)
    finding.title(f"You logged {hours(ratio.worked_hours)} hours of work{outside}", "Lunch and breaks are no work.")
    if answer is not None and not whole:
        finding.note("The grid does not hold your whole contract yet, so the letter does not speak of it.")
    both = plan_and_log(study, answer.staffing, ME) if answer is not None else None
    if answer is None or both is None:
        sums = hours_of(study.work.groupby("activity")["minutes"].sum()).to_dict()
        finding.plain_table(
            ["Hours a week", "log"],
            [(one["line"], hours(one["plans"])) for one in side_by_side(sums, None).to_dict("records")],
            "Hours logged by line of work",
            right=(1,),
        )
        finding.note("Say who you serve in step 1 to see it beside what your plans ask for.")
        return
    plans = week_row(own_row(answer), "The plans", ME, True)
    bars = [plans, WeekRow("Your log", ME, parts_of(both.log), plans.contract)]
    finding.key_of_colors(*COLORS, BEYOND)
    live_chart.still(fit_chart(bars, live_chart.tones(), ONE_WEEK), "my_two_bars", fit_words(bars))
    table = side_by_side({code: float(own_row(answer)[f"{code}_hours"]) for code in CODES}, both.log)
    finding.plain_table(
        ["Hours a week", "plans", "log"],
        [(one["line"], hours(one["plans"]), hours(one["log"])) for one in table.to_dict("records")],
        "Plans and log by line of work",
        right=(1, 2),
    )
    finding.note("One week says little about a year: evaluations and meetings come in waves.")
