"""One district of a run, as plain data: an answer with its premises, or the sentence that says why there is none."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workload.answer import Answer, analyze, default_day
from workload.batch.districts import Task
from workload.intake.answers.import_map import ImportMap, MapError, map_of
from workload.intake.load import load, posts_file
from workload.intake.open import ready_readers
from workload.model.issues import Issue, ordered, stops
from workload.model.parameters import Assumptions, ParameterError
from workload.premises.premise_list import answer_status, premises_of
from workload.premises.records import ASSUMED, OPEN
from workload.report.gate import Gate
from workload.report.plain_data import as_data
from workload.rules.packs import pack_for

NO_ANSWER = "no answer"
COUNTS = ("caseload", "students_evaluation_only")
FIGURES = (
    *("student_hours", "therapist_hours", "workload_hours", "available_hours", "required_fte", "contracted_fte"),
    *("available_fte", "gap_fte", "shortfall_fte", "shortfall_total_fte", "utilization"),
)
DENOMINATORS = ("students_with_disabilities", "enrollment")
PLACE = {"latitude": 90, "longitude": 180}  # degrees, and how far they go from zero
Outcome = dict[str, Any]


class _NoAnswer(Exception):
    """A district that cannot be answered; two sentences: what is wrong, and what to do."""


@dataclass(frozen=True)
class _Settings:
    answers: ImportMap
    assumptions: Assumptions
    state: str | None
    day: date | None
    today: date
    denominators: dict[str, float]
    place: dict[str, float]


def outcome_of(task: Task) -> Outcome:
    """The district's figures as by `analyze`, or the sentence that `analyze` would give. Never raises."""
    begun = _processor_seconds()
    try:
        made = _answered(task)
    except _NoAnswer as refusal:
        made = no_answer(task.name, *map(str, refusal.args))
    # The text of a fault may hold data, so only its kind is told.
    except Exception as fault:
        made = no_answer(
            task.name,
            f"The program failed on this district ({type(fault).__name__}).",
            "Report this with the kind of file that was used.",
        )
    return {**made, "key": task.key, "processor_seconds": _processor_seconds() - begun}


def no_answer(name: str, sentence: str, remedy: str = "", **more: object) -> Outcome:
    """The outcome of a district without figures."""
    return {"district": name, "status": NO_ANSWER, "sentence": sentence, "remedy": remedy, **more}


def _processor_seconds() -> float:
    return sum(os.times()[:4]) + ready_readers.cpu_seconds()  # its own and its children's, user and system


def _answered(task: Task) -> Outcome:
    if task.unreadable:
        raise _NoAnswer(task.unreadable, "Correct the name in the manifest, or put the file there.")
    settings = _settings_of(task)
    files = [*task.files]
    if task.posts:
        files.append(posts_file(*task.posts))
    # Nobody compares students with another run, so each run and district has a secret of its own, which is not kept.
    loaded = load(files, secret=secrets.token_bytes(32), answers=settings.answers)
    roster, issues = loaded.roster, ordered(loaded.roster.issues)
    rows: dict[str, Any] = {f"rows_{name}": roster.rows(name) for name in ("read", "unreadable")}
    if stops(issues):
        first = next(issue for issue in issues if issue.severity == "error")
        return no_answer(task.name, *_sentences(first), **rows)
    day = settings.day or default_day(roster, settings.today)
    answer = analyze(roster, day, settings.assumptions, settings.state)
    return {
        "district": task.name,
        "status": answer_status(answer),
        "sentence": "",
        "remedy": "",
        "state": settings.state,
        "day": day.isoformat(),
        **rows,
        "rows_counted": answer.rows_counted,
        "rows_waiting": roster.known.rows_waiting,
        "questions_open": roster.known.questions,
        "findings": len(answer.issues),
        **_figures(answer, task.smallest),
        **settings.denominators,
        **settings.place,
        "premises": _premises(answer, task.smallest),
    }


