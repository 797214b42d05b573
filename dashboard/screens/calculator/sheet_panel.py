"""The caseload from her own sheet: read as a district's file is, her lines only, names dropped on reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.calculator.path_record import record, widget_key
from dashboard.shell import cached, session
from workload.model.issues import ERROR
from workload.model.words import count
from workload.one_week.own_sheet import entries_of_sheet, not_counted, therapists_of

if TYPE_CHECKING:
    from workload.intake.answers.findings import Question
    from workload.intake.load import Loaded

KINDS = ["xlsx", "xls", "csv", "ods", "html"]
MOST_QUESTIONS = 6


def show() -> None:
    """The uploader, what the sheet leaves open, whose lines are hers, and what was read."""
    key = widget_key("sheet")
    st.file_uploader(
        "Your caseload as a sheet (Excel or CSV)",
        type=KINDS,
        key=key,
        on_change=_take,
        args=(key,),
        help="A column that says how often, or minutes and sessions, is enough. Names and birth dates are dropped unread.",
    )
    kept = record()
    if kept.sheet is None:
        if kept.kept_entries:
            finding.note("The lines of your sheet are in the list. Choose As a list to see them.")
        return
    _read()


def _take(key: str) -> None:
    file = session.chosen(key)
    if file is not None:
        kept = record()
        kept.sheet, kept.sheet_answers, kept.sheet_of, kept.kept_entries = (file.name, file.getvalue()), {}, None, ()


def _read() -> None:
    """Read the sheet under the answers so far, and keep its lines as entries."""
    kept, loaded = record(), _loaded()
    errors = [issue for issue in loaded.roster.issues if issue.severity == ERROR]
    for issue in errors[:3]:
        st.error(safe(f"{issue.message} {issue.remedy}", 800))
    people = therapists_of(loaded.roster)
    if len(people) > 1:
        st.selectbox(
            "Which of them is you?",
            people,
            index=None,
            key=widget_key("sheet_of"),
            placeholder="Choose",
            format_func=plain,
            on_change=_whose,
            args=(widget_key("sheet_of"),),
        )
    for question in loaded.questions[:MOST_QUESTIONS]:
        _ask(question)
    if errors or (len(people) > 1 and kept.sheet_of is None):
        kept.kept_entries = ()
        return
    kept.kept_entries = entries_of_sheet(loaded.roster, session.today(), session.assumptions(), kept.sheet_of)
    read, lost = not_counted(loaded.roster)
    students = sum(entry.students for entry in kept.kept_entries)
    st.markdown(
        f"**{count(students, 'student')}** with services in force today, of {count(read, 'row')} read"
        + (f"; {count(lost, 'row')} could not be read and {'is' if lost == 1 else 'are'} not counted." if lost else ".")
    )
    if lost or loaded.questions:
        finding.note("To see every row with its fate, upload the same sheet on Data.")


def _loaded() -> Loaded:
    """The sheet as read under the answers so far; read again when either changes."""
    from workload.intake.answers.import_map import ImportMap
    from workload.intake.load import load

    kept = record()
    assert kept.sheet is not None  # a sheet is read after it was given
    read = cached.digest(*kept.sheet, sorted(kept.sheet_answers.items()))
    if kept.sheet_read is None or kept.sheet_read[0] != read:
        answers = ImportMap()
        for key, choice in kept.sheet_answers.items():
            answers = answers.with_answer(key, choice)
        kept.sheet_read = (read, load([kept.sheet], secret=session.secret(), answers=answers))
    return kept.sheet_read[1]


def _ask(question: Question) -> None:
    key = widget_key(f"sheet_ask_{cached.digest(question.key)[:10]}")
    words = dict(question.choices)
    st.selectbox(
        plain(question.message, 400),
        list(words),
        index=None,
        key=key,
        placeholder="Choose",
        format_func=lambda choice: plain(words[choice], 200),
        on_change=_answer,
        args=(question.key, key),
    )


def _answer(question: str, key: str) -> None:
    if session.chosen(key):
        record().sheet_answers = {**record().sheet_answers, question: session.chosen(key)}


def _whose(key: str) -> None:
    record().sheet_of = session.chosen(key)
