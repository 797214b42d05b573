"""From the rows of a services sheet to typed service lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workload.intake.amounts import UNKNOWN, Amount, AmountReader, Line
from workload.intake.cells import Problem, tidy
from workload.intake.findings import Findings, Question
from workload.intake.headings import AMOUNT
from workload.intake.identity import identities
from workload.intake.map_file import ImportMap
from workload.intake.phrases.questions import QUESTION_KINDS
from workload.intake.phrases.types import PhraseContext
from workload.intake.rows import Block
from workload.intake.service_filter import OT, OTHER, filter_services
from workload.intake.values import plain_cells, read_column
from workload.intake.words import GRADES
from workload.issues import NOTICE, WARNING
from workload.pseudonyms import pseudonyms
from workload.roster import RowCount
from workload.tables import SERVICES

OTHER_SERVICE, INACTIVE = "other-service", "not-active"
DEFAULTS = {"plan": "IEP", "delivery": "individual"}
# What becomes of an unreadable cell in a column that is not needed for the minutes.
MEANING = {
    "start": "The line is treated as open at its start.", "end": "The line is treated as open at its end.",
    "exit_date": "The student is treated as still served.",
    "iep_date": "The date is left out.", "reeval_date": "The date is left out.",
    "compensatory_minutes": "These owed minutes are not counted.",
    "compensatory_due": "The owed minutes are taken as due by June 30.",
    "group_size": "The group size is treated as not given.", "esy": "The line is treated as a regular one.",
    "grade": "The grade is left out.", "school": "The row is counted without a school.",
    "therapist": "The row is counted as Unassigned.", "group_id": "The group is left out.",
}
# What a file means by these is the same in all its rows, so that it is asked once.
ONCE_PER_FILE = frozenset({"session-or-total", "code", "biweekly", "bimonthly", "order", "period-missing",
                           "hours-or-minutes", "bare-number", "time-cell", "cycle-length", "marking-period"})
OWN_COLUMNS = ("school", "grade", "plan", "delivery", "group_size", "group_id", "therapist", "start", "end", "iep_date",
               "reeval_date", "compensatory_minutes", "compensatory_due", "esy", "setting", "exit_date")
KNOWN_GRADES, GRADES_LISTED = frozenset(GRADES.values()), 12
NOT_ACTIVE = re.compile(r"(?:in-?active|exit(?:ed)?|dismissed|withdrawn|withdrew|moved|graduated|discharged|dropped|"
                        r"closed|no longer .*|no|n|false|pending.*|referred|in evaluation)", re.IGNORECASE)


@dataclass(eq=False)
class ServiceRows:
    """Typed lines of one sheet as columns (one list for each column of the roster's services table)."""

    columns: dict[str, list]
    count: RowCount
    grades: Counter[str] = field(default_factory=Counter)     # rows by how sure the reading of the minutes is
    students: int = 0


def read_services(block: Block, secret: bytes, answers: ImportMap, day: date | None, found: Findings) -> ServiceRows:
    """The lines of a services sheet; what could not be read is in `found`."""
    excluded = Counter(block.excluded)
    kept = _active(block, _occupational_therapy(block, answers, excluded, found), excluded, found)
    cells = {name: plain_cells([values[at] for at in kept] if len(kept) < len(values) else values)
             for name, values in block.cells.items()}
    own = {name: read_column(SERVICES.column(name), cells[name]) for name in OWN_COLUMNS if name in cells}
    reader = AmountReader({name: block.heading(name) for name in cells}, _context(answers, day))
    names = reader.names
    amounts = [reader.read(row) for row in zip(*(cells[name] for name in names), strict=True)] if names else []
    if not set(names) & AMOUNT:
        amounts = [_without_columns(block)] * len(kept)
    who, initials = identities(cells, len(kept))
    student = pseudonyms(who, secret)
    lost = _unreadable(block, kept, student, amounts, found)
    for name, column in own.items():
        problems = {at: problem for at, problem in column.problems.items() if at not in lost}
        found.problems(block, name, problems, kept, MEANING.get(name, ""))
    _notes(block, kept, amounts, lost, own, initials, found)
    columns = _lines(block, kept, lost, student, own, amounts, names, cells)
    counted = len(kept) - len(lost)
    count = RowCount(block.file, block.sheet, "services", block.read, counted, dict(excluded), len(lost))
    grades = Counter(_grade(amount) for amount in amounts)
    return ServiceRows(columns, count, grades, len(set(columns["student"])))


def _without_columns(block: Block) -> Amount:
    """No column of minutes is read: unknown minutes, or rows that wait for the answer about an unclear column."""
    for column in block.found.open_columns:
        if AMOUNT & {name for name, _ in column.choices}:
            return Amount((), Problem("column-unclear", column.message, "Answer the question about the column."),
                          column.heading)
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
        found.rows("service-near-miss", WARNING, block, at,
                   f"\"{written}\" is taken for occupational therapy in {{rows}}",
                   "Answer the question about this spelling, or correct it in the file.",
                   column=block.heading("service"), value=written)
        found.ask(Question(
            f"service:{written}", f"Is \"{written}\" occupational therapy?",
            ((OT, "Yes, count these rows"), (OTHER, "No, another service")),
            tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at), block.heading("service"),
            written, OT, OT))
    if all(filtered.is_ot):
        return rows
    excluded[OTHER_SERVICE] = sum(filtered.others.values())
    listed = ", ".join(f"{name} {count:,}" for name, count in sorted(
        filtered.others.items(), key=lambda item: (-item[1], item[0]))[:12])
    found.add("other-services", NOTICE, f"{excluded[OTHER_SERVICE]:,} of {len(rows):,} rows are other services and are "
              f"left out: {listed}.", "Nothing to do if these are not occupational therapy.", file=block.file,
              sheet=block.sheet, column=block.heading("service"))
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
    found.rows("rows-not-active", NOTICE, block, gone, "The status is not active in {rows}, which are left out",
               "Correct the status if the service goes on.", column=block.heading("status"))
    return [at for at in rows if at not in set(gone)]


