"""The forms of two states, for the chosen one and on request: Nevada's report of caseloads and New York's table of capacity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.model.school_year import periods_in_year
from workload.model.units import DAYS_PER_SCHOOL_WEEK, MINUTES_PER_HOUR
from workload.model.words import shown
from workload.report.gate import HALF_HOURS_STEP, NOT_SHOWN
from workload.report.reader_view import View
from workload.report.table_files import as_xlsx
from workload.staffing.delivered.compliance import Delivered, compliance
from workload.staffing.method_formulas import HALF_HOUR_MINUTES, NYSED_USES, nysed_staff

NEVADA_SOURCE = (
    "Fields of the Nevada Department of Education's Report of Caseloads for Occupational Therapists, as one "
    "district filled it in for 2008-09. Check the current form."
)
NEW_YORK_SOURCE = (
    "Outputs of the New York State Education Department's Related Services Efficiency template, Rate Setting "
    "Unit, 2007; the equations are rebuilt from their labels."
)
TO_FILL = "to be filled in by the district"
CLOSE = 1e-9
SHARE_STEP = 0.05  # of sessions provided
BANDS = (
    "Direct service once or twice a week, or more often",
    "Direct service once or twice a month",
    "Consultation weekly",
    "Consultation monthly",
    "Less often",
)
COLUMNS = ("field", "answer", "note")


def bands(view: View) -> list[int]:
    """Students in each of `BANDS`. A student with several lines counts once, in the first band that fits.

    Weekly is at least as many sessions a year as weeks, monthly at least as many as months, as the assumptions count them.
    """
    assumptions, lines = view.answer.assumptions, view.answer.demand.lines
    weekly, monthly = (periods_in_year(period, assumptions) - CLOSE for period in ("week", "month"))
    count = len(lines.students)
    direct = np.bincount(lines.student, lines.sessions, minlength=count)
    services = view.answer.roster.services.iloc[lines.row]
    minutes = services["minutes_per_session"].to_numpy()
    talks = np.where(
        lines.is_consult & (np.nan_to_num(minutes) > 0),
        lines.student_minutes / np.where(minutes > 0, minutes, 1),
        np.where(lines.is_consult, lines.student_minutes / HALF_HOUR_MINUTES, 0),
    )
    consult = np.bincount(lines.student, talks, minlength=count)
    band = np.select([direct >= weekly, direct >= monthly, consult >= weekly, consult >= monthly], range(4), 4)
    return np.bincount(band, minlength=len(BANDS)).tolist()


def nevada(view: View) -> pd.DataFrame:
    """Nevada's fields as rows: field, answer, note. Small counts go through the gate; so do the bands together."""
    answer, gate = view.answer, view.gate
    at_sites = view.schools["caseload"][view.schools["caseload"] > 0]
    counts = bands(view)
    hidden = gate.rows(np.array(counts))
    rows = [
        (
            "Factors used to set caseloads",
            "minutes on plans, groups, evaluations, meetings, notes, planning, travel, supervision",
            "the method of this calculation",
        ),
        ("Sites", str(len(view.schools) + view.withheld_schools), ""),
        ("Fewest students at a site", gate.count(int(at_sites.min())) if len(at_sites) else "", _sites_note(view)),
        ("Most students at a site", gate.count(int(at_sites.max())) if len(at_sites) else "", _sites_note(view)),
    ]
    rows += [
        (name, "withheld" if gone else gate.count(number), "each student once, in the first band that fits")
        for name, number, gone in zip(BANDS, counts, hidden, strict=True)
    ]
    if hidden.any():
        rows.append(
            ("The withheld rows together", gate.count(int(np.array(counts)[hidden].sum())), "so that the rows add up")
        )
    otas = int(answer.demand.people.is_ota[:-1].sum())
    roles = None if view.by_role is None else view.by_role.set_index("role")
    rows += [
        (
            "Assistants available",
            str(otas) if roles is None else f"{otas} OTA, {shown(roles.loc['OTA', 'available_fte'], 1)} FTE",
            "in post on this date",
        ),
        (
            "Travel",
            f"{shown(view.district['travel_hours'], 1)} hours a week" if gate.open else "counted in the workload",
            "between schools",
        ),
        ("Weather", TO_FILL, ""),
        (
            "Meetings therapists are expected to attend",
            "one a year for each student with an IEP and one for each evaluation",
            f"source: {NEVADA_SOURCE}",
        ),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _sites_note(view: View) -> str:
    if view.gate.open or not view.withheld_schools:
        return ""
    return f"of the sites with {view.gate.smallest} or more students that may be shown by themselves"


def new_york(view: View, delivered: Delivered | None = None) -> pd.DataFrame:
    """Capacity, mandate, use, compliance, staff required at 100 % and 80 %, in half-hour sessions a year."""
    answer = view.answer
    days = answer.demand.weeks * DAYS_PER_SCHOOL_WEEK
    half_hours = answer.staffing.full_week / DAYS_PER_SCHOOL_WEEK * 2
    staff, gate = view.district["available_fte"], view.gate
    capacity = days * half_hours * staff
    mandated = answer.demand.weeks * view.district["student_hours"] * MINUTES_PER_HOUR / HALF_HOUR_MINUTES
    told = compliance(delivered) if delivered is not None and len(delivered.rows) else None
    provided = None if told is None else float(told["delivered_minutes"]) / HALF_HOUR_MINUTES
    provided = None if provided is None else gate.step(provided, HALF_HOURS_STEP)
    share = None if told is None else gate.share(gate.step(float(told["compliance"]), SHARE_STEP))
    use_told = view.time_told and provided is not None and capacity
    rows = [
        ("Days a year", shown(days, 0), "instructional weeks × 5"),
        ("Half-hours a day of a full-time post", shown(half_hours, 1), "full week ÷ 5 × 2"),
        ("Staff in post, FTE", shown(staff, 1) if view.time_told else NOT_SHOWN, "on this date"),
        (
            "Capacity, half-hour sessions a year",
            shown(capacity, 0) if view.time_told else NOT_SHOWN,
            "days × half-hours × FTE",
        ),
        (
            "Mandated, half-hour sessions a year",
            shown(mandated, 0),
            "student minutes on plans ÷ 30; groups are not collapsed",
        ),
        ("Provided, half-hour sessions", TO_FILL if provided is None else shown(provided, 0), "minutes delivered ÷ 30"),
        (
            "Capacity used",
            gate.share(gate.step(provided / capacity, SHARE_STEP)) if use_told else TO_FILL,
            "provided ÷ capacity",
        ),
        ("Compliance with mandates", TO_FILL if share is None else share, "provided ÷ required"),
        *(
            (
                f"Staff required at {use:.0%} delivery, FTE",
                shown(nysed_staff(mandated, days, half_hours, use), 1),
                f"mandated ÷ (days × half-hours × {use:g})",
            )
            for use in NYSED_USES
        ),
        ("Source", NEW_YORK_SOURCE, ""),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


WHY_LESS = (
    "Why this is not the FTE of the other documents",
    "It counts sessions on plans only; evaluations, meetings, notes and travel are left to the unused part of the day.",
    "",
)


def form_of(view: View, delivered: Delivered | None = None) -> bytes | None:
    """The form of the chosen state as a workbook; None where no state is chosen or no form of it is known.

    What stays inside or is not final says so in its first row.
    """
    state = (view.answer.state or "").upper()
    if state == "NV":
        name, table = "Nevada caseload report", nevada(view)
    elif state == "NY":
        name, table = "New York capacity table", new_york(view, delivered)
        table = pd.concat([table, pd.DataFrame([WHY_LESS], columns=list(COLUMNS))], ignore_index=True)
    else:
        return None
    mark = pd.DataFrame([(view.mark, "", "")], columns=list(COLUMNS)) if view.mark else None
    return as_xlsx({name: table if mark is None else pd.concat([mark, table], ignore_index=True)})
