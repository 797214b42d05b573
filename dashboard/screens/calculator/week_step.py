"""Step 1, my week: the caseload as a list, in round numbers or from her own sheet; what else fills the week; the result."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, live_chart, own_numbers, sections, summary, why_panel, widgets
from dashboard.parts.week_colors import BEYOND, COLORS
from dashboard.screens.calculator import calculator_inputs, list_panel, path_record, sheet_panel
from dashboard.screens.calculator.path_record import LIST, NUMBERS, WAYS, record, set_duty, widget_key
from dashboard.shell import session
from dashboard.shell.therapist_names import AS_WRITTEN
from workload.answer import Answer
from workload.figures.fit_chart import ONE_WEEK, fit_chart, fit_words, week_row
from workload.figures.plan_and_log import side_by_side
from workload.model.words import hours, within
from workload.one_week.responsibilities import STAFF_TIME, YEAR, responsibilities
from workload.one_week.week_roster import ME
from workload.report.own_letter.letter_words import own_row
from workload.work.activities import CODES

# (field, label, most, step, help) of what is asked beside the caseload; None stands where nothing was counted
FIELDS = (
    ("contract_hours", "Contract hours a week, without lunch", 60.0, 0.25, ""),
    (
        "initial",
        "Initial evaluations a year",
        200.0,
        1.0,
        "Leave it empty if you have not counted: then an assumed number for each student is taken.",
    ),
    ("reevaluations", "Re-evaluations a year", 200.0, 1.0, "Empty: one for each student with an IEP in three years."),
    ("moves", "Moves between buildings a week", 50, 1, "Each drive or walk from one building to the next."),
    ("assistants", "OTAs you supervise", 10, 1, ""),
    ("makeup_minutes", "Make-up minutes owed until June 30", 20_000.0, 30.0, ""),
)


def show() -> None:
    """What she says of her week."""
    kept = record()
    with st.container(key="card_caseload"):
        finding.title("Who do you serve?", "No names are needed. Mixed frequencies are fine.")
        kept.way = sections.part(WAYS, "way", NUMBERS if calculator_inputs.in_the_address() else LIST, "How you say it")
        if kept.way == LIST:
            list_panel.show()
        elif kept.way == NUMBERS:
            kept.week = calculator_inputs.inputs()
        else:
            sheet_panel.show()
    if kept.way != NUMBERS:
        with st.container(key="card_rest"):
            finding.title("Evaluations, buildings, contract", "What you leave empty is assumed, and said so below.")
            with st.grid(3, min_column_width=200, vertical_alignment="bottom"):
                for field in FIELDS:
                    _field(*field)
    _responsibilities()


def _field(name: str, label: str, most: float, step: float, help: str) -> None:
    """One number of the duties."""
    key = widget_key(name)
    least = type(most)(1 if name == "contract_hours" else 0)
    value = getattr(record().duties, name)
    session.start_with(key, value if value is None else type(most)(value))
    st.number_input(
        label,
        least,
        most,
        value=None,
        step=type(most)(step),
        format="%d" if isinstance(most, int) else "%g",
        key=key,
        help=help or None,
        placeholder="not counted",
        on_change=set_duty,
        args=(name, key),
    )


def _responsibilities() -> None:
    """The tick list: each with the hours to start from, and where they come from."""
    kept = record()
    panel = st.expander(
        f"What else fills your week? {len(kept.ticked)} ticked",
        key="my_responsibilities",
        on_change="rerun",
        expanded=True,
    )
    if not panel.open:
        return
    with panel:
        st.caption(
            "Tick what is yours and put in your own hours; each starts at an example. Your hours of meetings, training and "
            "assigned duty take the place of the assumed share of the week."
        )
        with st.grid(2, min_column_width=300, vertical_alignment="top"):
            for one in responsibilities().values():
                with st.container(key=f"my_box_{one.id}"):
                    _tick(one.id)


def _tick(id: str) -> None:
    one, kept = responsibilities()[id], record()
    key, amount = widget_key(f"tick_{id}"), widget_key(f"hours_{id}")
    session.start_with(key, id in kept.ticked)
    st.checkbox(
        one.label, key=key, help=f"{one.help} Source: {one.source}.", on_change=_set_tick, args=(id, key, amount)
    )
    if id in kept.ticked:
        session.start_with(amount, float(kept.ticked[id]))
        st.number_input(
            f"Hours a {one.per}: {within(one.label)}",
            0.0,
            400.0 if one.per == YEAR else 40.0,
            step=1.0 if one.per == YEAR else 0.25,
            format="%g",
            key=amount,
            on_change=_set_tick,
            args=(id, key, amount),
        )
        if kept.ticked[id] == one.hours:
            st.caption("Example, use your own")


def _set_tick(id: str, key: str, amount: str) -> None:
    kept = record()
    others = {each: hours for each, hours in kept.ticked.items() if each != id}
    if session.chosen(key):
        typed = session.chosen(amount)
        others[id] = float(responsibilities()[id].hours if typed is None else typed)
    kept.ticked = others


def result(answer: Answer | None) -> None:
    """The week as one bar, its lines, and every figure open to its formula and rows."""
    if answer is None:
        return
    row = own_row(answer)
    bars = [week_row(row, "Your week", ME, True)]
    left, right = st.columns([58, 42], gap="small")
    with left, st.container(key="card_week", height="stretch"):
        finding.title(summary.week_sentence(row), "Hours a week. The upright mark is the contract.")
        finding.key_of_colors(*COLORS, BEYOND)
        live_chart.still(fit_chart(bars, live_chart.tones(), ONE_WEEK), "own_week", fit_words(bars))
        for sentence in assumed_words():
            finding.note(sentence)
    with right, st.container(key="card_lines", height="stretch"):
        finding.title("What fills it")
        table = side_by_side({code: float(row[f"{code}_hours"]) for code in CODES}, None)
        finding.plain_table(
            ["Hours a week", ""],
            [(one["line"], hours(one["plans"])) for one in table.to_dict("records")],
            "Hours of your week by line of work",
            right=(1,),
        )
    widgets.cards(
        [
            (label, value, why_panel.opener(answer, measure, AS_WRITTEN, therapist=ME), f"own_{measure}")
            for label, value, measure in summary.week_cards(row)
        ]
    )
    own_numbers.number_opened(answer, AS_WRITTEN, "own", therapist=ME)


def assumed_words() -> list[str]:
    """What nobody has said and is assumed, in sentences."""
    case, said = path_record.case(), []
    lacks = [
        word
        for word, value in (("initial evaluations", case.duties.initial), ("re-evaluations", case.duties.reevaluations))
        if value is None
    ]
    if lacks:
        said.append(f"Your number of {' and '.join(lacks)} is not known; an assumed rate for each student is counted.")
    ticked = {responsibilities()[id].counts_as for id in case.ticked}
    if STAFF_TIME not in ticked:
        said.append(
            "No meetings, training or assigned duty are ticked; an assumed share of the week is counted for them."
        )
    examples = [id for id, amount in case.ticked.items() if amount == responsibilities()[id].hours]
    if examples:
        said.append(
            f"{len(examples)} of the ticked hours still {'is an example' if len(examples) == 1 else 'are examples'}."
        )
    return said
