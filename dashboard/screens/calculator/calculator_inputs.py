"""What the calculator asks for: one number input for each field of `Week`, kept in the address for a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_type_hints

import streamlit as st

from dashboard.parts import widgets
from workload.one_week.week_roster import Week


@dataclass(frozen=True)
class Ask:
    """One input: the field it fills, its name in the address, words and bounds."""

    field: str
    key: str
    label: str
    most: float
    step: float = 1
    least: float = 0
    help: str = ""


GROUPS: dict[str, tuple[Ask, ...]] = {
    "Students seen one at a time": (
        Ask("individual", "one", "Students", 200),
        Ask("individual_minutes", "one_min", "Minutes a session", 240, 5),
        Ask(
            "individual_sessions",
            "one_wk",
            "Sessions a week",
            10,
            0.25,
            help="Each student's sessions a week. Every other week is 0.5.",
        ),
    ),
    "Students seen in groups": (
        Ask("grouped", "grp", "Students", 200),
        Ask("group_size", "grp_size", "Students in a group", 12, least=2),
        Ask("group_minutes", "grp_min", "Minutes a session", 240, 5),
        Ask("group_sessions", "grp_wk", "Sessions a week", 10, 0.25),
    ),
    "Students on consult": (
        Ask("consult", "con", "Students", 300),
        Ask("consult_minutes", "con_min", "Minutes a month", 480, 5),
    ),
    "Evaluations and meetings": (
        Ask("initial", "init", "Initial evaluations a year", 200),
        Ask("reevaluations", "reeval", "Re-evaluations a year", 200),
        Ask(
            "without_iep",
            "plan504",
            "Students on a 504 plan",
            300,
            help="Of all students above. They have no IEP meeting and no progress report. Everybody else has one IEP "
            "meeting a year; each evaluation has one, too.",
        ),
    ),
    "Other duties": (
        Ask(
            "moves",
            "moves",
            "Moves between buildings a week",
            50,
            help="Each drive or walk from one building to the next.",
        ),
        Ask("assistants", "otas", "OTAs supervised", 10),
        Ask("duty_hours", "duty", "Named duties, hours a week", 40, 0.25, help="Lead role, equipment, mentoring."),
        Ask("mtss_hours", "mtss", "Screening and MTSS, hours a week", 40, 0.25),
        Ask("makeup_minutes", "makeup", "Make-up minutes owed until June 30", 20_000, 30),
    ),
    "Contract": (Ask("contract_hours", "hours", "Contract hours a week, without lunch", 60, 0.25, least=1),),
}
START = Week()
# What is counted in whole numbers is declared so; the start of a field says nothing, as one session a week is a 1, too.
WHOLE = {name for name, kind in get_type_hints(Week).items() if kind is int}


def in_the_address() -> bool:
    """Whether somebody came by a link that holds round numbers."""
    return any(ask.key in st.query_params for asks in GROUPS.values() for ask in asks)


def inputs() -> Week:
    """All inputs, and the week that they describe."""
    values: dict[str, Any] = {}  # whole numbers or parts, as `WHOLE` says
    for title, asks in GROUPS.items():
        st.markdown(f"**{title}**")
        with st.grid(2, min_column_width=130, vertical_alignment="bottom"):
            for ask in asks:
                values[ask.field] = number(ask)
    return Week(**values)


def number(ask: Ask) -> float:
    """One input; out-of-range values of an address fall back to the start."""
    kind = int if ask.field in WHOLE else float
    start = getattr(START, ask.field)
    value = st.number_input(
        ask.label,
        kind(ask.least),
        kind(ask.most),
        kind(start),
        kind(ask.step),
        key=ask.key,
        bind="query-params",
        help=ask.help or None,
        format="%d" if kind is int else "%g",
    )
    return widgets.within(value, kind(ask.least), kind(ask.most), kind(start))
