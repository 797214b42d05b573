"""OTs of the states: the federal personnel file, brought by whoever has it, beside what is needed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from dashboard.parts.law_cards import live_link
from dashboard.parts.safe_text import safe
from dashboard.shell import session
from workload.answer import Answer
from workload.explain.gauges import ots_per_1000_with_disabilities
from workload.explain.state_personnel import SOURCE, WHAT, PersonnelCounts, counts_in

KINDS = ["csv", "xlsx"]
UPLOAD = "state_personnel_file"
ABSENT = (
    "**OTs of your state.** The Department of Education publishes them each year. This tool brings no copy of its file along, "
    "so no figure stands here: get the file of the newest year there and drop it in, and the states stand beside your district."
)


@dataclass(slots=True)
class PersonnelRecord:
    """What the file holds, for the session; it is public and soon brought again."""

    KEPT: ClassVar[tuple[str, ...]] = ()

    counts: PersonnelCounts = PersonnelCounts()
    name: str = ""


def show(answer: Answer | None = None) -> None:
    """The sentence of the file, beside what is needed here where there is an answer; or how to bring it."""
    kept = session.record(PersonnelRecord)
    if kept.counts.per_1000:
        state, here = (session.state(), ots_per_1000_with_disabilities(answer)[0]) if answer else (None, None)
        st.markdown(f"**OTs of the states.** {safe(kept.counts.words(state, here), 900)}")
        st.caption(f"{safe(WHAT, 400)}. {live_link(SOURCE)}. Read from {safe(kept.name, 100)}.")
    else:
        st.markdown(f"{ABSENT} {live_link(SOURCE)}")
    panel = st.expander("Bring the federal personnel file", key="state_personnel", on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.file_uploader("Part B Personnel, all states (CSV or Excel)", type=KINDS, key=UPLOAD, on_change=_take)
        if kept.counts.refusal:
            st.error(safe(kept.counts.refusal, 600))


def brought() -> PersonnelCounts:
    """What the file that was brought says; empty without one."""
    return session.record(PersonnelRecord).counts


def _take() -> None:
    from workload.intake.open.opening import open_file

    file = session.chosen(UPLOAD)
    if file is not None:
        session.change(PersonnelRecord, counts=counts_in(open_file(file.name, file.getvalue())), name=file.name)
