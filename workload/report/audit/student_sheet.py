"""The sheet Students: what each student brings a year beside sessions, and the part of each OT who answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workload.answer import Answer
from workload.report.audit.sheet_writer import FIRST_ROW, TEXT, WHOLE, Column, Table


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
