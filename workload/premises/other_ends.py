"""The other ends of a premise: the same answer with its rows read otherwise, and a premise made of such answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np

from workload.answer import Answer, default_day
from workload.premises.records import GIVEN, Ends, Premise
from workload.premises.renewed_or_left import said_of_students, unanswered
from workload.staffing.required import staffing_of
from workload.staffing.tables import required_and_gap
from workload.work.demand import ROW_SETTINGS, Demand, demand_of
from workload.work.renewals import CARRY, STOP

_READ: WeakKeyDictionary[Demand, dict[tuple, Demand]] = WeakKeyDictionary()
_SPEAKS_OF: WeakKeyDictionary[Demand, date | None] = WeakKeyDictionary()


def fte_of(answer: Answer) -> tuple[float, float]:
    """(required, gap); the gap is NaN while nobody has said who is in post."""
    return required_and_gap(answer.staffing)


def premise_of(
    answer: Answer, id: str, state: str, text: str, touches: int = 0, action: str = "", others: tuple[Answer, ...] = ()
) -> Premise:
    """A premise whose other ends are other answers; without any it moves nothing that is known."""
    now = fte_of(answer)
    ends = [now, *map(fte_of, others)]
    required, gap = (Ends.of(*(pair[at] for pair in ends)) for at in (0, 1))
    return Premise(id, state, text, touches, required, gap, "" if state == GIVEN else action, now)


def both_rules(answer: Answer) -> dict[str, Answer]:
    """The answer as it is and under the other rule for renewals."""
    here = answer.assumptions["renewals"]
    return {rule: answer if rule == here else read_otherwise(answer, {"renewals": rule}) for rule in (CARRY, STOP)}


def read_otherwise(answer: Answer, overrides: dict[str, object]) -> Answer:
    """The answer with the rows read under other calendar settings; the rows are read once for each pair table."""
    assumptions = answer.assumptions.changed(overrides, "the other end of a premise")
    read = _READ.setdefault(answer.demand, {})
    key = tuple(assumptions[id] for id in ROW_SETTINGS)
    if key not in read:
        read[key] = demand_of(answer.roster, answer.day, assumptions, answer.demand.left, answer.calendar)
    return replace(answer, staffing=staffing_of(read[key], assumptions), read_by=None)


def renewals_otherwise(answer: Answer) -> tuple[Answer, ...]:
    """The other ends of what became of plans past their review.

    Nothing said yet: the other rule. Something said of students: those of whom nobody has spoken left. All said: none.
    """
    if not said_of_students(answer):
        return tuple(other for other in both_rules(answer).values() if other is not answer)
    silent = frozenset(unanswered(answer))
    if not silent or answer.assumptions["renewals"] != CARRY:
        return ()
    demand = demand_of(answer.roster, answer.day, answer.assumptions, answer.demand.left | silent, answer.calendar)
    return (replace(answer, staffing=staffing_of(demand, answer.assumptions), read_by=None),)


def students_overdue(answer: Answer) -> int:
    """Students of whom every line in force has passed its review."""
    lines = both_rules(answer)[CARRY].demand.lines
    other = np.zeros(len(lines.students), bool)
    other[lines.student[~lines.renewed]] = True
    return int(np.count_nonzero(~other))


def evidence_day(answer: Answer) -> date | None:
    """The day of which the file speaks, as far as the answer's day has come; None where no line has a start.

    No assumption moves it, so it is looked up once for the rows of a day.
    """
    if answer.demand not in _SPEAKS_OF:
        starts = answer.roster.services["start"].dropna()
        begun = len(starts) and starts.min().date() <= answer.day
        _SPEAKS_OF[answer.demand] = default_day(answer.roster, answer.day) if begun else None
    return _SPEAKS_OF[answer.demand]


def minutes_overdue(answer: Answer, therapist: str | None = None) -> tuple[float, int]:
    """(minutes owed that were due before the day, on how many lines in force), of everybody or of one person."""
    lines = answer.demand.lines
    mine = lines.row if therapist is None else lines.row[lines.therapist == answer.demand.therapists.index(therapist)]
    due, minutes = (answer.roster.services[f"compensatory_{name}"].to_numpy()[mine] for name in ("due", "minutes"))
    late = minutes[(due < np.datetime64(answer.day, "s")) & (minutes > 0)]
    return float(late.sum()), len(late)
