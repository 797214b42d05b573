"""The sheet Pairs: one row per therapist and school, from summed minutes and counts to hours by activity and FTE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.report.audit.sheet_writer import TEXT, WHOLE, Column, Table
from workload.work.activities import BY_CODE, CODES, FROM_FEATURES
from workload.work.pair_sums import FEATURES

# In the text of a formula {P:column} is a cell of the person's row, {Sheet:column} the sum over the rows of that sheet that
# are of this therapist and school.
SUMMED = {  # feature -> formula, heading
    "direct_minutes": ("{Services:direct_minutes}", "Direct minutes a year"),
    "consult_minutes": ("{Services:therapist_minutes}-{direct_minutes}", "Consult minutes a year"),
    "makeup_minutes": ("{Services:makeup_minutes}", "Make-up minutes a week"),
    "sessions": ("{Services:sessions_year}", "Direct sessions a year"),
    "initial": ("{Students:initial}", "Initial evaluations"),
    "reevaluation": ("{Students:reevaluation}", "Re-evaluations"),
    "students_initial": ("{Students:students_initial}", "Students at the assumed rate, initial"),
    "students_reevaluation": ("{Students:students_reevaluation}", "Students at the assumed rate, re-evaluation"),
    "iep": ("{Students:iep}", "Students with an IEP"),
    "plan_504": ("{Students:plan_504}", "Students with a 504 plan and no IEP"),
}
INITIALS = "({initial}+{students_initial}*evaluations_initial_per_student)"
AGAIN = "({reevaluation}+{students_reevaluation}*reevaluations_per_student)"
SERVICE_FORMULAS = {
    "direct": "{direct_minutes}/instructional_weeks/minutes_per_hour",
    "consult": "{consult_minutes}/instructional_weeks/minutes_per_hour",
    "makeup": "{makeup_minutes}/minutes_per_hour",
    "documentation": "{sessions}*documentation_minutes_per_session/minutes_per_hour/instructional_weeks",
    "on_behalf": "{direct_hours}*on_behalf_ratio",
    "evaluation_initial": INITIALS + "*evaluation_initial_hours/contract_weeks",
    "reevaluation": AGAIN + "*reevaluation_hours/contract_weeks",
    "meeting": "(({iep}+"
    + INITIALS
    + "+"
    + AGAIN
    + "*reevaluation_own_meeting_share)*meeting_hours+{plan_504}*meeting_504_hours)/contract_weeks",
    "progress_report": "{iep}*progress_reports_per_year*progress_report_hours/contract_weeks",
}
WHOLE_WEEK = "({from_rows_hours}+{mtss_hours})/(1-category_share)"
OTHER_FORMULAS = {
    "planning": WHOLE_WEEK + "*planning_share",
    "staff_time": WHOLE_WEEK + "*staff_time_share+{share}*staff_time_hours_per_person*{P:present}",
    "mtss": "{share}*{P:mtss_hours}",
    "travel": "{share}*({P:travel_minutes}+{P:moves}*travel_minutes_per_move)/minutes_per_hour",
    "supervision": "{share}*{P:otas}*supervision_hours_per_ota",
    "named_duty": "{share}*{P:named_duty_hours}",
}
FORMULA_OF = {**SERVICE_FORMULAS, **OTHER_FORMULAS}


def hours_column(code: str) -> str:
    """The name of an activity's hours column; a feature is called reevaluation as well."""
    return f"{code}_hours"


