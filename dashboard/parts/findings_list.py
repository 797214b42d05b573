"""Findings on the screen: grouped by kind, each with its places; and how the rows of every sheet ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.summary import reason_words
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.columns import TABLES
from workload.model.issues import ERROR, NOTICE, WARNING, Issue
from workload.model.roster import Roster, RowCount
from workload.model.words import count

MEANING = {ERROR: "Stops the answer", WARNING: "Please look", NOTICE: "For your information"}
ICON = {ERROR: ":material/block:", WARNING: ":material/warning:", NOTICE: ":material/info:"}
NAMES_OF_PEOPLE = "therapists-"  # codes of findings that list how people are written
HIDDEN = "The names are hidden; show therapists' names at the top to read them."
SHEETS = {table.name: table.sheet for table in TABLES}
LONG = 400  # letters after which a finding is folded
PLACES = ["file", "sheet", "row", "column", "value", "message"]


@dataclass(frozen=True)
class Kind:
    """All findings of one code."""

    code: str
    severity: str
    issues: tuple[Issue, ...]


def kinds(issues: Iterable[Issue]) -> list[Kind]:
    """The findings by code, gravest first, in the order in which they come."""
    grouped: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        grouped.setdefault((issue.severity, issue.code), []).append(issue)
    return [Kind(code, severity, tuple(found)) for (severity, code), found in grouped.items()]


def message(issue: Issue, labels: Labels) -> str:
    """The sentence of a finding with codes in place of therapists' names."""
    if issue.code.startswith(NAMES_OF_PEOPLE) and not labels.named:
        return f"{issue.message.split(':')[0].rstrip('.')}. {HIDDEN}"
    return labels.sentence(issue.message)


def table(issues: Sequence[Issue], labels: Labels) -> pd.DataFrame:
    """Findings as a table: where each one stands, what it is, what to do."""
    return pd.DataFrame(
        [
            {
                "severity": MEANING[issue.severity],
                "file": issue.file,
                "sheet": issue.sheet,
                "row": issue.row,
                "column": issue.column,
                "value": plain(labels.sentence(issue.value)),
                "message": plain(message(issue, labels), 2_000),
                "remedy": plain(labels.sentence(issue.remedy), 1_000),
            }
            for issue in issues
        ],
        columns=["severity", "file", "sheet", "row", "column", "value", "message", "remedy"],
    ).astype({"row": "Int64"})


def ready_table(of: Answer | Roster, labels: Labels) -> widgets.ReadyTable:
    """All findings of an answer, or of a roster without one, for the download."""
    return widgets.ReadyTable(table(of.issues, labels))


def ready_row_counts(roster: Roster) -> widgets.ReadyWords:
    """`row_counts` of a roster, for the screen and the download."""
    return widgets.ReadyWords.of(row_counts(roster.row_counts))


def show_kind(kind: Kind, labels: Labels) -> None:
    """One kind of finding with its places."""
    number = f" · {len(kind.issues)} places" if len(kind.issues) > 1 else ""
    with st.container(key=f"card_finding_{kind.severity}_{kind.code}"):
        first = kind.issues[0]
        st.markdown(f"{ICON[kind.severity]} **{MEANING[kind.severity]}**{number}")
        told = message(first, labels)
        widgets.sentence(told if len(told) <= LONG else f"{told.split(':')[0]}.")
        if len(told) > LONG:
            with st.expander("Read all of it"):
                widgets.sentence(told)
        if first.remedy:
            st.markdown(f"**What to do:** {safe(labels.sentence(first.remedy), 1_000)}")
        places = [issue for issue in kind.issues if issue.place]
        if len(places) == 1 and first.place:
            st.caption(f"Where: {safe(first.place)}")
        elif places:
            with st.expander(f"Where: {count(len(places), 'place')}"):
                widgets.table(
                    table(places, labels)[PLACES], f"Places of this finding: {kind.code}", f"places_{kind.code}"
                )


def row_counts(counts: Sequence[RowCount]) -> pd.DataFrame:
    """How the rows of every sheet ended in reading: read = understood + left out + not readable."""
    return pd.DataFrame(
        [
            {
                "File": each.file,
                "Sheet": each.sheet,
                "Read as": SHEETS.get(each.table, each.table),
                "Rows": each.read,
                "Understood": each.counted,
                "Left out": sum(each.excluded.values()),
                "Why left out": reason_words(each.excluded),
                "Not readable": each.unreadable,
            }
            for each in counts
        ],
        columns=["File", "Sheet", "Read as", "Rows", "Understood", "Left out", "Why left out", "Not readable"],
    )
