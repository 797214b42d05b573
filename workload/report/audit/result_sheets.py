"""The sheets Therapists, Schools and District: sums of the pairs, and FTE."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from workload.answer import Answer
from workload.model.units import hours
from workload.report.audit.pair_sheet import hours_column
from workload.report.audit.sheet_writer import FIRST_ROW, NUMBER, SHARE, TEXT, WHOLE, Book, Column, Table
from workload.report.indicators import PLANNED_USE
from workload.staffing.ratios import ratio
from workload.work.activities import ACTIVITIES, CODES

OF_POSTS = frozenset(  # what rests on who is in post; while nobody has said so these columns stay empty
    {
        *("contracted_fte", "available_fte", "available_hours", "utilization", "gap_fte", "shortfall_fte"),
        *("shortfall_total_fte", "minutes_at_risk", "student_minutes_at_risk"),
    }
)


def _summed(table: Callable[[], Table], tables: Mapping[str, Table], key: str):
    """Formula of a column that adds up the pairs of a row's number."""
    return lambda column: lambda row: tables["Pairs"].sum(column, **{key: table().cell("no", row)})


def _result(
    answer: Answer,
    tables: Mapping[str, Table],
    name: str,
    key: str,
    names: Sequence[str],
    by,
    counted: str,
    caseload: np.ndarray,
    extra: Callable[[Callable[[], Table]], Sequence[Column]],
) -> Table:
    """A table of sums with gap and shortfall, of persons or of schools."""
    demand, staffing = answer.demand, answer.staffing
    table: Table
    summed = _summed(lambda: table, tables, key)
    activity = by(staffing.hours)
    workload = activity.sum(axis=1)
    available = by(staffing.available_fte) if key == "school_no" else staffing.available_hours / staffing.full_week
    gap = available - workload / staffing.full_week

    def at(text: str) -> Callable[[int], str]:
        def formula(row: int) -> str:
            made = text
            for column in sorted(table.place, key=len, reverse=True):
                made = made.replace("{" + column + "}", table.cell(column, row))
            return made

        return formula

    available_formula = at("{available_hours}/hours_per_week") if key == "therapist_no" else summed("available_fte")
    table = Table(
        name,
        (
            Column("no", "No.", np.arange(1, len(names) + 1), number=WHOLE),
            Column("name", name[:-1], list(names), number=TEXT, fixed=True),
            Column(
                "caseload",
                "Caseload (distinct students)",
                caseload,
                lambda row: tables["Services"].sum(counted, **{key: table.cell("no", row)}),
                WHOLE,
            ),
            Column(
                "student_hours",
                "Student hours a week",
                hours(by(demand.student_minutes)) / demand.weeks,
                lambda row: f"{summed('student_minutes')(row)}/minutes_per_hour/instructional_weeks",
            ),
            Column(
                "therapist_hours",
                "Therapist hours a week in plans",
                hours(by(demand.therapist_minutes)) / demand.weeks,
                lambda row: f"{summed('therapist_minutes')(row)}/minutes_per_hour/instructional_weeks",
            ),
            *(
                Column(
                    hours_column(one.code),
                    f"{one.label}, hours a week",
                    activity[:, at_],
                    summed(hours_column(one.code)),
                )
                for at_, one in enumerate(ACTIVITIES)
            ),
            Column(
                "workload_hours",
                "Workload, hours a week",
                workload,
                lambda row: (
                    f"SUM({table.cell(hours_column(CODES[0]), row)}:{table.cell(hours_column(CODES[-1]), row)})"
                ),
            ),
            *extra(lambda: table),
            Column(
                "required_fte", "Required FTE", workload / staffing.full_week, at("{workload_hours}/hours_per_week")
            ),
            Column("available_fte", "Available FTE", available, available_formula),
            Column("gap_fte", "Gap FTE (negative is short)", gap, at("{available_fte}-{required_fte}")),
            Column("shortfall_fte", "Shortfall FTE", np.maximum(0, -gap), at("MAX(0,-{gap_fte})")),
        ),
        len(names),
    )
    return table


