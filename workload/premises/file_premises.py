"""Premises about the file: what its columns and rows say, how old it is, what it leaves out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from workload.answer import Answer
from workload.model.words import count, in_words
from workload.premises.other_ends import both_rules, evidence_day, premise_of, renewals_otherwise, students_overdue
from workload.premises.records import ASSUMED, CONFIRMED, GIVEN, OPEN, Ends, Premise
from workload.premises.renewed_or_left import LEFT, RENEWALS, said_of_students, students_asked
from workload.work.renewals import CARRY

FRESH_DAYS = 45  # a file speaks for so many days around its newest evidence


def columns(answer: Answer) -> Iterator[Premise]:
    headings = answer.roster.known.open_columns
    if not headings:
        yield premise_of(answer, "columns", GIVEN, "Every column that was read has a certain meaning.")
        return
    listed = ", ".join(f'"{heading}"' for heading in headings)
    yield _with_ends(
        answer,
        premise_of(
            answer,
            "columns",
            OPEN,
            f"The meaning of {count(len(headings), 'column')} is not certain: {listed}.",
            len(headings),
            "Say what each of these columns holds.",
        ),
    )


def questions(answer: Answer) -> Iterator[Premise]:
    known = answer.roster.known
    if not known.questions:
        yield premise_of(answer, "questions", GIVEN, "No question about the file is open.")
        return
    waits = "waits" if known.rows_waiting == 1 else "wait"
    rows = f" {count(known.rows_waiting, 'row')} {waits} for an answer." if known.rows_waiting else ""
    asked = f"{count(known.questions, 'question')} about the file {'is' if known.questions == 1 else 'are'} open."
    yield _with_ends(
        answer, premise_of(answer, "questions", OPEN, f"{asked}{rows}", known.rows_waiting, "Answer the questions.")
    )


def _with_ends(answer: Answer, premise: Premise) -> Premise:
    """The ends of the open answers: as worked out from the file, else with the waiting rows like those counted."""
    required, gap = premise.now
    if answer.question_ends is not None:
        (low, high), (low_gap, high_gap) = answer.question_ends
        return replace(premise, required=Ends.of(low, high, required), gap=Ends.of(low_gap, high_gap, gap))
    waiting, counted = answer.roster.known.rows_waiting, answer.rows_counted
    more = required * waiting / counted if counted else math.nan
    return replace(
        premise,
        required=Ends(required, required + more) if more == more else Ends(required, math.nan),
        gap=Ends(gap - more, gap),
    )


def renewals(answer: Answer) -> Iterator[Premise]:
    lines = int(both_rules(answer)[CARRY].demand.lines.renewed.sum())
    if not lines and not said_of_students(answer):
        yield premise_of(answer, "renewals", GIVEN, "No line has passed an annual review that could have renewed it.")
        return
    said, goes_on = said_of_students(answer), answer.assumptions["renewals"] == CARRY
    rule = "are counted as renewed" if goes_on else "are left out as ended"
    text = f"{count(lines, 'line that has', 'lines that have')} passed the annual review {rule}"
    if not said:
        students = students_overdue(answer)
        text = f"{text}; {count(students, 'student has', 'students have')} no other line."
        others, state = renewals_otherwise(answer), ASSUMED
    else:
        table = students_asked(answer)["said"]
        left, open_ = int((table == LEFT).sum()), int((table == "").sum())
        text = f"{text}; of {count(len(table), 'student')} without another line {left} left, as somebody said, and "
        text += f"of {open_} nobody has said anything." if open_ else "the others were renewed."
        others, state = renewals_otherwise(answer), ASSUMED if open_ else CONFIRMED
    action = "Say of each student whether the plan was renewed or the student left."
    made = premise_of(answer, RENEWALS, state, text, lines, action, others)
    by = answer.confirmed[RENEWALS] if state == CONFIRMED else None
    yield replace(made, who=by.who, when=by.when) if by else made


def age(answer: Answer) -> Iterator[Premise]:
    newest = evidence_day(answer)
    if newest is None:
        yield premise_of(
            answer,
            "age",
            ASSUMED,
            "No line has a start, so the file is taken to speak of the date of the answer.",
            action="Say of which day the file speaks.",
        )
        return
    if (answer.day - newest).days <= FRESH_DAYS:
        yield premise_of(answer, "age", GIVEN, f"The newest line of the file begins on {in_words(newest)}.")
        return
    others = (*renewals_otherwise(answer), answer.on(newest))
    yield premise_of(
        answer,
        "age",
        OPEN,
        f"This file speaks of {in_words(newest)}; you ask about {in_words(answer.day)}.",
        action="Load a newer export, or ask about a day nearer to the file's.",
        others=others,
    )


def discipline(answer: Answer) -> Iterator[Premise]:
    if "services.service" in answer.roster.known.columns:
        yield premise_of(answer, "discipline", GIVEN, "The file says of each row which service it is.")
        return
    lines = len(answer.demand.lines.row)
    yield premise_of(
        answer,
        "discipline",
        ASSUMED,
        "No row says which service it is; all are taken to be occupational therapy.",
        lines,
        "Confirm that the file holds occupational therapy only.",
    )


def exits(answer: Answer) -> Iterator[Premise]:
    if answer.roster.known.columns & {"services.status", "services.exit_date"}:
        yield premise_of(answer, "exits", GIVEN, "The file says who is no longer served.")
        return
    yield premise_of(
        answer,
        "exits",
        ASSUMED,
        "No column says who has left; all who are listed are taken to be served.",
        answer.demand.caseload,
        "Confirm that students who left are not in the file.",
    )
