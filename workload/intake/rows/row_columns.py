"""What the columns of a row say beside its amounts: who serves, how it is given, when it ends, whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import LEAVE_OUT, ImportMap
from workload.intake.answers.row_findings import of_column, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cell_words import PULL_OUT, PUSH_IN
from workload.intake.cells.cells import Problem
from workload.intake.cells.dates import days_of_month
from workload.intake.cells.decimal_signs import with_decimal_points
from workload.intake.cells.group_words import (
    ABOUT_GROUPS,
    GROUP,
    in_a_group,
    no_groups,
    size_of_group,
    size_of_words,
)
from workload.intake.cells.values import ReadColumn, read_column
from workload.intake.open.opened import CellProblem, Value
from workload.intake.rows.identity import without_session_numbers
from workload.intake.rows.rounded_ids import rounded_ids
from workload.intake.rows.row_states import summer, summer_terms
from workload.intake.rows.which_rows import SECOND_DELIVERY, is_blank
from workload.model.coded_list import constant, mapped, possible, rowwise
from workload.model.columns import SERVICES
from workload.model.issues import NOTICE, Issue

LAST_NAMES, NUMBERED_IDS, ONE_STUDENT = "last-names", "numbered-ids", "one"
MONTH_ENDS, FIRST_DAY = "month-ends", "first"
LONG_ENDED = date(2000, 1, 1)  # an end of which only is known that it has passed
IN_SERVICE = (
    ("consult", re.compile(r"\b(?:consult\w*|indirect|collab\w*)\b|^(?:ota?|450)[\s/_-]+c(?:on)?$", re.IGNORECASE)),
    ("group", re.compile(r"\b(?:group|grp)\b|^(?:ota?|450)[\s/_-]+g$", re.IGNORECASE)),
)
ASSISTANTS = "therapist@assistant"
Cells = Mapping[str, Sequence[Value]]  # column -> its cell in each of the kept rows


def session_numbers(
    block: Block, kept: Sequence[int], cells: Cells, answers: ImportMap
) -> tuple[Cells, list[str | None], Findings]:
    """The cells without the numbers of sessions behind the students' names or ids, and these numbers.

    "5001_1" and "5001_2" may be two students or two sessions of one: asked, and two until somebody says it.
    """
    numbers: list[str | None] = constant(None, len(kept))
    cells, said = rounded_ids(block, kept, cells, answers)
    made = dict(cells)
    for name in ("student_id", "student_name"):
        if name in cells:
            answer = answers.answers.get(NUMBERED_IDS, "")
            made[name], own, unsure = without_session_numbers(cells[name], answer == ONE_STUDENT)
            numbers = rowwise(lambda one, other: one or other, numbers, own)
            if unsure and not answer:
                said += _ask_numbered(block, name, [kept[at] for at in unsure])
    return made, numbers, said


def _ask_numbered(block: Block, name: str, at: Sequence[int]) -> Findings:
    what = "Ids that are alike but for a number behind them"
    question = Question(
        f"file:{NUMBERED_IDS}",
        f"{what}, such as 1234_1 and 1234_2: are they one student?",
        ((ONE_STUDENT, "Yes, one student with several sessions"), ("several", "No, each is a student of its own")),
        suggestion=ONE_STUDENT,
        applied="several",
    )
    told = f"{what} stand in {{rows}}. Each is taken for a student of its own"
    remedy = "Answer the question about these ids."
    return told_and_asked(block, at, "numbered-ids", told, remedy, question, block.heading(name))


def by_last_name(
    block: Block, kept: Sequence[int], who: Sequence[str | None], answers: ImportMap
) -> tuple[Sequence[str | None], Findings]:
    """A last name alone is no student: rows that share one, a school and a grade are asked, and kept apart until then."""
    lasts = Counter(who) if "last_name" in block.cells else {}
    repeated = {name for name, count in lasts.items() if name and name.startswith("last:") and count > 1}
    if not repeated:
        return who, NOTHING
    at = [place for place, name in enumerate(who) if name in repeated]
    answer, said = answers.answers.get(LAST_NAMES, ""), NOTHING
    if not answer:
        question = Question(
            f"file:{LAST_NAMES}",
            "Rows with the same last name, school and grade: are they one student?",
            (("several", "No, each row is a student of its own"), ("one", "Yes, one student with several services")),
            applied="several",
        )
        said = told_and_asked(
            block,
            [kept[place] for place in at],
            "last-names-only",
            "Students have only a last name, and {rows} share it with a school and a grade. Each row is taken for a "
            "student of its own",
            "Add ids or first names, or answer the question.",
            question,
        )
    if answer == "one":
        return who, said
    rows_of = (block.sheet_rows[each] for each in kept)
    return [f"{name}|row {row}" if name in repeated else name for name, row in zip(who, rows_of, strict=True)], said


def decimals(block: Block, kept: Sequence[int], cells: Cells, answers: ImportMap) -> tuple[Cells, Findings]:
    """The cells with decimal points where numbers have decimal commas, decided by their column or asked once for the file."""
    sign = answers.answers.get("decimal-sign", "")
    made, said = dict(cells), NOTHING
    for column in block.found.columns:
        if column.key in cells and SERVICES.column(column.name).kind in ("number", "whole"):
            values = made[column.key] = with_decimal_points(cells[column.key], sign)
            problems = enumerate(values) if CellProblem in set(map(type, possible(values))) else ()
            unsure = {
                at: value.text for at, value in problems if isinstance(value, CellProblem) and value.kind == "decimal"
            }
            if unsure:
                example = next(iter(unsure.values()))
                said += Question(
                    "file:decimal-sign",
                    f"What is {example} under {column.heading}?",
                    (
                        ("comma", f"{example.replace('.', ',')} with a thousands sign"),
                        ("point", f"{float(example):g}"),
                    ),
                    block.places(kept[at] for at in unsure),
                    column.heading,
                    example,
                )
    return made, said


def who_serves(block: Block, cells: Cells) -> tuple[Cells, Findings]:
    """Of an OT and an assistant in two columns the assistant serves, where one is named."""
    if ASSISTANTS not in cells:
        return cells, NOTHING
    assistants = cells[ASSISTANTS]
    others = cells.get("therapist") or [None] * len(assistants)
    both = sum(not is_blank(one) and not is_blank(other) for one, other in zip(assistants, others, strict=True))
    serves = [other if is_blank(one) else one for one, other in zip(assistants, others, strict=True)]
    made = {name: values for name, values in cells.items() if name != ASSISTANTS} | {"therapist": serves}
    if not both:
        return made, NOTHING
    return made, NOTHING + Issue(
        "assistant-serves",
        NOTICE,
        f"{both:,} rows name an OT and an assistant. The assistant is taken for the one who serves.",
        "Correct the therapist where the OT serves the student.",
        file=block.file,
        sheet=block.sheet,
        column=block.heading(ASSISTANTS),
    )


def groups(own: Mapping[str, ReadColumn]) -> dict[str, ReadColumn]:
    """The names of groups without "Ind" and "No", which would put everybody who is alone into one."""
    if "group_id" not in own:
        return {}
    read = own["group_id"]
    if not (none := no_groups(possible(read.values))):
        return {}
    return {"group_id": ReadColumn(mapped(read.values, lambda name: None if name in none else name), read.problems)}


def deliveries(
    cells: Mapping[str, Sequence[Value]], own: Mapping[str, ReadColumn], answers: ImportMap, heading: str = ""
) -> dict[str, ReadColumn]:
    """The delivery with the answers about its words; beside a second such column, consult or group where either says so.

    "Push-in" and "pull-out" are individual service in two places: without a column of its own they are the setting too,
    so that the later of two lines is not taken for the new form of the other.
    """
    said = _delivery_in_service(cells.get("service", ()))
    if "delivery" not in own:
        return {"delivery": ReadColumn(said, {})} if any(possible(said)) else {}
    read = own["delivery"]
    is_group = ABOUT_GROUPS.search(heading) is not None  # "Y" and "N" under it say that it is one
    size_of = size_of_group if is_group else size_of_words
    sizes = {at: size for at, each in read.problems.items() if (size := size_of(each.shown)) is not None}
    is_group &= any(len(each.shown.strip()) > 1 for each in read.problems.values())  # letters alone are asked about
    kinds = {at: kind for at, each in read.problems.items() if is_group and (kind := in_a_group(each.shown))}
    if kinds := kinds | dict.fromkeys(sizes, GROUP):
        values = [kinds.get(at, value) for at, value in enumerate(read.values)]
        read = ReadColumn(values, {at: each for at, each in read.problems.items() if at not in kinds})
    if any(possible(said)):
        read = ReadColumn(rowwise(lambda value, other: value or other, read.values, said), read.problems)
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
                next((kind for kind in ("consult", "group") if kind in (one, other)), one or other)
                for one, other in zip(read.values, second.values, strict=True)
            ],
            read.problems,
        )
    made = {"delivery": read}
    if sizes:
        known = own.get("group_size", ReadColumn([None] * len(read.values), {}))
        with_size = [sizes.get(at) if value is None else value for at, value in enumerate(known.values)]
        made["group_size"] = ReadColumn(with_size, known.problems)
    places = mapped(cells.get("delivery", ()), _place)
    said_place = any(possible(places)) and "setting" not in own
    return made | ({"setting": ReadColumn(places, {})} if said_place else {})


def _place(value: Value) -> str | None:
    """ "push-in" or "pull-out", where a delivery says so."""
    word = value.strip().casefold() if isinstance(value, str) else ""
    return "push-in" if word in PUSH_IN else "pull-out" if word in PULL_OUT else None


def _delivery_in_service(services: Sequence[Value]) -> list[str | None]:
    """What the name of a service says of how it is given: "OT Consult", "Occupational Therapy - Group"."""
    return mapped(
        services,
        lambda text: next((kind for kind, words in IN_SERVICE if isinstance(text, str) and words.search(text)), None),
    )


def ask_deliveries(block: Block, kept, problems: Mapping[int, Problem]) -> Findings:
    """Words of a delivery that are not known: counted as individual, told and asked once for each word."""
    said = of_column(block, "delivery", problems, kept)
    words: dict[str, list[int]] = {}
    for at, problem in problems.items():
        words.setdefault(problem.shown, []).append(kept[at])
    for written, rows in words.items():
        said += Question(
            f"delivery:{written}",
            f'How is a service with "{written}" given?',
            (
                ("individual", "To one student"),
                ("group", "In a group"),
                ("consult", "Consultation"),
                (LEAVE_OUT, "No service: leave out"),
            ),
            block.places(rows),
            block.heading("delivery"),
            written,
            applied="individual",
        )
    return said


def months_without_day(
    block: Block, kept: Sequence[int], own: Mapping[str, ReadColumn], answers: ImportMap
) -> tuple[dict[str, ReadColumn], Findings]:
    """Months without a day: a line starts with the first of them, and ends with the last day, asked once for the file."""
    answer = answers.answers.get(MONTH_ENDS, "")
    made, said = dict(own), NOTHING
    for name in ("start", "end", "exit_date"):
        read = own.get(name, ReadColumn([], {}))
        months = {
            at: days
            for at, problem in read.problems.items()
            if problem.shown not in answers.dates and (days := days_of_month(problem.shown))
        }
        if not months:
            continue
        which = 0 if name == "start" or answer == FIRST_DAY else -1
        values = [months[at][which] if at in months else value for at, value in enumerate(read.values)]
        made[name] = ReadColumn(values, {at: each for at, each in read.problems.items() if at not in months})
        if name != "start" and not answer:
            said += _ask_month_ends(block, name, {kept[at]: read.problems[at].shown for at in months})
    return made, said


def _ask_month_ends(block: Block, name: str, months: Mapping[int, str]) -> Findings:
    question = Question(
        f"file:{MONTH_ENDS}",
        f'When does a service end with "{next(iter(months.values()))}" under {block.heading(name)}?',
        (("last", "With the last day of the month"), (FIRST_DAY, "With the first day of the month")),
        suggestion="last",
        applied="last",
    )
    return told_and_asked(
        block,
        list(months),
        "month-without-day",
        "A service ends in a month without a day in {rows}. It is taken to last through that month",
        "Answer the question about these months, or type the full dates.",
        question,
        block.heading(name),
    )


def ends(
    own: Mapping[str, ReadColumn], answers: ImportMap
) -> tuple[dict[str, ReadColumn], dict[int, tuple[str, Problem]]]:
    """The columns with the answers about ends, and the rows whose end cannot be read: position -> (column, why)."""
    made = dict(own)
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
        made[name] = ReadColumn(values, problems)
        waiting |= {at: (name, problem) for at, problem in problems.items()}
    return made, waiting


def _answered_end(answer: str, value: date | None) -> date | None:
    """The end that a person has given for a text: none, long ago, or a day."""
    if answer == "open":
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return LONG_ENDED if answer == "ended" else value


def summer_column(
    block: Block, kept: Sequence[int], cells: Cells, read: ReadColumn | None, student, answers: ImportMap
) -> tuple[ReadColumn, Findings]:
    """Which rows are lines of the summer, by their own column and their term."""
    values, said = summer(block, kept, student, read.values if read else constant(None, len(kept)), answers)
    if any(possible(words := summer_terms(cells.get("service", ())))):  # "OT - ESY"
        values = rowwise(lambda one, other: one or other, words, values)
    if "term" in cells:
        values = rowwise(lambda one, other: one or other, summer_terms(cells["term"]), values)
    return ReadColumn(values, {}), said
