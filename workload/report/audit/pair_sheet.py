"""The sheet Pairs: one row per therapist and school, from summed minutes and counts to hours by activity and FTE."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.report.audit.sheet_writer import TEXT, WHOLE, Column, Table
from workload.work.activities import ACTIVITIES, BY_CODE, CODES, FROM_FEATURES
from workload.work.demand import FEATURES

SUMMED = {  # feature -> sheet, column, heading
    "direct_minutes": ("Services", "direct_minutes", "Direct minutes a year"),
    "consult_minutes": ("Services", "therapist_minutes", "Consult minutes a year"),
    "makeup_minutes": ("Services", "makeup_minutes", "Make-up minutes a week"),
    "sessions": ("Services", "sessions_year", "Direct sessions a year"),
    "initial": ("Students", "initial", "Initial evaluations"),
    "reevaluation": ("Students", "reevaluation", "Re-evaluations"),
    "students_initial": ("Students", "students_initial", "Students at the assumed rate, initial"),
    "students_reevaluation": ("Students", "students_reevaluation", "Students at the assumed rate, re-evaluation"),
    "iep": ("Students", "iep", "Students with an IEP"),
    "plan_504": ("Students", "plan_504", "Students with a 504 plan and no IEP"),
}
INITIALS = "({initial}+{students_initial}*evaluations_initial_per_student)"
AGAIN = "({reevaluation}+{students_reevaluation}*reevaluations_per_student)"
SERVICE_FORMULAS = {
    "direct": "{direct_minutes}/instructional_weeks/minutes_per_hour",
    "consult": "{consult_minutes}/instructional_weeks/minutes_per_hour",
    "makeup": "{makeup_minutes}/minutes_per_hour",
    "documentation": "{sessions}*documentation_minutes_per_session/minutes_per_hour/instructional_weeks",
    "on_behalf": "{direct}*on_behalf_ratio",
    "evaluation_initial": INITIALS + "*evaluation_initial_hours/contract_weeks",
    "reevaluation_work": AGAIN + "*reevaluation_hours/contract_weeks",
    "meeting": "(({iep}+"
    + INITIALS
    + "+"
    + AGAIN
    + "*reevaluation_own_meeting_share)*meeting_hours+{plan_504}*meeting_504_hours)/contract_weeks",
    "progress_report": "{iep}*progress_reports_per_year*progress_report_hours/contract_weeks",
}
WHOLE_WEEK = "({from_rows_hours}+{mtss})/(1-category_share)"
OTHER_FORMULAS = {
    "planning": WHOLE_WEEK + "*planning_share",
    "staff_time": WHOLE_WEEK + "*staff_time_share+{share}*staff_time_hours_per_person*{P:present}",
    "mtss": "{share}*{P:mtss_hours}",
    "travel": "{share}*({P:travel_minutes}+{P:moves}*travel_minutes_per_move)/minutes_per_hour",
    "supervision": "{share}*{P:otas}*supervision_hours_per_ota",
    "named_duty": "{share}*{P:named_duty_hours}",
}
FORMULA_OF = {
    **{("reevaluation" if code == "reevaluation_work" else code): text for code, text in SERVICE_FORMULAS.items()},
    **OTHER_FORMULAS,
}


def hours_column(code: str) -> str:
    """The name of an activity's hours column; a feature is called reevaluation as well."""
    return f"{code}_hours"


