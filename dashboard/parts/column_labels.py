"""What the columns of the library's tables are called on the screen, and how their numbers are written."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workload.model.words import numbers
from workload.work.activities import ACTIVITIES

FTE, HOURS, MINUTES, COUNT, SHARE, PLAIN = "%,.2f", "%,.1f", "%,.0f", "%,d", "percent", ""
NOT_COUNTED = ("year", "row")  # numbers that are names: written without a comma between the thousands
DIGITS = {FTE: 2, HOURS: 1, MINUTES: 0, SHARE: 2}
LABELS: dict[str, tuple[str, str]] = {
    "therapist": ("Therapist", PLAIN),
    "role": ("Role", PLAIN),
    "employment": ("Employment", PLAIN),
    "supervisor": ("Supervisor", PLAIN),
    "days": ("Days", PLAIN),
    "on_leave": ("On leave", PLAIN),
    "school": ("School", PLAIN),
    "schools": ("Schools", COUNT),
    "school_code": ("School code", PLAIN),
    "level": ("Level", PLAIN),
    "region": ("Region", PLAIN),
    "enrollment": ("Enrolled", COUNT),
    "caseload": ("Caseload", COUNT),
    "student": ("Student (pseudonym)", PLAIN),
    "grade": ("Grade", PLAIN),
    "plan": ("Plan", PLAIN),
    "delivery": ("How", PLAIN),
    "as_written": ("As written", PLAIN),
    "minutes_per_session": ("Minutes a session", MINUTES),
    "sessions": ("Sessions", MINUTES),
    "period": ("Per", PLAIN),
    "total_minutes": ("Total minutes", MINUTES),
    "group_size": ("Group size", MINUTES),
    "group_id": ("Group", PLAIN),
    "start": ("From", "day"),
    "end": ("To", "day"),
    "file": ("File", PLAIN),
    "sheet": ("Sheet", PLAIN),
    "row": ("Row", "%d"),
    "column": ("Column", PLAIN),
    "value": ("Value", PLAIN),
    "message": ("What is the matter", PLAIN),
    "remedy": ("What to do", PLAIN),
    "severity": ("Kind", PLAIN),
    "student_minutes_per_week": ("Student minutes a week", HOURS),
    "therapist_minutes_per_week": ("Therapist minutes a week", HOURS),
    "weekly_minutes_before": ("Minutes a week before", MINUTES),
    "weekly_minutes_after": ("Minutes a week now", MINUTES),
    "therapists_before": ("Therapists before", PLAIN),
    "therapists_after": ("Therapists now", PLAIN),
    "schools_before": ("Schools before", PLAIN),
    "schools_after": ("Schools now", PLAIN),
    "what": ("What changed", PLAIN),
    "change": ("Change", PLAIN),
    "students": ("Students", COUNT),
    "sessions_per_year": ("Sessions a year", MINUTES),
    "makeup_minutes_owed": ("Make-up minutes owed", MINUTES),
    "student_hours": ("Student hours a week", HOURS),
    "therapist_hours": ("Therapist hours a week", HOURS),
    "workload_hours": ("Workload, hours a week", HOURS),
    "available_hours": ("Contract, hours a week", HOURS),
    "utilization": ("Capacity used", SHARE),
    "required_fte": ("FTE required", FTE),
    "contracted_fte": ("FTE contracted", FTE),
    "available_fte": ("FTE available", FTE),
    "gap_fte": ("Gap, FTE", FTE),
    "shortfall_fte": ("Shortfall, FTE", FTE),
    "student_minutes_at_risk": ("Student minutes at risk a week (estimated)", MINUTES),
    "named_duty_hours": ("Named duties, hours a week", HOURS),
    "mtss_hours": ("MTSS, hours a week", HOURS),
    "listed": ("On the Evaluations sheet", PLAIN),
    "initial": ("Initial evaluations", MINUTES),
    "reevaluation": ("Re-evaluations", MINUTES),
    "initial_at_default_rate": ("Initial, at the assumed rate", MINUTES),
    "reevaluation_at_default_rate": ("Re-evaluation, at the assumed rate", MINUTES),
    "has_iep": ("IEP", PLAIN),
    "required_fte_p10": ("FTE required, low", FTE),
    "required_fte_p90": ("FTE required, high", FTE),
    **{f"{activity.code}_hours": (activity.label, HOURS) for activity in ACTIVITIES},
}


def label(column: str) -> str:
    """The heading of a column; an unknown name is read aloud."""
    if column in LABELS:
        return LABELS[column][0]
    return column if " " in column or column[:1].isupper() else column.replace("_", " ").capitalize()


def headed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with headings as on the screen, for a download."""
    return table.rename(columns=label)


def filled(table: pd.DataFrame) -> pd.DataFrame:
    """The table without columns in which nothing stands."""
    blank = [name for name, values in table.items() if (values.isna() | (values.astype(str) == "")).all()]
    return table.drop(columns=blank) if len(table) else table


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its numbers rounded as everywhere on the screen; downloads keep every digit."""
    made = {
        name: numbers(values, DIGITS[form])
        for name, values in table.items()
        if (form := LABELS.get(name, ("", PLAIN))[1]) in DIGITS and pd.api.types.is_float_dtype(values)
    }
    return table.assign(**made)


class Settings(dict):
    """The settings of a column. The grid copies them deeply in every run and changes nothing inside: one level is enough."""

    def __deepcopy__(self, known: dict) -> dict[str, Any]:
        return dict(self)


def config(table: pd.DataFrame) -> dict[str, Any]:
    """Column settings of the screen for every column of the table."""
    return {name: Settings(_column(name, table[name])) for name in table.columns}


def _column(name: str, values: pd.Series):
    heading, form = label(name), LABELS.get(name, ("", PLAIN))[1]
    if form == "day":
        return st.column_config.DateColumn(heading, format="MMM D, YYYY")
    if pd.api.types.is_bool_dtype(values):
        return st.column_config.CheckboxColumn(heading)
    if form:
        return st.column_config.NumberColumn(heading, format=form)
    if pd.api.types.is_numeric_dtype(values) and not heading.lower().endswith(NOT_COUNTED):
        return st.column_config.NumberColumn(heading, format=f"%,.{decimals(values)}f")
    return st.column_config.Column(heading, width="medium" if name == "Note" else None)


def decimals(values: pd.Series) -> int:
    """How many decimals the numbers of a column were rounded to, two at most: whole numbers are written without any."""
    told = values.dropna()
    return next((digits for digits in (0, 1) if (told.round(digits) == told).all()), 2)
