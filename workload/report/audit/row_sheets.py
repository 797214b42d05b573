"""The sheets Services, Students and People: what the roster says, row by row, and minutes as live formulas."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.model.school_year import periods_in_year
from workload.report.audit.sheet_writer import DAY, FIRST_ROW, TEXT, WHOLE, Column, Table
from workload.work.activities import FROM_FEATURES

NO_PERIODS = 0.0


def numbered(codes: np.ndarray, count: int) -> np.ndarray:
    """Codes as numbers counted from 1; missing ones get the last number."""
    return np.where(codes == MISSING, count, codes + 1)


def services_table(answer: Answer, labels: Mapping[str, str], periods: Table) -> Table:
    """One row per line in force. Lines of one group stand together, so that a formula can see the whole group."""
    demand, lines = answer.demand, answer.demand.lines
    services = answer.roster.services.iloc[lines.row].reset_index(drop=True)
    therapist, school = (numbered(lines.therapist, len(demand.therapists)), numbered(lines.school, len(demand.schools)))
    group = _groups(services, therapist, lines.is_consult)
    order = _together(group)
    rows, group = services.iloc[order], group[order]
    blocks = _blocks(group)
    names = np.array([labels.get(name, name) for name in demand.therapists], dtype=object)
    schools = np.array(demand.schools, dtype=object)
    times = {name: periods_in_year(name, answer.assumptions) for name in set(rows["period"].dropna())}
    owed = rows["compensatory_minutes"].fillna(0).to_numpy()
    due = [None if pd.isna(day) else day.date() for day in rows["compensatory_due"]]
    first_person, first_school = (_first(lines.student[order], codes[order]) for codes in (therapist, school))
    table: Table

    def at(name: str, row: int) -> str:
        return table.cell(name, row)

    def student_minutes(row: int) -> str:
        total, each, count = (at(name, row) for name in ("total_minutes", "minutes", "sessions"))
        return f'IF({total}="",IF(OR({each}="",{count}=""),0,{each}*{count}),{total})*{at("times", row)}'

    def visits(row: int) -> str:
        total, count = at("total_minutes", row), at("sessions", row)
        usual = f"IF(N({total})>0,MAX(1,{total}/usual_session_minutes),0)"
        return f'IF({count}="",{usual},{count})*{at("times", row)}'

    def member_minutes(row: int) -> str | None:
        if row not in blocks:
            return None
        return (
            f"SUMIFS({table.span('student_minutes', *blocks[row])},{table.span('student_no', *blocks[row])},"
            f"{at('student_no', row)})"
        )

    def therapist_minutes(row: int) -> str:
        own = at("student_minutes", row)
        if row in blocks:
            together = f"SUM({table.span('student_minutes', *blocks[row])})"
            return f"IF({together}=0,0,{own}*MAX({table.span('member_minutes', *blocks[row])})/{together})"
        size = at("group_size", row)
        return f'IF(AND({at("delivery", row)}<>"consult",N({size})>1),{own}/{size},{own})'

    def makeup(row: int) -> str | None:
        owed_cell, due_cell = at("owed_minutes", row), at("owed_due", row)
        if not owed[row - FIRST_ROW]:
            return None
        due = f'IF({due_cell}="",school_year_end,{due_cell})'
        return f"{owed_cell}/IF({due}<snapshot_day,makeup_overdue_weeks,MAX(1,({due}-snapshot_day)/days_per_calendar_week))"

    table = Table(
        "Services",
        (
            Column("student", "Student (pseudonym)", rows["student"].tolist(), number=TEXT, fixed=True),
            Column("file", "File", rows["file"].tolist(), number=TEXT, fixed=True),
            Column("sheet", "Sheet", rows["sheet"].tolist(), number=TEXT, fixed=True),
            Column("row", "Row", rows["row"].tolist(), number=WHOLE, fixed=True),
            Column("therapist_no", "Therapist no.", therapist[order], number=WHOLE),
            Column(
                "therapist",
                "Therapist",
                names[therapist[order] - 1],
                lambda row: f"INDEX('People'!$B:$B,{at('therapist_no', row)}+{FIRST_ROW - 1})",
                TEXT,
            ),
            Column("school_no", "School no.", school[order], number=WHOLE),
            Column(
                "school",
                "School",
                schools[school[order] - 1],
                lambda row: f"INDEX('Schools'!$B:$B,{at('school_no', row)}+{FIRST_ROW - 1})",
                TEXT,
            ),
            Column("plan", "Plan", rows["plan"].tolist(), number=TEXT),
            Column("delivery", "Delivery", rows["delivery"].tolist(), number=TEXT),
            Column("minutes", "Minutes a session", rows["minutes_per_session"].tolist()),
            Column("sessions", "Sessions a period", rows["sessions"].tolist()),
            Column("period", "Period", rows["period"].tolist(), number=TEXT),
            Column(
                "total_minutes",
                "Total minutes a period, where the plan gives only these",
                _totals_alone(rows),
            ),
            Column("group_size", "Group size", rows["group_size"].tolist()),
            Column("group_no", "Group no.", np.where(group == MISSING, np.nan, group + 1.0), number=WHOLE, fixed=True),
            Column("student_no", "Student no.", lines.student[order] + 1, number=WHOLE),
            Column(
                "times",
                "Periods a year",
                [times.get(name, NO_PERIODS) for name in rows["period"]],
                lambda row: (
                    f"IF({at('period', row)}=\"\",0,VLOOKUP({at('period', row)},'Periods'!$A${periods.first}:"
                    f"$B${periods.last},2,FALSE))"
                ),
            ),
            Column("student_minutes", "Student minutes a year", lines.student_minutes[order], student_minutes),
            Column(
                "member_minutes",
                "This student's minutes in the group",
                _member_values(lines, order, group),
                member_minutes,
            ),
            Column("therapist_minutes", "Therapist minutes a year", lines.therapist_minutes[order], therapist_minutes),
            Column(
                "direct_minutes",
                "of these direct",
                np.where(lines.is_consult, 0, lines.therapist_minutes)[order],
                lambda row: f'IF({at("delivery", row)}="consult",0,{at("therapist_minutes", row)})',
            ),
            Column("visits", "Sessions a year", lines.visits[order], visits),
            Column(
                "sessions_year",
                "of these direct",
                lines.sessions[order],
                lambda row: f'IF({at("delivery", row)}="consult",0,{at("visits", row)})',
            ),
            Column("owed_minutes", "Minutes owed", np.where(owed > 0, owed, np.nan)),
            Column("owed_due", "Owed minutes due", due, number=DAY),
            Column(
                "makeup_minutes",
                "Make-up minutes a week",
                [each / answer.demand.weeks_until(by) if each else None for each, by in zip(owed, due, strict=True)],
                makeup,
            ),
            Column(
                "unsized",
                "Group without a size (1 = yes)",
                lines.group_size_unknown[order].astype(int),
                number=WHOLE,
                fixed=True,
            ),
            Column("of_person", "First line of this student with this therapist", first_person, number=WHOLE),
            Column("of_school", "First line of this student in this school", first_school, number=WHOLE),
            Column(
                "of_district",
                "First line of this student",
                _first(lines.student[order], np.zeros(len(order), int)),
                number=WHOLE,
            ),
        ),
        len(order),
    )
    return table


def _totals_alone(rows: pd.DataFrame) -> list[float]:
    """Total minutes where minutes and sessions do not give them already: beside both, a total would make them idle."""
    each = rows["minutes_per_session"] * rows["sessions"]
    return rows["total_minutes"].mask(np.isclose(each, rows["total_minutes"], rtol=0, atol=1e-9)).tolist()


def _groups(services: pd.DataFrame, therapist: np.ndarray, is_consult: np.ndarray) -> np.ndarray:
    """The group of each line, counted from 0; MISSING for a line without a named group. Shape (lines,)."""
    named = services["group_id"].notna().to_numpy() & ~is_consult
    group = np.full(len(services), MISSING)
    keys = pd.MultiIndex.from_arrays([services["group_id"][named], therapist[named]])
    group[named] = pd.factorize(keys)[0]
    return group


def _together(group: np.ndarray) -> np.ndarray:
    """Positions such that the lines of a group follow each other, a group standing where its first line stood."""
    place = np.arange(len(group))
    in_group = group != MISSING
    first = np.full(group.max(initial=MISSING) + 1, len(group))
    np.minimum.at(first, group[in_group], place[in_group])
    place[in_group] = first[group[in_group]]
    return np.argsort(place, kind="stable")


def _blocks(group: np.ndarray) -> dict[int, tuple[int, int]]:
    """Excel row of each grouped line -> first and last row of its group. Lines of a group follow each other."""
    found: dict[int, tuple[int, int]] = {}
    ends = np.flatnonzero(np.diff(group, append=MISSING - 1)) + 1
    begin = 0
    for end in ends.tolist():
        if group[begin] != MISSING:
            found.update(
                dict.fromkeys(range(begin + FIRST_ROW, end + FIRST_ROW), (begin + FIRST_ROW, end + FIRST_ROW - 1))
            )
        begin = end
    return found


def _member_values(lines, order: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Minutes a year of each grouped line's student in the group; NaN for the others."""
    minutes, student = lines.student_minutes[order], lines.student[order]
    values = np.full(len(order), np.nan)
    at = np.flatnonzero(group != MISSING)
    if len(at):
        member = pd.factorize(pd.MultiIndex.from_arrays([group[at], student[at]]))[0]
        values[at] = np.bincount(member, minutes[at])[member]
    return values


