"""The cards of the page of many districts: what a run has found, the picture, how districts end, and why some stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import streamlit as st

from dashboard.parts import finding, live_chart, state_personnel_card, widgets
from dashboard.parts.safe_text import safe
from dashboard.shell import cached, session
from workload.batch.batch_results import (
    ABOVE,
    BELOW,
    INSIDE,
    PER_1000_PUBLISHED,
    STATUS_WORDS,
    STATUSES,
    STUDENTS_PER_FTE,
    published_band,
)
from workload.batch.saved_summary import SummaryError, read_summary, states_table
from workload.figures.district_map import district_map, district_map_words, placed
from workload.figures.district_rates import district_rates_chart, district_rates_words
from workload.model.words import count, fte, shown
from workload.premises.records import FINAL, PROVISIONAL
from workload.rules.benchmarks import benchmarks
from workload.scenarios import cost

SHOWN = {
    "district": "District",
    "status": "Status",
    "day": "Day",
    "caseload": "Students",
    "required_fte": "FTE required",
    "required_fte_p10": "FTE required, low",
    "required_fte_p90": "FTE required, high",
    "available_fte": "FTE available",
    "gap_fte": "Gap, FTE",
    "required_per_1000": "FTE required for each 1,000",
    "available_per_1000": "FTE available for each 1,000",
    "gap_per_1000": "Gap for each 1,000",
    "students_per_fte": "Students for each post",
    "published_band": "Against published figures",
    "open_premises": "Open premises",
    "not_comparable": "Not comparable, because",
}
COLORS = (("gap", "less than is needed"), ("accent", "enough"))
BANDS = {BELOW: "fewer students a post", INSIDE: "within", ABOVE: "more students a post"}


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


def comparable(table: pd.DataFrame) -> pd.DataFrame:
    """The districts whose rates can stand beside each other."""
    return table[table["not_comparable"].isna()]


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


def rates(table: pd.DataFrame) -> None:
    """Need against what is there, for each 1,000 students with disabilities."""
    seen, published = comparable(table), benchmarks()[PER_1000_PUBLISHED]
    with st.container(key="card_rates"):
        finding.title(
            "Below the dotted line a district has less than it needs",
            "FTE for each 1,000 students with disabilities. Filled: final. Hollow: a premise is open. "
            f"Dashed: {shown(published.value, 1)}, published for the nation.",
        )
        if seen.empty:
            finding.note("No district says both who is in post and how many students with disabilities it has.")
            return
        finding.key_of_colors(*COLORS)
        key = f"{session.record(DistrictsRecord).key} {live_chart.tones() is live_chart.DARK}"
        draw = partial(district_rates_chart, seen, published.value, live_chart.tones())
        figure = cached.drawn("district_rates", key, draw)
        live_chart.still(figure, "district_rates", district_rates_words(seen, published.value))
        finding.note(f"{published.label}: {published.source}")


def on_the_map(table: pd.DataFrame) -> None:
    """Where the districts lie, as far as the manifest of the run says it; nothing where it says it of none."""
    there = placed(table)
    if there.empty:
        return
    with st.container(key="card_district_map"):
        short = int((there["gap_fte"] < 0).sum())
        finding.title(
            f"{short:,} of {count(len(there), 'district')} on the map have less than they need",
            "Filled: final. Hollow: a premise is open. Gray: no gap can be given.",
        )
        finding.key_of_colors(*COLORS)
        key = f"{session.record(DistrictsRecord).key} {live_chart.tones() is live_chart.DARK}"
        figure = cached.drawn("district_map", key, partial(district_map, there, live_chart.tones()))
        live_chart.still(figure, "district_map", district_map_words(there, len(table) - len(there)))


def ends(table: pd.DataFrame) -> None:
    """How the districts of the run end."""
    counts = table["status"].value_counts()
    with st.container(key="card_ends"):
        finding.title("How the districts end")
        rows = [(status, STATUS_WORDS[status], f"{counts.get(status, 0):,}") for status in STATUSES]
        finding.plain_table(["status", "", "districts"], rows, "Districts by status", (2,))


def apart(table: pd.DataFrame) -> None:
    """Which districts cannot be compared, and why."""
    reasons = table["not_comparable"].dropna().value_counts()
    with st.container(key="card_apart"):
        finding.title(
            f"{count(int(reasons.sum()), 'district')} cannot be compared" if len(reasons) else "All can be compared"
        )
        if len(reasons):
            rows = [(reason, f"{number:,}") for reason, number in reasons.items()]
            finding.plain_table(["because", "districts"], rows, "Why districts cannot be compared", (1,))


def bands(table: pd.DataFrame) -> None:
    """Who lies outside the published figures of students for each post."""
    low, high = published_band()
    counts = table["published_band"].value_counts()
    with st.container(key="card_bands"):
        outside = int(counts.get(BELOW, 0) + counts.get(ABOVE, 0))
        finding.title(
            f"{count(outside, 'district')} outside published figures",
            f"Students for each post; published are {shown(low, 1)} to {shown(high, 1)}. They are no standard.",
        )
        rows = [(words, f"{counts.get(band, 0):,}") for band, words in BANDS.items()]
        finding.plain_table(["students for each post", "districts"], rows, "Districts against published figures", (1,))
        panel = st.expander("Sources", key="districts_sources", on_change="rerun")
        if panel.open:
            with panel:
                for id in STUDENTS_PER_FTE:
                    one = benchmarks()[id]
                    finding.said(f"{one.label}, {one.who}:", f"{one.source} ({one.force}, {one.evidence})")


def listed(table: pd.DataFrame) -> None:
    """Every district by its name, and the sentences of those without an answer."""
    st.header("All districts", anchor=False)
    ready = cached.drawn("district_table", session.record(DistrictsRecord).key, partial(_ready, table))
    widgets.table(ready, "Figures of every district", "districts", "districts", rows=20)
    refused = table.loc[table["sentence"].notna(), ["district", "sentence", "remedy"]]
    if len(refused):
        st.header("Without an answer", anchor=False)
        widgets.words_table(
            refused.rename(columns={"district": "District", "sentence": "Why", "remedy": "What to do"}),
            "Districts without an answer",
            "districts_refused",
        )


def states() -> None:
    """What the nation publishes about every state, to hold a district's rate against: students, OTs, wages."""
    with st.container(key="card_states"):
        finding.title(
            "What is published about the states", "No standard: students who are served, posts that are filled, wages."
        )
        state_personnel_card.show()
        table = states_table(state_personnel_card.brought())
        widgets.table(table.dropna(axis=1, how="all"), "Published figures of every state", "states", "states", rows=10)
        finding.note(f"Students: IDEA Section 618, US Department of Education. Wages: {cost.SOURCE}.")


def _ready(table: pd.DataFrame) -> widgets.ReadyTable:
    """In the order of the names: this is no ranking."""
    rows = table.sort_values("district", kind="stable")[list(SHOWN)].rename(columns=SHOWN)
    return widgets.ReadyTable(rows)
