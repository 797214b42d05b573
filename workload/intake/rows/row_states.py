"""Which rows are served in the regular year: status words, exit words in any cell, summer lines and summer marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import GONE, SERVED, ImportMap
from workload.intake.answers.row_findings import Kept, of_rows, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cell_words import NO, YES
from workload.intake.cells.cells import is_missing, shown, tidy
from workload.intake.cells.dates import first_year_of
from workload.intake.cells.values import read_column
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.looks import GOING_ON, PENDING
from workload.intake.columns.looks import GONE as GONE_WORDS
from workload.intake.open.opened import Value
from workload.model.coded_list import cut, distinct, distinct_where, mapped, places
from workload.model.column_fates import PERSONAL, READ, UNKNOWN, UNNEEDED
from workload.model.columns import SERVICES
from workload.model.issues import NOTICE

INACTIVE, LEFT_WORDS, OTHER_YEARS = "not-active", "left-words", "other-years"
ACTIVE_LETTERS, GONE_LETTERS = (
    frozenset({"a", "act", "c", "e"}),
    frozenset({"i", "inact", "w", "wd", "d", "x", "dc", "d/c"}),
)
MOVED_AWAY = re.compile(r"(?:moved|transferred)\s+(?:to|out|away)\b|left (?:the )?(?:district|school)\b", re.IGNORECASE)
BEHIND_A_NAME = re.compile(r"\w\s+[-\u2013\u2014*]+\s*([A-Za-z/' ]+?)(?:\s+\d[\d/.-]*)?\W*$")  # "North, Cy - MOVED 9/4"
CODE_FIRST = re.compile(r"^\w{1,3}\s*[-:]\s+")  # "08 - Moved"
WORDS_IN = (
    "status",
    "exit_date",
    "student_name",
    "setting",
    "delivery",
    "grade",
    "therapist",
    "school",
)  # where exit words are looked for
SUMMER_WORD = r"(?:esy|summer|extended)"
NOT_SUMMER = re.compile(  # "ESY - no bus" is the summer all the same; "RSY + ESY" is both
    rf"\b(?:no|not|non|without|declined?)\W+(?:\w+\W+){{0,2}}{SUMMER_WORD}|{SUMMER_WORD}\W*(?:no?|not\W+\w+|declined?)\W*$"
    rf"|\b(?:rsy|regular|reg)\b.*\b{SUMMER_WORD}|\b{SUMMER_WORD}\b.*\b(?:rsy|regular|reg)\b"
)
ESY_QUESTION, ELIGIBLE, SUMMER_LINE = "esy-column", "eligible", "summer"
CANONICAL_ESY = frozenset({"esy", "Summer (ESY) only"})


def served(block: Block, rows: Sequence[int], answers: ImportMap) -> Kept:
    """The rows without those that say that nobody is served; status words not known are asked."""
    gone: dict[int, str] = {}
    said = NOTHING
    for name in WORDS_IN:
        if name not in block.cells or name == "status":
            continue
        says = _no_school if name == "school" else _says_gone
        words = distinct_where(block.cells[name], partial(_says, says))
        there = set(places(block.cells[name], words))
        gone |= {at: name for at in rows if there and at in there}
    if "status" in block.cells:
        left = set(_dated(block, rows))  # the day on which a student leaves says more than the word
        undated = [at for at in rows if at not in left]
        by_status, said = _by_status(block, undated, answers)
        gone |= dict.fromkeys(by_status, "status")
    told, about = _told_aside(block, [at for at in rows if at not in gone], answers)
    gone, said = gone | told, said + about
    by_column: dict[str, list[int]] = {}
    for at in sorted(gone):
        by_column.setdefault(gone[at], []).append(at)
    for name, rows_of_it in by_column.items():
        said += of_rows(
            block,
            rows_of_it,
            "rows-not-active",
            NOTICE,
            "The status is not active in {rows}, which are left out"
            if name == "status"
            else f"The column {block.heading(name)} says that the student has left in {{rows}}, which are left out",
            "Correct the status if the service goes on.",
            column=block.heading(name),
        )
    return Kept([at for at in rows if at not in gone] if gone else rows, {INACTIVE: len(gone)}, said)


def _says(says: Callable[[str], bool], value: Value) -> bool:
    return isinstance(value, str) and says(value)


def _told_aside(block: Block, rows: Sequence[int], answers: ImportMap) -> tuple[dict[int, str], Findings]:
    """Rows of which a column that is not read says "DISMISSED 9/15", or an earlier school year than other rows: asked
    once for the file each; served until then."""
    gone: dict[int, str] = {}
    said = NOTHING
    for key, told, what in (
        (LEFT_WORDS, _exit_words(block, rows), "that the student has left or is dismissed"),
        (OTHER_YEARS, _earlier_years(block, rows), "an earlier school year than in other rows"),
    ):
        answer = answers.answers.get(key, "")
        gone |= told if answer == GONE else {}
        if not told or answer in (GONE, SERVED):
            continue
        headings = ", ".join(dict.fromkeys(told.values()))
        question = Question(
            f"file:{key}",
            f"{headings} says {what}. Are these students served now?",
            ((GONE, "No, leave their rows out"), (SERVED, "Yes, they are served")),
            suggestion=GONE,
            applied=SERVED,
        )
        words = f"{headings} says in {{rows}} {what}. The column is not read, and they count"
        remedy = "Answer the question about these rows."
        said += told_and_asked(block, sorted(told), key, words, remedy, question, next(iter(told.values())))
    return gone, said


def _exit_words(block: Block, rows: Sequence[int]) -> dict[int, str]:
    """Row -> heading of the column that says "DISMISSED 9/15" and is not read."""
    told: dict[int, str] = {}
    for column in block.found.fates:
        if column.fate in (UNNEEDED, UNKNOWN) and column.heading:
            cells = block.column_cells(column.index)
            words = distinct_where(cells, partial(_says, _says_gone))
            there = set(places(cells, words))
            told |= {at: column.heading for at in rows if there and at in there}
    return told


def _earlier_years(block: Block, rows: Sequence[int]) -> dict[int, str]:
    """Row -> heading of the column of school years that is not read, where it names an earlier one than other rows."""
    told: dict[int, str] = {}
    for column in block.found.fates:
        if column.fate not in (READ, PERSONAL) and column.heading:
            cells = block.column_cells(column.index)
            values = {value for value in distinct(cells) if value not in (None, "")}
            years = {value: first_year_of(value) for value in values if isinstance(value, str)}
            known = {year for year in years.values() if year}
            if len(known) > 1 and all(map(years.get, values)):
                earlier = {value for value, year in years.items() if year and year < max(known)}
                there = set(places(cells, earlier))
                told |= {at: column.heading for at in rows if at in there}
    return told


def _dated(block: Block, rows: Sequence[int]) -> list[int]:
    """Rows with a day on which the student leaves."""
    if "exit_date" not in block.cells:
        return []
    read = read_column(SERVICES.column("exit_date"), [block.cells["exit_date"][at] for at in rows], block.day_first)
    return [at for at, day in zip(rows, read.values, strict=True) if day is not None]


def _no_school(text: str) -> bool:
    """ "moved to Tulsa", "Dismissed": whole words only, since Transfer High is a school."""
    return bool(MOVED_AWAY.match(tidy(text)) or GONE_WORDS.fullmatch(tidy(text)))


def _says_gone(text: str) -> bool:
    """ "DISMISSED 9/15", "Exited", also in brackets behind a name."""
    plain = tidy(text)
    if MOVED_AWAY.match(plain):
        return True
    if (
        GONE_WORDS.match(plain)
        and len(plain.split()) <= 4
        and not plain.casefold().startswith(("left", "moved", "ended", "closed"))
    ):
        return True
    if (behind := BEHIND_A_NAME.search(plain)) and GONE_WORDS.fullmatch(behind[1]):
        return True
    return "(" in plain and bool(GONE_WORDS.fullmatch(plain[plain.rfind("(") + 1 :].strip(" )")))


def _by_status(block: Block, rows: Sequence[int], answers: ImportMap) -> tuple[list[int], Findings]:
    """Rows whose status says that nobody is served."""
    status, heading = block.cells["status"], block.heading("status")
    values = dict.fromkeys(status[at] for at in rows)
    yes_is_gone = bool(all_facts(heading) & {"inactive", "exit"})
    letters = {tidy(value).casefold() for value in values if isinstance(value, str)}
    meaning = {value: _meaning(value, yes_is_gone, letters, answers) for value in values}
    said = NOTHING
    for value, meant in meaning.items():
        if meant == "":
            at = [each for each in rows if status[each] == value]
            written = shown(value)
            question = Question(
                f"state:{written}",
                f'Are students with "{written}" under {heading} served now?',
                ((SERVED, "Yes, they are served"), (GONE, "No, leave their rows out")),
                written=written,
                applied=SERVED,
            )
            told = f'The status "{written}" does not say whether the service goes on. {{rows}} with it count as served'
            remedy = "Answer the question about this status."
            said += told_and_asked(block, at, "status-unclear", told, remedy, question, heading)
    gone = {value for value, meant in meaning.items() if meant == GONE}
    return [at for at in rows if status[at] in gone], said


def _meaning(value: Value, yes_is_gone: bool, letters: set[str], answers: ImportMap) -> str:
    """SERVED, GONE, or "" for a status that is not known."""
    if value is None or (isinstance(value, str) and is_missing(tidy(value))):
        return SERVED
    text = shown(value)
    if text in answers.states:
        return answers.states[text]
    word = text.casefold()
    if word in YES or word in NO:
        return GONE if (word in YES) == yes_is_gone else SERVED
    text = CODE_FIRST.sub("", text)
    if GONE_WORDS.match(text) or PENDING.match(text):
        return GONE
    if GOING_ON.match(text) or word in ACTIVE_LETTERS:
        return SERVED
    return GONE if word in GONE_LETTERS and letters & ACTIVE_LETTERS else ""


def summer(
    block: Block,
    kept: Sequence[int],
    student: Sequence[str | None],
    esy: Sequence[bool | None],
    answers: ImportMap,
) -> tuple[list[bool | None], Findings]:
    """Which rows are lines of the summer.

    A column of ESY marks lines where students have rows with and without it. Where each student with "yes" has no other
    row, it rather says who may come in summer: asked once, and until then the rows count in the regular year.
    """
    column = block.found.column("esy")
    esy, said = cut(esy, 0), NOTHING
    if column is None or column.heading in CANONICAL_ESY or not any(esy):
        return esy, said
    marked = {who for who, is_esy in zip(student, esy, strict=True) if is_esy}
    plain = {who for who, is_esy in zip(student, esy, strict=True) if not is_esy}
    answer = answers.answers.get(ESY_QUESTION, "")
    if answer == SUMMER_LINE or (not answer and marked & plain):
        return esy, said
    if not answer:
        question = Question(
            f"file:{ESY_QUESTION}",
            f'What does "yes" under {column.heading} say?',
            (
                (ELIGIBLE, "The student may have summer service; the row is the regular year's"),
                (SUMMER_LINE, "The row itself is a summer line, outside of the regular year"),
            ),
            suggestion=ELIGIBLE,
            applied=ELIGIBLE,
        )
        said = told_and_asked(
            block,
            [kept[each] for each, is_esy in enumerate(esy) if is_esy],
            "esy-unclear",
            f"{column.heading} is yes in {{rows}} whose students have no other row. It is taken for a mark of who may come "
            "in summer, and the rows count in the regular year",
            "Answer the question about this column.",
            question,
            column.heading,
        )
    return [False if is_esy else is_esy for is_esy in esy], said


def summer_terms(values: Sequence[Value]) -> list[bool | None]:
    """Whether a term is the summer: "ESY", "Summer 2027"; None where it says nothing."""

    def is_summer(value: Value) -> bool | None:
        text = value.casefold() if isinstance(value, str) else ""
        said = any(word in text for word in ("esy", "summer", "extended"))
        return True if said and not NOT_SUMMER.search(text) else None

    return mapped(values, is_summer)
