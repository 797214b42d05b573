"""The sheets Services, Students and People: what the roster says, row by row, and minutes as live formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.model.school_year import periods_in_year
from workload.report.audit.sheet_writer import DAY, FIRST_ROW, TEXT, WHOLE, Column, Table
from workload.work.activities import FROM_FEATURES

NO_PERIODS = 0.0
# The formulas of a line: {Group:column} are the rows of its group.
STUDENT_MINUTES = (
    'IF({total_minutes}="",IF(OR({minutes}="",{sessions}=""),0,{minutes}*{sessions}),{total_minutes})*{times}'
)
MEMBER_MINUTES = "SUMIFS({Group:student_minutes},{Group:student_no},{student_no})"
SHARE_OF_GROUP = (
    "IF(SUM({Group:student_minutes})=0,0,{student_minutes}*MAX({Group:member_minutes})/SUM({Group:student_minutes}))"
)
SHARE_BY_SIZE = 'IF(AND({delivery}<>"consult",N({group_size})>1),{student_minutes}/{group_size},{student_minutes})'
WHERE_DIRECT = 'IF({{delivery}}="consult",0,{})'
VISITS = 'IF({sessions}="",IF(N({total_minutes})>0,MAX(1,{total_minutes}/usual_session_minutes),0),{sessions})*{times}'
DUE = 'IF({owed_due}="",school_year_end,{owed_due})'
MAKEUP = (
    f"{{owed_minutes}}/IF({DUE}<snapshot_day,makeup_overdue_weeks,MAX(1,({DUE}-snapshot_day)/days_per_calendar_week))"
)
# The formulas of a person: {Sum:column} is the sum over the person's pairs, {Pairs:column} the column of all pairs.
CONTRACTED = 'IF({fte}="",N({hours_per_week})/hours_per_week,{fte})*{in_post}'
AVAILABLE = (
    'IF({hours_per_week}="",N({fte})*hours_per_week,{hours_per_week})*{in_post}*(1-{on_leave})'
    "*MAX(0,1-absence_days_per_year/days_per_school_week/contract_weeks)"
)
MOVES = "{in_post}*({Sum:trips}-SUMPRODUCT(MAX(({Pairs:therapist_no}={no})*{Pairs:trips})))"


def _numbered(codes: np.ndarray, count: int) -> np.ndarray:
    """Codes as numbers counted from 1; missing ones get the last number."""
    return np.where(codes == MISSING, count, codes + 1)


def services_table(answer: Answer, labels: Mapping[str, str], periods: Table) -> Table:
    """One row per line in force. Lines of one group stand together, so that a formula can see the whole group."""
    return _Services(answer, labels, periods).table


class _Services:
    """The sheet and its columns, group by group from left to right."""

    def __init__(self, answer: Answer, labels: Mapping[str, str], periods: Table) -> None:
        demand, lines = answer.demand, answer.demand.lines
        services = answer.roster.services.iloc[lines.row].reset_index(drop=True)
        therapist = _numbered(lines.therapist, len(demand.therapists))
        group = _groups(services, therapist, lines.is_consult)
        self.order = _together(group)
        self.answer, self.labels, self.lines = answer, labels, lines
        self.rows, self.group = services.iloc[self.order], group[self.order]
        self.therapist = therapist[self.order]
        self.school = _numbered(lines.school, len(demand.schools))[self.order]
        self.student = lines.student[self.order]
        self.blocks = _blocks(self.group)
        columns = (*self._whose(), *self._planned(), *self._minutes(periods), *self._owed(), *self._counted_once())
        self.table = Table("Services", columns, len(self.order), {"Group": self._of_group})

    def _of_group(self, table: Table, column: str, row: int) -> str:
        return table.span(column, *self.blocks[row])

    def _whose(self) -> Iterator[Column]:
        """Where the line stands, whose it is and where."""
        rows, demand = self.rows, self.answer.demand
        for name, heading in (("student", "Student (pseudonym)"), ("file", "File"), ("sheet", "Sheet")):
            yield Column(name, heading, rows[name].tolist(), number=TEXT, fixed=True)
        yield Column("row", "Row", rows["row"].tolist(), number=WHOLE, fixed=True)
        names = [self.labels.get(name, name) for name in demand.therapists]
        for name, sheet, numbers, called in (
            ("therapist", "People", self.therapist, names),
            ("school", "Schools", self.school, demand.schools),
        ):
            yield Column(f"{name}_no", f"{name.capitalize()} no.", numbers, number=WHOLE)
            found = f"INDEX('{sheet}'!$B:$B,{{{name}_no}}+{FIRST_ROW - 1})"
            yield Column(name, name.capitalize(), np.array(called, dtype=object)[numbers - 1], found, TEXT)

    def _planned(self) -> Iterator[Column]:
        rows = self.rows
        yield Column("plan", "Plan", rows["plan"].tolist(), number=TEXT)
        yield Column("delivery", "Delivery", rows["delivery"].tolist(), number=TEXT)
        yield Column("minutes", "Minutes a session", rows["minutes_per_session"].tolist())
        yield Column("sessions", "Sessions a period", rows["sessions"].tolist())
        yield Column("period", "Period", rows["period"].tolist(), number=TEXT)
        yield Column("total_minutes", "Total minutes a period, where the plan gives only these", _totals_alone(rows))
        yield Column("group_size", "Group size", rows["group_size"].tolist())
        group_no = np.where(self.group == MISSING, np.nan, self.group + 1.0)
        yield Column("group_no", "Group no.", group_no, number=WHOLE, fixed=True)
        yield Column("student_no", "Student no.", self.student + 1, number=WHOLE)

    def _minutes(self, periods: Table) -> Iterator[Column]:
        """Periods, minutes and sessions a year."""
        lines, order, blocks = self.lines, self.order, self.blocks
        of = {name: periods_in_year(name, self.answer.assumptions) for name in set(self.rows["period"].dropna())}
        times = [of.get(name, NO_PERIODS) for name in self.rows["period"]]
        found = f"VLOOKUP({{period}},'Periods'!$A${periods.first}:$B${periods.last},2,FALSE)"
        yield Column("times", "Periods a year", times, f'IF({{period}}="",0,{found})')
        yield Column("student_minutes", "Student minutes a year", lines.student_minutes[order], STUDENT_MINUTES)
        yield Column(
            "member_minutes",
            "This student's minutes in the group",
            _member_values(lines, order, self.group),
            lambda row: MEMBER_MINUTES if row in blocks else None,
        )
        yield Column(
            "therapist_minutes",
            "Therapist minutes a year",
            lines.therapist_minutes[order],
            lambda row: SHARE_OF_GROUP if row in blocks else SHARE_BY_SIZE,
        )
        direct = np.where(lines.is_consult, 0, lines.therapist_minutes)[order]
        yield Column("direct_minutes", "of these direct", direct, WHERE_DIRECT.format("{therapist_minutes}"))
        yield Column("visits", "Sessions a year", lines.visits[order], VISITS)
        yield Column("sessions_year", "of these direct", lines.sessions[order], WHERE_DIRECT.format("{visits}"))

    def _owed(self) -> Iterator[Column]:
        """Minutes owed, and what they take a week until they are due."""
        owed = self.rows["compensatory_minutes"].fillna(0).to_numpy()
        due = [None if pd.isna(day) else day.date() for day in self.rows["compensatory_due"]]
        weeks_until = self.answer.demand.weeks_until
        yield Column("owed_minutes", "Minutes owed", np.where(owed > 0, owed, np.nan))
        yield Column("owed_due", "Owed minutes due", due, number=DAY)
        yield Column(
            "makeup_minutes",
            "Make-up minutes a week",
            [each / weeks_until(by) if each else None for each, by in zip(owed, due, strict=True)],
            lambda row: MAKEUP if owed[row - FIRST_ROW] else None,
        )

    def _counted_once(self) -> Iterator[Column]:
        """What lets a sum count each student once."""
        unsized = self.lines.group_size_unknown[self.order].astype(int)
        yield Column("unsized", "Group without a size (1 = yes)", unsized, number=WHOLE, fixed=True)
        for name, heading, other in (
            ("of_person", "First line of this student with this therapist", self.therapist),
            ("of_school", "First line of this student in this school", self.school),
            ("of_district", "First line of this student", np.zeros(len(self.order), int)),
        ):
            yield Column(name, heading, _first(self.student, other), number=WHOLE)


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
    plans = people.plans

    def moves(row: int) -> str | None:
        """Each school but the busiest is a move for each session there, at most one a week. A day plan has its own."""
        return None if row == FIRST_ROW + count - 1 or plans[row - FIRST_ROW] else MOVES

    def summed(table: Table, column: str, row: int) -> str:
        return tables["Pairs"].sum(column, therapist_no=table.cell("no", row))

    roles = [*("OTA" if ota else "OT" for ota in people.is_ota[:-1]), None]
    present = np.append(people.in_post[:-1], False).astype(int)
    has_plan = [int(bool(plan)) for plan in plans]
    names = [labels.get(name, name) for name in demand.therapists]
    columns = (
        Column("no", "No.", np.arange(1, count + 1), number=WHOLE),
        Column("therapist", "Therapist", names, number=TEXT, fixed=True),
        Column("role", "Role", roles, number=TEXT, fixed=True),
        Column("fte", "Contract FTE, as given", people.fte),
        Column("hours_per_week", "Contract hours, as given", people.hours_per_week),
        Column("in_post", "In post on this date (1 = yes)", people.in_post.astype(int), number=WHOLE),
        Column("on_leave", "On leave on this date (1 = yes)", people.on_leave.astype(int), number=WHOLE),
        Column("present", "Counts as a person (1 = yes)", present, number=WHOLE),
        Column("travel_minutes", "Known travel minutes a week", people.travel_minutes),
        Column("moves", "Moves of unknown length a week", people.moves, moves),
        Column("otas", "OTAs supervised", people.otas_supervised, number=WHOLE),
        Column("named_duty_hours", "Named duty hours a week", people.named_duty_hours),
        Column("mtss_hours", "MTSS hours a week", people.mtss_hours),
        Column("base_school_no", "Base school no.", base, number=WHOLE),
        Column("has_plan", "Has a day plan (1 = yes)", has_plan, number=WHOLE),
        Column("contracted_fte", "Contracted FTE", staffing.contracted_fte, CONTRACTED),
        Column("available_hours", "Available hours a week", staffing.available_hours, AVAILABLE),
        Column("service_hours", "Service hours over all schools", service, "{Sum:from_rows_hours}"),
        Column("placed_hours", "of these in a school", placed, "{Sum:placed_hours}"),
    )
    every = {"Sum": summed, "Pairs": lambda _, column, row: tables["Pairs"].range(column)}
    return Table("People", columns, count, every)


def _service_sums(answer: Answer) -> tuple[np.ndarray, np.ndarray]:
    """(service hours that follow from rows, the same where there is a school) of each person, shapes (P,)."""
    staffing, demand = answer.staffing, answer.demand
    service = staffing.hours[:, : len(FROM_FEATURES)].sum(axis=1)
    return staffing.by_person(service), staffing.by_person(
        np.where(demand.school < len(demand.schools) - 1, service, 0.0)
    )


def students_table(answer: Answer, labels: Mapping[str, str], services: Table) -> Table:
    """One row per student or Evaluations row with its counts a year."""
    demand, events = answer.demand, answer.demand.events
    table = answer.events

    def of_plan(plan: str, without: str = "") -> Callable[[int], str | None]:
        """The OT's part where a line of the student is under that plan and none under the other; a row of the
        Evaluations sheet has no plan.
        """

        def formula(row: int) -> str | None:
            if events.from_sheet[row - FIRST_ROW]:
                return None
            student = events.student[row - FIRST_ROW] + 1
            mine, other = (
                f'COUNTIFS({services.range("student_no")},{student},{services.range("plan")},"{one}")'
                for one in (plan, without)
            )
            here = f"AND({mine}>0,{other}=0)" if without else f"{mine}>0"
            return f"IF({here},{{part}},0)"

        return formula

    return Table(
        "Students",
        (
            Column("student", "Student (pseudonym)", table["student"].tolist(), number=TEXT, fixed=True),
            Column("file", "File", table["file"].tolist(), number=TEXT, fixed=True),
            Column("sheet", "Sheet", table["sheet"].tolist(), number=TEXT, fixed=True),
            Column("row", "Row", table["row"].tolist(), number=WHOLE, fixed=True),
            Column("therapist_no", "OT no.", events.therapist + 1, number=WHOLE),
            Column(
                "therapist",
                "OT who answers",
                [labels.get(demand.therapists[at], demand.therapists[at]) for at in events.therapist],
                number=TEXT,
                fixed=True,
            ),
            Column("school_no", "School no.", events.school + 1, number=WHOLE),
            Column("school", "School", [demand.schools[at] for at in events.school], number=TEXT, fixed=True),
            Column("part", "Part of it that is this OT's", events.part),
            Column("initial", "Initial evaluations listed", events.initial),
            Column("reevaluation", "Re-evaluations listed or dated", events.reevaluation),
            Column("students_initial", "Initial evaluation at the assumed rate", events.students_initial),
            Column("students_reevaluation", "Re-evaluation at the assumed rate", events.students_reevaluation),
            Column("iep", "Student with an IEP", events.iep, of_plan("IEP")),
            Column("plan_504", "Student with a 504 plan and no IEP", events.plan_504, of_plan("504", without="IEP")),
        ),
        len(table),
    )