def _first(student: np.ndarray, other: np.ndarray) -> np.ndarray:
    """1 for the first row of each (student, other) pair, else 0."""
    seen = pd.DataFrame({"student": student, "other": other}).duplicated()
    return (~seen).astype(int).to_numpy()


def people_table(answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> Table:
    """One row per person in post and Unassigned last: contract, presence, travel, duties, sums over the pairs."""
    demand, staffing = answer.demand, answer.staffing
    people, count = demand.people, len(demand.therapists)
    base = np.where(people.base_school == MISSING, np.nan, people.base_school + 1.0)
    service, placed = _service_sums(answer)
    table: Table

    def contracted(row: int) -> str:
        fte, week = table.cell("fte", row), table.cell("hours_per_week", row)
        return f'IF({fte}="",N({week})/hours_per_week,{fte})*{table.cell("in_post", row)}'

    def available(row: int) -> str:
        fte, week = table.cell("fte", row), table.cell("hours_per_week", row)
        return (
            f'IF({week}="",N({fte})*hours_per_week,{week})*{table.cell("in_post", row)}'
            f"*(1-{table.cell('on_leave', row)})*MAX(0,1-absence_days_per_year/days_per_school_week/contract_weeks)"
        )

    def moves(row: int) -> str | None:
        """Each school but the busiest is a move for each session there, at most one a week. A day plan has its own."""
        if row == table.last or people.plans[row - FIRST_ROW]:
            return None
        no, pairs = table.cell("no", row), tables["Pairs"]
        busiest = f"SUMPRODUCT(MAX(({pairs.range('therapist_no')}={no})*{pairs.range('trips')}))"
        return f"{table.cell('in_post', row)}*({summed('trips')(row)}-{busiest})"

    def summed(column: str):
        return lambda row: tables["Pairs"].sum(column, therapist_no=table.cell("no", row))

    table = Table(
        "People",
        (
            Column("no", "No.", np.arange(1, count + 1), number=WHOLE),
            Column(
                "therapist",
                "Therapist",
                [labels.get(name, name) for name in demand.therapists],
                number=TEXT,
                fixed=True,
            ),
            Column(
                "role", "Role", [*("OTA" if ota else "OT" for ota in people.is_ota[:-1]), None], number=TEXT, fixed=True
            ),
            Column("fte", "Contract FTE, as given", people.fte),
            Column("hours_per_week", "Contract hours, as given", people.hours_per_week),
            Column("in_post", "In post on this date (1 = yes)", people.in_post.astype(int), number=WHOLE),
            Column("on_leave", "On leave on this date (1 = yes)", people.on_leave.astype(int), number=WHOLE),
            Column(
                "present",
                "Counts as a person (1 = yes)",
                np.append(people.in_post[:-1], False).astype(int),
                number=WHOLE,
            ),
            Column("travel_minutes", "Known travel minutes a week", people.travel_minutes),
            Column("moves", "Moves of unknown length a week", people.moves, moves),
            Column("otas", "OTAs supervised", people.otas_supervised, number=WHOLE),
            Column("named_duty_hours", "Named duty hours a week", people.named_duty_hours),
            Column("mtss_hours", "MTSS hours a week", people.mtss_hours),
            Column("base_school_no", "Base school no.", base, number=WHOLE),
            Column("has_plan", "Has a day plan (1 = yes)", [int(bool(plan)) for plan in people.plans], number=WHOLE),
            Column("contracted_fte", "Contracted FTE", staffing.contracted_fte, contracted),
            Column("available_hours", "Available hours a week", staffing.available_hours, available),
            Column("service_hours", "Service hours over all schools", service, summed("from_rows_hours")),
            Column("placed_hours", "of these in a school", placed, summed("placed_hours")),
        ),
        count,
    )
    return table


def _service_sums(answer: Answer) -> tuple[np.ndarray, np.ndarray]:
    """(service hours that follow from rows, the same where there is a school) of each person, shapes (P,)."""
    staffing, demand = answer.staffing, answer.demand
    service = staffing.hours[:, : len(FROM_FEATURES)].sum(axis=1)
    return staffing.by_person(service), staffing.by_person(
        np.where(demand.school < len(demand.schools) - 1, service, 0.0)
    )
