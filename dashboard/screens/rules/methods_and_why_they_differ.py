"""All methods side by side: chart, what each starts from and leaves out, why they differ, and which are not included."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.parts import why_panel, widgets
from dashboard.parts.assumption_widgets import FORCE
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_method
from workload.figures.rule_charts import by_every_method
from workload.model.words import fte, fte_span, rounded
from workload.rules.rule import EVIDENCE, FORCES
from workload.staffing.method_differences import Difference, differences
from workload.staffing.methods_without_number import not_included
from workload.staffing.published_methods import MethodResult, methods_side_by_side

UNITS = {
    "k3": "K to 3",
    "grades_4_12": "Grades 4 to 12",
    "basic": "Basic",
    "intensive": "Intensive",
    "complex_": "Complex",
}


def show(answer: Answer, labels: Labels) -> None:
    more = {**answer.method_inputs, "delaware": units()}
    methods = methods_side_by_side(answer.staffing, answer.range, answer.rule_pack, **more)
    causes = differences(answer.staffing, methods)
    house = float(answer.district["required_fte"])
    widgets.chart(by_every_method(methods, float(answer.district["available_fte"])), "methods_beside")
    opened(answer, labels, methods, causes, house)
    st.header("What each one starts from and leaves out", anchor=False)
    methods_table(methods)
    st.header("Why they differ", anchor=False)
    st.caption("The differences of a method from this tool's own, cause by cause, in FTE. They add up.")
    widgets.words_table(
        differences_table(methods, causes),
        "Why each method differs from this tool's",
        "method_differences",
        "method-differences",
    )
    st.header("Known and not included", anchor=False)
    units_fields()
    missing = not_included(answer.staffing, answer.range, answer.rule_pack, **more)
    widgets.words_table(
        pd.DataFrame(
            [
                {"Method": one.label, "What is missing": one.missing, "Where it is to be had": one.where}
                for one in missing
            ]
        ),
        "Methods that give no number here",
        "not_included",
    )


def units() -> dict[str, float] | None:
    """Delaware's pupil units, when somebody has typed them in."""
    typed = {id: float(session.chosen(f"units_{id}") or 0) for id in UNITS}
    return typed if any(typed.values()) else None


def units_fields() -> None:
    """The fields for Delaware's pupil units."""
    with st.expander("Do you have Delaware's unit count? Add its method"):
        st.caption(
            "Pupil units by 14 Del. C. §1703, for the whole district. Leave all of them at zero to leave it out."
        )
        with st.grid(5, min_column_width=120, vertical_alignment="bottom"):
            for id, label in UNITS.items():
                st.number_input(
                    label, 0.0, 1_000_000.0, 0.0, 1.0, format="%g", key=f"units_{id}", persist_state="session"
                )


def read_of(method: MethodResult) -> str:
    """What a method's source is and how well it was read."""
    return f"{FORCE.get(method.force, method.force)}, {EVIDENCE[method.evidence]}"


def methods_table(methods: Sequence[MethodResult]) -> None:
    """Every method with its FTE, force, source, inputs, what it leaves out and what it must not be combined with."""
    table = pd.DataFrame(
        [
            {
                "Method": f"**{safe(one.label)}**  \n{safe(read_of(one))}",
                "FTE": safe(fte_span(one.low, one.high)),
                "Starts from": f"{safe(one.inputs, 600)}  \n*{safe(one.source, 600)}*",
                "Leaves out": safe(one.leaves_out, 600),
                "Never combine": safe(one.not_with, 600),
            }
            for one in methods
        ]
    )
    st.table(table, border="horizontal", hide_index=True, alt="Every method with what it starts from and leaves out")
    widgets.downloads(
        "methods",
        pd.DataFrame(
            [
                {
                    "Method": one.label,
                    "Low, FTE": one.low,
                    "High, FTE": one.high,
                    "Force": FORCE.get(one.force, one.force),
                    "How well read": EVIDENCE[one.evidence],
                    "Source": one.source,
                    "Starts from": one.inputs,
                    "Leaves out": one.leaves_out,
                    "Never combine": one.not_with,
                }
                for one in methods
            ]
        ),
        "methods_all",
    )


def signed(value: float) -> str:
    return f"+{fte(value)}" if value > 0 else f"−{fte(-value)}"


def differences_table(methods: Sequence[MethodResult], causes: Sequence[Difference]) -> pd.DataFrame:
    """One row a method: the whole difference and its causes in sentences."""
    rows = []
    for method in methods:
        mine = sorted((one for one in causes if one.method == method.method), key=lambda one: -abs(one.fte))
        if mine:
            rows.append(
                {
                    "Method": method.label,
                    "Difference, FTE": signed(sum(one.fte for one in mine)),
                    "Because": " ".join(f"{signed(one.fte)}: {one.words}" for one in mine if rounded(one.fte, 2)),
                }
            )
    return pd.DataFrame(rows, columns=["Method", "Difference, FTE", "Because"])


@live
def opened(
    answer: Answer, labels: Labels, methods: Sequence[MethodResult], causes: Sequence[Difference], house: float
) -> None:
    """One method opened to its arithmetic, source and rows."""
    by_id = {one.method: one for one in methods}
    chosen = widgets.one_or_none(
        "Why? Open one method",
        by_id,
        "method_opened",
        "Choose a method to see its arithmetic, source and rows",
        lambda id: plain(by_id[id].label),
    )
    if chosen in by_id:
        one = by_id[chosen]
        found = explain_method(
            one, causes, house, answer.lines, FORCES.get(one.force, one.force), EVIDENCE[one.evidence]
        )
        why_panel.show(labels.explanation(found), "method_why")
