"""Is there anything to calculate from? If not: why, and the way forward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workload.intake.checks.findings import Question
from workload.intake.columns.headings import AMOUNT, IDENTITY
from workload.intake.columns.looks import MOST, SOME, Look
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.columns.sheets import ask_use
from workload.intake.open.opened import Opened
from workload.model.column_fates import EMPTY, PERSONAL, READ
from workload.model.columns import TABLE
from workload.model.issues import ERROR

if TYPE_CHECKING:
    from workload.intake.load import _Load

SERVICES = "services"

STUDENT_COLUMNS = "a student id or name, and minutes or a frequency"

TIME_STUDY = (
    f"The page Time study takes a log of where the time goes. For an answer give a list with {STUDENT_COLUMNS}."
)


def whether_anything_is_left(opened: Sequence[Opened], state: _Load, frames: Mapping[str, pd.DataFrame]) -> None:
    """An error, and the way forward, when nothing can be calculated: no sheet, no rows, no minutes, other services."""
    found, counts = state.found, [count for count in state.counts if count.table == SERVICES]
    if not opened:
        found.add("no-file", ERROR, "No file was given.", "Choose the roster of the district.")
    if not any(each.refusal is None for each in opened):
        return
    place = {"file": opened[0].name} if len(opened) == 1 else {}
    services = frames[SERVICES]
    if len(services):
        if not (services["total_minutes"] > 0).any():
            _no_amounts(state, len(services), place)
        return
    if not counts:
        _no_services(opened, state, place)
        return
    others = sum(count.excluded.get("other-service", 0) for count in counts)
    if others and others == sum(count.read for count in counts) - sum(
        number for count in counts for reason, number in count.excluded.items() if reason != "other-service"
    ):
        listed = "; ".join(issue.message for issue in found.issues if issue.code == "other-services")
        found.add(
            "only-other-services",
            ERROR,
            f"None of the {others:,} rows is occupational therapy. {listed}",
            "Check that the export holds occupational therapy, or answer which service it is.",
            **place,
        )
        return
    _ask_column(state, "student", IDENTITY, "says who the student is")
    read = sum(count.read for count in counts)
    unreadable = sum(count.unreadable for count in counts)
    found.add(
        "no-students",
        ERROR,
        "The services sheet has no rows with a student."
        if not unreadable
        else f"None of the {read:,} rows of the services sheet could be read.",
        "Fill in one row for each student and service."
        if not unreadable
        else "Correct the rows that are listed as warnings, or answer the questions about them.",
        **place,
        sheet=counts[0].sheet,
    )


def _no_amounts(state: _Load, lines: int, place: Mapping[str, str]) -> None:
    """No amount, no answer: which column says how much is asked."""
    rows = "The 1 row does not say" if lines == 1 else f"None of the {lines:,} rows says"
    state.found.add(
        "no-amounts",
        ERROR,
        f"{rows} how much service the plan promises, so nothing can be calculated.",
        "Add the minutes and how often, for example 30 minutes, 2 times a week, or say which column holds them.",
        **place,
    )
    _ask_column(state, "amount", AMOUNT, "says how much service a student gets")


def _ask_column(state: _Load, about: str, names: frozenset[str], what: str) -> None:
    """Which column of a services sheet without one of these names it is; the one whose values look so is suggested."""
    for block, _ in state.services:
        columns = [each for each in block.found.fates if each.fate not in (READ, PERSONAL, EMPTY) and each.heading]
        if not columns or {column.name for column in block.found.columns} & names:
            continue
        looks = block.found.looks
        likely = _likely(columns, looks, AMOUNT_TESTS if about == "amount" else STUDENT_TESTS)
        state.found.questions.pop(f"file:unread:{block.found.fingerprint}", None)  # one question, and not two
        state.found.ask(
            Question(
                f"file:{about}:{block.found.fingerprint}",
                f"Which column of {block.sheet} {what}?",
                (
                    *(
                        (each.heading, each.heading + (f" ({', '.join(each.samples)})" if each.samples else ""))
                        for each in columns
                    ),
                    ("", "None of them: the file does not say it"),
                ),
                ((block.file, block.sheet, block.found.header_row),),
                suggestion=likely,
                free="column",
            )
        )


def _likely(columns: Sequence[MappedColumn], looks: Mapping[int, Look], tests: Sequence[Callable[[Look], bool]]) -> str:
    """The only column whose values pass a test, the closest test first; empty where none does, or several do."""
    for test in tests:
        passing = [each.heading for each in columns if test(looks[each.index])]
        if passing:
            return passing[0] if len(passing) == 1 else ""
    return ""


def _tells_students_apart(look: Look) -> bool:
    """Ids or names, hardly any of which stands twice."""
    return (
        look.ids + look.names > MOST
        and look.distinct > MOST * look.filled
        and not (look.looks_like_minutes or look.dates > MOST or look.schools > SOME)
    )


AMOUNT_TESTS = (lambda look: look.phrases > MOST, lambda look: look.looks_like_minutes)
STUDENT_TESTS = (lambda look: look.is_unique and _tells_students_apart(look), _tells_students_apart)


def _no_services(opened: Sequence[Opened], state: _Load, place: Mapping[str, str]) -> None:
    """No sheet of services: what was looked for, what each sheet has, and a question for each that may be one."""
    only_text = all(each.kind == "csv" for each in opened if each.refusal is None)
    said = "; ".join(
        f"{'the file' if only_text else sheet.sheet} has {', '.join(sheet.headings[:12])}"
        + (", and more" if len(sheet.headings) > 12 else "")
        if sheet.headings
        else f"{'the file' if only_text else sheet.sheet} has no row of headings"
        for _, sheet in state.not_read
    )
    read = "; ".join(
        f"{sheet.name} is {', '.join(TABLE[table.table].sheet for table in sheet.tables)}"
        for report in state.files
        for sheet in report.sheets
        if sheet.tables
    )
    said = "; ".join(filter(None, (said, read)))
    known = next((sheet.skipped for _, sheet in state.not_read if sheet.recognized or " is " in sheet.skipped[:13]), "")
    remedy = (
        f"Give each column a heading in the first row: {STUDENT_COLUMNS}. The template shows how."
        if only_text
        else f"Add a sheet named Services with {STUDENT_COLUMNS}, or say which sheet it is. The template shows how."
    )
    state.found.add(
        "no-services",
        ERROR,
        f"No {'list' if only_text else 'sheet'} with services was found. Looked for: {STUDENT_COLUMNS}. Found: {said or 'nothing'}.",
        next((issue.remedy for issue in state.found.issues if issue.code == "wrong-report"), remedy)
        if known
        else TIME_STUDY
        if "time_log" in {table.table for report in state.files for sheet in report.sheets for table in sheet.tables}
        else remedy,
        **place,
    )
    for file, sheet in state.not_read:
        if sheet.proposal is not None:
            ask_use(file, sheet, state.found)
