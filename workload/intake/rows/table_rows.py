"""From the rows of the other five sheets to typed columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from workload.intake.checks.findings import Findings
from workload.intake.names.member_districts import MEMBER, of_member
from workload.intake.rows.cells import shown
from workload.intake.rows.data_rows import Block
from workload.intake.rows.identity import identities
from workload.intake.rows.service_filter import OTHER_WORDS
from workload.intake.rows.values import number_in, plain_cells, read_column
from workload.model.columns import normalized
from workload.model.issues import NOTICE, WARNING
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount
from workload.model.units import minutes as minutes_of_hours

NEEDED = {  # what a row must have to be read; any of a group is enough
    "therapists": (("therapist",),),
    "schools": (("school",),),
    "evaluations": (("student",), ("type",), ("due", "completed")),
    "travel": (("from",), ("to",), ("minutes",)),
    "time_log": (("therapist",), ("date",), ("activity",), ("minutes",)),
}
MISSING = {
    "student": "names no student",
    "type": "does not say whether the evaluation is initial or a re-evaluation",
    "due": "has neither a due date nor a completed date",
    "date": "has no date",
    "activity": "has no activity",
    "therapist": "names no therapist",
    "school": "names no school",
    "from": "does not say where the way begins",
    "to": "does not say where the way ends",
    "minutes": "has no minutes",
}
OTHER_ROLE = "other-role"


@dataclass(eq=False)
class TableRows:
    """Typed columns of one sheet, with the source columns."""

    table: str
    columns: dict[str, list]
    count: RowCount
    fte_written: list = field(default_factory=list)


def read_table(block: Block, secret: bytes, found: Findings) -> TableRows:
    """The rows of a sheet that is not Services. A row without what it needs is unreadable and said so."""
    table = block.found.table
    rows = len(block.sheet_rows)
    cells = {name: plain_cells(values) for name, values in block.cells.items()}
    excluded = Counter(block.excluded)
    columns: dict[str, list] = {}
    troubles: dict[int, list[str]] = {}
    kept = _without_other_roles(block, cells, excluded, found)
    for name in ROSTER_COLUMNS[block.table]:
        if name in cells:
            read = read_column(table.column(name), cells[name])
            columns[name] = read.values
            problems = {at: problem for at, problem in read.problems.items() if at in kept}
            found.problems(block, name, problems, meaning=_meaning(block.table, name))
            for at in problems:
                troubles.setdefault(at, []).append(name)
    if block.table == "therapists" and "fte" in cells:
        _tell_percents(block, cells["fte"], columns["fte"], found)
    if "student" in ROSTER_COLUMNS[block.table]:
        who = identities(cells, rows)[0]
        columns["student"] = pseudonyms(who, secret)
        columns[MEMBER] = pseudonyms(of_member(who, cells.get("district")), secret)
    if block.table == "time_log":
        _time_log(columns, rows)
    lost = {at for at in kept if _incomplete(block, at, columns, troubles.get(at, ()), found)}
    at_row = [at for at in range(rows) if at in kept and at not in lost]
    made = {name: [values[at] for at in at_row] for name, values in columns.items()}
    made["file"], made["sheet"] = [block.file] * len(at_row), [block.sheet] * len(at_row)
    made["row"] = [block.sheet_rows[at] for at in at_row]
    count = RowCount(block.file, block.sheet, block.table, block.read, len(at_row), dict(excluded), len(lost))
    return TableRows(block.table, made, count)


def _tell_percents(block: Block, written, read, found: Findings) -> None:
    """A bare 80 was read as 80 %, which is said."""
    at = [
        at
        for at, cell in enumerate(written)
        if read[at] is not None and "%" not in shown(cell) and (number_in(shown(cell)) or 0) > 1.5 and read[at] <= 1
    ]
    found.rows(
        "fte-as-percent",
        WARNING,
        block,
        at,
        "The FTE is taken for a percentage in {rows}",
        "Write 0.8 or 80% for four days of five.",
        column=block.heading("fte"),
    )


def _time_log(columns: dict[str, list], rows: int) -> None:
    """Activities in the spelling of the method's codes, and minutes from the clock where none are given."""
    columns["activity"] = [
        text and normalized(text).replace(" ", "_") for text in columns.get("activity", [None] * rows)
    ]
    if "start" in columns and "end" in columns:
        columns["minutes"] = [
            _between(start, end) if minutes is None else minutes
            for minutes, start, end in zip(
                columns.get("minutes", [None] * rows), columns["start"], columns["end"], strict=True
            )
        ]


def _between(start: str | None, end: str | None) -> float | None:
    """Minutes from one clock time to a later one of the same day."""
    if not start or not end or end <= start:
        return None
    (hour, minute), (last_hour, last_minute) = (map(int, text.split(":")) for text in (start, end))
    return float(minutes_of_hours(last_hour - hour) + last_minute - minute)


def _meaning(table: str, name: str) -> str:
    """What becomes of an unreadable cell in a row that still counts."""
    if any(name in group for group in NEEDED[table]):
        return ""
    if (table, name) == ("therapists", "fte"):
        return "The person's FTE is treated as not given."
    if (table, name) in {("therapists", "role"), ("therapists", "employment")}:
        return ""
    return "The cell is treated as empty."


def _incomplete(block: Block, at: int, columns: dict[str, list], troubled, found: Findings) -> bool:
    """Whether the row lacks something it needs; says what, unless an unreadable cell has been said already."""
    for group in NEEDED[block.table]:
        if any(columns[name][at] is not None for name in group if name in columns):
            continue
        if not set(group) & set(troubled):
            found.add(
                "row-incomplete",
                WARNING,
                f"This row {MISSING[group[0]]}, so it is not counted.",
                f"Fill in {' or '.join(group).replace('student', 'student_id')}.",
                file=block.file,
                sheet=block.sheet,
                row=block.sheet_rows[at],
                column=block.heading(group[0]),
            )
        return True
    return False


def _without_other_roles(block: Block, cells, excluded: Counter[str], found: Findings) -> frozenset[int]:
    """Positions of the rows, without people of other professions on a Therapists sheet."""
    rows = range(len(block.sheet_rows))
    if block.table != "therapists" or "role" not in cells:
        return frozenset(rows)
    others = [
        at
        for at in rows
        if isinstance(cells["role"][at], str)
        and OTHER_WORDS.search(cells["role"][at])
        and "occupational" not in cells["role"][at].casefold()
    ]
    if others:
        excluded[OTHER_ROLE] = len(others)
        found.rows(
            "other-roles",
            NOTICE,
            block,
            others,
            "People of other professions stand in {rows} of the Therapists sheet and are left out",
            "Nothing to do if these people do not give occupational therapy.",
            column=block.heading("role"),
        )
    return frozenset(rows) - set(others)
