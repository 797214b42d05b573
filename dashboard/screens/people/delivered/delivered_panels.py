"""Delivered minutes on the page: bringing them in, the shares with their reasons, and the list of students behind a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.parts import chart_links, findings_list, log_people, small_schools, why_panel, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.people.delivered import delivered_data
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_compliance
from workload.figures.delivered_charts import delivered_and_not, shares_by_year
from workload.figures.masking import masked, masking_note
from workload.model.words import count, in_words, percent, shown
from workload.staffing.delivered.compliance import (
    CHICAGO_SOURCE,
    REASON_COLUMNS,
    REASONS,
    Delivered,
    chicago_minutes,
    compliance,
    compliance_by,
    student_list_for_compliance_officer,
)
from workload.staffing.delivered.from_fidelity import TO_DATE, WHOLE_SPAN

BY = {"Month": "month", "School": "school", "Therapist": "therapist", "School year": "school_year"}
EMPTY = (
    "No delivered minutes yet. Under Bring in minutes, upload a log or monthly totals, or type a month in. Until then only "
    "the estimate on Answer says what is at risk; it cannot say what was missed."
)
STEP = (
    "I answer a complaint or an audit and need to see single students. The list is for the compliance officer, and stays out "
    "of anything that leaves the district."
)


def labels_of(answer: Answer | None, delivered: Delivered | None) -> Labels:
    """What people of the roster and of the minutes are called."""
    names: Iterable[str] = delivered.rows["therapist"].dropna() if delivered is not None else ()
    return log_people.labels_for(answer, names)


def bring(labels: Labels) -> None:
    """The empty sheet, an upload, and a month typed in."""
    st.markdown(
        "One row for each month and student, therapist or school, with required and delivered minutes. A log with one row "
        "for each session works, too: date, minutes, and an outcome (delivered, or the reason). So does a SameGoal "
        "fidelity report."
    )
    st.download_button(
        "Download the empty sheet", delivered_data.template, "delivered-minutes.xlsx", widgets.EXCEL, on_click="ignore"
    )
    st.header("Upload", anchor=False)
    st.file_uploader(
        "A log or monthly totals (Excel or CSV)", type=widgets.TABLE_KINDS, key="delivered_file", on_change=_take
    )
    if refused := delivered_data.record().refused:
        st.error(safe(refused, 900))
    for at, (name, made) in enumerate(delivered_data.files().items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{safe(name)}**: {count(len(made.rows), 'row')} counted", width="content")
            st.button("Leave it out", key=f"drop_delivered_{at}", on_click=delivered_data.drop, args=(name,))
        if name in delivered_data.reports():
            _ask_promised(name, f"promised_{name}")
    st.header("Or type a month in", anchor=False)
    _fields(labels)
    for kind in findings_list.kinds(delivered_data.issues()):
        findings_list.show_kind(kind, labels)


def _ask_promised(name: str, key: str) -> None:
    """What the promised minutes of a report's services that go on are of; until then their rows wait."""
    read = delivered_data.reports()[name]
    if not read.going_on:
        return
    if read.waiting:
        st.warning(
            f"{count(read.waiting, 'row waits', 'rows wait')} for your answer and {_is(read.waiting)} not counted."
        )
    session.start_with(key, delivered_data.record().promised.get(name))
    st.radio(
        f"{count(read.going_on, 'service goes', 'services go')} on beyond {in_words(session.day())}. Their promised "
        "minutes are …",
        [TO_DATE, WHOLE_SPAN],
        index=None,
        key=key,
        on_change=_promised,
        args=(name, key),
        help="The report calls them Maximum Allowable Minutes. Of the whole span, the part that has passed by this date is "
        "counted as due, by calendar days.",
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _promised(name: str, key: str) -> None:
    delivered_data.record().promised[name] = session.chosen(key)


def _take() -> None:
    file = session.chosen("delivered_file")
    if file is not None:
        delivered_data.record().refused = delivered_data.take(file.name, file.getvalue())


def _fields(labels: Labels) -> None:
    roster = session.opened().roster if session.district() is not None else None
    schools = sorted(roster.schools["school"].dropna()) if roster is not None else []
    codes = {labels.code(name): labels.of(name) for name in labels.codes}
    with st.form("delivered_typed", border=False):
        with st.grid(3, min_column_width=180, vertical_alignment="bottom"):
            st.date_input("A day of the month", session.day(), key="typed_month", format="MM/DD/YYYY")
            st.selectbox("School", schools, index=None, key="typed_school", placeholder="All", format_func=plain)
            st.selectbox(
                "Therapist",
                list(codes),
                index=None,
                key="typed_therapist",
                placeholder="All",
                format_func=lambda code: plain(codes[code]),
            )
            st.number_input("Required minutes", 0.0, 1e8, None, 10.0, format="%g", key="typed_required")
            st.number_input("Delivered minutes", 0.0, 1e8, None, 10.0, format="%g", key="typed_delivered")
            for reason, label in REASONS.items():
                st.number_input(
                    f"Not delivered: {label.lower()}", 0.0, 1e8, None, 10.0, format="%g", key=f"typed_{reason}"
                )
        st.form_submit_button("Add these minutes", on_click=_add, args=(labels,))
    if problem := delivered_data.record().typed_problem:
        st.error(problem)
    if delivered_data.record().typed:
        st.markdown(f"**{count(len(delivered_data.record().typed), 'row')} typed in.**")
        widgets.table(typed_table(labels), "The minutes that were typed in", "typed_minutes")
    st.button("Undo the last row", on_click=_undo, disabled=not delivered_data.record().typed, key="undo_delivered")


def typed_table(labels: Labels) -> pd.DataFrame:
    """The rows that were typed in, with codes for people."""
    rows = pd.DataFrame(delivered_data.record().typed)
    return rows.assign(therapist=[labels.of(name) if name else None for name in rows["therapist"]])


def _add(labels: Labels) -> None:
    required, given = session.chosen("typed_required"), session.chosen("typed_delivered")
    missing = [words for words, value in (("required", required), ("delivered", given)) if value is None]
    delivered_data.record().typed_problem = (
        f"The {' and '.join(missing)} minutes are missing. Write 0 where there were none; "
        "an empty field is never read as zero."
        if missing
        else ""
    )
    if missing:
        return
    code = session.chosen("typed_therapist")
    row = {
        "month": session.chosen("typed_month"),
        "school": session.chosen("typed_school"),
        "therapist": labels.therapist(code) if code else None,
        "required_minutes": required,
        "delivered_minutes": given,
        **{f"{reason}_minutes": session.chosen(f"typed_{reason}") for reason in REASONS},
    }
    delivered_data.record().typed += (row,)


def _undo() -> None:
    delivered_data.record().typed = delivered_data.record().typed[:-1]


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


def students(delivered: Delivered | None) -> None:
    """Required, received and difference of single students, only after an explicit step."""
    if delivered is None:
        st.info(EMPTY)
        return
    if not st.checkbox(STEP, key="single_students"):
        st.caption("Students appear as pseudonyms, the same as in the roster. Leaving the page closes the list again.")
        return
    table = student_list_for_compliance_officer(delivered)
    if left := table.attrs["rows_without_student"]:
        st.caption(f"{count(left, 'row')} without a student {'is' if left == 1 else 'are'} not in this list.")
    if table.empty:
        st.info("No row names a student, so there is no list. Monthly totals by student are needed for it.")
        return
    widgets.table(
        student_table(table), "Required, received and difference of each student", "students", "students", rows=18
    )


def student_table(table: pd.DataFrame) -> pd.DataFrame:
    """The list with readable headings."""
    return pd.DataFrame(
        {
            "Student (pseudonym)": table["student"],
            "Required, minutes": [shown(each, 0) for each in table["required_minutes"]],
            "Received, minutes": [shown(each, 0) for each in table["received_minutes"]],
            "Difference, minutes": [shown(each, 0) for each in table["difference_minutes"]],
            **{
                f"{label}, minutes": [shown(each, 0) for each in table[f"{reason}_minutes"]]
                for reason, label in REASONS.items()
            },
        }
    )


def elsewhere(delivered: Delivered | None) -> None:
    """Chicago's published minutes by school year, with the district's own above them."""
    own = compliance_by(delivered, "school_year") if delivered is not None else None
    chicago = compliance_by(chicago_minutes(), "school_year")
    widgets.chart(shares_by_year(own, chicago, "Chicago"), "elsewhere")
    st.caption(
        safe(
            f"Source: {CHICAGO_SOURCE}. Guidance, read in the source: the figures were read, month by month; the shares are "
            "the sums of each school year. One large district, ten years ago. It is no standard.",
            900,
        )
    )
    widgets.words_table(
        pd.DataFrame(
            {
                "School year": chicago["school_year"],
                "Required, minutes": [shown(each, 0) for each in chicago["required_minutes"]],
                "Delivered, minutes": [shown(each, 0) for each in chicago["delivered_minutes"]],
                "Not delivered, explained": [shown(each, 0) for each in chicago["other_minutes"]],
                "Neither delivered nor explained": [shown(each, 0) for each in chicago["not_accounted_minutes"]],
                "Delivered of required": [percent(each, 1) for each in chicago["compliance"]],
            }
        ),
        "Chicago's minutes by school year",
        "chicago",
        "chicago-minutes",
    )
