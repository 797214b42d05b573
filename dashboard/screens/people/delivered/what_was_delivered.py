"""What was delivered: the shares with their reasons, by month, school, therapist or school year, and one opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.parts import chart_links, small_schools, why_panel, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_compliance
from workload.figures.delivered_charts import delivered_and_not
from workload.figures.masking import masked, masking_note
from workload.model.words import percent, shown
from workload.staffing.delivered.compliance import REASON_COLUMNS, Delivered, compliance, compliance_by

BY = {"Month": "month", "School": "school", "Therapist": "therapist", "School year": "school_year"}
EMPTY = (
    "No delivered minutes yet. Under Bring in minutes, upload a log or monthly totals, or type a month in. Until then only "
    "the estimate on Answer says what is at risk; it cannot say what was missed."
)


def results(delivered: Delivered | None, labels: Labels, answer: Answer | None) -> None:
    """The shares with their reasons, by month, school, therapist or school year; a click opens who is on the roster."""
    if delivered is None:
        st.info(EMPTY)
        return
    total = compliance(delivered)
    st.markdown(safe(sentence(delivered)))
    opener = why_panel.opener_of(explain_compliance(delivered), labels)
    widgets.cards(
        [
            ("Delivered of required", percent(total["compliance"], 1), opener, "compliance"),
            ("Required minutes", shown(total["required_minutes"], 0), opener, "required_minutes"),
            ("Delivered minutes", shown(total["delivered_minutes"], 0), opener, "delivered_minutes"),
        ],
        185,
    )
    by = BY[st.radio("Show by", list(BY), key="delivered_by", horizontal=True, persist_state="session")]
    seen = delivered
    if by == "school":
        seen, note = without_small(delivered, small_schools.masking())
        widgets.sentence(note)
    if by == "therapist":
        st.caption(
            "For the lead. A share says what students received; absence, a vacant post or a closed school can be behind it. "
            "It ranks nobody."
        )
    table = compliance_by(seen, by)
    names = None
    if by == "therapist":
        names = {name: labels.of(name) for name in labels.codes} | {"not given": "Not given"}
        known = names.get
        table = table.sort_values(by, key=lambda told: told.map(lambda name: known(name, name)), ignore_index=True)
    codes: dict[str, str] | None = None
    opens: Callable[[str], None] | None = None
    if answer is not None and by == "therapist":
        codes, opens = dict(session.labels(answer).codes), chart_links.person
    elif answer is not None and by == "school":
        codes, opens = {name: name for name in answer.schools["school"]}, chart_links.school
    widgets.chart(delivered_and_not(table, by, names, codes), f"delivered_chart_{by}", f"delivered-by-{by}", opens)
    if by != "school_year":
        opened(seen, by, table[by].tolist(), labels)


def sentence(delivered: Delivered) -> str:
    """What was required and delivered, and how much has no reason."""
    total = compliance(delivered)
    if total["compliance"] != total["compliance"]:
        return "No minutes were required in these rows, so there is no share."
    reasons = sum(total[name] for name in REASON_COLUMNS)
    return (
        f"{shown(total['delivered_minutes'], 0)} of {shown(total['required_minutes'], 0)} required minutes were delivered: "
        f"{percent(total['compliance'], 1)}. A reason is given for {shown(reasons, 0)} minutes, and none for "
        f"{shown(total['not_accounted_minutes'], 0)}."
    )


def without_small(delivered: Delivered, smallest: int) -> tuple[Delivered, str]:
    """The minutes without schools with few students, where rows name students; and a sentence about those left out."""
    rows = delivered.rows
    number = rows[rows["student"].notna() & rows["school"].notna()].groupby("school")["student"].nunique()
    hidden = masked(number.to_numpy(), smallest)
    if not hidden.any():
        return delivered, ""
    gone = set(number.index[hidden])
    left = replace(delivered, rows=rows[~rows["school"].isin(gone)].reset_index(drop=True))
    return left, " ".join(masking_note(hidden, smallest)).replace("row", "school")


@live
def opened(delivered: Delivered, by: str, keys: list[str], labels: Labels) -> None:
    """One month, school or therapist, opened to its arithmetic and rows."""
    codes = {labels.code(key) if by == "therapist" else key: key for key in keys}
    code = st.selectbox(
        "Why? Open one of them",
        list(codes),
        index=None,
        key=f"delivered_{by}",
        persist_state="session",
        placeholder="Choose one",
        format_func=lambda code: plain(labels.of(codes[code]) if by == "therapist" else code),
    )
    if code in codes:
        found = explain_compliance(delivered, by, codes[code])
        why_panel.show(labels.explanation(found), "delivered_why")
