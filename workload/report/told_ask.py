"""The ask in parts, the bridge and the status as one reader may see them: rounded once, and no single person's post.

Outside, cover is told by role with the last day of all, and never for whom; what only one or two people make of the
bridge is told together with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workload.model.words import count, rounded
from workload.premises.premise_list import answer_status, open_premises
from workload.premises.records import FINAL, NEED_ONLY
from workload.staffing.ask_parts import AskParts, Cover
from workload.staffing.bridge import NEED, SPARE, SUM, Step
from workload.staffing.tables import OT, OTA

if TYPE_CHECKING:
    from workload.report.reader_view import View

EITHER = "OT or OTA"  # the role of a part that is told for both together


def stamp(view: View) -> str:
    """What stands on every page of a packet whose answer is not final; empty for a final one."""
    status = answer_status(view.answer)
    if status == FINAL:
        return ""
    if status == NEED_ONLY:
        return "NEED ONLY: nobody has said who is in post. No gap can be given."
    waits = len(open_premises(view.answer))
    return f"PROVISIONAL: {count(waits, 'premise is', 'premises are')} open."


def told_parts(view: View) -> AskParts | None:
    """The ask in parts; None where nobody has said who is in post, or the gap is withheld."""
    parts, gate = view.answer.ask, view.gate
    if parts is None or not view.time_told:
        return None
    if gate.open:
        return parts
    if view.by_role is None and _otas(view):  # OT and OTA apart would tell of one or two people: only as one
        permanent, fill = ({EITHER: sum(some.values())} for some in (parts.permanent, parts.fill))
        cover = [Cover(EITHER, one.fte, one.start, one.until) for one in parts.cover]
    else:
        permanent, fill, cover = parts.permanent, parts.fill, list(parts.cover)
    return AskParts(
        {role: gate.fte(fte) for role, fte in permanent.items()},
        {role: gate.fte(fte) for role, fte in fill.items()},
        tuple(_together(role, [one for one in cover if one.role == role], gate) for role in _roles(cover)),
    )


def _roles(cover: Sequence[Cover]) -> list[str]:
    return [role for role in (OT, OTA, EITHER) if any(one.role == role for one in cover)]


def _together(role: str, cover: Sequence[Cover], gate) -> Cover:
    """Covers of one role as one, to the last day of all; open where one of them is."""
    ends = [one.until for one in cover if one.until is not None]
    return Cover(
        role, gate.fte(sum(one.fte for one in cover)), cover[0].start, max(ends) if len(ends) == len(cover) else None
    )


def _otas(view: View) -> bool:
    row = view.answer.by_role.loc[OTA]
    return bool(row["required_fte"] or row["available_fte"] > 0)


def told_gap_after(view: View, true_after: float) -> float:
    """The gap that an option leaves: as far from the told gap as it is from the true one, so that it is no second grid."""
    if view.gate.open:
        return true_after
    return rounded(view.district["gap_fte"] + view.gate.fte(true_after - view.answer.district["gap_fte"]), 1)


def told_bridge(view: View) -> list[Step]:
    """The steps from in post to required as told; outside what is there is not parted into people's contracts."""
    steps, row = view.answer.bridge, view.district
    if view.gate.open or not view.answer.posts_known:
        told = [step for step in steps if step.kind == SUM] if not view.gate.open else steps
        return [_as(step, view.gate.fte(step.fte)) for step in told]
    required = Step("required", "Required", row["required_fte"], SUM, steps[-1].meaning)
    if not view.time_told:
        return [required]
    spare = view.gate.fte(sum(step.fte for step in steps if step.kind == SPARE)) if view.risk_told else 0.0
    available = Step("available", "Available today", row["available_fte"], SUM, "in post and not on leave")
    missing = rounded(row["required_fte"] - row["available_fte"] - spare, 1)
    if missing < 0:  # what does not fit is withheld: only what is left of the room is told
        spare, missing = rounded(spare + missing, 1), 0.0
    changes = [
        Step(
            "does_not_fit", "Work that does not fit or has nobody there", missing, NEED, "beyond the hours of this date"
        ),
        Step("room", "Room in other weeks", spare, SPARE, "only helps where it can be moved"),
    ]
    return [available, *(step for step in changes if step.fte), required]


def _as(step: Step, fte: float) -> Step:
    return Step(step.code, step.label, float(fte), step.kind, step.meaning)
