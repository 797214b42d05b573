"""Sentences about an answer that more than one page says. Numbers are written by `workload.model.words`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from workload.answer import Answer
from workload.figures.states import gap_clause
from workload.model.issues import ERROR, NOTICE, WARNING, Issue
from workload.model.words import agreeing_digits, count, fte, hours, percent, rounded, shown
from workload.premises.premise_list import answer_status
from workload.premises.records import PROVISIONAL

REASONS = {
    "esy": "extended school year",
    "other-service": "another service",
    "other-role": "another profession",
    "ended": "ended",
    "not-started": "not started yet",
    "superseded": "an older line of the same service",
    "duplicate": "repeated",
    "example": "the template's example",
    "total-row": "rows of totals",
    "no-service": "rows without a second service or list",
    "repeated-header": "headings repeated",
    "group-heading": "headings of a part of the list",
    "units-row": "rows of units",
    "note": "notes",
}


def reason_words(excluded: Mapping[str, int]) -> str:
    """Why rows were left out, the most frequent reason first."""
    found = sorted(((number, reason) for reason, number in excluded.items() if number), reverse=True)
    return ", ".join(f"{REASONS.get(reason, reason.replace('-', ' '))} {number:,}" for number, reason in found)


def findings_said(issues: Sequence[Issue]) -> tuple[str, str, str, list[str]]:
    """(before, number, after, the rest) of what was found, the gravest kind in the sentence and the others beside it."""
    number = Counter(issue.severity for issue in issues)
    kinds = (
        (ERROR, "finding stops the answer", "findings stop the answer"),
        (WARNING, "finding to look at", "findings to look at"),
        (NOTICE, "for your information", "for your information"),
    )
    told = [count(number[severity], one, many) for severity, one, many in kinds if number[severity]]
    if not number[ERROR] and not number[WARNING]:
        return "Nothing was found that needs a look", "", "", told
    first, _, words = told[0].partition(" ")
    return "", first, words, told[1:]


def rows_sentence(answer: Answer | None) -> str:
    """How the service rows of the files ended: read = counted + left out + not readable. Empty without an answer."""
    if answer is None:
        return ""
    read, unreadable = answer.roster.rows("read"), answer.roster.rows("unreadable")
    parts = [f"{count(read, 'service row')} read: {answer.rows_counted:,} counted"]
    if why := reason_words(answer.excluded):
        parts.append(f"{sum(answer.excluded.values()):,} left out: {why}")
    if unreadable:
        parts.append(f"{unreadable:,} not readable and not counted")
    return "; ".join(parts) + "."


def gap_sentence(answer: Answer) -> str:
    """The net gap and the sum of shortfalls, and why they differ."""
    row = answer.district
    pair = row["required_fte"], row["available_fte"]
    total = shown(row["shortfall_total_fte"], agreeing_digits(*pair))  # the decimals of the headline
    so_far = "Provisionally, on" if answer_status(answer) == PROVISIONAL else "On"
    return (
        f"{so_far} balance the district {gap_clause(*pair)}; added up over everybody who is short, and the work that has no "
        f"therapist, it is short {total} FTE. "
        "The second number is the larger one wherever somebody else has room: an open hour in one building does "
        "not help a student in another."
    )


def without_size(answer: Answer) -> str:
    """What group lines without a size would change; empty when there are none."""
    bounds = answer.unsized_groups_fte
    if fte(bounds["all_individual"]) == fte(bounds["all_in_groups"]):
        return ""
    return (
        f"Some group lines do not say how many students are in the group. They are counted as individual: "
        f"{fte(bounds['all_individual'])} FTE. If all of them were groups of "
        f"{answer.assumptions['assumed_group_size']:g}, the district would need {fte(bounds['all_in_groups'])} FTE."
    )


def focus_sentence(shown: int, everyone: int, what: str) -> str:
    """That a filter is on; empty when everything is shown."""
    if shown == everyone:
        return ""
    return (
        f"A filter is on: {shown} of {count(everyone, what)}. The figures of the district on Answer are not filtered."
    )


def used_sentence(utilization: float) -> str:
    """How full a person's contract is; a person on leave or without hours has none to fill."""
    return "no hours" if utilization != utilization else percent(utilization)


def week_sentence(row: pd.Series) -> str:
    """Whether one person's week fits the contract."""
    work, contract, room = row["workload_hours"], row["available_hours"], row["available_hours"] - row["workload_hours"]
    end = (
        "It just fits."
        if rounded(room, 1) == 0
        else (f"It fits, with {hours(room)} hours to spare." if room > 0 else f"{hours(-room)} hours do not fit.")
    )
    return f"This week takes {hours(work)} hours; the contract has {hours(contract)}. {end}"


def week_cards(row: pd.Series) -> list[tuple[str, str, str]]:
    """(label, value, measure) of the figures of one week."""
    return [
        ("Capacity used", used_sentence(row["utilization"]), "utilization"),
        ("Hours a week", hours(row["workload_hours"]), "workload_hours"),
        ("Caseload", shown(row["caseload"], 0), "caseload"),
    ]