def pairs_table(answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> Table:
    """K rows in the order of the library's cells; the pair without a school has the last school number."""
    demand, staffing = answer.demand, answer.staffing
    no_school = len(demand.schools)
    service = staffing.hours[:, : len(FROM_FEATURES)].sum(axis=1)
    placed = np.where(demand.school < no_school - 1, service, 0.0)
    at_base = _at_base(answer)
    table: Table

    def live(text: str) -> Callable[[int], str]:
        """The formula of a row: {column} of this sheet, {P:column} of the person."""

        def formula(row: int) -> str:
            number = table.cell("therapist_no", row)
            made = text
            for name in wanted(text):
                cell = (
                    tables["People"].at(name[2:], number) if name.startswith("P:") else table.cell(column_of(name), row)
                )
                made = made.replace("{" + name + "}", cell)
            return made

        return formula

    def column_of(name: str) -> str:
        return hours_column(name) if name in ("direct", "mtss") else name

    def summed(feature: str) -> Callable[[int], str]:
        sheet, column, _ = SUMMED[feature]

        def formula(row: int) -> str:
            where = {"therapist_no": table.cell("therapist_no", row), "school_no": table.cell("school_no", row)}
            total = tables[sheet].sum(column, **where)
            return f"{total}-{table.cell('direct_minutes', row)}" if feature == "consult_minutes" else total

        return formula

    def of_pair(column: str) -> Callable[[int], str]:
        return lambda row: tables["Services"].sum(
            column, therapist_no=table.cell("therapist_no", row), school_no=table.cell("school_no", row)
        )

    cell_share = np.where(
        [bool(demand.people.plans[at]) for at in demand.therapist], demand.planned, _share(answer, service, at_base)
    )
    table = Table(
        "Pairs",
        (
            Column("therapist_no", "Therapist no.", demand.therapist + 1, number=WHOLE),
            Column(
                "therapist",
                "Therapist",
                [labels.get(demand.therapists[at], demand.therapists[at]) for at in demand.therapist],
                number=TEXT,
                fixed=True,
            ),
            Column("school_no", "School no.", demand.school + 1, number=WHOLE),
            Column("school", "School", [demand.schools[at] for at in demand.school], number=TEXT, fixed=True),
            Column("planned", "Share of the person's day plan", demand.planned),
            Column("student_minutes", "Student minutes a year", demand.student_minutes, of_pair("student_minutes")),
            Column(
                "therapist_minutes", "Therapist minutes a year", demand.therapist_minutes, of_pair("therapist_minutes")
            ),
            Column(
                "trips",
                "Days a week at the school, by its sessions",
                _trips(answer),
                lambda row: (
                    f"IF({table.cell('school_no', row)}={no_school},0,MIN(1,({of_pair('visits')(row)})/instructional_weeks))"
                ),
            ),
            *(
                Column(name, SUMMED[name][2], demand.features[:, FEATURES.index(name)], summed(name))
                for name in FEATURES
            ),
            *(
                Column(
                    hours_column(code),
                    f"{BY_CODE[code].label}, hours a week",
                    staffing.hours[:, CODES.index(code)],
                    live(FORMULA_OF[code]),
                )
                for code in FROM_FEATURES
            ),
            Column(
                "from_rows_hours",
                "Service hours from rows",
                service,
                lambda row: (
                    f"SUM({table.cell(hours_column(FROM_FEATURES[0]), row)}:"
                    f"{table.cell(hours_column(FROM_FEATURES[-1]), row)})"
                ),
            ),
            Column(
                "placed_hours",
                "of these in a school",
                placed,
                lambda row: f"IF({table.cell('school_no', row)}={no_school},0,{table.cell('from_rows_hours', row)})",
            ),
            Column(
                "at_base",
                "At the base school (1 = yes)",
                at_base.astype(int),
                live("IF({school_no}=IF({P:base_school_no}=0," + str(no_school) + ",{P:base_school_no}),1,0)"),
                WHOLE,
            ),
            Column(
                "share",
                "Share of the person's own hours",
                _share(answer, placed, at_base),
                live("IF({P:placed_hours}>0,{placed_hours}/{P:placed_hours},{at_base})"),
            ),
            *(
                Column(
                    hours_column(one.code),
                    f"{one.label}, hours a week",
                    staffing.hours[:, CODES.index(one.code)],
                    live(FORMULA_OF[one.code]),
                )
                for one in ACTIVITIES[len(FROM_FEATURES) :]
            ),
            Column(
                "workload_hours",
                "Workload, hours a week",
                staffing.hours.sum(axis=1),
                live(
                    "{from_rows_hours}+" + "+".join(f"{{{hours_column(code)}}}" for code in CODES[len(FROM_FEATURES) :])
                ),
            ),
            Column(
                "required_fte",
                "Required FTE",
                staffing.hours.sum(axis=1) / staffing.full_week,
                live("{workload_hours}/hours_per_week"),
            ),
            Column(
                "time_share",
                "Share of the person's time",
                cell_share,
                live(
                    "IF({P:has_plan}=1,{planned},IF({P:service_hours}>0,{from_rows_hours}/{P:service_hours},{at_base}))"
                ),
            ),
            Column(
                "available_fte",
                "Available FTE",
                staffing.available_fte,
                live("{time_share}*{P:available_hours}/hours_per_week"),
            ),
        ),
        len(demand.therapist),
    )
    return table


def wanted(text: str) -> list[str]:
    """The names in braces of a formula's text, each once."""
    return list(dict.fromkeys(part.split("}")[0] for part in text.split("{")[1:]))


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
