"""Which rows of a services sheet are lines of occupational therapy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workload.intake.answers.import_map import LEAVE_OUT, ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.looks import MOST
from workload.intake.open.opened import Value
from workload.intake.rows.amount_lines import Amount
from workload.intake.rows.cell_words import NO
from workload.intake.rows.cells import is_missing, shown, tidy
from workload.intake.rows.data_rows import Block
from workload.intake.rows.service_filter import OT, OTHER, filter_services
from workload.model.column_fates import OTHER_SERVICE as OTHERS_COLUMN
from workload.model.column_fates import PERSONAL, READ
from workload.model.issues import NOTICE, WARNING

OTHER_SERVICE, EVALUATION_ROW, GONE = "other-service", "evaluation", "not-active"


EVALUATES = re.compile(r"\b(?:eval\w*|assess\w*|screen\w*|testing|re-?eval\w*)\b", re.IGNORECASE)

OWED = re.compile(r"\b(?:comp|compensatory|make-?\s?up|owed)\b", re.IGNORECASE)
NO_WEEKLY_SERVICE = re.compile(f"{EVALUATES.pattern}|{OWED.pattern}", re.IGNORECASE)


SECOND_DELIVERY = "delivery@second"


def left_out(
    block: Block, kept: Sequence[int], amounts: Sequence[Amount], excluded: Counter[str], found: Findings
) -> set[int]:
    """Rows whose amounts say that the student has left, or that only other services are given."""
    gone = [at for at, amount in enumerate(amounts) if "gone" in amount.flags]
    elsewhere = _served_by_others(block, kept, amounts)
    excluded[GONE] += len(gone)
    excluded[OTHER_SERVICE] += len(elsewhere)
    found.rows(
        "rows-not-active",
        NOTICE,
        block,
        [kept[at] for at in gone],
        "The cells say that the student has left in {rows}, which are left out",
        "Correct the cell if the service goes on.",
    )
    found.rows(
        "rows-other-service",
        NOTICE,
        block,
        [kept[at] for at in elsewhere],
        "No occupational therapy is written in {rows} beside other services, so they are left out",
        "Fill in the minutes where the student has occupational therapy.",
    )
    for reason in (GONE, OTHER_SERVICE):
        if not excluded[reason]:
            del excluded[reason]
    return {*gone, *elsewhere}


def occupational_therapy(block: Block, answers: ImportMap, excluded: Counter[str], found: Findings) -> Sequence[int]:
    """Positions of the rows that are occupational therapy; says what the others were."""
    rows = range(len(block.sheet_rows))
    if "service" not in block.cells:
        return rows
    heading = block.heading("service")
    filtered = filter_services(block.cells["service"], answers.services)
    for written, at in filtered.unsure.items():
        found.rows(
            "service-near-miss",
            WARNING,
            block,
            at,
            f'"{written}" is taken for occupational therapy in {{rows}}',
            "Answer the question about this spelling, or correct it in the file.",
            column=heading,
            value=written,
        )
        _ask_service(block, written, at, OT, found)
    for written, at in filtered.nameless.items():
        applied = OT if filtered.nameless_kept else OTHER
        found.rows(
            "service-no-discipline",
            WARNING,
            block,
            at,
            f'"{written}" names no discipline. {{rows}} with it {"count" if applied == OT else "are left out"}',
            "Answer the question about this word.",
            column=heading,
            value=written,
        )
        _ask_service(block, written, at, applied, found)
    if all(filtered.is_ot):
        return rows
    excluded[OTHER_SERVICE] = sum(filtered.others.values())
    listed = ", ".join(
        f"{name} {count:,}"
        for name, count in sorted(filtered.others.items(), key=lambda item: (-item[1], item[0]))[:12]
    )
    found.add(
        "other-services",
        NOTICE,
        f"{excluded[OTHER_SERVICE]:,} of {len(rows):,} rows are other services and are left out: {listed}.",
        "Nothing to do if these are not occupational therapy.",
        file=block.file,
        sheet=block.sheet,
        column=heading,
    )
    return [at for at in rows if filtered.is_ot[at]]


def _ask_service(block: Block, written: str, at: Sequence[int], applied: str, found: Findings) -> None:
    found.ask(
        Question(
            f"service:{written}",
            f'Is "{written}" occupational therapy?',
            ((OT, "Yes, count these rows"), (OTHER, "No, another service")),
            tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at),
            block.heading("service"),
            written,
            applied if applied == OT else "",
            applied,
        )
    )


def no_evaluations(
    block: Block, rows: Sequence[int], answers: ImportMap, excluded: Counter[str], found: Findings
) -> Sequence[int]:
    """Rows whose delivery is an evaluation, or minutes owed, promise no service in the week: left out, and asked."""
    left: dict[str, list[int]] = {}
    for name in ("delivery", SECOND_DELIVERY, "service"):
        values = block.cells.get(name)
        words = {value for value in set(values or ()) if isinstance(value, str) and NO_WEEKLY_SERVICE.search(value)}
        for at in rows if words else ():
            if values[at] in words and answers.deliveries.get(shown(values[at]), LEAVE_OUT) == LEAVE_OUT:
                left.setdefault(shown(values[at]), []).append(at)
    for written, at in left.items():
        if written in answers.deliveries:
            continue
        found.rows(
            "rows-evaluation",
            WARNING,
            block,
            at,
            f'"{written}" is no service of the week. {{rows}} with it are left out',
            "Answer the question about this word. Minutes owed belong in a column of their own."
            if OWED.search(written)
            else "Answer the question about this word. Evaluations belong on a sheet of their own.",
            value=written,
        )
        found.ask(
            Question(
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
                tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at),
                block.heading("delivery"),
                written,
                LEAVE_OUT,
                LEAVE_OUT,
            )
        )
    out = {at for each in left.values() for at in each}
    if out:
        excluded[EVALUATION_ROW] += len(out)
    return [at for at in rows if at not in out] if out else rows


def _served_by_others(block: Block, kept: Sequence[int], amounts: Sequence[Amount]) -> list[int]:
    """Rows without an amount of occupational therapy where columns of other services stand beside, or where a column of
    marks called OT says no."""
    looks = block.found.looks
    marks = [
        each.index
        for each in block.found.fates
        if each.fate not in (READ, PERSONAL)
        and frozenset().union(*facts_of(each.heading)) & {"ot"}
        and looks
        and looks[each.index].flags > MOST
    ]
    beside = [
        each.index
        for each in block.found.fates
        if each.fate == OTHERS_COLUMN
        and (block.found.looks[each.index].numeric > 0 or block.found.looks[each.index].phrases > 0)
    ]
    unknown = [at for at, amount in enumerate(amounts) if "minutes-unknown" in amount.flags and amount.reading is None]
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


def is_blank(value: Value) -> bool:
    return value is None or value == "" or (isinstance(value, str) and is_missing(tidy(value)))
