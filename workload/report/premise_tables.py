"""The tables of premises, ask and bridge: what the answer stands on, what is asked for in parts, and how one comes to the other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from workload.model.words import rounded
from workload.premises.premise_list import premises_of
from workload.premises.records import STANDARDS, Premise
from workload.report.reader_view import View

ASK_COLUMNS = ["part", "role", "fte", "from", "until"]

# Outside a premise is told without its counts, which can be small, and without who confirmed it.
WITHOUT_COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "columns": "What the columns of the file mean.",
        "questions": "The questions about the file.",
        "posts": "Who is in post, with which role and FTE.",
        "renewals": "Whether plans past their annual review were renewed.",
        "age": "How old the file is against the date of the answer.",
        "vacancies": "Which vacant posts are budgeted.",
        "leaves": "Who is on leave, and until when.",
        "evaluations": "How many evaluations there are in a year.",
        "calendar": "How many weeks the school year has.",
        "discipline": "That all rows are occupational therapy.",
        STANDARDS: "The standards of time.",
        "exits": "Whether students who left are out of the file.",
        "orphans": "Who takes the students of people who are not in post.",
        "owed": "When minutes that are overdue are made up.",
        "drives": "Whether the minutes of a drive hold signing in and setting up.",
    }
)


def premise_words(view: View, premise: Premise) -> str:
    """The premise as a sentence: with its counts inside, without them outside."""
    return view.sentence(premise.text) if view.gate.open else WITHOUT_COUNTS[premise.id]


def premise_table(view: View) -> pd.DataFrame:
    """One row a premise: state, sentence, what it touches, FTE at its other ends, and what settles it."""
    return pd.DataFrame([_row(view, one) for one in premises_of(view.answer)])


def _row(view: View, one: Premise) -> dict[str, object]:
    """Outside, ends keep their distance from what is told of the need, rounded; ends of the gap only where a gap is."""
    ends = {
        "required_fte_low": _end(view, "required_fte", one.required.low),
        "required_fte_high": _end(view, "required_fte", one.required.high),
        "gap_fte_low": _end(view, "gap_fte", one.gap.low),
        "gap_fte_high": _end(view, "gap_fte", one.gap.high),
    }
    row = {"id": one.id, "state": one.state, "premise": premise_words(view, one), **ends, "settled_by": one.action}
    return {**row, "touches": one.touches, "confirmed_by": one.who, "confirmed_on": one.when} if view.gate.open else row


def _end(view: View, name: str, end: float) -> float:
    """An end as told. For a reader outside it is as far from the told figure as it is from the true one."""
    if view.gate.open:
        return end
    told, true = view.district[name], view.answer.district[name]
    return rounded(told + view.gate.fte(end - true), 1)


def ask_table(view: View) -> pd.DataFrame:
    """The ask in parts: posts to add, posts to fill, cover. No rows while nobody has said who is in post."""
    parts = view.ask_parts
    rows = [] if parts is None else [("permanent", role, fte, "", "") for role, fte in parts.permanent.items()]
    rows += [] if parts is None else [("fill", role, fte, "", "") for role, fte in parts.fill.items()]
    rows += (
        []
        if parts is None
        else [
            ("cover", one.role, one.fte, one.start.isoformat(), one.until.isoformat() if one.until else "")
            for one in parts.cover
        ]
    )
    return pd.DataFrame(rows, columns=ASK_COLUMNS)


def bridge_table(view: View) -> pd.DataFrame:
    """From the FTE in post to the FTE required, step by step."""
    return pd.DataFrame(
        [{"step": one.label, "fte": one.fte, "kind": one.kind, "meaning": one.meaning} for one in view.bridge]
    )
