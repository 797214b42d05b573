"""From the rows of a services sheet to typed service lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workload.intake.answers.import_map import LEAVE_OUT, ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns.decide import OTHER_SERVICE as OTHERS_COLUMN
from workload.intake.columns.found_tables import MappedColumn
from workload.intake.columns.headings import AMOUNT
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows.amounts import AMOUNT_NAMES, OF_A_KIND, UNKNOWN, Amount, AmountReader, Line
from workload.intake.rows.cells import Problem, is_missing, shown, tidy
from workload.intake.rows.data_rows import Block
from workload.intake.rows.identity import identities, without_session_numbers
from workload.intake.rows.row_states import served, summer, summer_terms
from workload.intake.rows.service_filter import OT, OTHER, filter_services
from workload.intake.rows.service_notes import notes
from workload.intake.rows.service_troubles import unreadable
from workload.intake.rows.slots import slots_of
from workload.intake.rows.values import ReadColumn, plain_cells, read_column, with_decimal_points
from workload.model.columns import SERVICES
from workload.model.issues import NOTICE, WARNING
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS, RowCount

OTHER_SERVICE, EVALUATION_ROW, GONE = "other-service", "evaluation", "not-active"
FROM_AMOUNTS = ("minutes_per_session", "sessions", "period", "total_minutes")
MADE = frozenset({"student", "service", "slot", "as_written", *FROM_AMOUNTS})
# The roster's columns that are read from a column of their own; the exit date ends the line.
OWN_COLUMNS = (*(name for name in ROSTER_COLUMNS["services"] if name not in MADE), "exit_date")
DEFAULTS = {column.name: column.empty for column in SERVICES.columns if column.kind == "choice" and column.kept}
EVALUATES = re.compile(r"\b(?:eval\w*|assess\w*|screen\w*|testing|re-?eval\w*)\b", re.IGNORECASE)
LAST_NAMES = "last-names"
ASSISTANTS = "therapist@assistant"
SECOND_DELIVERY = "delivery@second"
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
    kept = _occupational_therapy(block, answers, excluded, found)
    kept = served(block, kept, answers, excluded, found)
    kept = _no_evaluations(block, kept, answers, excluded, found)
    cells = {
        name: plain_cells([values[at] for at in kept] if len(kept) < len(values) else values)
        for name, values in block.cells.items()
    }
    _who_serves(block, cells, found)
    _decimals(block, kept, cells, answers, found)
    own = {name: read_column(SERVICES.column(name), cells[name]) for name in OWN_COLUMNS if name in cells}
    own |= _deliveries(cells, own, answers)
    amounts = _amounts(block, kept, cells, answers, day)
    out = _left_out(block, kept, amounts, excluded, found)
    if out:
        stay = [at for at in range(len(kept)) if at not in out]
        kept, amounts = [kept[at] for at in stay], [amounts[at] for at in stay]
        cells = {name: [values[at] for at in stay] for name, values in cells.items()}
        own = {name: _only(column, stay) for name, column in own.items()}
    numbers = _session_numbers(cells, len(kept))
    who, initials = identities(cells, len(kept))
    who = _by_last_name(block, kept, who, answers, found)
    student = pseudonyms(who, secret)
    lost = unreadable(block, kept, student, amounts, _ends(cells, own, answers), found)
    for name, column in own.items():
        problems = {at: problem for at, problem in column.problems.items() if at not in lost}
        if name != "delivery":
            found.problems(block, name, problems, kept, SERVICES.column(name).trouble)
    _ask_deliveries(
        block, kept, {at: each for at, each in own.get("delivery", _NOTHING).problems.items() if at not in lost}, found
    )
    own["esy"] = _summer(block, kept, cells, own.get("esy"), student, answers, found)
    notes(block, kept, amounts, lost, own, initials, found)
    columns = _lines(block, kept, lost, student, own, amounts)
    number_of_row = {block.sheet_rows[kept[at]]: number for at, number in enumerate(numbers) if number}
    columns["slot"] = slots_of(block, columns, number_of_row, answers, found)
    count = RowCount(block.file, block.sheet, "services", block.read, len(kept) - len(lost), dict(excluded), len(lost))
    grades = Counter(_grade(amount) for amount in amounts)
    return ServiceRows(columns, count, grades, len(set(columns["student"])))


_NOTHING = ReadColumn([], {})


def _session_numbers(cells: dict[str, Sequence[Value]], rows: int) -> list[str | None]:
    """The numbers of sessions behind the students' names or ids, which are taken off."""
    numbers: list[str | None] = [None] * rows
    for name in ("student_id", "student_name"):
        if name in cells:
            cells[name], own = without_session_numbers(cells[name])
            numbers = [one or other for one, other in zip(numbers, own, strict=True)]
    return numbers


