"""From the rows of a services sheet to typed service lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workload.intake.answers.import_map import ImportMap
from workload.intake.checks.findings import Findings
from workload.intake.columns.headings import AMOUNT
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.names.member_districts import ALONE, of_member
from workload.intake.open.opened import Value
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows.amount_column import AMOUNT_NAMES, OF_A_KIND
from workload.intake.rows.amount_lines import UNKNOWN, Amount, Line
from workload.intake.rows.amounts import AmountReader
from workload.intake.rows.cells import Problem, tidy
from workload.intake.rows.data_rows import Block
from workload.intake.rows.identity import identities, names_apart
from workload.intake.rows.row_columns import (
    LONG_ENDED,
    ask_deliveries,
    by_last_name,
    decimals,
    deliveries,
    ends,
    months_without_day,
    session_numbers,
    summer_column,
    who_serves,
)
from workload.intake.rows.row_states import served
from workload.intake.rows.service_filter import OT
from workload.intake.rows.service_notes import notes
from workload.intake.rows.service_troubles import unreadable
from workload.intake.rows.services_in_cells import keep_our_part
from workload.intake.rows.slots import slots_of
from workload.intake.rows.values import ReadColumn, plain_cells, read_column, read_period
from workload.intake.rows.which_rows import left_out, no_evaluations, occupational_therapy
from workload.model.columns import SERVICES
from workload.model.issues import WARNING
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount

FROM_AMOUNTS = ("minutes_per_session", "sessions", "period", "total_minutes")
MADE = frozenset({"student", "service", "slot", "as_written", "exit", *FROM_AMOUNTS})
# The roster's columns that are read from a column of their own; the exit date ends the line.
OWN_COLUMNS = (*(name for name in ROSTER_COLUMNS["services"] if name not in MADE), "exit_date")
DEFAULTS = {column.name: column.empty for column in SERVICES.columns if column.kind == "choice" and column.kept}
NAN = float("nan")


@dataclass(eq=False)
class ServiceRows:
    """Typed lines of one sheet as columns (one list for each column of the roster's services table)."""

    columns: dict[str, list]
    count: RowCount
    grades: Counter[str] = field(default_factory=Counter)  # rows by how sure the reading of the minutes is
    students: int = 0


def read_services(block: Block, secret: bytes, answers: ImportMap, day: date | None, found: Findings) -> ServiceRows:
    """The lines of a services sheet; what could not be read is in `found`."""
    excluded = Counter(block.excluded)
    keep_our_part(block, found)
    kept = occupational_therapy(block, answers, excluded, found)
    kept = served(block, kept, answers, excluded, found)
    kept = no_evaluations(block, kept, answers, excluded, found)
    cells = {
        name: plain_cells([values[at] for at in kept] if len(kept) < len(values) else values)
        for name, values in block.cells.items()
    }
    who_serves(block, cells, found)
    decimals(block, kept, cells, answers, found)
    own = {
        name: read_column(SERVICES.column(name), cells[name], block.day_first) for name in OWN_COLUMNS if name in cells
    }
    own |= deliveries(cells, own, answers)
    amounts = _amounts(block, kept, cells, answers, day)
    out = left_out(block, kept, amounts, excluded, found)
    if out:
        stay = [at for at in range(len(kept)) if at not in out]
        kept, amounts = [kept[at] for at in stay], [amounts[at] for at in stay]
        cells = {name: [values[at] for at in stay] for name, values in cells.items()}
        own = {name: _only(column, stay) for name, column in own.items()}
    numbers = session_numbers(block, kept, cells, answers, found)
    who, initials = identities(cells, len(kept))
    who, apart = names_apart(who, cells.get("grade") or [None] * len(kept))
    who = by_last_name(block, kept, who, answers, found)
    alone = pseudonyms(who, secret)
    student = of_member(alone, own["district"].values if "district" in own else None, secret)
    months_without_day(block, kept, own, answers, found)
    lost = unreadable(block, kept, student, amounts, ends(own, answers), found)
    for name, column in own.items():
        problems = {at: problem for at, problem in column.problems.items() if at not in lost}
        if name != "delivery":
            found.problems(block, name, problems, kept, SERVICES.column(name).trouble)
    ask_deliveries(
        block, kept, {at: each for at, each in own.get("delivery", _NOTHING).problems.items() if at not in lost}, found
    )
    own["esy"] = summer_column(block, kept, cells, own.get("esy"), student, answers, found)
    notes(block, kept, amounts, lost, own, initials, found)
    found.rows(
        "names-by-grade",
        WARNING,
        block,
        [kept[at] for at in apart if at not in lost],
        "One name stands in several grades in {rows}. Each grade is taken for a student of its own",
        "Use student ids.",
    )
    columns = _lines(block, kept, lost, (student, alone), own, amounts)
    number_of_row = {block.sheet_rows[kept[at]]: number for at, number in enumerate(numbers) if number}
    slots = slots_of(block, columns, number_of_row, answers, found)
    columns["slot"] = [slot or also for slot, also in zip(slots, columns.pop("also"), strict=True)]
    waiting = sum(code not in ("student-missing", "row-alone") for code in lost.values())
    count = RowCount(
        block.file, block.sheet, "services", block.read, len(kept) - len(lost), dict(excluded), len(lost), waiting
    )
    grades = Counter(_grade(amount) for amount in amounts)
    return ServiceRows(columns, count, grades, len(set(columns["student"])))


_NOTHING = ReadColumn([], {})


def _only(column: ReadColumn, stay: Sequence[int]) -> ReadColumn:
    place = {at: number for number, at in enumerate(stay)}
    return ReadColumn(
        [column.values[at] for at in stay],
        {place[at]: problem for at, problem in column.problems.items() if at in place},
    )


# --- which rows ------------------------------------------------------------------------------------------


# --- amounts ---------------------------------------------------------------------------------------------


def _amounts(
    block: Block, kept, cells: Mapping[str, Sequence[Value]], answers: ImportMap, day: date | None
) -> list[Amount]:
    """What each row promises. Without a column of minutes the rows wait, or nothing is known of them."""
    columns = [column for column in block.found.columns if column.key in cells]
    known = {column.key for column in columns}
    columns += [
        MappedColumn(key, -1, key, "") for key in cells if key in AMOUNT_NAMES and key not in known
    ]  # of a report's rules
    reader = AmountReader(columns, _context(answers, day))
    if not {column.name for column in columns} & (AMOUNT | OF_A_KIND.keys()):
        return [_without_columns(block)] * len(kept)
    return [reader.read(row) for row in zip(*(cells[key] for key in reader.keys), strict=True)]


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
    # A period; anything else, such as "leave-out", is an answer for the phrase reader.
    period = read_period(answers.answers.get("period-missing"), SERVICES.column("period"))
    return PhraseContext(
        day=day, answers=dict(answers.answers), default_period=period if isinstance(period, str) else None
    )


def _grade(amount: Amount) -> str:
    if amount.reading is not None:
        return amount.reading.grade
    return "unreadable" if amount.trouble else "plain"


# --- what else a row says --------------------------------------------------------------------------------


def _lines(
    block: Block, kept, lost, student, own: Mapping[str, ReadColumn], amounts: Sequence[Amount]
) -> dict[str, list]:
    """One entry for each line; a row with two services makes two."""
    plain = not lost and all(len(amount.lines) == 1 for amount in _distinct(amounts))
    at_line = (
        list(range(len(kept)))
        if plain
        else [at for at, amount in enumerate(amounts) if at not in lost for _ in amount.lines]
    )
    lines: list[Line] = [line for at, amount in enumerate(amounts) if at not in lost for line in amount.lines]
    made: dict[str, list] = {
        name: [them[at] for at in at_line] for name, them in zip(("student", ALONE), student, strict=True)
    }
    for name in OWN_COLUMNS:
        values = own[name].values if name in own else [None] * len(kept)
        made[name] = values if plain else [values[at] for at in at_line]
    for name in FROM_AMOUNTS:
        made[name] = [getattr(line, name) for line in lines]
    made["also"] = [line.also for line in lines]
    _from_phrases(made, lines)
    made["service"] = [OT] * len(lines)
    made["as_written"] = _as_written(at_line, amounts)
    made["file"], made["sheet"] = [block.file] * len(lines), [block.sheet] * len(lines)
    made["row"] = [block.sheet_rows[kept[at]] for at in at_line]
    return made


def _distinct(amounts: Sequence[Amount]) -> Sequence[Amount]:
    return list({id(amount): amount for amount in amounts}.values())


def _from_phrases(made: dict[str, list], lines: Sequence[Line]) -> None:
    """What the amount says about delivery, group, dates and setting, where the row's own column is silent.

    A kind of minutes (consult beside direct) is said more closely than the row's delivery.
    """
    made["exit"] = [
        left or (end if end == LONG_ENDED else None)  # no review renews what a person has called ended
        for end, left in zip(made["end"], made["exit_date"], strict=True)
    ]
    made["end"] = [
        min(end, left) if end and left else end or left
        for end, left in zip(made["end"], made.pop("exit_date"), strict=True)
    ]
    made["delivery"] = [
        line.delivery if value is None or line.delivery == "consult" else value
        for value, line in zip(made["delivery"], lines, strict=True)
    ]
    for name in ("start", "end", "setting"):
        made[name] = [
            value if value is not None else getattr(line, name) for value, line in zip(made[name], lines, strict=True)
        ]
    made["group_size"] = [
        line.group_size if value is None or line.delivery in ("individual", "consult") else value
        for value, line in zip(made["group_size"], lines, strict=True)
    ]
    made["esy"] = [bool(value) or line.esy for value, line in zip(made["esy"], lines, strict=True)]
    for name, default in DEFAULTS.items():
        made[name] = [default if value is None else value for value in made[name]]


def _as_written(at_line: Sequence[int], amounts: Sequence[Amount]) -> list[str | None]:
    """The phrase behind a line, for rows that were read from words."""
    texts = {id(amount): _without_leftovers(amount) for amount in _distinct(amounts)}
    return [texts[id(amounts[at])] for at in at_line]


def _without_leftovers(amount: Amount) -> str | None:
    """The text of a phrase without the words around it, which may be about a child."""
    if amount.reading is None:
        return None
    text = tidy(amount.reading.text)
    for word in amount.reading.leftovers.split():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "\u2026", text, flags=re.IGNORECASE)
    return text or None


__all__ = ["ServiceRows", "read_services"]
