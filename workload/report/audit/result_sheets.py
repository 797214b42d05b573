"""The sheets Therapists, Schools and District: sums of the pairs, and FTE."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from workload.answer import Answer
from workload.model.units import hours
from workload.report.audit.pair_sheet import hours_column
from workload.report.audit.sheet_writer import FIRST_ROW, NAMED, NUMBER, SHARE, TEXT, WHOLE, Book, Column, Table
from workload.report.indicators import PLANNED_USE
from workload.staffing.ratios import ratio
from workload.work.activities import ACTIVITIES, CODES

UTILIZATION = 'IF({available_hours}>0,{workload_hours}/{available_hours},"")'
OF_POSTS = frozenset(  # what rests on who is in post; while nobody has said so these columns stay empty
    {
        *("contracted_fte", "available_fte", "available_hours", "utilization", "gap_fte", "shortfall_fte"),
        *("shortfall_total_fte", "minutes_at_risk", "student_minutes_at_risk"),
    }
)


def _result(
    answer: Answer,
    tables: Mapping[str, Table],
    name: str,
    key: str,
    names: Sequence[str],
    by: Callable[[np.ndarray], np.ndarray],
    counted: tuple[str, np.ndarray],
    available: tuple[np.ndarray, str],
    extra: Sequence[Column] = (),
) -> Table:
    """A table of sums with gap and shortfall, of persons or of schools.

    key        the column of the sheets Pairs and Services that holds the number of a row
    counted    the column of Services that counts a student once, and the caseloads
    available  available FTE and its formula
    """
    demand, week = answer.demand, answer.staffing.full_week
    activity = by(answer.staffing.hours)
    workload = activity.sum(axis=1)
    gap = available[0] - workload / week
    columns = (
        Column("no", "No.", np.arange(1, len(names) + 1), number=WHOLE),
        Column("name", name[:-1], list(names), number=TEXT, fixed=True),
        Column("caseload", "Caseload (distinct students)", counted[1], f"{{Services:{counted[0]}}}", WHOLE),
        *(
            Column(
                f"{whose}_hours",
                heading,
                hours(by(minutes)) / demand.weeks,
                f"{{Pairs:{whose}_minutes}}/minutes_per_hour/instructional_weeks",
            )
            for whose, heading, minutes in (
                ("student", "Student hours a week", demand.student_minutes),
                ("therapist", "Therapist hours a week in plans", demand.therapist_minutes),
            )
        ),
        *(
            Column(column, f"{one.label}, hours a week", activity[:, place], f"{{Pairs:{column}}}")
            for place, one in enumerate(ACTIVITIES)
            for column in (hours_column(one.code),)
        ),
        Column(
            "workload_hours",
            "Workload, hours a week",
            workload,
            f"SUM({{{hours_column(CODES[0])}}}:{{{hours_column(CODES[-1])}}})",
        ),
        *extra,
        Column("required_fte", "Required FTE", workload / week, "{workload_hours}/hours_per_week"),
        Column("available_fte", "Available FTE", *available),
        Column("gap_fte", "Gap FTE (negative is short)", gap, "{available_fte}-{required_fte}"),
        Column("shortfall_fte", "Shortfall FTE", np.maximum(0, -gap), "MAX(0,-{gap_fte})"),
    )

    def summed(sheet: str) -> Callable[[Table, str, int], str]:
        return lambda table, column, row: tables[sheet].sum(column, **{key: table.cell("no", row)})

    def of_person(table: Table, column: str, row: int) -> str:
        return tables["People"].at(column, table.cell("no", row))

    elsewhere = {"Pairs": summed("Pairs"), "Services": summed("Services"), "People": of_person}
    return Table(name, columns, len(names), elsewhere)


def therapists_table(answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> Table:
    """One row per person, Unassigned last."""
    demand, staffing = answer.demand, answer.staffing
    risk = (
        "IF({therapist_hours}=0,0,MIN({student_hours}*minutes_per_hour,MAX(0,{workload_hours}-{available_hours})"
        "*minutes_per_hour*{student_hours}/{therapist_hours}))"
    )
    extra = (
        *(
            Column(name, heading, values, f"{{People:{name}}}")
            for name, heading, values in (
                ("available_hours", "Available hours a week", staffing.available_hours),
                ("contracted_fte", "Contracted FTE", staffing.contracted_fte),
            )
        ),
        Column(
            "utilization",
            "Workload over available hours",
            ratio(staffing.workload, staffing.available_hours),
            UTILIZATION,
            SHARE,
        ),
        Column("minutes_at_risk", "Estimated student minutes at risk a week", staffing.minutes_at_risk, risk),
    )
    return _result(
        answer,
        tables,
        "Therapists",
        "therapist_no",
        [labels.get(name, name) for name in demand.therapists],
        staffing.by_person,
        ("of_person", demand.caseload_of_person),
        (staffing.available_hours / staffing.full_week, "{available_hours}/hours_per_week"),
        extra,
    )


def schools_table(answer: Answer, tables: Mapping[str, Table]) -> Table:
    """One row per school, No school last."""
    demand, staffing = answer.demand, answer.staffing
    return _result(
        answer,
        tables,
        "Schools",
        "school_no",
        demand.schools,
        staffing.by_school,
        ("of_school", demand.caseload_of_school),
        (staffing.by_school(staffing.available_fte), "{Pairs:available_fte}"),
    )


def _district_lines(people: Table, services: Table) -> Iterator[tuple[str, str, str | None, str]]:
    """(name, label, formula or None where it was drawn, number format) of each figure of the district."""
    yield "caseload", "Caseload (distinct students)", services.sum("of_district"), WHOLE
    yield "service_lines", "Service lines in force", f"COUNT({services.range('student_no')})", WHOLE
    for name, label in (
        ("student_hours", "Student hours a week"),
        ("therapist_hours", "Therapist hours a week in plans"),
        *((hours_column(one.code), f"{one.label}, hours a week") for one in ACTIVITIES),
        ("workload_hours", "Workload, hours a week"),
        ("available_hours", "Available hours a week"),
        ("required_fte", "Required FTE"),
        ("contracted_fte", "Contracted FTE"),
        ("available_fte", "Available FTE"),
    ):
        yield name, label, people.sum(name), NUMBER
    yield "utilization", "Capacity used (workload over available)", UTILIZATION, SHARE
    yield "gap_fte", "Gap FTE (negative is short)", "{available_fte}-{required_fte}", NUMBER
    yield "shortfall_fte", "Shortfall FTE", "MAX(0,-{gap_fte})", NUMBER
    for name, label, column in (
        ("shortfall_total_fte", "Shortfall FTE of those who are short", "shortfall_fte"),
        ("student_minutes_at_risk", "Estimated student minutes at risk a week", "minutes_at_risk"),
    ):
        yield name, label, people.sum(column), NUMBER
    planned = f"Required FTE when {PLANNED_USE:.0%} of each contract is planned"
    yield "required_fte_planned", planned, f"{{required_fte}}/{PLANNED_USE}", NUMBER
    for name, end in (("required_fte_p10", "low"), ("required_fte_p90", "high")):
        yield name, f"Required FTE, {end} end of the range (drawn, not live)", None, NUMBER


def write_district(book: Book, answer: Answer, tables: Mapping[str, Table]) -> dict[str, int]:
    """The district's figures under each other; returns the row of each."""
    values = {
        **answer.district,
        "required_fte_planned": answer.district["required_fte"] / PLANNED_USE,
        "required_fte_p10": answer.range.p10,
        "required_fte_p90": answer.range.p90,
    }
    lines = list(_district_lines(tables["Therapists"], tables["Services"]))
    sheet = book.sheet(
        "District", "District", "Sums over everybody. The range was drawn by the library when this was written."
    )
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 1, 16)
    row_at = {name: row for row, (name, *_) in enumerate(lines, FIRST_ROW)}
    for name, label, formula, number in lines:
        row, value = row_at[name], values[name]
        sheet.write_string(row - 1, 0, label)
        shown = value if value == value else ""
        if formula is None:
            sheet.write(row - 1, 1, shown, book.format(number, False))
        elif name in OF_POSTS and not answer.posts_known:
            sheet.write_string(row - 1, 1, "not shown", book.format(TEXT, True))
        else:
            formula = NAMED.sub(lambda named: f"$B${row_at[named[2]]}", formula)
            sheet.write_formula(row - 1, 1, "=" + formula, book.format(number, True), shown)
    return row_at
