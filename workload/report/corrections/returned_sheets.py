"""Correction sheets brought back: proposed changes with before and after, decided one by one, logged, applied.

read = read_corrections(open_file(name, data), answer, labels)
log = decide(read.changes, accepted={...}, by="R. Lead", on=day)
roster = with_corrections(answer.roster, [one.change for one in log if one.accepted])
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from workload.answer import Answer
from workload.model.columns import DELIVERIES, SERVICES, THERAPISTS
from workload.model.issues import ERROR, NOTICE, WARNING, Issue
from workload.model.roster import Roster
from workload.model.school_year import PERIODS, cycle_days
from workload.report.corrections.correction_sheet import (
    ABOUT,
    ANSWERS,
    HEADING_ROW,
    KNOWN,
    LINES,
    MISSING,
    POST,
    POST_FIELDS,
    SERVICE_FIELDS,
    lines_of,
    post_of,
)
from workload.report.table_files import cell, for_a_cell

if TYPE_CHECKING:
    from workload.intake.open.opened import Opened

NOT_MINE, SERVICE, PERSON, ADDED = "not mine", "service", "post", "missing"
NUMBERS = {"minutes_per_session", "sessions", "group_size", "fte", "hours_per_week", "named_duty_hours", "mtss_hours"}
LONGEST_ANSWER = 200


@dataclass(frozen=True)
class Change:
    """One proposed change. `line` is a position in the roster's services; `applies` is false where the roster itself must
    be changed by hand: a service that is missing, a post without a row on the Therapists sheet.
    """

    id: str
    kind: str
    therapist: str
    field: str
    before: object
    after: object
    line: int | None = None
    file: str = ""
    row: int | None = None
    applies: bool = True


@dataclass(frozen=True)
class Corrections:
    """What a sheet said: whose it is (a label), the changes, and what could not be read."""

    label: str
    changes: tuple[Change, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Decision:
    """A change with what became of it: who decided, when, and how."""

    change: Change
    accepted: bool
    by: str
    on: date


def read_corrections(opened: Opened, answer: Answer, labels: Mapping[str, str]) -> Corrections:
    """The changes that a filled-in correction sheet proposes against the answer's roster. Never raises for what is in it.

    opened  the file as the guarded reader opened it
    labels  what each therapist is called, as when the sheet was written
    """
    if opened.refusal is not None:
        return _refused("correction-unreadable", opened.refusal.message, opened.refusal.remedy)
    sheets = {sheet.name: _rows(sheet) for sheet in opened.sheets}
    about = {str(row[0]): row[1] for row in sheets.get(ABOUT, {}).values() if len(row) > 1 and row[0]}
    label = for_a_cell(str(about.get("Therapist", "")))[:LONGEST_ANSWER]
    therapist = next(
        (name for name, known in labels.items() if known == label and name in answer.demand.people.names), None
    )
    if therapist is None or LINES not in sheets:
        return _refused(
            "correction-not-a-sheet",
            "This is not a correction sheet of this district.",
            "Bring back the file that was handed out.",
        )
    if str(about.get("Roster", "") or "") != answer.roster.digest:
        return _refused(
            "correction-other-roster",
            "This correction sheet was made from another roster.",
            "Load the roster it was made from, or hand out new sheets.",
            label,
        )
    reader = _Reader(answer, therapist, label)
    reader.lines(sheets[LINES])
    reader.post(sheets.get(POST, {}))
    reader.missing(sheets.get(MISSING, {}))
    return Corrections(label, tuple(reader.changes), tuple(reader.issues))


def _refused(code: str, message: str, remedy: str, label: str = "") -> Corrections:
    return Corrections(label, issues=(Issue(code, ERROR, message, remedy),))


def _rows(sheet) -> dict[int, list]:
    """Sheet row number -> values from column A on."""
    return {sheet.first_row + at: [column[at] for column in sheet.cells] for at in range(sheet.rows)}


class _Reader:
    """Collects the changes and issues of one sheet."""

    def __init__(self, answer: Answer, therapist: str, label: str):
        self.answer, self.therapist, self.label = answer, therapist, label
        self.schools = set(answer.demand.schools[:-1])
        self.changes: list[Change] = []
        self.issues: list[Issue] = []

    def lines(self, rows: Mapping[int, Sequence]) -> None:
        """Changes of the lines that the roster gives this therapist; the sheet's own "before" is not believed."""
        mine = lines_of(self.answer, self.therapist).set_index("line", drop=False)
        for number, row in rows.items():
            answers = dict(zip(ANSWERS, [*row[len(KNOWN) :], *[None] * len(ANSWERS)], strict=False))
            if number <= HEADING_ROW or not any(_said(value) for value in answers.values()):
                continue
            line = _whole(row[0])
            if line is None or line - 1 not in mine.index:
                self._tell(LINES, number, "Line", "The line number is not one of this therapist's lines.")
                continue
            known = mine.loc[line - 1]
            place: dict[str, Any] = {
                "line": line - 1,
                "file": str(known["file"] or ""),
                "row": None if pd.isna(known["row"]) else int(known["row"]),
            }
            if _said(answers[ANSWERS[0]]).casefold() in ("no", "n", "false"):
                self._add(NOT_MINE, "therapist", self.label, "", **place)
            for field, label in SERVICE_FIELDS.items():
                self._value(SERVICE, field, answers[f"{label} should be"], cell(known[field]), LINES, number, **place)

    def post(self, rows: Mapping[int, Sequence]) -> None:
        """Changes of the contract and duties."""
        field_of = {label: name for name, label in POST_FIELDS.items()}
        known = post_of(self.answer, self.therapist)
        has_row = bool((self.answer.roster.therapists["therapist"] == self.therapist).any())
        for number, row in rows.items():
            field = field_of.get(_said(row[0])) if row else None
            if number > HEADING_ROW and field and len(row) > 2:
                self._value(PERSON, field, row[2], known[field], POST, number, applies=has_row)

    def missing(self, rows: Mapping[int, Sequence]) -> None:
        """Services that are not listed: shown to the lead, who adds them to the roster."""
        for number, row in rows.items():
            said = {
                label: _said(value) for label, value in zip(SERVICE_FIELDS.values(), row, strict=False) if _said(value)
            }
            if number > HEADING_ROW and said:
                words = "; ".join(f"{label}: {value}" for label, value in said.items())
                self._add(ADDED, f"row {number}", "", words[:LONGEST_ANSWER], applies=False)

    def _value(self, kind: str, field: str, value: object, before: object, sheet: str, number: int, **place) -> None:
        if not _said(value):
            return
        after, problem = checked_value(kind, field, value, self.schools)
        if problem:
            self._tell(sheet, number, field, problem)
        elif after != before:
            self._add(kind, field, before, after, **place)

    def _add(self, kind: str, field: str, before: object, after: object, line: int | None = None, **more) -> None:
        where = "" if line is None else f"/line {line + 1}"
        self.changes.append(
            Change(f"{self.label}{where}/{kind}/{field}", kind, self.therapist, field, before, after, line, **more)
        )

    def _tell(self, sheet: str, row: int, column: str, message: str) -> None:
        self.issues.append(
            Issue(
                "correction-refused",
                WARNING,
                f"{message} The change is left out.",
                "Write it again and bring the sheet back.",
                sheet=sheet,
                row=row,
                column=column,
            )
        )