def _unreadable(block: Block, kept: Sequence[int], student: Sequence[str | None], amounts: Sequence[Amount],
                found: Findings) -> dict[int, str]:
    """Position among the kept rows -> why the row is not counted; each has its finding."""
    lost: dict[int, str] = {}
    questions: dict[str, list[int]] = {}
    for at, (who, amount) in enumerate(zip(student, amounts, strict=True)):
        if who is None:
            lost[at] = "student-missing"
            _tell_no_student(block, kept[at], found)
        elif "minutes-unknown" in amount.flags and _stands_alone(block, kept[at]):
            lost[at] = "row-alone"
        elif amount.trouble and amount.trouble.code == "column-unclear":
            lost[at] = "column-unclear"
        elif amount.trouble:
            lost[at] = _code(amount)
            found.cell(block, kept[at], amount.column, amount.trouble, code=lost[at], meaning="The row is not counted.")
            if amount.is_question:
                questions.setdefault(_question_key(amount), []).append(at)
    found.rows("row-alone", WARNING, block, [kept[at] for at, code in lost.items() if code == "row-alone"],
               "Only one cell is filled in {rows}. A heading or a note is not counted as a student",
               "Fill in the row if it is a student.")
    found.rows("rows-wait", WARNING, block, [kept[at] for at, code in lost.items() if code == "column-unclear"],
               "The minutes stand in a column whose meaning is not clear, so nothing is counted from {rows}",
               "Answer the question about the column.")
    _ask_same_as_above(block, [kept[at] for at, code in lost.items() if code == "student-missing"], found)
    for key, at in questions.items():
        reading = amounts[at[0]].reading
        message = reading.question
        if reading.question_kind in ONCE_PER_FILE:
            about = QUESTION_KINDS[reading.question_kind]
            message = f"{about[:1].upper()}{about[1:]}. For example: {reading.question}"
        found.ask(Question(
            key, message, tuple((choice.key, choice.label) for choice in reading.choices),
            tuple((block.file, block.sheet, block.sheet_rows[kept[each]]) for each in at),
            block.heading(amounts[at[0]].column), reading.text))
    return lost


def _tell_no_student(block: Block, at: int, found: Findings) -> None:
    """A row without a student: nothing in the cell, or an id that cannot be read."""
    id = block.cells["student_id"][at] if "student_id" in block.cells else None
    problem = read_column(SERVICES.column("student_id"), [id]).problems.get(0)
    if problem:
        found.cell(block, at, "student_id", problem, meaning="The row is not counted.")
    else:
        found.add("student-missing", WARNING, "This row names no student, so it is not counted.",
                  "Fill in the student id.", file=block.file, sheet=block.sheet, row=block.sheet_rows[at],
                  column=block.heading("student_id"))


def _stands_alone(block: Block, at: int) -> bool:
    """Whether a row holds a single cell, as headings and notes between the rows do."""
    return len(block.cells) > 2 and sum(values[at] not in (None, "") for values in block.cells.values()) == 1


def _ask_same_as_above(block: Block, rows: Sequence[int], found: Findings) -> None:
    """Blank student cells under a filled one may mean "same as above"; a person says so."""
    column = next((block.found.column(name) for name in ("student_id", "student_name", "last_name")
                   if name in block.cells), None)
    if column and rows and rows[0] > 0:
        found.ask(Question(
            f"fill_down:{column.heading}", f"In the column {column.heading}, do blank cells mean the same as above?",
            (("yes", "Yes, the student above"), ("no", "No, the student is missing")),
            tuple((block.file, block.sheet, block.sheet_rows[at]) for at in rows), column.heading, applied="no"))


