"""The obvious way, for comparison: pandas group-bys over the rows, with the same answer.

It covers lines only (no evaluations sheet, no day plans), as the synthetic rosters have none.
"""

from __future__ import annotations

import pandas as pd

from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.model.school_year import periods_in_year


def required_fte(roster: Roster, assumptions: Assumptions) -> float:
    """Required FTE of the district by plain pandas group-bys, with the sums per therapist and school on the way."""
    a = assumptions
    lines = roster.services
    lines = lines[(lines["start"].isna() | (lines["start"] <= pd.Timestamp("2026-10-01"))) & ~lines["esy"]].copy()
    lines["therapist"] = lines["therapist"].fillna("Unassigned")
    key = ["student", "delivery", "school"]
    newest = lines.groupby(key, dropna=False)["start"].transform("max")
    lines = lines[lines["start"] == newest]
    lines = lines[~lines.drop(columns=["file", "sheet", "row", "as_written"]).duplicated()].copy()
    lines["periods"] = lines["period"].map({name: periods_in_year(name, a) for name in lines["period"].unique()})
    lines["student_minutes"] = lines["minutes_per_session"] * lines["sessions"] * lines["periods"]
    lines["therapist_minutes"] = lines["student_minutes"]
    grouped = lines["group_id"].notna() & (lines["delivery"] != "consult")
    sized = ~grouped & (lines["delivery"] != "consult") & (lines["group_size"] > 1)
    lines.loc[sized, "therapist_minutes"] = lines.loc[sized, "student_minutes"] / lines.loc[sized, "group_size"]
    members = lines[grouped].groupby(["therapist", "group_id", "student"])["student_minutes"].sum()
    of_group = members.groupby(level=[0, 1]).agg(["max", "sum"])
    share = of_group["max"] / of_group["sum"]
    at = pd.MultiIndex.from_frame(lines.loc[grouped, ["therapist", "group_id"]])
    lines.loc[grouped, "therapist_minutes"] = lines.loc[grouped, "student_minutes"] * share.reindex(at).to_numpy()
    direct = lines["delivery"] != "consult"
    lines["visits_year"] = lines["sessions"] * lines["periods"]
    lines["sessions_year"] = lines["visits_year"] * direct
    lines["direct_minutes"] = lines["therapist_minutes"] * direct
    lines["consult_minutes"] = lines["therapist_minutes"] * ~direct
    pairs = lines.groupby(["therapist", "school"], dropna=False)[
        ["direct_minutes", "consult_minutes", "sessions_year", "visits_year", "student_minutes"]
    ].sum()
    lines.groupby("therapist")["student"].nunique()
    lines.groupby("school")["student"].nunique()
    weeks, paid = a["instructional_weeks"], a["contract_weeks"]
    trips = (pairs["visits_year"] / weeks).clip(upper=1).drop("Unassigned", errors="ignore").groupby(level=0)
    total = pairs.sum()
    students = lines["student"].nunique()
    role = lines["therapist"].map(roster.therapists.set_index("therapist")["role"])
    lines["rank"] = role.map({"OT": 2, "OTA": 1}).fillna(0)
    dates = (
        lines.dropna(subset=["reeval_date"])
        .sort_values(["start", "rank", "reeval_date"])
        .groupby("student")["reeval_date"]
        .last()
    )
    iep = set(lines.loc[lines["plan"] == "IEP", "student"])
    dated = dates[dates.index.isin(iep)]
    reevaluations = dated.between("2026-07-01", "2027-06-30").sum() + a["reevaluations_per_student"] * (
        len(iep) - len(dated)
    )
    initial = students * a["evaluations_initial_per_student"]
    of_504 = len(set(lines.loc[lines["plan"] == "504", "student"]) - iep)
    sessions = (
        total["direct_minutes"] * (1 + a["on_behalf_ratio"])
        + total["consult_minutes"]
        + total["sessions_year"] * a["documentation_minutes_per_session"]
    ) / 60
    events = (
        initial * (a["evaluation_initial_hours"] + a["meeting_hours"])
        + reevaluations * (a["reevaluation_hours"] + a["reevaluation_own_meeting_share"] * a["meeting_hours"])
        + len(iep) * (a["meeting_hours"] + a["progress_reports_per_year"] * a["progress_report_hours"])
        + of_504 * a["meeting_504_hours"]
    )
    service = sessions / weeks + events / paid
    moves = (trips.sum() - trips.max()).sum()
    supervised = roster.therapists["supervisor"].notna().sum()
    individual = moves * a["travel_minutes_per_move"] / 60 + supervised * a["supervision_hours_per_ota"]
    return (service / (1 - a.category_share) + individual) / a["hours_per_week"]