def checked_value(kind: str, field: str, value: object, schools: Collection[str]) -> tuple[object, str]:
    """What somebody says a field should be: (value, "") or (None, what is wrong with it)."""
    text = _said(value)
    if field in NUMBERS:
        column = (SERVICES if kind == SERVICE else THERAPISTS).column(field)
        number = _number(value)
        least, most = float(column.minimum or 0), float(column.maximum or 0)
        if number is None or not least <= number <= most:
            return None, f"A number from {least:g} to {most:g} is expected."
        return number, ""
    if field == "delivery":
        return (
            (text.casefold(), "")
            if text.casefold() in DELIVERIES
            else (None, f"One of {', '.join(DELIVERIES)} is expected.")
        )
    if field == "period":
        known = text.casefold() in PERIODS or cycle_days(text.casefold())
        return (text.casefold(), "") if known else (None, f"One of {', '.join(PERIODS)} is expected.")
    if field in ("school", "base_school"):
        return (
            (text, "") if text in schools else (None, "The school is not in the roster. Write it as it stands there.")
        )
    return text, ""


def _said(value: object) -> str:
    """A cell as text; empty for an empty cell or one without a value that can be used."""
    if value is None or type(value).__name__ == "CellProblem":
        return ""
    return for_a_cell(str(value)).strip()[:LONGEST_ANSWER]


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return None if isinstance(value, bool) or number != number else number


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def decide(changes: Iterable[Change], accepted: Collection[str], by: str, on: date) -> list[Decision]:
    """Every change with its decision. `accepted` holds ids. Raises `ValueError` for an id that is not proposed."""
    changes = list(changes)
    unknown = set(accepted) - {change.id for change in changes}
    if unknown:
        raise ValueError(f"{len(unknown)} accepted changes are not proposed")
    return [Decision(change, change.id in accepted, by, on) for change in changes]


def with_corrections(roster: Roster, changes: Iterable[Change]) -> Roster:
    """The roster with accepted changes; the given one stays as it is. Its digest tells that it differs.

    A line whose minutes or sessions are corrected no longer counts by the total that stood in the plan.
    """
    changes = [change for change in changes if change.applies]
    if not changes:
        return roster
    services, therapists = roster.services.copy(), roster.therapists.copy()
    issues = []
    for change in changes:
        if change.kind == NOT_MINE:
            services.at[change.line, "therapist"] = None
        elif change.kind == SERVICE:
            services.at[change.line, change.field] = change.after
            if change.field in ("minutes_per_session", "sessions", "period"):
                services.at[change.line, "total_minutes"] = float("nan")
        else:
            therapists.loc[therapists["therapist"] == change.therapist, change.field] = change.after
        issues.append(
            Issue(
                "correction-accepted",
                NOTICE,
                f"A correction was accepted: {change.field.replace('_', ' ')}.",
                file=change.file,
                row=change.row,
                column=change.field,
            )
        )
    seen = hashlib.sha256((roster.digest + repr([(one.id, one.after) for one in changes])).encode()).hexdigest()
    return replace(roster, services=services, therapists=therapists, digest=seen, issues=(*roster.issues, *issues))