def _code(amount: Amount) -> str:
    if (amount.trouble.code, amount.column) == ("period-missing", "period"):
        return "period-missing"
    if amount.is_question and amount.trouble.code == amount.reading.question_kind:
        return "frequency-unclear"
    return {"period": "period-unreadable", "sessions": "sessions-unreadable",
            "frequency_text": "frequency-unreadable"}.get(amount.column, "minutes-unreadable")


def _question_key(amount: Amount) -> str:
    """One question for a convention of the whole file, or for each distinct text: one answer settles all its rows."""
    kind = amount.reading.question_kind
    return f"phrase:{kind if kind in ONCE_PER_FILE or not amount.reading.key else amount.reading.key}"


def _notes(block: Block, kept: Sequence[int], amounts: Sequence[Amount], lost: Mapping[int, str], own, initials,
           found: Findings) -> None:
    """Findings about rows that count."""
    by_flag: dict[str, list[int]] = {}
    by_sentence: dict[str, list[int]] = {}
    for at, amount in enumerate(amounts):
        for flag in amount.flags if at not in lost else ():
            by_flag.setdefault(flag, []).append(kept[at])
        for sentence in amount.sentences if at not in lost else ():
            by_sentence.setdefault(sentence, []).append(kept[at])
    weeks = _implied_weeks(by_sentence)
    for number, at in sorted(weeks.items()):
        found.rows("calendar-implied", NOTICE, block, at, f"The yearly totals imply a year of {number} weeks in {{rows}}",
                   "Set the instructional weeks to this number if it is the district's calendar.")
    for sentence, at in by_sentence.items():
        found.rows("minutes-note", NOTICE, block, at, f"{sentence.rstrip('.')}. This is so in {{rows}}",
                   "Check these rows.")
    found.rows("minutes-unknown", WARNING, block, by_flag.get("minutes-unknown", ()),
               "No minutes are given in {rows}. The students count in the caseload, without minutes",
               "Fill in the minutes where the plan states them.")
    found.rows("sessions-missing", WARNING, block, by_flag.get("sessions-missing", ()),
               "No number of sessions is given in {rows}. The minutes are taken as the total of the period",
               "Fill in the sessions if the minutes are those of one session.", column=block.heading("sessions"))
    found.rows("minutes-zero", WARNING, block, by_flag.get("minutes-zero", ()),
               "0 minutes are written in {rows}. The students count in the caseload, without minutes",
               "Correct the minutes, or remove the rows.", column=block.heading("minutes_per_session"))
    if "grade" in own:
        _grades(block, kept, lost, own["grade"].values, found)
    found.rows("initials-only", WARNING, block, [kept[at] for at in initials if at not in lost],
               "The student is named only by initials in {rows}. Students with the same initials, school and grade are "
               "taken for one", "Use student ids.")


def _grades(block: Block, kept: Sequence[int], lost: Mapping[int, str], grades: Sequence[str | None],
            found: Findings) -> None:
    """Grades on no scale are kept as written and listed, never turned into another grade."""
    unknown = {grade for grade in set(grades) if grade is not None and grade not in KNOWN_GRADES}
    if unknown:
        at = [kept[each] for each, grade in enumerate(grades) if grade in unknown and each not in lost]
        listed = ", ".join(sorted(unknown)[:GRADES_LISTED])
        found.rows("grade-unknown", NOTICE, block, at, f"Grades that are on no scale are kept as written: {listed}. They stand "
                   "in {rows}", "Correct them if a chart by grade should have them.", column=block.heading("grade"))


def _implied_weeks(by_sentence: dict[str, list[int]]) -> dict[int, list[int]]:
    """Weeks of the year that yearly totals imply -> positions; takes these sentences out."""
    weeks: dict[int, list[int]] = {}
    for sentence in list(by_sentence):
        implied = re.search(r"implies (\d+) weeks", sentence)
        if implied:
            weeks.setdefault(int(implied[1]), []).extend(by_sentence.pop(sentence))
    return weeks


def _lines(block: Block, kept, lost, student, own, amounts: Sequence[Amount], names, cells) -> dict[str, list]:
    """One entry for each line; a row with two services makes two."""
    plain = not lost and all(len(amount.lines) == 1 for amount in _distinct(amounts))
    at_line = list(range(len(kept))) if plain else [
        at for at, amount in enumerate(amounts) if at not in lost for _ in amount.lines]
    lines: list[Line] = [line for at, amount in enumerate(amounts) if at not in lost for line in amount.lines]
    made: dict[str, list] = {"student": [student[at] for at in at_line]}
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
    made["end"] = [min(end, left) if end and left else end or left for end, left in zip(
        made["end"], made.pop("exit_date"), strict=True)]
    for name in ("delivery", "start", "end", "setting"):
        made[name] = [value if value is not None else getattr(line, name)
                      for value, line in zip(made[name], lines, strict=True)]
    made["group_size"] = [line.group_size if value is None else value
                          for value, line in zip(made["group_size"], lines, strict=True)]
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