def pairs_table(answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> Table:
    """K rows in the order of the library's cells; the pair without a school has the last school number."""
    return _Pairs(answer, labels, tables).table


def _of_person(people: Table, pairs: Table, column: str, row: int) -> str:
    return people.at(column, pairs.cell("therapist_no", row))


def _of_pair(sheet: Table, pairs: Table, column: str, row: int) -> str:
    """The sum over another sheet's rows of the same therapist and school."""
    return sheet.sum(column, therapist_no=pairs.cell("therapist_no", row), school_no=pairs.cell("school_no", row))


class _Pairs:
    """The sheet and its columns, group by group from left to right."""

    def __init__(self, answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> None:
        self.answer, self.labels = answer, labels
        self.demand, self.staffing = answer.demand, answer.staffing
        self.no_school = len(self.demand.schools) - 1
        self.service = self.staffing.hours[:, : len(FROM_FEATURES)].sum(axis=1)
        self.at_base = _at_base(answer)
        columns = (
            *self._who(),
            *self._from_rows(),
            *map(self._hours, FROM_FEATURES),
            *self._shares(),
            *map(self._hours, CODES[len(FROM_FEATURES) :]),
            *self._totals(),
        )
        elsewhere = {name: partial(_of_pair, tables[name]) for name in ("Services", "Students")}
        self.table = Table(
            "Pairs", columns, len(self.demand.therapist), {"P": partial(_of_person, tables["People"]), **elsewhere}
        )

    def _who(self) -> Iterator[Column]:
        demand = self.demand
        names = [self.labels.get(demand.therapists[at], demand.therapists[at]) for at in demand.therapist]
        yield Column("therapist_no", "Therapist no.", demand.therapist + 1, number=WHOLE)
        yield Column("therapist", "Therapist", names, number=TEXT, fixed=True)
        yield Column("school_no", "School no.", demand.school + 1, number=WHOLE)
        yield Column("school", "School", [demand.schools[at] for at in demand.school], number=TEXT, fixed=True)
        yield Column("planned", "Share of the person's day plan", demand.planned)

    def _from_rows(self) -> Iterator[Column]:
        """Minutes and counts of the pair's rows."""
        demand = self.demand
        for name, values, heading in (
            ("student_minutes", demand.student_minutes, "Student minutes a year"),
            ("therapist_minutes", demand.therapist_minutes, "Therapist minutes a year"),
        ):
            yield Column(name, heading, values, f"{{Services:{name}}}")
        trips = self._where_a_school("MIN(1,({Services:visits})/instructional_weeks)")
        yield Column("trips", "Days a week at the school, by its sessions", _trips(self.answer), trips)
        for name in FEATURES:
            text, heading = SUMMED[name]
            yield Column(name, heading, demand.features[:, FEATURES.index(name)], text)

    def _where_a_school(self, text: str) -> str:
        """The formula, 0 in the rows of No school."""
        return f"IF({{school_no}}={self.no_school + 1},0,{text})"

    def _hours(self, code: str) -> Column:
        values = self.staffing.hours[:, CODES.index(code)]
        return Column(hours_column(code), f"{BY_CODE[code].label}, hours a week", values, FORMULA_OF[code])

    def _shares(self) -> Iterator[Column]:
        """What comes from rows alone, and by it the pair's part of what the person does for all schools together."""
        first, last = hours_column(FROM_FEATURES[0]), hours_column(FROM_FEATURES[-1])
        placed = np.where(self.demand.school < self.no_school, self.service, 0.0)
        base = f"IF({{P:base_school_no}}=0,{self.no_school + 1},{{P:base_school_no}})"
        yield Column("from_rows_hours", "Service hours from rows", self.service, f"SUM({{{first}}}:{{{last}}})")
        yield Column("placed_hours", "of these in a school", placed, self._where_a_school("{from_rows_hours}"))
        yield Column(
            "at_base", "At the base school (1 = yes)", self.at_base.astype(int), f"IF({{school_no}}={base},1,0)", WHOLE
        )
        yield Column(
            "share",
            "Share of the person's own hours",
            _share(self.answer, placed, self.at_base),
            "IF({P:placed_hours}>0,{placed_hours}/{P:placed_hours},{at_base})",
        )

    def _totals(self) -> Iterator[Column]:
        """Workload and FTE, needed and there."""
        demand, staffing = self.demand, self.staffing
        workload = staffing.hours.sum(axis=1)
        parts = ["from_rows_hours", *map(hours_column, CODES[len(FROM_FEATURES) :])]
        has_plan = [bool(demand.people.plans[at]) for at in demand.therapist]
        yield Column("workload_hours", "Workload, hours a week", workload, "+".join(f"{{{part}}}" for part in parts))
        yield Column("required_fte", "Required FTE", workload / staffing.full_week, "{workload_hours}/hours_per_week")
        yield Column(
            "time_share",
            "Share of the person's time",
            np.where(has_plan, demand.planned, _share(self.answer, self.service, self.at_base)),
            "IF({P:has_plan}=1,{planned},IF({P:service_hours}>0,{from_rows_hours}/{P:service_hours},{at_base}))",
        )
        yield Column(
            "available_fte", "Available FTE", staffing.available_fte, "{time_share}*{P:available_hours}/hours_per_week"
        )


def _trips(answer: Answer) -> np.ndarray:
    """(K,) sessions a week of each pair, at most one; none where there is no school."""
    demand, lines = answer.demand, answer.demand.lines
    last = len(demand.schools) - 1
    therapist = np.where(lines.therapist == MISSING, len(demand.therapists) - 1, lines.therapist)
    school = np.where(lines.school == MISSING, last, lines.school)
    place = np.searchsorted(demand.therapist * (last + 1) + demand.school, therapist * (last + 1) + school)
    visits = np.bincount(place, lines.visits, minlength=len(demand.school)) / demand.weeks
    return np.where(demand.school < last, np.minimum(1.0, visits), 0.0)


def _at_base(answer: Answer) -> np.ndarray:
    """(K,) whether the pair stands at its person's base school, No school where there is none."""
    demand = answer.demand
    base = demand.people.base_school[demand.therapist]
    return demand.school == np.where(base < 0, len(demand.schools) - 1, base)


def _share(answer: Answer, amount: np.ndarray, at_base: np.ndarray) -> np.ndarray:
    """(K,) each pair's share of its person's amount; all at the base where there is none."""
    demand = answer.demand
    of_person = answer.staffing.by_person(amount)[demand.therapist]
    return np.divide(amount, of_person, out=at_base.astype(float), where=of_person > 0)
