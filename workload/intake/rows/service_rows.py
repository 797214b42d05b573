"""From the rows of a services sheet to typed service lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter

from workload.intake.answers.findings import merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.answers.row_findings import Kept, of_column
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import Problem, tidy
from workload.intake.cells.service_filter import OT
from workload.intake.cells.values import ReadColumn, plain_cells, read_column, read_period
from workload.intake.columns.amount_names import AMOUNT_NAMES, OF_A_KIND
from workload.intake.columns.headings import AMOUNT
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.open.opened import Value
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows import row_columns
from workload.intake.rows.amount_lines import UNKNOWN, Amount, Line
from workload.intake.rows.amounts import AmountReader
from workload.intake.rows.file_year import day_of_school_year
from workload.intake.rows.identity import ALONE, identities, names_apart, of_member
from workload.intake.rows.marked_rows import consult_by_mark, marked
from workload.intake.rows.row_states import served
from workload.intake.rows.service_notes import notes
from workload.intake.rows.service_troubles import unreadable
from workload.intake.rows.services_in_cells import with_our_part
from workload.intake.rows.several_students import one_row_each, rows_of_several
from workload.intake.rows.slots import slots_of
from workload.intake.rows.span_cells import with_both_days
from workload.intake.rows.typed_rows import TypedRows
from workload.intake.rows.which_rows import no_evaluations, occupational_therapy, served_here
from workload.model.coded_list import at_places, constant, counted, each, mapped_together, possible, rowwise
from workload.model.columns import SERVICES
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount

FROM_AMOUNTS = ("minutes_per_session", "sessions", "period", "total_minutes")
MADE = frozenset({"student", "service", "slot", "as_written", "exit", *FROM_AMOUNTS})
# The roster's columns that are read from a column of their own; the exit date row_columns.ends the line.
OWN_COLUMNS = (*(name for name in ROSTER_COLUMNS["services"] if name not in MADE), "exit_date")
DEFAULTS = {column.name: column.empty for column in SERVICES.columns if column.kind == "choice" and column.kept}


def read_services(block: Block, secret: bytes, answers: ImportMap) -> TypedRows:
    """The lines of a services sheet: which rows, what each promises, whose it is, and which must wait."""
    block, by_parts = with_our_part(one_row_each(block, answers))
    rows = Kept(range(len(block.sheet_rows)), block.excluded)
    for step in (occupational_therapy, served, no_evaluations, marked):
        rows = rows.then(step(block, rows.at, answers))
    cells: row_columns.Cells = {name: plain_cells(_at(values, rows.at)) for name, values in block.cells.items()}
    cells, by_assistants = row_columns.who_serves(block, consult_by_mark(block, rows.at, cells, answers))
    cells, by_signs = row_columns.decimals(block, rows.at, with_both_days(block, cells), answers)
    own = {
        name: read_column(SERVICES.column(name), cells[name], block.day_first) for name in OWN_COLUMNS if name in cells
    }
    own |= row_columns.groups(own)
    own |= row_columns.deliveries(cells, own, answers, block.heading("delivery"))
    starts = own["start"].values if "start" in own else ()
    amounts = _amounts(block, rows.at, cells, _context(answers, day_of_school_year(block, starts)))
    here = served_here(block, rows.at, amounts)
    if len(here.at) < len(rows.at):
        amounts = _at(amounts, here.at)
        cells = {name: _at(values, here.at) for name, values in cells.items()}
        own = {name: _only(column, here.at) for name, column in own.items()}
    rows = rows.then(replace(here, at=_at(rows.at, here.at)))
    cells, numbers, by_numbers = row_columns.session_numbers(block, rows.at, cells, answers)
    who: Sequence[str | None]
    who, initials = identities(cells, len(rows.at))
    apart: Sequence[int] = ()
    if cells.keys() & {"student_name", "last_name"}:
        who, apart = names_apart(who, cells.get("grade") or [None] * len(rows.at))
    who, by_last_names = row_columns.by_last_name(block, rows.at, who, answers)
    alone = mapped_together(who, lambda distinct: pseudonyms(distinct, secret))
    student = of_member(alone, own["district"].values if "district" in own else None, secret)
    own, by_months = row_columns.months_without_day(block, rows.at, own, answers)
    own, waiting = row_columns.ends(own, answers)
    lost, by_trouble = unreadable(
        block, rows.at, student, amounts, waiting, bool(by_signs.questions), rows_of_several(block, answers)
    )
    unread = {
        name: {at: problem for at, problem in column.problems.items() if at not in lost} for name, column in own.items()
    }
    by_cells = [
        of_column(block, name, problems, rows.at, SERVICES.column(name).trouble)
        for name, problems in unread.items()
        if name != "delivery"
    ]
    by_deliveries = row_columns.ask_deliveries(block, rows.at, unread.get("delivery", {}))
    own["esy"], by_summer = row_columns.summer_column(block, rows.at, cells, own.get("esy"), student, answers)
    by_lines = notes(block, rows.at, amounts, lost, own, initials, apart)
    columns = _lines(block, rows.at, lost, (student, alone), own, amounts)
    number_of_row = {block.sheet_rows[rows.at[at]]: number for at, number in enumerate(numbers) if number}
    slots, by_slots = slots_of(block, columns, number_of_row, answers)
    columns["slot"] = [slot or also for slot, also in zip(slots, columns.pop("also"), strict=True)]
    said = (
        *(by_parts, rows.said, by_assistants, by_signs, by_numbers, by_last_names, by_months, by_trouble),
        *(*by_cells, by_deliveries, by_summer, by_lines, by_slots),
    )
    waits = sum(code not in ("student-missing", "row-alone") for code in lost.values())
    count = RowCount(
        *(block.file, block.sheet, "services", block.read, len(rows.at) - len(lost)),
        *(dict(rows.excluded), len(lost), waits),
    )
    grades: Counter[str] = Counter()
    for amount, number in counted(amounts):
        grades[_grade(amount)] += number
    return TypedRows(block, columns, count, merged(said), grades, len(set(columns["student"])))


def _at(values: Sequence, at: Sequence[int]) -> Sequence:
    """The values at these positions; all of them as they are where none is missing."""
    return at_places(values, at) if len(at) < len(values) else values


def _only(column: ReadColumn, stay: Sequence[int]) -> ReadColumn:
    place = {at: number for number, at in enumerate(stay)}
    return ReadColumn(
        at_places(column.values, stay),
        {place[at]: problem for at, problem in column.problems.items() if at in place},
    )


# --- amounts ---------------------------------------------------------------------------------------------


def _amounts(block: Block, kept, cells: Mapping[str, Sequence[Value]], context: PhraseContext) -> Sequence[Amount]:
    """What each row promises. Without a column of minutes the rows wait, or nothing is known of them."""
    columns = [column for column in block.found.columns if column.key in cells]
    known = {column.key for column in columns}
    columns += [
        MappedColumn(key, -1, key, "") for key in cells if key in AMOUNT_NAMES and key not in known
    ]  # of a report's rules
    reader = AmountReader(columns, context)
    if not {column.name for column in columns} & (AMOUNT | OF_A_KIND.keys()):
        return constant(_without_columns(block), len(kept))
    return rowwise(lambda *row: reader.read(row), *(cells[key] for key in reader.keys))


def _without_columns(block: Block) -> Amount:
    """No column of minutes is read: unknown minutes, or rows that wait for the answer about an unclear column."""
    for column in block.found.open_columns:
        names = {column.about, *(name.partition("@")[0] for name, _ in column.choices)}
        if AMOUNT & names:
            return Amount(
                (), Problem("column-unclear", column.message, "Answer the question about the column."), column.heading
            )
    return UNKNOWN


def _context(answers: ImportMap, day: date | None) -> PhraseContext:
    """What has been answered about phrases; a period that was answered stands for every row that names none."""
    period = read_period(answers.answers.get("period-missing", ""), SERVICES.column("period"))
    every = period if isinstance(period, str) else None
    return PhraseContext(answers=dict(answers.answers), default_period=every, day=day)


def _grade(amount: Amount) -> str:
    if amount.reading is not None:
        return amount.reading.grade
    return "unreadable" if amount.trouble else "plain"


# --- what else a row says --------------------------------------------------------------------------------


def _lines(
    block: Block, kept, lost, student, own: Mapping[str, ReadColumn], amounts: Sequence[Amount]
) -> dict[str, list]:
    """One entry for each line; a row with two services makes two."""
    plain = not lost and all(len(amount.lines) == 1 for amount, _ in counted(amounts))
    lines: list[Line]
    if plain:
        at_line: Sequence[int] = range(len(kept))
        lines = each(amounts, lambda amount: amount.lines[0])
    else:
        at_line = [at for at, amount in enumerate(amounts) if at not in lost for _ in amount.lines]
        lines = [line for at, amount in enumerate(amounts) if at not in lost for line in amount.lines]
    nothing = constant(None, len(kept))
    made: dict[str, list] = {
        name: at_places(them, at_line) for name, them in zip(("student", ALONE), student, strict=True)
    }
    for name in OWN_COLUMNS:
        values = own[name].values if name in own else nothing
        made[name] = values if plain else at_places(values, at_line)
    for name in FROM_AMOUNTS:
        made[name] = each(lines, attrgetter(name))
    made["also"] = each(lines, attrgetter("also"))
    _from_phrases(made, lines)
    made["service"] = constant(OT, len(lines))
    written = {id(amount): _without_leftovers(amount) for amount, _ in counted(amounts)}
    made["as_written"] = each(at_places(amounts, at_line), lambda amount: written[id(amount)])
    made["file"], made["sheet"] = constant(block.file, len(lines)), constant(block.sheet, len(lines))
    whole = plain and len(kept) == len(block.sheet_rows)
    made["row"] = list(block.sheet_rows) if whole else [block.sheet_rows[kept[at]] for at in at_line]
    return made


def _from_phrases(made: dict[str, list], lines: Sequence[Line]) -> None:
    """What the amount says about delivery, group, dates and setting, where the row's own column is silent.

    A kind of minutes (consult beside direct) is said more closely than the row's delivery. A line that begins or ends within the
    days of its row is in force within both.
    """
    kinds = [line for line, _ in counted(lines)]
    made["exit"] = rowwise(
        lambda end, left: (
            left or (end if end == row_columns.LONG_ENDED else None)
        ),  # no review renews what a person has called ended
        made["end"],
        made["exit_date"],
    )
    made["end"] = rowwise(
        lambda end, left: min(end, left) if end and left else end or left, made["end"], made.pop("exit_date")
    )
    made["delivery"] = rowwise(
        lambda value, line: line.delivery if value is None or line.delivery == "consult" else value,
        made["delivery"],
        lines,
    )
    for name, of_both in (("start", max), ("end", min), ("setting", lambda own, _: own)):
        if any(getattr(line, name) is not None for line in kinds):
            said = each(lines, attrgetter(name))
            made[name] = rowwise(partial(_of_both, of_both), made[name], said)
            if name == "end":  # no review renews minutes that are written until a day
                made["exit"] = rowwise(partial(_of_both, min), made["exit"], said)
    made["group_size"] = rowwise(
        lambda value, line: line.group_size if value is None or line.delivery in ("individual", "consult") else value,
        made["group_size"],
        lines,
    )
    made["esy"] = rowwise(lambda value, line: bool(value) or line.esy, made["esy"], lines)
    for name, default in DEFAULTS.items():
        if None in possible(made[name]):
            made[name] = each(made[name], partial(_or_else, default))


def _of_both(choose: Callable, own: object, said: object) -> object:
    return said if own is None else own if said is None else choose(own, said)


def _or_else(default: object, value: object) -> object:
    return default if value is None else value


def _without_leftovers(amount: Amount) -> str | None:
    """The text of a phrase without the words around it, which may be about a child."""
    if amount.reading is None:
        return None
    text = tidy(amount.reading.text)
    for word in amount.reading.leftovers.split():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "\u2026", text, flags=re.IGNORECASE)
    return text or None
