"""Renewed or left? The students whose every line has passed its review, and what somebody has said of each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workload.answer import Answer, analyze
from workload.model.confirmations import Confirmation
from workload.work.renewals import CARRY

RENEWALS = "renewals"
RENEWED, LEFT = "renewed", "left"  # as in a map file
COLUMNS = ["student", "school", "grade", "therapist", "ended", "said"]


def said_of_students(answer: Answer) -> dict[str, str]:
    """{pseudonym: renewed or left} as somebody has said it."""
    said = answer.confirmed.get(RENEWALS)
    if said is None:
        return {}
    return {**dict.fromkeys(said.renewed, RENEWED), **dict.fromkeys(said.value, LEFT)}


def confirmation(said: Mapping[str, str], who: str, when: str) -> Confirmation | None:
    """What was said of students as it is kept; None where nothing was."""
    left, renewed = (tuple(sorted(one for one, what in said.items() if what == which)) for which in (LEFT, RENEWED))
    return Confirmation(who, when, left, renewed) if left or renewed else None


def confirmed_by_map(said: Mapping[str, str], said_by: Mapping[str, str]) -> dict[str, Confirmation]:
    """What a map file says of students, as what was confirmed; empty where it says nothing."""
    made = confirmation(said, said_by.get("who", "a map file"), said_by.get("when", ""))
    return {RENEWALS: made} if made else {}


def students_asked(answer: Answer) -> pd.DataFrame:
    """One row for each student whose every line has passed its review: `COLUMNS`, sorted by school and student.

    school, grade and therapist are those of the line that ended last; `said` is empty where nobody has said anything.
    """
    return answer.once(_asked)


def _asked(answer: Answer) -> pd.DataFrame:
    said = said_of_students(answer)
    whole = answer
    if answer.demand.left or answer.assumptions["renewals"] != CARRY:
        carry = answer.assumptions.changed({"renewals": CARRY}, "to ask about each student")
        whole = analyze(answer.roster, answer.day, carry, calendar=answer.calendar)
    lines = whole.demand.lines
    other = np.zeros(len(lines.students), bool)
    other[lines.student[~lines.renewed]] = True
    rows = whole.roster.services.iloc[lines.row[~other[lines.student]]].sort_values("end", kind="stable")
    last = rows.drop_duplicates("student", keep="last")
    table = pd.DataFrame({name: last[name].to_numpy() for name in COLUMNS[:4]})
    table["ended"] = [day.date() for day in last["end"]]
    table["said"] = [said.get(student, "") for student in table["student"]]
    return table.sort_values(["school", "student"], kind="stable").reset_index(drop=True)


def unanswered(answer: Answer) -> list[str]:
    """The students of whom nobody has said anything yet."""
    table = students_asked(answer)
    return table.loc[table["said"] == "", "student"].tolist()
