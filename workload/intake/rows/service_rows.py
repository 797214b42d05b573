"""From the rows of a services sheet to typed service lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workload.intake.answers.import_map import ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns.headings import AMOUNT
from workload.intake.names.member_districts import MEMBER, of_member
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows.amounts import UNKNOWN, Amount, AmountReader, Line
from workload.intake.rows.cells import Problem, tidy
from workload.intake.rows.data_rows import Block
from workload.intake.rows.identity import identities
from workload.intake.rows.service_filter import OT, OTHER, filter_services
from workload.intake.rows.service_notes import notes
from workload.intake.rows.service_troubles import unreadable
from workload.intake.rows.values import plain_cells, read_column
from workload.model.columns import SERVICES
from workload.model.issues import NOTICE, WARNING
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import RowCount

OTHER_SERVICE, INACTIVE = "other-service", "not-active"
DEFAULTS = {"plan": "IEP", "delivery": "individual"}
# What becomes of an unreadable cell in a column that is not needed for the minutes.
MEANING = {
    "start": "The line is treated as open at its start.",
    "end": "The line is treated as open at its end.",
    "exit_date": "The student is treated as still served.",
    "iep_date": "The date is left out.",
    "reeval_date": "The date is left out.",
    "compensatory_minutes": "These owed minutes are not counted.",
    "compensatory_due": "The owed minutes are taken as due by June 30.",
    "group_size": "The group size is treated as not given.",
    "esy": "The line is treated as a regular one.",
    "grade": "The grade is left out.",
    "school": "The row is counted without a school.",
    "therapist": "The row is counted as Unassigned.",
    "group_id": "The group is left out.",
}
OWN_COLUMNS = (
    "school",
    "grade",
    "plan",
    "delivery",
    "group_size",
    "group_id",
    "therapist",
    "start",
    "end",
    "iep_date",
    "reeval_date",
    "compensatory_minutes",
    "compensatory_due",
    "esy",
    "setting",
    "district",
    "exit_date",
)
NOT_ACTIVE = re.compile(
    r"(?:in-?active|exit(?:ed)?|dismissed|withdrawn|withdrew|moved|graduated|discharged|dropped|"
    r"closed|no longer .*|no|n|false|pending.*|referred|in evaluation)",
    re.IGNORECASE,
)


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
    kept = _active(block, _occupational_therapy(block, answers, excluded, found), excluded, found)
    cells = {
        name: plain_cells([values[at] for at in kept] if len(kept) < len(values) else values)
        for name, values in block.cells.items()
    }
    own = {name: read_column(SERVICES.column(name), cells[name]) for name in OWN_COLUMNS if name in cells}
    reader = AmountReader({name: block.heading(name) for name in cells}, _context(answers, day))
    names = reader.names
    amounts = [reader.read(row) for row in zip(*(cells[name] for name in names), strict=True)] if names else []
    if not set(names) & AMOUNT:
        amounts = [_without_columns(block)] * len(kept)
    who, initials = identities(cells, len(kept))
    student = pseudonyms(who, secret)
    of_districts = pseudonyms(of_member(who, cells["district"]), secret) if "district" in cells else student
    lost = unreadable(block, kept, student, amounts, found)
    for name, column in own.items():
        problems = {at: problem for at, problem in column.problems.items() if at not in lost}
        found.problems(block, name, problems, kept, MEANING.get(name, ""))
    notes(block, kept, amounts, lost, own, initials, found)
    columns = _lines(block, kept, lost, (student, of_districts), own, amounts, names, cells)
    counted = len(kept) - len(lost)
    count = RowCount(
        block.file, block.sheet, "services", block.read, counted, dict(excluded), len(lost), _waiting(lost, amounts)
    )
    grades = Counter(_grade(amount) for amount in amounts)
    return ServiceRows(columns, count, grades, len(set(columns["student"])))


def _waiting(lost: Mapping[int, str], amounts: Sequence[Amount]) -> int:
    """Rows that are not counted until somebody answers a question."""
    return sum(code == "column-unclear" or amounts[at].is_question for at, code in lost.items())


def _without_columns(block: Block) -> Amount:
    """No column of minutes is read: unknown minutes, or rows that wait for the answer about an unclear column."""
    for column in block.found.open_columns:
        if AMOUNT & {name for name, _ in column.choices}:
            return Amount(
                (), Problem("column-unclear", column.message, "Answer the question about the column."), column.heading
            )
    return UNKNOWN


def _context(answers: ImportMap, day: date | None) -> PhraseContext:
    return PhraseContext(day=day, answers=dict(answers.answers), default_period=answers.answers.get("period-missing"))


def _grade(amount: Amount) -> str:
    if amount.reading is not None:
        return amount.reading.grade
    return "unreadable" if amount.trouble else "plain"


def _occupational_therapy(block: Block, answers: ImportMap, excluded: Counter[str], found: Findings) -> Sequence[int]:
    """Positions of the rows that are occupational therapy; says what the others were."""
    rows = range(len(block.sheet_rows))
    if "service" not in block.cells:
        return rows
    filtered = filter_services(block.cells["service"], answers.services)
    for written, at in filtered.unsure.items():
        found.rows(
            "service-near-miss",
            WARNING,
            block,
            at,
            f'"{written}" is taken for occupational therapy in {{rows}}',
            "Answer the question about this spelling, or correct it in the file.",
            column=block.heading("service"),
            value=written,
        )
        found.ask(
            Question(
                f"service:{written}",
                f'Is "{written}" occupational therapy?',
                ((OT, "Yes, count these rows"), (OTHER, "No, another service")),
                tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at),
                block.heading("service"),
                written,
                OT,
                OT,
            )
        )
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
        column=block.heading("service"),
    )
    return [at for at in rows if filtered.is_ot[at]]


def _active(block: Block, rows: Sequence[int], excluded: Counter[str], found: Findings) -> Sequence[int]:
    """Positions of the rows without those whose status says that nobody is served."""
    if "status" not in block.cells:
        return rows
    status = block.cells["status"]
    gone = [at for at in rows if status[at] is not None and NOT_ACTIVE.fullmatch(tidy(status[at]))]
    if not gone:
        return rows
    excluded[INACTIVE] = len(gone)
    found.rows(
        "rows-not-active",
        NOTICE,
        block,
        gone,
        "The status is not active in {rows}, which are left out",
        "Correct the status if the service goes on.",
        column=block.heading("status"),
    )
    return [at for at in rows if at not in set(gone)]


def _lines(block: Block, kept, lost, student, own, amounts: Sequence[Amount], names, cells) -> dict[str, list]:
    """One entry for each line; a row with two services makes two."""
    plain = not lost and all(len(amount.lines) == 1 for amount in _distinct(amounts))
    at_line = (
        list(range(len(kept)))
        if plain
        else [at for at, amount in enumerate(amounts) if at not in lost for _ in amount.lines]
    )
    lines: list[Line] = [line for at, amount in enumerate(amounts) if at not in lost for line in amount.lines]
    made: dict[str, list] = {
        name: [them[at] for at in at_line] for name, them in zip(("student", MEMBER), student, strict=True)
    }
    for name in OWN_COLUMNS:
        values = own[name].values if name in own else [None] * len(kept)
        made[name] = values if plain else [values[at] for at in at_line]
    for name in ("minutes_per_session", "sessions", "period", "total_minutes"):
        made[name] = [getattr(line, name) for line in lines]
    _from_phrases(made, lines)
    made["service"] = [OT] * len(lines)
    made["as_written"] = _as_written(at_line, amounts)
    made["file"], made["sheet"] = [block.file] * len(lines), [block.sheet] * len(lines)
    made["row"] = [block.sheet_rows[kept[at]] for at in at_line]
    return made


def _distinct(amounts: Sequence[Amount]) -> Sequence[Amount]:
    return list({id(amount): amount for amount in amounts}.values())


def _from_phrases(made: dict[str, list], lines: Sequence[Line]) -> None:
    """What a phrase says about delivery, group, dates and setting, where the row's own column is silent."""
    made["exit"] = list(made["exit_date"])
    made["end"] = [
        min(end, left) if end and left else end or left
        for end, left in zip(made["end"], made.pop("exit_date"), strict=True)
    ]
    for name in ("delivery", "start", "end", "setting"):
        made[name] = [
            value if value is not None else getattr(line, name) for value, line in zip(made[name], lines, strict=True)
        ]
    made["group_size"] = [
        line.group_size if value is None else value for value, line in zip(made["group_size"], lines, strict=True)
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
