"""Proposed and decided corrections in the words of the sheet that they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from workload.report.corrections.correction_sheet import POST_FIELDS, SERVICE_FIELDS
from workload.report.corrections.returned_sheets import ADDED, NOT_MINE, Change, Decision

FIELDS = {**POST_FIELDS, **SERVICE_FIELDS}
BY_HAND = "to be added by hand"
NOBODYS = "nobody's, until somebody is named"
NOTHING = "–"
LOG = ("on", "by", "therapist", "what", "file", "row", "before", "after", "decision")


def what(change: Change) -> str:
    """What is changed: the field of the sheet, and whether the roster has no place for it."""
    if change.kind == NOT_MINE:
        return "Not my student"
    if change.kind == ADDED:
        return f"A service is missing ({BY_HAND})"
    label = FIELDS.get(change.field, change.field)
    return label if change.applies else f"{label} ({BY_HAND}: no row on the Therapists sheet)"


def where(change: Change) -> str:
    """ "Line 417, row 412 of roster.xlsx" among the rows of the roster; the post where it is none."""
    if change.line is None:
        return "Post" if change.kind != ADDED else "New"
    return f"Line {change.line + 1}" + (f", row {change.row} of {change.file}" if change.row and change.file else "")


def is_now(change: Change, label: str) -> str:
    """What the roster says. `label` is what the therapist is called."""
    return label if change.kind == NOT_MINE else value_words(change.before)


def should_be(change: Change) -> str:
    """What the sheet says instead."""
    return NOBODYS if change.kind == NOT_MINE else value_words(change.after)


def value_words(value: object) -> str:
    """A value of a sheet as it is read: "30" for 30.0, a dash for none."""
    if value is None or value == "":
        return NOTHING
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def log_table(decisions: Iterable[Decision], labels: Mapping[str, str]) -> pd.DataFrame:
    """The log: when, who, whose, what, where, before, after, decision. Therapists by their labels."""
    return pd.DataFrame(
        [
            {
                "on": one.on.isoformat(),
                "by": one.by,
                "therapist": (whose := labels.get(one.change.therapist, "")),
                "what": what(one.change),
                "file": one.change.file,
                "row": one.change.row,
                "before": is_now(one.change, whose),
                "after": should_be(one.change),
                "decision": "accepted" if one.accepted else "refused",
            }
            for one in decisions
        ],
        columns=list(LOG),
    )