def _by_last_name(
    block: Block, kept: Sequence[int], who: Sequence[str | None], answers: ImportMap, found: Findings
) -> Sequence[str | None]:
    """A last name alone is no student: rows that share one, a school and a grade are asked, and kept apart until then."""
    repeated = {name for name, count in Counter(who).items() if name and name.startswith("last:") and count > 1}
    if not repeated:
        return who
    at = [place for place, name in enumerate(who) if name in repeated]
    answer = answers.answers.get(LAST_NAMES, "")
    if not answer:
        rows = [kept[place] for place in at]
        found.rows(
            "last-names-only",
            WARNING,
            block,
            rows,
            "Students have only a last name, and {rows} share it with a school and a "
            "grade. Each row is taken for a student of its own",
            "Add ids or first names, or answer the question.",
        )
        found.ask(
            Question(
                f"file:{LAST_NAMES}",
                "Rows with the same last name, school and grade: are they one student?",
                (
                    ("several", "No, each row is a student of its own"),
                    ("one", "Yes, one student with several services"),
                ),
                tuple((block.file, block.sheet, block.sheet_rows[row]) for row in rows),
                applied="several",
            )
        )
    return (
        who
        if answer == "one"
        else [
            f"{name}|row {block.sheet_rows[kept[place]]}" if name in repeated else name
            for place, name in enumerate(who)
        ]
    )


