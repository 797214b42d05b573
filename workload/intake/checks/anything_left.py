"""Is there anything to calculate from? If not: why, and the way forward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from workload.intake.answers.findings import Findings, Question
from workload.intake.blocks.sheets import SheetBlocks, ask_use
from workload.intake.columns.headings import AMOUNT, IDENTITY
from workload.intake.columns.looks import MOST, SOME, Look
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.open.opened import Opened
from workload.intake.rows.typed_rows import TypedRows
from workload.model.column_fates import EMPTY, PERSONAL, READ
from workload.model.issues import ERROR, Issue
from workload.model.words import first_few

SERVICES = "services"

STUDENT_COLUMNS = "a student id or name, and minutes or a frequency"

TIME_STUDY = (
    f"The page Time study takes a log of where the time goes. For an answer give a list with {STUDENT_COLUMNS}."
)


def whether_anything_is_left(
    opened: Sequence[Opened],
    sheets: Sequence[SheetBlocks],
    rows: Sequence[TypedRows],
    services: pd.DataFrame,
    said: Findings,
) -> Findings:
    """What was said, with an error and the way forward when nothing can be calculated: no sheet, no rows, no minutes,
    other services."""
    if not opened:
        return said + Issue("no-file", ERROR, "No file was given.", "Choose the roster of the district.")
    if all(each.refusal for each in opened):
        return said
    file = opened[0].name if len(opened) == 1 else ""
    read = [each for each in rows if each.block.table == SERVICES]
    if len(services):
        has_amounts = (services["total_minutes"] > 0).any()
        return said if has_amounts else _no_amounts(read, len(services), file, said)
    if not read:
        return _no_services(opened, sheets, file, said)
    counts = [each.count for each in read]
    others = sum(count.excluded.get("other-service", 0) for count in counts)
    if others and others == sum(count.read for count in counts) - sum(
        number for count in counts for reason, number in count.excluded.items() if reason != "other-service"
    ):
        listed = "; ".join(issue.message for issue in said.issues if issue.code == "other-services")
        return said + Issue(
            "only-other-services",
            ERROR,
            f"None of the {others:,} rows is occupational therapy. {listed}",
            "Check that the export holds occupational therapy, or answer which service it is.",
            file,
        )
    unreadable = sum(count.unreadable for count in counts)
    return _ask_column(read, "student", IDENTITY, "says who the student is", said) + Issue(
        "no-students",
        ERROR,
        "The services sheet has no rows with a student."
        if not unreadable
        else f"None of the {sum(count.read for count in counts):,} rows of the services sheet could be read.",
        "Fill in one row for each student and service."
        if not unreadable
        else "Correct the rows that are listed as warnings, or answer the questions about them.",
        file,
        counts[0].sheet,
    )


def _no_amounts(read: Sequence[TypedRows], lines: int, file: str, said: Findings) -> Findings:
    """No amount, no answer: which column says how much is asked."""
    rows = "The 1 row does not say" if lines == 1 else f"None of the {lines:,} rows says"
    said += Issue(
        "no-amounts",
        ERROR,
        f"{rows} how much service the plan promises, so nothing can be calculated.",
        "Add the minutes and how often, for example 30 minutes, 2 times a week, or say which column holds them.",
        file,
    )
    return _ask_column(read, "amount", AMOUNT, "says how much service a student gets", said)


def _ask_column(read: Sequence[TypedRows], about: str, names: frozenset[str], what: str, said: Findings) -> Findings:
    """Which column of a services sheet without one of these names it is; the one whose values look so is suggested."""
    for block in (each.block for each in read):
        columns = [each for each in block.found.fates if each.fate not in (READ, PERSONAL, EMPTY) and each.heading]
        if not columns or {column.name for column in block.found.columns} & names:
            continue
        likely = _likely(columns, block.found.looks, AMOUNT_TESTS if about == "amount" else STUDENT_TESTS)
        # One question, and not two: it stands in place of the one about the columns that were not understood.
        said = said.without([f"file:unread:{block.found.fingerprint}"]) + Question(
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
    return said


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


def _no_services(opened: Sequence[Opened], sheets: Sequence[SheetBlocks], file: str, said: Findings) -> Findings:
    """No sheet of services: what was looked for, what each sheet has, and a question for each that may be one."""
    only_text = all(each.kind == "csv" for each in opened if each.refusal is None)
    not_read, read = [each for each in sheets if not each.blocks], [each for each in sheets if each.blocks]
    has = [
        f"{'the file' if only_text else sheet.sheet} has {first_few(sheet.headings, 12)}"
        if sheet.headings
        else f"{'the file' if only_text else sheet.sheet} has no row of headings"
        for sheet in not_read
    ]
    has += [f"{sheet.sheet} is {', '.join(block.found.table.sheet for block in sheet.blocks)}" for sheet in read]
    said += Issue(
        "no-services",
        ERROR,
        f"No {'list' if only_text else 'sheet'} with services was found. Looked for: {STUDENT_COLUMNS}. "
        f"Found: {'; '.join(has) or 'nothing'}.",
        _way_forward(sheets, only_text, said),
        file,
    )
    # A list of students may have been taken for one of schools or evaluations.
    unsure = [sheet for sheet in not_read if sheet.proposal is not None] + [
        sheet
        for sheet in read
        if all(
            each.table in ("schools", "evaluations", "travel") and not each.found.recognized for each in sheet.blocks
        )
    ]
    for sheet in unsure:
        said += ask_use(sheet)
    return said


def _way_forward(sheets: Sequence[SheetBlocks], only_text: bool, said: Findings) -> str:
    """What to do where no sheet holds services: another export, another page, or a heading and a sheet."""
    is_known = any(not each.blocks and (each.recognized or " is " in each.skipped[:13]) for each in sheets)
    of_report = [issue.remedy for issue in said.issues if issue.code == "wrong-report"]
    if is_known and of_report:
        return of_report[0]
    if not is_known and any(block.table == "time_log" for each in sheets for block in each.blocks):
        return TIME_STUDY
    return (
        f"Give each column a heading in the first row: {STUDENT_COLUMNS}. The template shows how."
        if only_text
        else f"Add a sheet named Services with {STUDENT_COLUMNS}, or say which sheet it is. The template shows how."
    )
