"""From the rows of the other five sheets to typed columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workload.intake.answers.findings import Findings, Question, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.answers.row_findings import Kept, of_column, of_rows, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import is_missing, shown, tidy
from workload.intake.cells.service_filter import OT_WORDS, OTHER, OTHER_WORDS
from workload.intake.cells.values import number_in, plain_cells, read_choice, read_column
from workload.intake.columns.amount_names import ALSO
from workload.intake.open.opened import CellProblem, Value
from workload.intake.rows.footnotes import without_notes
from workload.intake.rows.identity import ALONE, identities, of_member
from workload.intake.rows.leave_cells import with_leaves
from workload.intake.rows.typed_rows import TypedRows
from workload.model.columns import ROLES, THERAPISTS, Table, normalized
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount
from workload.model.units import minutes as minutes_of_hours

OTHER_ROLE = "other-role"
CREDENTIAL = re.compile(r"(?:[,\s(]|^)(?:otr(?:\s*/?\s*l)?|cota(?:\s*/?\s*l)?|ota|ot)\)?$", re.IGNORECASE)
ASSISTANT = re.compile(r"\b(?:cota(?:/l)?|ota|assistant|asst|asistente|auxiliar)\b", re.IGNORECASE)
ANY_ASSISTANT = re.compile(
    r"(?:(?:assistants?|asst|asistentes?|auxiliar(?:es)?|therapy|therapist|terapia|de|certified|licensed|lic|\d)\W*)+",
    re.IGNORECASE,
)
OTHER_CREDENTIAL = re.compile(
    r"[,\s(](?:slp|ccc-slp|ms,?\s*ccc-slp|pt|dpt|pta|bcba|lcsw|psy\.?d|nurse|rn|tvi|slpa)\)?$", re.IGNORECASE
)
MADE = {"student_id": "student", "student_name": "student", "last_name": "student"}  # what the roster calls it


def read_table(block: Block, secret: bytes, answers: ImportMap) -> TypedRows:
    """The rows of a sheet that is not Services. A row without what it needs is unreadable and said so."""
    table = block.found.table
    rows = len(block.sheet_rows)
    cells: dict[str, Sequence[Value]] = {name: plain_cells(values) for name, values in block.cells.items()}
    if block.table == "therapists":
        cells = _week_of_days(_whole_names(cells))
    columns: dict[str, list] = {}
    troubles: dict[int, list[str]] = {}
    kept = Kept(range(rows), block.excluded).then(without_notes(block, cells, range(rows)))
    if block.table == "therapists":
        cells, by_leaves = with_leaves(block, cells, kept.at)
        cells, ours = _our_people(block, cells, kept.at, answers)
        kept = kept.then(replace(ours, said=ours.said + by_leaves))
    stay, said = frozenset(kept.at), kept.said
    for name in ROSTER_COLUMNS[block.table]:
        if name in cells:
            read = read_column(table.column(name), cells[name], block.day_first)
            columns[name] = read.values
            problems = {at: problem for at, problem in read.problems.items() if at in stay}
            said += of_column(block, name, problems, meaning=_meaning(table, name))
            for at in problems:
                troubles.setdefault(at, []).append(name)
    if (also := f"named_duty_hours@{ALSO}") in cells and "named_duty_hours" in columns:
        more = read_column(table.column("named_duty_hours"), cells[also])
        said += of_column(block, "named_duty_hours", more.problems, meaning=_meaning(table, "named_duty_hours"))
        pairs = zip(columns["named_duty_hours"], more.values, strict=True)
        columns["named_duty_hours"] = [
            None if one is other is None else (one or 0) + (other or 0) for one, other in pairs
        ]
    if block.table == "therapists" and "fte" in cells:
        said += _tell_percents(block, cells["fte"], columns["fte"])
    if "student" in ROSTER_COLUMNS[block.table]:
        columns[ALONE] = pseudonyms(identities(cells, rows)[0], secret)
        columns["student"] = of_member(columns[ALONE], columns.get("district"), secret)
    if block.table == "time_log":
        columns |= _time_log(columns, rows)
    lacking = {at: _lacking(table, at, columns) for at in kept.at}
    lost = {at: group for at, group in lacking.items() if group}
    said += merged(_told(block, at, group) for at, group in lost.items() if not set(group) & set(troubles.get(at, ())))
    at_row = [at for at in kept.at if at not in lost]
    made = {name: [values[at] for at in at_row] for name, values in columns.items()}
    made["file"], made["sheet"] = [block.file] * len(at_row), [block.sheet] * len(at_row)
    made["row"] = [block.sheet_rows[at] for at in at_row]
    count = RowCount(block.file, block.sheet, block.table, block.read, len(at_row), dict(kept.excluded), len(lost))
    return TypedRows(block, made, count, said)


def _whole_names(cells: Mapping[str, Sequence[Value]]) -> dict[str, Sequence[Value]]:
    """ "Rivers, Kim" from the two columns of a staff list that has last and first names apart."""
    last, first = cells.get("last_name"), cells.get("first_name")
    made = {name: values for name, values in cells.items() if name not in ("last_name", "first_name")}
    if last is None or "therapist" in cells:
        return made
    pairs = zip(last, first or [None] * len(last), strict=True)
    made["therapist"] = [
        one if one in (None, "") or other in (None, "") else f"{shown(one)}, {shown(other)}" for one, other in pairs
    ]
    return made


def _week_of_days(cells: Mapping[str, Sequence[Value]]) -> dict[str, Sequence[Value]]:
    """Contract hours a week from the hours of a day and the days of a week, where neither a week nor an FTE is given."""
    of_day, days = cells.get("hours_per_day"), cells.get("days_per_week")
    made = {name: values for name, values in cells.items() if name not in ("hours_per_day", "days_per_week")}
    if of_day is not None and days is not None and not {"fte", "hours_per_week"} & cells.keys():
        pairs = [(number_in(shown(one)), number_in(shown(other))) for one, other in zip(of_day, days, strict=True)]
        made["hours_per_week"] = [None if one is None or other is None else one * other for one, other in pairs]
    return made


def _tell_percents(block: Block, written, read) -> Findings:
    """A bare 80 was read as 80 %, which is said."""
    at = [
        at
        for at, cell in enumerate(written)
        if read[at] is not None and "%" not in shown(cell) and (number_in(shown(cell)) or 0) > 1.5 and read[at] <= 1
    ]
    return of_rows(
        block,
        at,
        "fte-as-percent",
        WARNING,
        "The FTE is taken for a percentage in {rows}",
        "Write 0.8 or 80% for four days of five.",
        column=block.heading("fte"),
    )


def _time_log(columns: Mapping[str, list], rows: int) -> dict[str, list]:
    """Activities in the spelling of the method's codes, and minutes from the clock where none are given."""
    made = {
        "activity": [text and normalized(text).replace(" ", "_") for text in columns.get("activity", [None] * rows)]
    }
    if "start" in columns and "end" in columns:
        made["minutes"] = [
            _between(start, end) if minutes is None else minutes
            for minutes, start, end in zip(
                columns.get("minutes", [None] * rows), columns["start"], columns["end"], strict=True
            )
        ]
    return made


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


