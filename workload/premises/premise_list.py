"""The premises of an answer, each worked out from the roster, the day and what people have confirmed.

premises_of(answer)          # once for an answer; status_of(premises_of(answer)) is the answer's status
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from workload.answer import Answer
from workload.model.parameters import parameters
from workload.model.words import count, in_words
from workload.premises.other_ends import both_rules, evidence_day, premise_of, read_otherwise, students_overdue
from workload.premises.records import (
    ASSUMED,
    CONFIRMED,
    GIVEN,
    OPEN,
    POSTS,
    STANDARDS,
    Ends,
    Premise,
    status_of,
    to_settle,
)
from workload.work.renewals import CARRY, STOP

FRESH_DAYS = 45  # a file speaks for so many days around its newest evidence
OTHER_WEEKS = 2  # a school year is two instructional weeks shorter or longer in other districts; an example
_KNOWN: WeakKeyDictionary[Answer, tuple[Premise, ...]] = WeakKeyDictionary()


def premises_of(answer: Answer) -> tuple[Premise, ...]:
    """Every premise of the answer. Worked out at the first call."""
    if answer not in _KNOWN:
        _KNOWN[answer] = tuple(_settled(answer, premise) for make in LIST for premise in make(answer))
    return _KNOWN[answer]


def answer_status(answer: Answer) -> str:
    """final, provisional or need-only."""
    return status_of(premises_of(answer))


def open_premises(answer: Answer) -> list[Premise]:
    """The premises that are open, in the order of their effect."""
    return [premise for premise in to_settle(premises_of(answer)) if premise.state == OPEN]


def gap_ends(answer: Answer, told=None) -> Ends:
    """The span of the gap: that of the standards, and as far beyond it as open premises reach.

    told  what a reader may see of the answer, where that is less than the answer
    """
    seen = answer if told is None else told
    available, spread = float(seen.district["available_fte"]), seen.range
    moved = float(seen.district["gap_fte"] - answer.district["gap_fte"])  # a reader's rounding goes with every end
    ends = [(premise.gap.low + moved, premise.gap.high + moved) for premise in open_premises(answer)]
    return Ends.of(available - spread.p90, available - spread.p10, *(end for pair in ends for end in pair))


def banner(answer: Answer) -> str:
    """That the file is older than the day asked about; empty where it is not."""
    return next((premise.text for premise in premises_of(answer) if premise.id == "age" and premise.state == OPEN), "")


def _settled(answer: Answer, premise: Premise) -> Premise:
    """The premise after what people have said, and open where it would turn the answer."""
    said = answer.confirmed.get(premise.id)
    if said is not None and premise.state in (ASSUMED, OPEN) and premise.id not in ("questions", "columns"):
        return replace(premise, state=CONFIRMED, who=said.who, when=said.when)
    if premise.state == ASSUMED and premise.id != STANDARDS and premise.turns_the_answer:
        return replace(premise, state=OPEN)
    return premise


def _columns(answer: Answer) -> Iterator[Premise]:
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


def _questions(answer: Answer) -> Iterator[Premise]:
    known = answer.roster.known
    if not known.questions:
        yield premise_of(answer, "questions", GIVEN, "No question about the file is open.")
        return
    waits = "waits" if known.rows_waiting == 1 else "wait"
    rows = f" {count(known.rows_waiting, 'row')} {waits} for an answer." if known.rows_waiting else ""
    asked = f"{count(known.questions, 'question')} about the file {'is' if known.questions == 1 else 'are'} open."
    yield _with_ends(
        answer,
        premise_of(answer, "questions", OPEN, f"{asked}{rows}", known.rows_waiting, "Answer the questions."),
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


def _posts(answer: Answer) -> Iterator[Premise]:
    people, listed = answer.demand.people, len(answer.roster.therapists)
    if answer.posts_known:
        said, them = answer.confirmed.get(POSTS), count(listed, "person", "people")
        if said is None:
            yield premise_of(answer, POSTS, GIVEN, f"The file says who is in post: {them}.", listed)
            return
        made = premise_of(answer, POSTS, CONFIRMED, f"Who is in post was typed in: {them}.", listed)
        yield replace(made, who=said.who, when=said.when)
        return
    unknown = int(people.posts_unknown.sum())
    text = (
        "Nobody has said who is in post, so the need is told and no gap."
        if not unknown
        else f"{count(unknown, 'person is', 'people are')} named, and nobody has said with what "
        f"{'role and hours' if people.posts_assumed else 'FTE or hours'}. The need is told and no gap."
    )
    nothing = premise_of(answer, POSTS, OPEN, text, unknown, "Type in who is in post: role, and FTE or hours a week.")
    yield replace(nothing, gap=Ends(math.nan, math.nan))


def _renewals(answer: Answer) -> Iterator[Premise]:
    both = both_rules(answer)
    lines = int(both[CARRY].demand.lines.renewed.sum())
    if not lines:
        yield premise_of(answer, "renewals", GIVEN, "No line has passed an annual review that could have renewed it.")
        return
    students = students_overdue(answer)
    goes_on = answer.assumptions["renewals"] == CARRY
    rule = "are counted as renewed" if goes_on else "are left out as ended"
    text = (
        f"{count(lines, 'line that has', 'lines that have')} passed the annual review {rule}; "
        f"{count(students, 'student has', 'students have')} no other line."
    )
    yield premise_of(
        answer,
        "renewals",
        ASSUMED,
        text,
        lines,
        "Say of each student whether the plan was renewed or the student left.",
        (both[STOP if goes_on else CARRY],),
    )


def _age(answer: Answer) -> Iterator[Premise]:
    newest = evidence_day(answer)
    if newest is None:
        yield premise_of(
            answer,
            "age",
            ASSUMED,
            "No line has a start, so the file is taken to speak of the day asked about.",
            action="Say of which day the file speaks.",
        )
        return
    if (answer.day - newest).days <= FRESH_DAYS:
        yield premise_of(answer, "age", GIVEN, f"The newest line of the file begins on {in_words(newest)}.")
        return
    others = (*both_rules(answer).values(), answer.on(newest))
    yield premise_of(
        answer,
        "age",
        OPEN,
        f"This file speaks of {in_words(newest)}; you ask about {in_words(answer.day)}.",
        action="Load a newer export, or ask about a day nearer to the file's.",
        others=others,
    )


def _vacancies(answer: Answer) -> Iterator[Premise]:
    vacant = answer.roster.known.vacant
    if vacant:
        fte = sum(value for _, value in vacant if value == value)
        yield premise_of(
            answer,
            "vacancies",
            GIVEN,
            f"{count(len(vacant), 'vacant post is', 'vacant posts are')} budgeted, with {fte:g} FTE.",
            len(vacant),
        )
        return
    yield premise_of(
        answer,
        "vacancies",
        ASSUMED,
        "No vacant post is taken to be budgeted.",
        action="List vacant posts with their FTE, or confirm that there are none.",
    )


def _leaves(answer: Answer) -> Iterator[Premise]:
    people = answer.roster.therapists
    dated = int((people["leave_start"].notna() | people["leave_end"].notna()).sum())
    if dated:
        yield premise_of(answer, "leaves", GIVEN, f"The file lists {count(dated, 'leave')}.", dated)
        return
    yield premise_of(
        answer,
        "leaves",
        ASSUMED,
        "Nobody is taken to be on leave.",
        action="Enter the first and last day of each leave, or confirm that there is none.",
    )


def _evaluations(answer: Answer) -> Iterator[Premise]:
    events = answer.demand.events
    if events.sheet_rules:
        yield premise_of(answer, "evaluations", GIVEN, "The file lists the evaluations of the year.")
        return
    if events.dated:
        yield premise_of(
            answer,
            "evaluations",
            GIVEN,
            f"{count(events.dated, 'student has', 'students have')} a "
            "re-evaluation date. Initial evaluations are counted at the rate assumed.",
            events.dated,
        )
        return
    rates = [parameters()[id] for id in ("evaluations_initial_per_student", "reevaluations_per_student")]
    others = tuple(
        answer.under(answer.assumptions.changed({one.id: getattr(one, end) for one in rates}, "the other end"))
        for end in ("low", "high")
    )
    students = int(round(float(events.students_initial.sum())))
    yield premise_of(
        answer,
        "evaluations",
        ASSUMED,
        f"Evaluations are counted at the rates assumed, for {count(students, 'student')}.",
        students,
        "List this year's evaluations, or fill in re-evaluation dates.",
        others,
    )


def _calendar(answer: Answer) -> Iterator[Premise]:
    weeks, declared = answer.assumptions["instructional_weeks"], parameters()["instructional_weeks"]
    if answer.assumptions.origins.get("instructional_weeks"):
        yield premise_of(answer, "calendar", CONFIRMED, f"The district's year has {weeks:g} instructional weeks.")
        return
    others = tuple(
        read_otherwise(answer, {"instructional_weeks": min(max(weeks + more, declared.minimum), declared.maximum)})
        for more in (-OTHER_WEEKS, OTHER_WEEKS)
    )
    yield premise_of(
        answer,
        "calendar",
        ASSUMED,
        f"The year is taken to have {weeks:g} instructional weeks.",
        action="Enter the first and last day of school and the closings.",
        others=others,
    )


def _discipline(answer: Answer) -> Iterator[Premise]:
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


def _standards(answer: Answer) -> Iterator[Premise]:
    drawn = [id for id, parameter in parameters().items() if parameter.is_drawn]
    examples = [id for id in drawn if answer.assumptions.source(id)[0] == "example"]
    if not examples:
        yield premise_of(
            answer, STANDARDS, GIVEN, "Every standard of time is the district's own, measured or published."
        )
        return
    premise = premise_of(
        answer,
        STANDARDS,
        ASSUMED,
        f"{len(examples)} of {len(drawn)} standards of time are examples.",
        len(examples),
        "Set the district's own, or measure them with a time study.",
    )
    spread, (required, gap) = answer.range, premise.now
    available = float(answer.district["available_fte"])
    yield replace(  # the answer itself may lie below the range, since the spans are not even around it
        premise,
        required=Ends.of(spread.p10, spread.p90, required),
        gap=Ends.of(available - spread.p90, available - spread.p10, gap),
    )


def _exits(answer: Answer) -> Iterator[Premise]:
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


def _orphans(answer: Answer) -> Iterator[Premise]:
    lines, people = answer.demand.lines, answer.demand.people
    lost = np.flatnonzero(lines.therapist != lines.named)
    if not len(lost):
        return
    names = sorted({people.names[code] for code in lines.named[lost]})
    students = len(np.unique(lines.student[lost]))
    gone = np.array([name in names for name in people.names] + [False])
    week = answer.staffing.full_week
    fte = float(np.where(np.isnan(people.fte), people.hours_per_week / week, people.fte)[gone].sum())
    premise = premise_of(
        answer,
        "orphans",
        ASSUMED,
        f"{count(students, 'student has', 'students have')} nobody: {', '.join(names)} "
        f"{'is' if len(names) == 1 else 'are'} not in post on the day.",
        students,
        "Give these students to somebody, or correct the dates of the post.",
    )
    yield replace(premise, gap=Ends.of(premise.now[1], premise.now[1] + fte))


LIST: tuple[Callable[[Answer], Iterator[Premise]], ...] = (
    _columns,
    _questions,
    _posts,
    _renewals,
    _age,
    _vacancies,
    _leaves,
    _evaluations,
    _calendar,
    _discipline,
    _standards,
    _exits,
    _orphans,
)
