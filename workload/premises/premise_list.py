"""The premises of an answer, each worked out from the roster, the day and what people have confirmed.

premises_of(answer)          # once for an answer; status_of(premises_of(answer)) is the answer's status
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from workload.answer import Answer
from workload.premises import district_premises, file_premises
from workload.premises.records import ASSUMED, CONFIRMED, OPEN, STANDARDS, Ends, Premise, status_of, to_settle


def premises_of(answer: Answer) -> tuple[Premise, ...]:
    """Every premise of the answer. Worked out at the first call."""
    return answer.once(_made)


def _made(answer: Answer) -> tuple[Premise, ...]:
    return tuple(_settled(answer, premise) for make in LIST for premise in make(answer))


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
    if said is not None and (said.value or said.renewed):
        said = None  # what was said of single students settles it only when all are answered: the premise knows
    if said is not None and premise.state in (ASSUMED, OPEN) and premise.id not in ("questions", "columns"):
        return replace(premise, state=CONFIRMED, who=said.who, when=said.when)
    if premise.state == ASSUMED and premise.id != STANDARDS and premise.turns_the_answer:
        return replace(premise, state=OPEN)
    return premise


LIST: tuple[Callable[[Answer], Iterator[Premise]], ...] = (
    file_premises.columns,
    file_premises.questions,
    district_premises.posts,
    file_premises.renewals,
    file_premises.age,
    district_premises.vacancies,
    district_premises.leaves,
    district_premises.evaluations,
    district_premises.calendar,
    file_premises.discipline,
    district_premises.standards,
    file_premises.exits,
    district_premises.orphans,
    district_premises.owed,
    district_premises.drives,
)