def _left_out(
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


def _only(column: ReadColumn, stay: Sequence[int]) -> ReadColumn:
    place = {at: number for number, at in enumerate(stay)}
    return ReadColumn(
        [column.values[at] for at in stay],
        {place[at]: problem for at, problem in column.problems.items() if at in place},
    )


# --- which rows ------------------------------------------------------------------------------------------


def _occupational_therapy(block: Block, answers: ImportMap, excluded: Counter[str], found: Findings) -> Sequence[int]:
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


def _no_evaluations(
    block: Block, rows: Sequence[int], answers: ImportMap, excluded: Counter[str], found: Findings
) -> Sequence[int]:
    """Rows whose delivery is an evaluation promise no service in the week: left out, and asked."""
    left: dict[str, list[int]] = {}
    for name in ("delivery", SECOND_DELIVERY, "service"):
        values = block.cells.get(name)
        words = {value for value in set(values or ()) if isinstance(value, str) and EVALUATES.search(value)}
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
            "Answer the question about this word. Evaluations belong on a sheet of their own.",
            value=written,
        )
        found.ask(
            Question(
                f"delivery:{written}",
                f'What are rows with "{written}"?',
                (
                    (LEAVE_OUT, "Evaluations: not a service of the week"),
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


def _served_by_others(block: Block, kept: Sequence[int], amounts: Sequence[Amount]) -> list[int]:
    """Rows of a wide export without an amount of occupational therapy, where columns of other services stand beside."""
    beside = [
        each.index
        for each in block.found.fates
        if each.fate == OTHERS_COLUMN
        and (block.found.looks[each.index].numeric > 0 or block.found.looks[each.index].phrases > 0)
    ]
    unknown = [at for at, amount in enumerate(amounts) if "minutes-unknown" in amount.flags and amount.reading is None]
    if not beside or not unknown or len(unknown) == len(amounts):
        return []
    cells = [block.column_cells(index) for index in beside]
    return [at for at in unknown if any(not is_blank(column[kept[at]]) for column in cells)]


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
    return PhraseContext(day=day, answers=dict(answers.answers), default_period=answers.answers.get("period-missing"))


def _grade(amount: Amount) -> str:
    if amount.reading is not None:
        return amount.reading.grade
    return "unreadable" if amount.trouble else "plain"


def _decimals(block: Block, kept, cells: dict[str, Sequence[Value]], answers: ImportMap, found: Findings) -> None:
    """Numbers with decimal commas, decided by their column or asked once for the file."""
    sign = answers.answers.get("decimal-sign", "")
    for column in block.found.columns:
        if column.key in cells and SERVICES.column(column.name).kind in ("number", "whole"):
            cells[column.key] = with_decimal_points(cells[column.key], sign)
            unsure = [
                at
                for at, value in enumerate(cells[column.key])
                if isinstance(value, CellProblem) and value.kind == "decimal"
            ]
            if unsure:
                example = cells[column.key][unsure[0]].text
                found.ask(
                    Question(
                        "file:decimal-sign",
                        f"What is {example} under {column.heading}?",
                        (
                            ("comma", f"{example.replace('.', ',')} with a thousands sign"),
                            ("point", f"{float(example):g}"),
                        ),
                        tuple((block.file, block.sheet, block.sheet_rows[kept[at]]) for at in unsure),
                        column.heading,
                        example,
                    )
                )


def is_blank(value: Value) -> bool:
    return value is None or value == "" or (isinstance(value, str) and is_missing(tidy(value)))


def _who_serves(block: Block, cells: dict[str, Sequence[Value]], found: Findings) -> None:
    """Of an OT and an assistant in two columns the assistant serves, where one is named."""
    assistants = cells.pop(ASSISTANTS, None)
    if assistants is None:
        return
    others = cells.get("therapist") or [None] * len(assistants)
    both = sum(not is_blank(one) and not is_blank(other) for one, other in zip(assistants, others, strict=True))
    cells["therapist"] = [other if is_blank(one) else one for one, other in zip(assistants, others, strict=True)]
    if both:
        found.add(
            "assistant-serves",
            NOTICE,
            f"{both:,} rows name an OT and an assistant. The assistant is taken for the one who serves.",
            "Correct the therapist where the OT serves the student.",
            file=block.file,
            sheet=block.sheet,
            column=block.heading(ASSISTANTS),
        )


# --- what else a row says --------------------------------------------------------------------------------


def _deliveries(
    cells: Mapping[str, Sequence[Value]], own: Mapping[str, ReadColumn], answers: ImportMap
) -> dict[str, ReadColumn]:
    """The delivery with the answers about its words; beside a second such column, consult where either says so."""
    if "delivery" not in own:
        return {}
    read = own["delivery"]
    if answers.deliveries and read.problems:
        answered = {
            at: answers.deliveries[problem.shown]
            for at, problem in read.problems.items()
            if problem.shown in answers.deliveries
        }
        values = [answered.get(at, value) for at, value in enumerate(read.values)]
        read = ReadColumn(values, {at: problem for at, problem in read.problems.items() if at not in answered})
    if SECOND_DELIVERY in cells:
        second = read_column(SERVICES.column("delivery"), cells[SECOND_DELIVERY])
        read = ReadColumn(
            [
                "consult" if "consult" in (one, other) else one or other
                for one, other in zip(read.values, second.values, strict=True)
            ],
            read.problems,
        )
    return {"delivery": read}


def _ask_deliveries(block: Block, kept, problems: Mapping[int, Problem], found: Findings) -> None:
    """Words of a delivery that are not known: counted as individual, told and asked once for each word."""
    found.problems(block, "delivery", problems, kept)
    words: dict[str, list[int]] = {}
    for at, problem in problems.items():
        words.setdefault(problem.shown, []).append(kept[at])
    for written, at in words.items():
        found.ask(
            Question(
                f"delivery:{written}",
                f'How is a service with "{written}" given?',
                (
                    ("individual", "To one student"),
                    ("group", "In a group"),
                    ("consult", "Consultation"),
                    (LEAVE_OUT, "No service: leave out"),
                ),
                tuple((block.file, block.sheet, block.sheet_rows[each]) for each in at),
                block.heading("delivery"),
                written,
                applied="individual",
            )
        )


def _ends(cells, own: dict[str, ReadColumn], answers: ImportMap) -> dict[int, tuple[str, Problem]]:
    """Rows whose end cannot be read: position -> (column, why). An answer about the text settles it."""
    waiting: dict[int, tuple[str, Problem]] = {}
    for name in ("exit_date", "end"):
        if name not in own:
            continue
        read = own[name]
        settled = {
            at: answers.dates[problem.shown] for at, problem in read.problems.items() if problem.shown in answers.dates
        }
        values = [_answered_end(settled[at], value) if at in settled else value for at, value in enumerate(read.values)]
        problems = {at: problem for at, problem in read.problems.items() if at not in settled}
        own[name] = ReadColumn(values, problems)
        waiting |= {at: (name, problem) for at, problem in problems.items()}
    return waiting


def _answered_end(answer: str, value: date | None) -> date | None:
    """The end that a person has given for a text: none, long ago, or a day."""
    if answer == "open":
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return date(2000, 1, 1) if answer == "ended" else value


def _summer(
    block: Block, kept, cells, read: ReadColumn | None, student, answers: ImportMap, found: Findings
) -> ReadColumn:
    values = read.values if read else [None] * len(kept)
    values = summer(block, kept, student, values, answers, found)
    if "term" in cells:
        values = [one or other for one, other in zip(summer_terms(cells["term"]), values, strict=True)]
    return ReadColumn(values, {})


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
    made: dict[str, list] = {"student": [student[at] for at in at_line]}
    for name in OWN_COLUMNS:
        values = own[name].values if name in own else [None] * len(kept)
        made[name] = values if plain else [values[at] for at in at_line]
    for name in FROM_AMOUNTS:
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
    """What the amount says about delivery, group, dates and setting, where the row's own column is silent.

    A kind of minutes (consult beside direct) is said more closely than the row's delivery.
    """
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


__all__ = ["ServiceRows", "read_services"]