def therapists_table(answer: Answer, labels: Mapping[str, str], tables: Mapping[str, Table]) -> Table:
    """One row per person, Unassigned last."""
    demand, staffing = answer.demand, answer.staffing

    def extra(table: Callable[[], Table]) -> Sequence[Column]:
        def of(column: str) -> Callable[[int], str]:
            return lambda row: tables["People"].at(column, table().cell("no", row))

        def risk(row: int) -> str:
            student, therapist, work, there = (
                table().cell(name, row)
                for name in ("student_hours", "therapist_hours", "workload_hours", "available_hours")
            )
            return (
                f"IF({therapist}=0,0,MIN({student}*minutes_per_hour,MAX(0,{work}-{there})*minutes_per_hour*"
                f"{student}/{therapist}))"
            )

        return (
            Column("available_hours", "Available hours a week", staffing.available_hours, of("available_hours")),
            Column("contracted_fte", "Contracted FTE", staffing.contracted_fte, of("contracted_fte")),
            Column(
                "utilization",
                "Workload over available hours",
                ratio(staffing.workload, staffing.available_hours),
                lambda row: (
                    f"IF({table().cell('available_hours', row)}>0,{table().cell('workload_hours', row)}/"
                    f'{table().cell("available_hours", row)},"")'
                ),
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
        "of_person",
        demand.caseload_of_person,
        extra,
    )


def schools_table(answer: Answer, tables: Mapping[str, Table]) -> Table:
    """One row per school, No school last."""
    demand = answer.demand
    return _result(
        answer,
        tables,
        "Schools",
        "school_no",
        demand.schools,
        answer.staffing.by_school,
        "of_school",
        demand.caseload_of_school,
        lambda table: (),
    )


def write_district(book: Book, answer: Answer, tables: Mapping[str, Table]) -> dict[str, int]:
    """The district's figures under each other; returns the row of each."""
    row_of = answer.district
    people, services = tables["Therapists"], tables["Services"]
    lines: list[tuple[str, str, object, str | None, str]] = [
        ("caseload", "Caseload (distinct students)", row_of["caseload"], services.sum("of_district"), WHOLE),
        (
            "service_lines",
            "Service lines in force",
            row_of["service_lines"],
            f"COUNT({services.range('student_no')})",
            WHOLE,
        ),
        *(
            (name, label, row_of[name], people.sum(name), NUMBER)
            for name, label in (
                ("student_hours", "Student hours a week"),
                ("therapist_hours", "Therapist hours a week in plans"),
            )
        ),
        *(
            (
                hours_column(one.code),
                f"{one.label}, hours a week",
                row_of[hours_column(one.code)],
                people.sum(hours_column(one.code)),
                NUMBER,
            )
            for one in ACTIVITIES
        ),
        *(
            (name, label, row_of[name], people.sum(name), NUMBER)
            for name, label in (
                ("workload_hours", "Workload, hours a week"),
                ("available_hours", "Available hours a week"),
                ("required_fte", "Required FTE"),
                ("contracted_fte", "Contracted FTE"),
                ("available_fte", "Available FTE"),
            )
        ),
        (
            "utilization",
            "Capacity used (workload over available)",
            row_of["utilization"],
            'IF({available_hours}>0,{workload_hours}/{available_hours},"")',
            SHARE,
        ),
        ("gap_fte", "Gap FTE (negative is short)", row_of["gap_fte"], "{available_fte}-{required_fte}", NUMBER),
        ("shortfall_fte", "Shortfall FTE", row_of["shortfall_fte"], "MAX(0,-{gap_fte})", NUMBER),
        (
            "shortfall_total_fte",
            "Shortfall FTE of those who are short",
            row_of["shortfall_total_fte"],
            people.sum("shortfall_fte"),
            NUMBER,
        ),
        (
            "student_minutes_at_risk",
            "Estimated student minutes at risk a week",
            row_of["student_minutes_at_risk"],
            people.sum("minutes_at_risk"),
            NUMBER,
        ),
        (
            "required_fte_planned",
            f"Required FTE when {PLANNED_USE:.0%} of each contract is planned",
            row_of["required_fte"] / PLANNED_USE,
            f"{{required_fte}}/{PLANNED_USE}",
            NUMBER,
        ),
        ("required_fte_p10", "Required FTE, low end of the range (drawn, not live)", answer.range.p10, None, NUMBER),
        ("required_fte_p90", "Required FTE, high end of the range (drawn, not live)", answer.range.p90, None, NUMBER),
    ]
    sheet = book.sheet(
        "District", "District", "Sums over everybody. The range was drawn by the library when this was written."
    )
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 1, 16)
    row_at = {name: FIRST_ROW + at for at, (name, *_) in enumerate(lines)}
    for name, label, value, formula, number in lines:
        row = row_at[name]
        sheet.write_string(row - 1, 0, label)
        shown = value if value == value else ""
        if formula is None:
            sheet.write(row - 1, 1, shown, book.format(number, False))
            continue
        if name in OF_POSTS and not answer.posts_known:
            sheet.write_string(row - 1, 1, "not shown", book.format(TEXT, True))
            continue
        for other, place in row_at.items():
            formula = formula.replace("{" + other + "}", f"$B${place}")
        sheet.write_formula(row - 1, 1, "=" + formula, book.format(number, True), shown)
    return row_at
