"""What the ask buys: the district again with its posts in it, by the same calculation as a scenario."""

from __future__ import annotations

import math
from dataclasses import replace

from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.model.words import rounded
from workload.scenarios.cost import Rates
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.levers import checked_against
from workload.scenarios.outcome import Outcome, outcome_of
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario
from workload.staffing.tables import OT, OTA

NAME = "The ask"
LEAST_FTE, MOST_FTE = 0.05, 50.0


def ask_levers(answer: Answer) -> tuple[AddPost, ...]:
    """The posts of an ask as levers: everything of a role together; an OTA under the first OT in post."""
    parts = answer.ask
    if parts is None:
        return ()
    of_role = {role: parts.permanent[role] + parts.fill[role] for role in (OT, OTA)}
    for one in parts.cover:
        of_role[one.role] += one.fte
    names, people = list(answer.demand.therapists), answer.demand.people
    ots = [at for at, name in enumerate(names) if name != UNASSIGNED and not people.is_ota[at] and people.in_post[at]]
    levers = []
    for role, fte in of_role.items():
        count = math.ceil(fte / MOST_FTE)  # a lever holds so much
        post = AddPost(role=role, fte=fte / max(1, count))
        post = replace(post, supervisor=ots[0]) if role == OTA and ots else post
        levers += [post] * count if fte >= LEAST_FTE else []
    return tuple(levers)


def left_short(answer: Answer) -> float:
    """FTE that would still be short with the whole ask in the district, to a tenth; 0 where nothing is.

    An added post travels and meets as well, so as many FTE as are missing can be too few. It takes no rates.
    """
    outcome = ask_outcome(answer, Rates())
    return 0.0 if outcome is None else max(0.0, -rounded(outcome.figures["gap_fte"], 1))


def ask_outcome(answer: Answer, prices: Rates) -> Outcome | None:
    """The outcome of the whole ask; None where there is none, or the roster cannot have it."""
    levers = ask_levers(answer)
    if not levers:
        return None
    try:
        checked_against(answer, levers, ())
        return outcome_of(answer, Scenario(NAME, levers), levers, prices)
    except LeverError:
        return None
