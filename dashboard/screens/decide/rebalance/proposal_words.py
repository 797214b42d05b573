"""A proposal of Rebalance in words: what it gains, how good it is, what holds it back, and what changes at each school."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.screens.decide.rebalance import constraint_widgets
from dashboard.screens.decide.scenarios.lever_widgets import label_of
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.sharing_chart import moves_words
from workload.model.words import count, hours, percent, shown
from workload.rebalance.problem import MOST_MOVES
from workload.rebalance.proposal import Proposal

SLACK_HOURS = 0.05  # less than the screen shows


def gain_sentence(made: Proposal) -> str:
    then, now = made.before, made.score
    return (
        f"{count(now.moves, 'move')}: hours that do not fit go from {hours(then.overload_hours)} to {hours(now.overload_hours)} a week, the "
        f"largest overload from {percent(then.largest_overload)} to {percent(now.largest_overload)} of a contract, travel from "
        f"{hours(then.travel_hours)} to {hours(now.travel_hours)} hours a week. {count(round(now.students_changing), 'student')} "
        f"{'changes' if round(now.students_changing) == 1 else 'change'} therapist. {gained_sentence(made)}{over_sentence(made)}"
    )


def gained_sentence(made: Proposal) -> str:
    """How many students without a therapist get one; empty for none."""
    nobody, moved = len(made.task.answer.demand.people.names), made.assignment != made.task.today
    gained = frozenset().union(*(students_of(made, at) for at in (moved & (made.task.today == nobody)).nonzero()[0]))
    return (
        f"{count(len(gained), 'student')} without a therapist {'gets' if len(gained) == 1 else 'get'} one. "
        if gained
        else ""
    )


def over_sentence(made: Proposal) -> str:
    """How many weeks do not fit, before and after."""
    people = made.people()
    people = people[people["code"] < len(made.task.answer.demand.people.names)]  # work that nobody has is nobody's week
    then, now = (
        int((people[name] > people["contract_hours"] + SLACK_HOURS).sum()) for name in ("hours_before", "hours_after")
    )
    return f"Weeks that do not fit their contract: {then} before, {now} after."


def bound_sentence(made: Proposal) -> str:
    """How good the proposal is, at most."""
    if made.gap != made.gap:
        return "The search could not show how much better another proposal might be."
    if made.proven and percent(made.gap, 1) == percent(0, 1):
        return f"With these weights no plan with up to {moves_words(made.most_moves)} is better: that is proven."
    words = f"With these weights no plan with up to {moves_words(made.most_moves)} is more than {percent(made.gap, 1)} better."
    return words if made.proven else f"{words} It is not proven that this is the best."


def binding_sentence(made: Proposal) -> str:
    """What holds the proposal back."""
    if not made.binding:
        return "No constraint holds the next step back."
    if list(made.binding) == [MOST_MOVES]:
        return "Only the number of moves holds the next step back."
    parts = [
        f"{constraint_widgets.CONSTRAINTS[name].said} ({shown(points, 1)} points)"
        for name, points in made.binding.items()
    ]
    return "What holds it back, with what one more step would gain without it: " + "; ".join(parts) + "."


def students_of(made: Proposal, block: int) -> frozenset[int]:
    """The students of a block, of all that are kept together in it."""
    return frozenset().union(*(made.task.blocks.students_of[one] for one in made.task.problem.members[block]))


def moves_words_table(made: Proposal, answer: Answer, labels: Labels) -> pd.DataFrame:
    moves = made.moves()
    students = [len(students_of(made, at)) for at in moves["block"]]
    return pd.DataFrame(
        {
            "Block": [int(each) + 1 for each in moves["block"]],
            "What moves": moves["label"].tolist(),
            "From": [label_of(answer, labels, int(code)) for code in moves["from_code"]],
            "To": [label_of(answer, labels, int(code)) for code in moves["to_code"]],
            "Students": [shown(each, 0) for each in students],
            "Hours a week": [hours(each) for each in moves["hours_per_week"]],
        }
    )


def school_words(made: Proposal, called: Mapping[int, str]) -> list[str]:
    """What changes at each school in words: how many students go from whom to whom."""
    problem, schools = made.task.problem, made.task.answer.demand.schools
    found: dict[int, dict[tuple[int, int], set[int]]] = {}
    for row in made.moves().to_dict("records"):
        pair = int(row["from_code"]), int(row["to_code"])
        at_school = found.setdefault(int(problem.school[row["block"]]), {})
        at_school.setdefault(pair, set()).update(students_of(made, row["block"]))
    return [
        f"{schools[school]}: "
        + "; ".join(
            f"{count(len(students), 'student')} from {called.get(origin, 'nobody')} to {called.get(target, 'nobody')}"
            for (origin, target), students in pairs.items()
        )
        + "."
        for school, pairs in sorted(found.items())
    ]
