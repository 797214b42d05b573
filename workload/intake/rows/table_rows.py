"""From the rows of the other five sheets to typed columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from workload.intake.answers.import_map import ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.names.member_districts import ALONE, of_member
from workload.intake.open.opened import CellProblem, Value
from workload.intake.rows.amount_column import ALSO
from workload.intake.rows.cells import is_missing, shown, tidy
from workload.intake.rows.data_rows import Block
from workload.intake.rows.identity import identities
from workload.intake.rows.service_filter import OT_WORDS, OTHER, OTHER_WORDS
from workload.intake.rows.values import number_in, plain_cells, read_choice, read_column
from workload.model.columns import ROLES, THERAPISTS, Table, normalized
from workload.model.issues import NOTICE, WARNING
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount
from workload.model.units import minutes as minutes_of_hours

OTHER_ROLE = "other-role"
CREDENTIAL = re.compile(r"(?:[,\s(]|^)(?:otr(?:\s*/?\s*l)?|cota(?:\s*/?\s*l)?|ota|ot)\)?$", re.IGNORECASE)
ASSISTANT = re.compile(r"\b(?:cota(?:/l)?|ota|assistant|asst)\b", re.IGNORECASE)
OTHER_CREDENTIAL = re.compile(
    r"[,\s(](?:slp|ccc-slp|ms,?\s*ccc-slp|pt|dpt|pta|bcba|lcsw|psy\.?d|nurse|rn|tvi|slpa)\)?$", re.IGNORECASE
)
MADE = {"student_id": "student", "student_name": "student", "last_name": "student"}  # what the roster calls it


@dataclass(eq=False)
class TableRows:
    """Typed columns of one sheet, with the source columns."""

    table: str
    columns: dict[str, list]
    count: RowCount
    fte_written: list = field(default_factory=list)


def read_table(block: Block, secret: bytes, answers: ImportMap, found: Findings) -> TableRows:
    """The rows of a sheet that is not Services. A row without what it needs is unreadable and said so."""
    table = block.found.table
    rows = len(block.sheet_rows)
    cells = {name: plain_cells(values) for name, values in block.cells.items()}
    if block.table == "therapists":
        _whole_names(cells)
        _week_of_days(cells)
    excluded = Counter(block.excluded)
    columns: dict[str, list] = {}
    troubles: dict[int, list[str]] = {}
    kept = _without_other_roles(block, cells, answers, excluded, found)
    for name in ROSTER_COLUMNS[block.table]:
        if name in cells:
            read = read_column(table.column(name), cells[name], block.day_first)
            columns[name] = read.values
            problems = {at: problem for at, problem in read.problems.items() if at in kept}
            found.problems(block, name, problems, meaning=_meaning(table, name))
            for at in problems:
                troubles.setdefault(at, []).append(name)
    if (also := f"named_duty_hours@{ALSO}") in cells and "named_duty_hours" in columns:
        more = read_column(table.column("named_duty_hours"), cells[also])
        found.problems(block, "named_duty_hours", more.problems, meaning=_meaning(table, "named_duty_hours"))
        pairs = zip(columns["named_duty_hours"], more.values, strict=True)
        columns["named_duty_hours"] = [
            None if one is other is None else (one or 0) + (other or 0) for one, other in pairs
        ]
    if block.table == "therapists" and "fte" in cells:
        _tell_percents(block, cells["fte"], columns["fte"], found)
    if "student" in ROSTER_COLUMNS[block.table]:
        columns[ALONE] = pseudonyms(identities(cells, rows)[0], secret)
        columns["student"] = of_member(columns[ALONE], columns.get("district"), secret)
    if block.table == "time_log":
        _time_log(columns, rows)
    lost = {at for at in kept if _incomplete(block, at, columns, troubles.get(at, ()), found)}
    at_row = [at for at in range(rows) if at in kept and at not in lost]
    made = {name: [values[at] for at in at_row] for name, values in columns.items()}
    made["file"], made["sheet"] = [block.file] * len(at_row), [block.sheet] * len(at_row)
    made["row"] = [block.sheet_rows[at] for at in at_row]
    count = RowCount(block.file, block.sheet, block.table, block.read, len(at_row), dict(excluded), len(lost))
    return TableRows(block.table, made, count)


def _whole_names(cells: dict[str, Sequence[Value]]) -> None:
    """ "Rivers, Kim" from the two columns of a staff list that has last and first names apart."""
    last, first = cells.pop("last_name", None), cells.pop("first_name", None)
    if last is None or "therapist" in cells:
        return
    pairs = zip(last, first or [None] * len(last), strict=True)
    cells["therapist"] = [
        one if one in (None, "") or other in (None, "") else f"{shown(one)}, {shown(other)}" for one, other in pairs
    ]


def _week_of_days(cells: dict[str, Sequence[Value]]) -> None:
    """Contract hours a week from the hours of a day and the days of a week, where neither a week nor an FTE is given."""
    of_day, days = cells.pop("hours_per_day", None), cells.pop("days_per_week", None)
    if of_day is None or days is None or {"fte", "hours_per_week"} & cells.keys():
        return
    pairs = [(number_in(shown(one)), number_in(shown(other))) for one, other in zip(of_day, days, strict=True)]
    cells["hours_per_week"] = [None if None in pair else pair[0] * pair[1] for pair in pairs]


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


def _meaning(table: Table, name: str) -> str:
    """What becomes of an unreadable cell in a row that still counts."""
    if any(name in group for group in table.needed):
        return ""
    if (table.name, name) == ("therapists", "fte"):
        return "The person's FTE is treated as not given."
    if (table.name, name) in {("therapists", "role"), ("therapists", "employment")}:
        return ""
    return "The cell is treated as empty."


def _incomplete(block: Block, at: int, columns: dict[str, list], troubled, found: Findings) -> bool:
    """Whether the row lacks something it needs; says what, unless an unreadable cell has been said already."""
    table = block.found.table
    for group in table.needed:
        names = tuple(dict.fromkeys(MADE.get(name, name) for name in group))
        if any(columns[name][at] is not None for name in names if name in columns):
            continue
        if not set(group) & set(troubled):
            words = group if names == group else group[:1]
            found.add(
                "row-incomplete",
                WARNING,
                f"This row {table.column(group[0]).lacking}, so it is not counted.",
                f"Fill in {' or '.join(words)}.",
                file=block.file,
                sheet=block.sheet,
                row=block.sheet_rows[at],
                column=block.heading(group[0]),
            )
        return True
    return False


def _without_other_roles(
    block: Block, cells, answers: ImportMap, excluded: Counter[str], found: Findings
) -> frozenset[int]:
    """Positions of the rows that are OTs and OTAs, with their role put in its usual word.

    A role comes from its column, or from a credential behind the name. A word that names no role is asked about, and
    until then its people are not counted.
    """
    rows = range(len(block.sheet_rows))
    if block.table != "therapists" or not rows:
        return frozenset(rows)
    written = cells.get("role") or [None] * len(rows)
    names = cells.get("therapist") or [None] * len(rows)
    roles = [_role(written[at], names[at], answers) for at in rows]
    others = [at for at in rows if roles[at] == OTHER]
    unclear: dict[str, list[int]] = {}
    for at in rows:
        if roles[at] == "":
            unclear.setdefault(shown(written[at]), []).append(at)
    if any(role in ROLES for role in roles):
        cells["role"] = [role or None if role != OTHER else None for role in roles]
    if others:
        excluded[OTHER_ROLE] += len(others)
        found.rows(
            "other-roles",
            NOTICE,
            block,
            others,
            "People of other professions stand in {rows} of the Therapists sheet and are left out",
            "Nothing to do if these people do not give occupational therapy.",
            column=block.heading("role"),
        )
    for text, at in unclear.items():
        excluded[OTHER_ROLE] += len(at)
        found.rows(
            "role-unclear",
            WARNING,
            block,
            at,
            f'"{text}" does not say whether the person is an OT or an OTA. {{rows}} with it are left out',
            "Answer the question about this word.",
            column=block.heading("role"),
            value=text,
        )
        found.ask(
            Question(
                f"role:{text}",
                f'What are people with "{text}" under {block.heading("role")}?',
                (("OT", "Occupational therapists"), ("OTA", "Assistants (OTA, COTA)"), (OTHER, "Another profession")),
                tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at),
                block.heading("role"),
                text,
                applied=OTHER,
            )
        )
    return frozenset(rows) - set(others) - {at for each in unclear.values() for at in each}


def _role(written: Value, name: Value, answers: ImportMap) -> str | None:
    """ "OT", "OTA", OTHER, "" for words that do not say, None where nothing is written."""
    text = "" if written is None or isinstance(written, CellProblem) else shown(written)
    credential = CREDENTIAL.search(tidy(name)) if isinstance(name, str) else None
    by_name = None if credential is None else "OTA" if ASSISTANT.search(credential[0]) else "OT"
    if not text or is_missing(text):
        return by_name if by_name or not isinstance(name, str) or not OTHER_CREDENTIAL.search(name) else OTHER
    if text in answers.roles:
        return answers.roles[text]
    read = read_choice(text, THERAPISTS.column("role"))
    if isinstance(read, str):
        return read
    if ASSISTANT.search(text):
        return "OTA"
    if OT_WORDS.search(text):
        return "OT"
    return OTHER if OTHER_WORDS.search(text) else by_name or ""
