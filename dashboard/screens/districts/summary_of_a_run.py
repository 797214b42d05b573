"""The summary of a run: the place where it is opened, and the sentence of what it has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import safe
from dashboard.shell import cached, session
from workload.batch.saved_summary import SummaryError, read_summary
from workload.model.words import fte
from workload.premises.records import FINAL, PROVISIONAL


@dataclass
class DistrictsRecord:
    """The run that is open in this session, and what was wrong with a file that was none."""

    KEPT: ClassVar[tuple[str, ...]] = ()  # the summary of many districts is no district's own

    key: str = ""
    table: pd.DataFrame | None = None
    refused: str = ""
    trouble: str = ""


def choose() -> None:
    """The place where the summary of a run is opened. What was open stays when another file is refused."""
    file = st.file_uploader("Open the summary of a run (summary.xlsx)", type=["xlsx"], key="districts_upload")
    if file is None:
        return
    record, data = session.record(DistrictsRecord), file.getvalue()
    key = cached.digest(data)
    if key not in (record.key, record.refused):
        try:
            session.change(DistrictsRecord, key=key, table=read_summary(file.name, data), refused="", trouble="")
        except SummaryError as problem:
            session.change(DistrictsRecord, refused=key, trouble=str(problem))
    if record.refused == key:
        st.error(safe(record.trouble, 1_000))


def opened() -> pd.DataFrame | None:
    """The districts of the run that is open; None where none is."""
    return session.record(DistrictsRecord).table


def finding_of(table: pd.DataFrame) -> tuple[str, str, str]:
    """(before, number, after) of the sentence on top: about the districts that say who is in post."""
    known = table[table["gap_fte"].notna()]
    if known.empty:
        return "None of", f"{len(table):,}", "districts has said who is in post, so there is a need and no gap"
    short = known[known["gap_fte"] < 0]
    if short.empty:
        return "", f"{len(known):,}", f"districts have the time that their work takes{so_far(known)}"
    missing = fte(float(-short["gap_fte"].sum()))
    return (
        "",
        f"{len(short):,}",
        f"of {len(known):,} districts have less than they need: {missing} FTE are missing there{so_far(short)}",
    )


def so_far(table: pd.DataFrame) -> str:
    """How many of some districts stand on an open premise, as the end of a sentence."""
    many = int((table["status"] == PROVISIONAL).sum())
    return "" if not many else ", provisionally" if many == len(table) else f", {many:,} of them provisionally"


def head(table: pd.DataFrame) -> None:
    """The sentence, and how many districts it leaves out."""
    answered = int(table["required_fte"].notna().sum())
    facts = [
        finding.fact("{} districts in the run", f"{len(table):,}"),
        finding.fact("{} with figures", f"{answered:,}"),
        finding.fact("{} final", f"{int((table['status'] == FINAL).sum()):,}"),
    ]
    finding.hero(*finding_of(table), facts)
