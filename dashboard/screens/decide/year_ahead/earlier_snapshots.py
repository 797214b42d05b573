"""Earlier snapshots: today's figures kept as a file, and compared with files of earlier months."""

from __future__ import annotations

import json
from datetime import date

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.shell import cached, session
from workload.answer import Answer
from workload.figures.next_year_charts import earlier_days
from workload.figures.states import state_texts
from workload.model.words import in_words, shown
from workload.year_ahead.snapshots import Snapshot, compared, from_dict, snapshot_of

MOST_SNAPSHOTS = 24


def snapshots(answer: Answer) -> None:
    """Keep today's figures as a file, and compare with files of earlier months."""
    mine = snapshot_of(answer)
    text = json.dumps(mine.as_dict(), indent=1, allow_nan=True)
    st.markdown(
        "A snapshot is a small file with the district's figures and assumptions on one day. It holds nobody's name, no student and no school. "
        "Keep one each month, and compare."
    )
    st.download_button(
        "Save a snapshot of this day",
        text,
        f"snapshot-{answer.day:%Y-%m-%d}-{cached.digest(text)[:8]}.json",
        "application/json",
        on_click="ignore",
        key="snapshot_save",
    )
    st.file_uploader(
        "Earlier snapshots",
        type=["json"],
        accept_multiple_files=True,
        key="earlier_snapshots",
        on_change=take_snapshots,
    )
    for sentence in session.record(YearAheadRecord).snapshot_problems:
        st.warning(safe(sentence, 400))
    kept: dict[date, Snapshot] = {**session.record(YearAheadRecord).snapshots, mine.day: mine}
    table = compared(tuple(kept.values()))
    widgets.chart(earlier_days(table), "earlier_days", "snapshots")
    if len(table) > 1 and not table["same_assumptions"].all():
        st.caption(
            "On some of these days other assumptions were in force: a part of the change is theirs. The table says on which."
        )
    first, last = table.iloc[0], table.iloc[-1]
    if len(table) > 1:
        then, now = (state_texts(one["required_fte"], one["available_fte"]) for one in (first, last))
        gap = "provisionally the gap" if first["provisional"] or last["provisional"] else "the gap"
        st.markdown(
            safe(
                f"From {in_words(first['day'])} to {in_words(last['day'])} students counted went from {shown(first['caseload'], 0)} to "
                f"{shown(last['caseload'], 0)}, required FTE from {then[0]} to {now[0]}, and {gap} from {then[2]} to {now[2]} FTE.",
                600,
            )
        )


def take_snapshots() -> None:
    """Read snapshot files; one that is no snapshot is refused in a sentence."""
    found, problems = {}, []
    for file in (session.chosen("earlier_snapshots") or ())[:MOST_SNAPSHOTS]:
        try:
            one = from_dict(json.loads(file.getvalue().decode("utf-8")))
        except (ValueError, RecursionError):
            problems.append(f"{file.name} is not a snapshot that this version wrote.")
        else:
            found[one.day] = one
    session.change(YearAheadRecord, snapshots=found, snapshot_problems=tuple(problems))
