"""The rows behind the numbers: one table of service lines, one of events, with their place in the file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.model.roster import Roster
from workload.work.demand import Demand

PLACE = ("file", "sheet", "row")
SAID = ("plan", "delivery", "as_written", "minutes_per_session", "sessions", "period")  # of the service
LINE_COLUMNS = (*PLACE, "student", "grade", *SAID, "total_minutes", "group_size", "group_id", "start", "end")


def lines_table(roster: Roster, demand: Demand) -> pd.DataFrame:
    """One row per line in force: where it stands, what it says, and its weekly minutes for both sides.

    Columns: those of the file, therapist and school as counted, student_minutes_per_week,
    therapist_minutes_per_week, sessions_per_year, makeup_minutes_owed.
    """
    lines = demand.lines
    rows = roster.services.iloc[lines.row]
    table = rows[list(LINE_COLUMNS)].reset_index(drop=True)
    table["row"] = table["row"].astype("Int64")
    table["therapist"] = np.array(demand.therapists, dtype=object)[lines.therapist]
    table["school"] = np.array(demand.schools, dtype=object)[lines.school]
    table["student_minutes_per_week"] = lines.student_minutes / demand.weeks
    table["therapist_minutes_per_week"] = lines.therapist_minutes / demand.weeks
    table["sessions_per_year"] = lines.sessions
    table["makeup_minutes_owed"] = rows["compensatory_minutes"].fillna(0).to_numpy()
    return table


def events_table(roster: Roster, demand: Demand) -> pd.DataFrame:
    """One row per student or Evaluations row with its counts a year, and where the row stands.

    Columns: file, sheet, row, student, therapist, school, listed (from the Evaluations sheet), initial,
    reevaluation, initial_at_default_rate, reevaluation_at_default_rate, has_iep.
    """
    events = demand.events
    places = []
    for frame, at in ((roster.evaluations, events.from_sheet), (roster.services, ~events.from_sheet)):
        place = frame.iloc[events.row[at]][["file", "sheet", "row", "student"]]
        places.append(place.set_axis(np.flatnonzero(at)))
    table = pd.concat(places).sort_index().reset_index(drop=True)
    table["row"] = table["row"].astype("Int64")
    table["therapist"] = np.array(demand.therapists, dtype=object)[events.therapist]
    table["school"] = np.array(demand.schools, dtype=object)[events.school]
    table["listed"] = events.from_sheet
    table["initial"], table["reevaluation"] = events.initial, events.reevaluation
    table["initial_at_default_rate"] = events.students_initial
    table["reevaluation_at_default_rate"] = events.students_reevaluation
    table["has_iep"] = events.iep > 0
    return table
