"""Correction sheets: how many there are to hand out, then handing out, bringing back and deciding."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import correction_ledger, finding
from dashboard.screens.report import sent_panel
from dashboard.screens.report.decided_one_by_one import decisions, settled
from dashboard.screens.report.hand_out_and_bring_back import bring_back, hand_out
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.model.words import count


def show(answer: Answer, labels: Labels) -> None:
    """Hand out, bring back, decide."""
    accepted, open_ = correction_ledger.belong_to_another()
    if accepted or open_:
        lost = [
            *([count(accepted, "accepted correction")] if accepted else []),
            *([count(open_, "correction that waited", "corrections that waited")] if open_ else []),
        ]
        st.warning(
            f"{' and '.join(lost)} belonged to the roster as it was before it was read again, and no longer count here. "
            "Bring the sheets back again, or hand out new ones; what therapists have sent on this server stands below once more."
        )
    hand_out(answer, labels)
    bring_back(answer, labels)
    sent_panel.show(labels)
    decisions(labels)
    settled(labels)


def head(answer: Answer) -> None:
    """How many sheets there are to hand out, and that what came back is decided one by one."""
    sheets = int((answer.therapists["therapist"] != UNASSIGNED).sum())
    finding.finding(
        "",
        str(sheets),
        f"correction {'sheet' if sheets == 1 else 'sheets'} to hand out, one for each person",
        [finding.fact("What comes back is accepted or refused one by one.")],
    )
