"""What each member district of a cooperative uses, and its part of people's time and cost. Nothing for one district alone."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, widgets
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.words import count, hours, percent
from workload.report.gate import withheld
from workload.staffing.member_shares import MemberShares

USES = {
    "member": "Member",
    "caseload": "Students",
    "workload_hours": "Hours of work a week",
    "required_fte": "FTE required",
    "available_fte": "FTE available",
    "gap_fte": "Gap, FTE",
    "travel_hours": "Travel, hours a week",
    "share_of_work": "Part of the work",
    "annual_cost": "Part of the cost, dollars a year",
    "posts_without_cost": "Posts without a cost",
}
ALLOCATED = {
    "member": "Member",
    "therapist": "Therapist",
    "workload_hours": "Hours of work a week",
    "share_of_person": "Part of the person's work",
    "available_fte": "FTE used",
    "annual_cost": "Part of the cost, dollars a year",
}


def show(answer: Answer, labels: Labels, smallest: int) -> None:
    """The tables, when somebody opens them."""
    shares = answer.members
    if shares is None:
        return
    named = len(shares.members) - 2
    panel = st.expander(
        f"What each of {count(named, 'member district')} uses and pays", key="members", on_change="rerun"
    )
    if panel.open:
        with panel:
            _tables(shares, labels, smallest)


def _tables(shares: MemberShares, labels: Labels, smallest: int) -> None:
    table = shares.table
    hidden = withheld(table["caseload"].to_numpy(dtype=float), smallest) & (table["caseload"] > 0).to_numpy()
    shown = table[list(USES)].astype({"caseload": float})
    shown.loc[hidden, [name for name in USES if name != "member"]] = float("nan")
    between, unplanned = shares.travel_between
    finding.note(
        f"A person's travel, planning and duties are shared by the hours of service for each member; sums are the whole. "
        f"{hours(between)} hours a week are drives between schools of two members, by the day plans; "
        f"{hours(unplanned)} are travel of people without a day plan, which cannot be split."
    )
    if hidden.any():
        finding.note(
            f"{count(int(hidden.sum()), 'member')} with few students left out so that no child can be recognized."
        )
    shown["share_of_work"] = [percent(value) if value == value else "" for value in shown["share_of_work"]]
    widgets.table(shown.rename(columns=USES), "What each member district uses", "members_use", "members")
    allocation = shares.allocation
    kept = allocation[~allocation["member"].isin(table.loc[hidden, "member"])]
    listed = labels.table(kept)[list(ALLOCATED)]
    listed = listed.assign(share_of_person=[percent(value) for value in listed["share_of_person"]])
    widgets.table(listed.rename(columns=ALLOCATED), "Each member's part of each person", "members_pay", "allocation")
