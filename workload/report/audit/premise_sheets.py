"""The sheets Premises, Ask and Bridge: what the answer stands on, what is asked for in parts, and how one comes to the other."""

from __future__ import annotations

import pandas as pd

from workload.premises.premise_list import premises_of
from workload.report.reader_view import View

ASK_COLUMNS = ["part", "role", "fte", "from", "until"]


def premise_table(view: View) -> pd.DataFrame:
    """One row a premise: state, sentence, what it touches, FTE at its other ends, and what settles it."""
    return pd.DataFrame(
        [
            {
                "id": one.id,
                "state": one.state,
                "premise": view.sentence(one.text),
                "touches": one.touches,
                "required_fte_low": one.required.low,
                "required_fte_high": one.required.high,
                "gap_fte_low": one.gap.low,
                "gap_fte_high": one.gap.high,
                "settled_by": one.action,
                "confirmed_by": one.who,
                "confirmed_on": one.when,
            }
            for one in premises_of(view.answer)
        ]
    )


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
