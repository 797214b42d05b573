"""Which rows of a services sheet are lines of occupational therapy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workload.intake.answers.findings import NOTHING, Question
from workload.intake.answers.import_map import LEAVE_OUT, ImportMap
from workload.intake.answers.row_findings import Kept, of_rows, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cell_words import NO
from workload.intake.cells.cells import is_missing, shown, tidy
from workload.intake.cells.service_filter import OT, OTHER, filter_services
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.looks import MOST
from workload.intake.open.opened import Value
from workload.intake.rows.amount_lines import Amount
from workload.model.coded_list import where
from workload.model.column_fates import OTHER_SERVICE as OTHERS_COLUMN
from workload.model.column_fates import PERSONAL, READ
from workload.model.issues import NOTICE, WARNING, Issue

OTHER_SERVICE, EVALUATION_ROW, GONE = "other-service", "evaluation", "not-active"
EVALUATES = re.compile(r"\b(?:eval\w*|assess\w*|screen\w*|testing|re-?eval\w*)\b", re.IGNORECASE)

OWED = re.compile(r"\b(?:comp|compensatory|make-?\s?up|owed)\b", re.IGNORECASE)
NO_WEEKLY_SERVICE = re.compile(f"{EVALUATES.pattern}|{OWED.pattern}", re.IGNORECASE)
SECOND_DELIVERY = "delivery@second"


def served_here(block: Block, kept: Sequence[int], amounts: Sequence[Amount]) -> Kept:
    """Places among the kept rows without those whose amounts say that the student has left, or has other services only."""
    gone = _flagged(amounts, "gone")
    elsewhere = _served_by_others(block, kept, amounts)
    said = of_rows(
        block,
        [kept[at] for at in gone],
        "rows-not-active",
        NOTICE,
        "The cells say that the student has left in {rows}, which are left out",
        "Correct the cell if the service goes on.",
    )
    said += of_rows(
        block,
        [kept[at] for at in elsewhere],
        "rows-other-service",
        NOTICE,
        "No occupational therapy is written in {rows} beside other services, so they are left out",
        "Fill in the minutes where the student has occupational therapy.",
    )
    out = {*gone, *elsewhere}
    return Kept(
        [at for at in range(len(kept)) if at not in out] if out else range(len(kept)),
        {GONE: len(gone), OTHER_SERVICE: len(elsewhere)},
        said,
    )


def occupational_therapy(block: Block, rows: Sequence[int], answers: ImportMap) -> Kept:
    """The rows that are occupational therapy; says what the others were. `rows` are all rows of the block."""
    if "service" not in block.cells:
        return Kept(rows)
    said = NOTHING
    heading = block.heading("service")
    filtered = filter_services(block.cells["service"], answers.services)
    for written, at in filtered.unsure.items():
        told = f'"{written}" is taken for occupational therapy in {{rows}}'
        remedy = "Answer the question about this spelling, or correct it in the file."
        said += told_and_asked(block, at, "service-near-miss", told, remedy, _is_ours(written, OT), heading)
    for written, at in filtered.nameless.items():
        applied = OT if filtered.nameless_kept else OTHER
        told = f'"{written}" names no discipline. {{rows}} with it {"count" if applied == OT else "are left out"}'
        remedy = "Answer the question about this word."
        said += told_and_asked(block, at, "service-no-discipline", told, remedy, _is_ours(written, applied), heading)
    if all(filtered.is_ot):
        return Kept(rows, said=said)
    others = sum(filtered.others.values())
    listed = ", ".join(
        f"{name} {count:,}"
        for name, count in sorted(filtered.others.items(), key=lambda item: (-item[1], item[0]))[:12]
    )
    said += Issue(
        "other-services",
        NOTICE,
        f"{others:,} of {len(rows):,} rows are other services and are left out: {listed}.",
        "Nothing to do if these are not occupational therapy.",
        file=block.file,
        sheet=block.sheet,
        column=heading,
    )
    return Kept([at for at in rows if filtered.is_ot[at]], {OTHER_SERVICE: others}, said)


def _is_ours(written: str, applied: str) -> Question:
    return Question(
        f"service:{written}",
        f'Is "{written}" occupational therapy?',
        ((OT, "Yes, count these rows"), (OTHER, "No, another service")),
        written=written,
        suggestion=applied if applied == OT else "",
        applied=applied,
    )


def no_evaluations(block: Block, rows: Sequence[int], answers: ImportMap) -> Kept:
    """Rows whose delivery is an evaluation, or minutes owed, promise no service in the week: left out, and asked."""
    left: dict[str, list[int]] = {}
    said = NOTHING
    for name in ("delivery", SECOND_DELIVERY, "service"):
        values = block.cells.get(name, ())
        words = {
            value
            for value in (block.distinct(name) if values else ())
            if isinstance(value, str) and NO_WEEKLY_SERVICE.search(value)
        }
        for at in rows if words else ():
            if values[at] in words and answers.deliveries.get(shown(values[at]), LEAVE_OUT) == LEAVE_OUT:
                left.setdefault(shown(values[at]), []).append(at)
    for written, such in left.items():
        if written in answers.deliveries:
            continue
        said += of_rows(
            block,
            such,
            "rows-evaluation",
            WARNING,
            f'"{written}" is no service of the week. {{rows}} with it are left out',
            "Answer the question about this word. Minutes owed belong in a column of their own."
            if OWED.search(written)
            else "Answer the question about this word. Evaluations belong on a sheet of their own.",
            value=written,
        )
        said += Question(
            f"delivery:{written}",
            f'What are rows with "{written}"?',
            (
                (
                    LEAVE_OUT,
                    f"{'Minutes owed' if OWED.search(written) else 'Evaluations'}: not a service of the week",
                ),
                ("individual", "Individual service"),
                ("consult", "Consultation"),
            ),
            block.places(such),
            block.heading("delivery"),
            written,
            LEAVE_OUT,
            LEAVE_OUT,
        )
    out = {at for each in left.values() for at in each}
    return Kept([at for at in rows if at not in out] if out else rows, {EVALUATION_ROW: len(out)}, said)


def _served_by_others(block: Block, kept: Sequence[int], amounts: Sequence[Amount]) -> list[int]:
    """Rows without an amount of occupational therapy where columns of other services stand beside, or where a column of
    marks called OT says no."""
    looks = block.found.looks
    marks = [
        each.index
        for each in block.found.fates
        if each.fate not in (READ, PERSONAL)
        and all_facts(each.heading) & {"ot"}
        and looks
        and looks[each.index].flags > MOST
    ]
    beside = [
        each.index
        for each in block.found.fates
        if each.fate == OTHERS_COLUMN
        and (block.found.looks[each.index].numeric > 0 or block.found.looks[each.index].phrases > 0)
    ]
    unknown = [at for at in _flagged(amounts, "minutes-unknown") if amounts[at].reading is None]
    if not (beside or marks) or not unknown or len(unknown) == len(amounts):
        return []
    cells = [block.column_cells(index) for index in beside]
    says = [block.column_cells(index) for index in marks]
    return [
        at
        for at in unknown
        if any(not is_blank(column[kept[at]]) for column in cells)
        or any(is_blank(column[kept[at]]) or shown(column[kept[at]]).casefold() in NO for column in says)
    ]


def _flagged(amounts: Sequence[Amount], flag: str) -> list[int]:
    return where(amounts, lambda amount: flag in amount.flags)


def is_blank(value: Value) -> bool:
    return value is None or value == "" or (isinstance(value, str) and is_missing(tidy(value)))
