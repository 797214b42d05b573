"""Service rows that are not counted: why, and the question that would settle them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from workload.intake.answers.findings import NOTHING, Findings, Question, merged
from workload.intake.answers.row_findings import of_cell, of_rows, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import Problem
from workload.intake.cells.decimal_signs import UNSURE_THOUSANDS
from workload.intake.cells.values import read_column
from workload.intake.phrases.meanings import Reading
from workload.intake.phrases.questions import LEAVE_OUT, LEAVE_OUT_LABEL, QUESTION_KINDS
from workload.intake.phrases.tokens import tidy
from workload.intake.rows.amount_lines import Amount
from workload.intake.rows.rounded_ids import waits_for_id
from workload.intake.rows.several_students import ask_several
from workload.model.coded_list import places, where
from workload.model.columns import SERVICES
from workload.model.issues import WARNING, Issue

# What a file means by these is the same in all its rows, so that it is asked once.
NOT_COUNTED = "The row is not counted."
ONCE_PER_FILE = frozenset(
    {
        "session-or-total",
        "heading-or-row",
        "two-totals",
        "code",
        "biweekly",
        "bimonthly",
        "order",
        "period-missing",
        "hours-or-minutes",
        "units-or-minutes",
        "bare-number",
        "three-numbers",
        "two-services",
        "two-numbers",
        "range",
        "range-or-count",
        "time-cell",
        "cycle-length",
        "marking-period",
    }
)


def unreadable(
    block: Block,
    kept: Sequence[int],
    student: Sequence[str | None],
    amounts: Sequence[Amount],
    ends: Mapping[int, tuple[str, Problem]],
    signs_are_asked: bool,
    several: Set[int],
) -> tuple[dict[int, str], Findings]:
    """Position among the kept rows -> why the row is not counted; each has its finding.

    signs_are_asked  whether the question about decimal signs is open, which settles numbers such as 1.080
    several          rows whose cell names several students, of which nobody has said what that means
    """
    lost: dict[int, str] = {}
    told: list[Issue] = []
    questions: dict[str, list[int]] = {}
    dates: dict[str, list[int]] = {}
    cells: dict[str, list[int]] = {}
    perhaps = {*places(student, {None}), *ends}
    perhaps.update(at for at, row in enumerate(kept) if several and row in several)
    perhaps.update(where(amounts, lambda amount: amount.trouble or "minutes-unknown" in amount.flags))
    for at in sorted(perhaps):
        who, amount = student[at], amounts[at]
        if who is None:
            lost[at] = "id-rounded" if waits_for_id(block, kept[at]) else "student-missing"
            told.append(_no_student(block, kept[at]))
        elif kept[at] in several:
            lost[at] = "students-several"
        elif "minutes-unknown" in amount.flags and _stands_alone(block, kept[at]):
            lost[at] = "row-alone"
        elif amount.trouble and amount.trouble.code == "column-unclear":
            lost[at] = "column-unclear"
        elif amount.trouble:
            lost[at] = _code(amount)
            told.append(of_cell(block, kept[at], amount.column, amount.trouble, code=lost[at], meaning=NOT_COUNTED))
            if amount.is_question:
                questions.setdefault(_question_key(amount), []).append(at)
            elif amount.trouble.shown and not (signs_are_asked and UNSURE_THOUSANDS.fullmatch(amount.trouble.shown)):
                cells.setdefault(amount.trouble.shown, []).append(at)
        if at in ends and at not in lost:
            lost[at] = "end-unreadable"
            dates.setdefault(ends[at][1].shown, []).append(at)
    said = merged(told)
    for written, such in cells.items():
        said += _ask_cell(block, written, [kept[at] for at in such], amounts[such[0]])
    for written, such in dates.items():
        said += _ask_end(block, written, [kept[at] for at in such], *ends[such[0]])
    said += of_rows(
        block,
        [kept[at] for at, code in lost.items() if code == "row-alone"],
        "row-alone",
        WARNING,
        "Only one cell is filled in {rows}. A heading or a note is not counted as a student",
        "Fill in the row if it is a student.",
    )
    said += ask_several(block, (kept[at] for at, code in lost.items() if code == "students-several"))
    said += of_rows(
        block,
        [kept[at] for at, code in lost.items() if code == "column-unclear"],
        "rows-wait",
        WARNING,
        "The minutes stand in a column whose meaning is not clear, so nothing is counted from {rows}",
        "Answer the question about the column.",
    )
    said += _ask_same_as_above(block, [kept[at] for at, code in lost.items() if code == "student-missing"])
    for key, such in questions.items():
        reading = amounts[such[0]].reading
        if reading is None:
            continue
        kind, message = reading.question_kind or "", reading.question or ""
        if kind in ONCE_PER_FILE:
            message = f"{QUESTION_KINDS[kind][:1].upper()}{QUESTION_KINDS[kind][1:]}. For example: {message}"
        said += Question(
            key,
            message,
            tuple((choice.key, choice.label) for choice in reading.choices),
            block.places(kept[at] for at in such),
            block.heading(amounts[such[0]].column),
            reading.text,
            suggestion="total" if _only_the_total_counts(reading) else "",
            free="phrase" if reading.key else "",
            typed_key=f"phrase:{reading.key}" if key.removeprefix("phrase:") in ONCE_PER_FILE else "",
        )
    return lost, said


def _only_the_total_counts(reading: Reading) -> bool:
    """Minutes and a period without any number of sessions: read as each session they would say nothing."""
    parts = {choice.key: choice.parts for choice in reading.choices}
    return "total" in parts and not any(part.total_minutes for part in parts.get("each", ()))


def _ask_cell(block: Block, written: str, rows: Sequence[int], amount: Amount) -> Question:
    """A cell about minutes that cannot be read: a person may type what it means."""
    heading = block.heading(amount.column)
    return Question(
        f"phrase:{tidy(written)}",
        f'What does "{written}" under {heading} mean? Type it, for example 30 min x 2 weekly.',
        ((LEAVE_OUT, LEAVE_OUT_LABEL),),
        block.places(rows),
        heading,
        written,
        free="phrase",
    )


def _ask_end(block: Block, written: str, rows: Sequence[int], column: str, problem: Problem) -> Findings:
    """A line whose end cannot be read is not endless: it waits for what the text means."""
    question = Question(
        f"date:{written}",
        f'When does a service end with "{written}" under {block.heading(column)}?',
        (("open", "No end: the service goes on"), ("ended", "It has ended: leave the rows out")),
        written=written,
        free="date",
    )
    told = f"{problem.message.rstrip('.')}. {{rows}} with it wait, so that no service is counted that has ended"
    return told_and_asked(block, rows, "end-unreadable", told, problem.remedy, question, block.heading(column))


def _no_student(block: Block, at: int) -> Issue:
    """A row without a student: nothing in the cell, or an id that cannot be read."""
    id = block.cells["student_id"][at] if "student_id" in block.cells else None
    problem = read_column(SERVICES.column("student_id"), [id]).problems.get(0)
    if problem:
        return of_cell(block, at, "student_id", problem, meaning=NOT_COUNTED)
    return Issue(
        "student-missing",
        WARNING,
        "This row names no student, so it is not counted.",
        "Fill in the student id.",
        file=block.file,
        sheet=block.sheet,
        row=block.sheet_rows[at],
        column=block.heading("student_id"),
    )


def _stands_alone(block: Block, at: int) -> bool:
    """Whether a row holds a single cell of its own, as headings and notes between the rows do."""
    keys = {column.key for column in block.found.columns}  # and not what a tab, a band or a title gives to all rows
    own = [values for name, values in block.cells.items() if name in keys]
    return len(own) > 2 and sum(values[at] not in (None, "") for values in own) == 1


def _ask_same_as_above(block: Block, rows: Sequence[int]) -> Findings:
    """Blank student cells under a filled one may mean "same as above"; a person says so."""
    column = next(
        (block.found.column(name) for name in ("student_id", "student_name", "last_name") if name in block.cells), None
    )
    if not (column and rows and rows[0] > 0):
        return NOTHING
    return NOTHING + Question(
        f"fill_down:{column.heading}",
        f"In the column {column.heading}, do blank cells mean the same as above?",
        (("yes", "Yes, the student above"), ("no", "No, the student is missing")),
        block.places(rows),
        column.heading,
        applied="no",
    )


def _code(amount: Amount) -> str:
    trouble = amount.trouble.code if amount.trouble else ""
    if (trouble, amount.column) == ("period-missing", "period"):
        return "period-missing"
    if amount.is_question and amount.reading and trouble == amount.reading.question_kind:
        return "frequency-unclear"
    return {
        "period": "period-unreadable",
        "sessions": "sessions-unreadable",
        "frequency_text": "frequency-unreadable",
    }.get(amount.column, "minutes-unreadable")


def _question_key(amount: Amount) -> str:
    """One question for a convention of the whole file, or for each distinct text: one answer settles all its rows."""
    kind, key = (amount.reading.question_kind, amount.reading.key) if amount.reading else (None, "")
    return f"phrase:{kind if kind in ONCE_PER_FILE or not key else key}"