def _sentences(issue: Issue) -> tuple[str, str]:
    """What is wrong and what to do, without what stands in the cell, which can be a name."""
    place = " ".join(part for part in (issue.file, f"sheet {issue.sheet}" if issue.sheet else "") if part)
    message = issue.message.replace(str(issue.value), "(what stands in the cell)") if issue.value else issue.message
    return (f"{place}: {message}" if place else message), issue.remedy


def _figures(answer: Answer, smallest: int) -> dict[str, object]:
    """The district's figures, unrounded; all of them withheld where they would speak of few students."""
    gate, row, spread = Gate(smallest), answer.district, answer.range
    withheld = gate.hides(float(row["caseload"]))
    made: dict[str, object] = {"withheld": bool(withheld)}
    for name in COUNTS:
        made[name] = None if withheld or gate.hides(float(row[name])) else int(row[name])
    figures = {**{name: row[name] for name in FIGURES}, "required_fte_p10": spread.p10, "required_fte_p90": spread.p90}
    return made | {name: None if withheld else as_data(value) for name, value in figures.items()}


def _premises(answer: Answer, smallest: int) -> list[dict[str, object]]:
    """What the answer stands on that nobody has given or confirmed, with the span of the need that hangs on it.

    Its sentence stays behind: it counts students and may name people.
    """
    told = not Gate(smallest).hides(float(answer.district["caseload"]))
    return [
        {
            "id": premise.id,
            "state": premise.state,
            "required_fte_low": as_data(premise.required.low) if told else None,
            "required_fte_high": as_data(premise.required.high) if told else None,
        }
        for premise in premises_of(answer)
        if premise.state in (OPEN, ASSUMED)
    ]


def _settings_of(task: Task) -> _Settings:
    given = task.settings
    try:
        answers = map_of(tomllib.loads(task.map.decode("utf-8"))) if task.map else ImportMap()
    except (MapError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _NoAnswer(f"The map cannot be used: {_one_line(problem)}", "Correct the map of this district.") from None
    try:
        overrides = tomllib.loads(task.assumptions.decode("utf-8")) if task.assumptions else {}
        assumptions = Assumptions().changed(overrides, "the assumptions")
        if "renewals" in given:
            assumptions = assumptions.changed({"renewals": given["renewals"]}, "renewals")
    except (ParameterError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _NoAnswer(f"The assumptions cannot be used: {_one_line(problem)}", "Correct the value.") from None
    try:
        day = date.fromisoformat(given["day"]) if "day" in given else None
        today = date.fromisoformat(given["today"])
    except ValueError:
        raise _NoAnswer(f"The day {given['day']} is not written YYYY-MM-DD.", "Correct it in the manifest.") from None
    state = given.get("state", "").upper() or None
    if state and pack_for(state) is None:
        raise _NoAnswer(f"{state} is not the postal code of a state.", "Write a code such as WI in the manifest.")
    return _Settings(answers, assumptions, state, day, today, _denominators(given), _place(given))


def _denominators(given: Mapping[str, str]) -> dict[str, float]:
    made: dict[str, float] = {}
    for name in DENOMINATORS:
        text = given.get(name, "").replace(",", "")
        if text:
            if not text.isdecimal() or not int(text):
                raise _NoAnswer(
                    f"{name.replace('_', ' ')} is a whole number, got {given[name][:20]}.",
                    "Correct it in the manifest.",
                )
            made[name] = int(text)
    return made


def _place(given: Mapping[str, str]) -> dict[str, float]:
    """Where the district lies, in degrees; both or none."""
    said = {name: given[name] for name in PLACE if given.get(name)}
    try:
        made = {name: float(text) for name, text in said.items()}
    except ValueError:
        made = {}
    if len(made) not in (0, len(PLACE)) or said.keys() - made.keys() or not all(abs(made[n]) <= PLACE[n] for n in made):
        raise _NoAnswer(
            "Latitude and longitude are two numbers of degrees, such as 43.07 and -89.40.",
            "Correct them in the manifest.",
        )
    return made


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())
