"""What each column of the exported tables means, its type and unit: the data dictionary that goes with them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workload.work.activities import ACTIVITIES

HOURS, FTE, MINUTES, STUDENTS = "hours a week", "FTE", "minutes", "students"
# column -> (unit, meaning); activities add their own
MEANINGS: Mapping[str, tuple[str, str]] = {
    "figure": ("", "Name of a figure of the district"),
    "value": ("", "The figure; unrounded inside the district, rounded outside; empty where there is none"),
    "words": ("", "The figure where it is text"),
    "school": ("", "School, as in the roster; schools with small counts stand together outside the district"),
    "school_code": ("", "District or state code of the school"),
    "level": ("", "Level of the school"),
    "enrollment": (STUDENTS, "All students of the school"),
    "latitude": ("degrees", "North of the equator"),
    "longitude": ("degrees", "East of Greenwich, negative in America"),
    "region": ("", "Region of the school"),
    "therapist": ("", "A code for the post, such as OT 3; never a name outside the district"),
    "role": ("", "OT or OTA"),
    "employment": ("", "employee, contract, agency or telepractice"),
    "schools": ("schools", "Schools served"),
    "caseload": (STUDENTS, "Distinct students with a line in force"),
    "student_hours": (HOURS, "What students are owed"),
    "therapist_hours": (HOURS, "What the same sessions cost a therapist"),
    "contracted_fte": (FTE, "The contract"),
    "available_hours": (HOURS, "Contract hours of those present on the date of the answer"),
    "available_fte": (FTE, "Available hours over a full week"),
    "required_fte": (FTE, "Workload over a full week"),
    "gap_fte": (FTE, "Available minus required; negative is short"),
    "shortfall_fte": (FTE, "The positive part of the shortage"),
    "workload_hours": (HOURS, "All required work time"),
    "utilization": ("share", "Workload over available hours"),
    "student_minutes_at_risk": (
        "minutes a week",
        "Estimated student minutes without time if only sessions give way; an exposure, not a finding",
    ),
    "student_minutes_at_risk_alike": ("minutes a week", "The same if everything gives way alike"),
    "on_leave": ("yes/no", "On leave on the date of the answer"),
    "required_fte_p10": (FTE, "10th percentile of required FTE over the draws of the assumptions"),
    "required_fte_p90": (FTE, "90th percentile of the same"),
    "kind": ("", "Kind of work, or of the step: sum, capacity, need, spare"),
    "code": ("", "Short name"),
    "hours_per_week": (HOURS, "Hours of that kind"),
    "share": ("share", "Part of the whole workload, 0 to 1"),
    "id": ("", "Name of the assumption or premise in files and formulas"),
    "assumption": ("", "What the assumption is"),
    "low": ("", "Low end of the range that was drawn"),
    "high": ("", "High end of the range that was drawn"),
    "unit": ("", "Unit of the value"),
    "force": ("", "law, guidance, contract, example or time study"),
    "source": ("", "Where the value comes from"),
    "default": ("", "The value before the district changed it"),
    "method": ("", "Name of the method"),
    "low_fte": (FTE, "Required FTE, low end"),
    "high_fte": (FTE, "Required FTE, high end"),
    "leaves_out": ("", "What the method does not count"),
    "never_with": ("", "What must not be added to it"),
    "file": ("", "File of the row"),
    "sheet": ("", "Sheet of the row"),
    "row": ("", "Row number in the sheet"),
    "student": ("", "Pseudonym of the student"),
    "grade": ("", "Grade"),
    "plan": ("", "IEP, 504, IFSP or MTSS"),
    "delivery": ("", "individual, group or consult"),
    "minutes_per_session": (MINUTES, "Minutes of one session"),
    "sessions": ("sessions", "Sessions in one period"),
    "period": ("", "Period of the sessions"),
    "total_minutes": (MINUTES, "Minutes of one period, where the plan gives only these"),
    "group_size": (STUDENTS, "Students in the group"),
    "start": ("date", "First day of the line"),
    "end": ("date", "Last day of the line"),
    "student_minutes_per_week": ("minutes a week", "What the student is owed"),
    "therapist_minutes_per_week": ("minutes a week", "What the line costs the therapist"),
    "sessions_per_year": ("sessions a year", "Direct sessions"),
    "makeup_minutes_owed": (MINUTES, "Minutes still owed"),
    "listed": ("yes/no", "Stands on the Evaluations sheet"),
    "initial": ("a year", "Initial evaluations"),
    "reevaluation": ("a year", "Re-evaluations"),
    "initial_at_default_rate": ("a year", "Counted at the assumed rate"),
    "reevaluation_at_default_rate": ("a year", "Counted at the assumed rate"),
    "has_iep": ("yes/no", "Has an IEP"),
    "severity": ("", "error, warning or notice"),
    "column": ("", "Column of the finding"),
    "message": ("", "What was found"),
    "remedy": ("", "What to do about it"),
    "status": ("", "final, provisional (a premise is open) or need-only (nobody has said who is in post)"),
    "state": ("", "given by the file, confirmed by a person, assumed, or open"),
    "premise": ("", "What the answer stands on"),
    "touches": ("", "Rows, lines, students or people that it is about"),
    "required_fte_low": (FTE, "Required FTE at the lower other end of the premise"),
    "required_fte_high": (FTE, "Required FTE at the higher other end"),
    "gap_fte_low": (FTE, "Gap at the lower other end"),
    "gap_fte_high": (FTE, "Gap at the higher other end"),
    "settled_by": ("", "What settles the premise"),
    "confirmed_by": ("", "Who confirmed it"),
    "confirmed_on": ("date", "When it was confirmed"),
    "part": ("", "permanent (added posts), fill (budgeted and vacant posts) or cover (temporary)"),
    "fte": (FTE, "FTE of the part or of the step"),
    "from": ("date", "First day of the cover"),
    "until": ("date", "Last day of the cover; empty where no end is known"),
    "step": ("", "A step of the bridge from in post to required"),
    "meaning": ("", "What the step is"),
    "member": ("", "Member district of a cooperative"),
    "share_of_work": ("share", "The member's part of all hours of work"),
    "share_of_students": ("share", "The member's part of all students with a line in force"),
    "share_of_person": ("share", "The member's part of this person's hours of work"),
    "annual_cost": ("dollars a year", "The member's part of the cost of the posts, as the Therapists sheet gives it"),
    "posts_without_cost": ("", "Posts that work for the member and have no cost on the Therapists sheet"),
    "field": ("", "Field of the form"),
    "answer": ("", "What the form is given"),
    "note": ("", "How to read it"),
}
ACTIVITY_MEANINGS = {f"{one.code}_hours": (HOURS, f"{one.label}: {one.formula}") for one in ACTIVITIES}


def meaning(column: str) -> tuple[str, str]:
    """(unit, meaning) of a column. Raises `KeyError` for one that is not described."""
    return ACTIVITY_MEANINGS[column] if column in ACTIVITY_MEANINGS else MEANINGS[column]


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per column of the tables: table, column, type, unit, meaning."""
    rows = [
        {
            "table": name,
            "column": column,
            "type": _kind(table[column]),
            "unit": meaning(column)[0],
            "meaning": meaning(column)[1],
        }
        for name, table in tables.items()
        for column in table.columns
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "unit", "meaning"])


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "yes/no"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "text"