def _lacking(table: Table, at: int, columns: Mapping[str, list]) -> tuple[str, ...]:
    """The first group of columns of which a row needs one and has none; empty for a whole row."""
    for group in table.needed:
        names = {MADE.get(name, name) for name in group}
        if not any(columns[name][at] is not None for name in names if name in columns):
            return group
    return ()


def _told(block: Block, at: int, group: tuple[str, ...]) -> Issue:
    """A row that lacks something it needs."""
    names = tuple(dict.fromkeys(MADE.get(name, name) for name in group))
    return Issue(
        "row-incomplete",
        WARNING,
        f"This row {block.found.table.column(group[0]).lacking}, so it is not counted.",
        f"Fill in {' or '.join(group if names == group else group[:1])}.",
        file=block.file,
        sheet=block.sheet,
        row=block.sheet_rows[at],
        column=block.heading(group[0]),
    )


def _our_people(
    block: Block, cells: Mapping[str, Sequence[Value]], here: Sequence[int], answers: ImportMap
) -> tuple[dict[str, Sequence[Value]], Kept]:
    """The cells with each role in its usual word, and those of the rows `here` that are OTs and OTAs.

    A role comes from its column, or from a credential behind the name. A word that names no role is asked about, and
    until then its people are not counted.
    """
    rows = range(len(block.sheet_rows))
    written = cells.get("role") or [None] * len(rows)
    names = cells.get("therapist") or [None] * len(rows)
    roles = [_role(written[at], names[at], answers) for at in rows]
    others = [at for at in here if roles[at] == OTHER]
    unclear: dict[str, list[int]] = {}
    for at in here:
        if roles[at] == "":
            unclear.setdefault(shown(written[at]), []).append(at)
    made = dict(cells)
    if any(role in ROLES for role in roles):
        made["role"] = [role or None if role != OTHER else None for role in roles]
    said = of_rows(
        block,
        others,
        "other-roles",
        NOTICE,
        "People of other professions stand in {rows} of the Therapists sheet and are left out",
        "Nothing to do if these people do not give occupational therapy.",
        column=block.heading("role"),
    )
    for text, such in unclear.items():
        question = Question(
            f"role:{text}",
            f'What are people with "{text}" under {block.heading("role")}?',
            (("OT", "Occupational therapists"), ("OTA", "Assistants (OTA, COTA)"), (OTHER, "Another profession")),
            written=text,
            applied=OTHER,
        )
        told = f'"{text}" does not say whether the person is an OT or an OTA. {{rows}} with it are left out'
        remedy = "Answer the question about this word."
        said += told_and_asked(block, such, "role-unclear", told, remedy, question, block.heading("role"))
    out = {*others, *(at for each in unclear.values() for at in each)}
    return made, Kept([at for at in here if at not in out], {OTHER_ROLE: len(out)}, said)


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
    if ASSISTANT.search(text) and (OT_WORDS.search(text) or ANY_ASSISTANT.fullmatch(text)):
        return "OTA"  # and nobody who assists a principal, a teacher or a physical therapist
    if OT_WORDS.search(text):
        return "OT"
    return OTHER if OTHER_WORDS.search(text) else by_name or ""
