"""Two snapshots of a district side by side: what changed, by school, person and activity, and for which reasons.

The way from one to the other is walked in steps, one reason at a time: the students who are new, gone or changed; who is
in post; the assumptions; what was said about premises; the day. Each step is the answer calculated again, so the steps add up to the
whole change. Both are calculated by the method of this program: that another method was in force is told, not mixed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from workload.answer import Answer
from workload.model.roster import Roster
from workload.model.words import in_words
from workload.premises.premise_list import answer_status
from workload.store.months import THIS_METHOD, Month
from workload.work.activities import CODES

FIGURES = ("required_fte", "available_fte", "gap_fte")
NEW, GONE, CHANGED, POSTS, ASSUMED, SAID, DAY = (
    "students who are new",
    "students who are gone",
    "students whose services changed",
    "who is in post, schools and travel",
    "assumptions",
    "calendar, state, and what was said about premises",
    "the day alone",
)
PLACE = ("file", "sheet", "row", "as_written")  # where a line stood, which says nothing about the service


@dataclass(frozen=True, eq=False)
class Between:
    """The change from one month to another.

    reasons     reason, students (where it is about students), and the change of each of `FIGURES`; they add up to `total`
    schools, people, activities   before, after and change of required FTE or hours, the largest change first
    notices     sentences about what the comparison cannot say
    """

    before: Month
    after: Month
    reasons: pd.DataFrame
    total: dict[str, float]
    schools: pd.DataFrame
    people: pd.DataFrame
    activities: pd.DataFrame
    notices: tuple[str, ...]


def between(before: Month, after: Month) -> Between:
    """Compare two months of one district."""
    steps, answers = _walk(before, after)
    rows = []
    for (reason, students), one, other in zip(steps, answers[:-1], answers[1:], strict=True):
        change = {name: float(other.district[name] - one.district[name]) for name in FIGURES}
        rows.append({"reason": reason, "students": students, **change})
    first, last = answers[0], answers[-1]
    return Between(
        before,
        after,
        pd.DataFrame(rows, columns=["reason", "students", *FIGURES]),
        {name: float(last.district[name] - first.district[name]) for name in FIGURES},
        _side_by_side(first.schools, last.schools, "school", "required_fte"),
        _side_by_side(first.people, last.people, "therapist", "required_fte"),
        _activities(first, last),
        tuple(_notices(before, after)),
    )


def _walk(before: Month, after: Month) -> tuple[list[tuple[str, int | None]], list[Answer]]:
    """The reasons in order, and the answer before the first and after each."""
    was, now = (_signatures(each.roster) for each in (before, after))
    new, gone = now.keys() - was.keys(), was.keys() - now.keys()
    changed = {student for student in was.keys() & now.keys() if was[student] != now[student]}
    old, last = before.roster, after.roster
    with_new = _with(old, last, old_students=was.keys(), new_students=new)
    without_gone = _with(old, last, old_students=was.keys() - gone, new_students=new)
    # From here on every student is as in the later roster: what is equal may be taken from either.
    with_changed = _with(old, last, old_students=(), new_students=now.keys())
    posts = replace(before, roster=last)
    assumed = replace(posts, assumptions=after.assumptions)
    said = replace(assumed, state=after.state, confirmed=after.confirmed, calendar=after.calendar)
    walk = [
        ("", None, before.answer),
        (NEW, len(new), replace(before, roster=with_new).answer),
        (GONE, len(gone), replace(before, roster=without_gone).answer),
        (CHANGED, len(changed), replace(before, roster=with_changed).answer),
        (POSTS, None, posts.answer),
        (ASSUMED, None, assumed.answer),
        (SAID, None, said.answer),
        (DAY, None, after.answer),
    ]
    return [(reason, students) for reason, students, _ in walk[1:]], [answer for _, _, answer in walk]


def _signatures(roster: Roster) -> dict[str, list[str]]:
    """Student -> what is owed and planned, as text; the place in the file does not count."""
    found: dict[str, list[str]] = {}
    for table in (roster.services, roster.evaluations):
        told = table.drop(columns=[name for name in PLACE if name in table.columns])
        for student, *rest in told[["student", *told.columns.drop("student")]].itertuples(index=False):
            if isinstance(student, str):
                found.setdefault(student, []).append(repr([None if each != each else str(each) for each in rest]))
    return {student: sorted(lines) for student, lines in found.items()}


def _with(old: Roster, new: Roster, old_students, new_students) -> Roster:
    """The old roster's people and places with the rows of these students from each of the two."""

    def rows(name: str) -> pd.DataFrame:
        one, other = getattr(old, name), getattr(new, name)
        kept = one[one["student"].isin(list(old_students))]
        come = other[other["student"].isin(list(new_students))]
        if not old_students:  # rows of nobody in particular go with the later roster
            come = other[other["student"].isin(list(new_students)) | other["student"].isna()]
        else:
            kept = one[one["student"].isin(list(old_students)) | one["student"].isna()]
        return pd.concat([part for part in (kept, come) if len(part)] or [one.iloc[:0]], ignore_index=True)

    services, evaluations = rows("services"), rows("evaluations")
    return replace(old, services=services, evaluations=evaluations, digest="")


def _side_by_side(before: pd.DataFrame, after: pd.DataFrame, key: str, figure: str) -> pd.DataFrame:
    joined = (
        before[[key, figure]]
        .merge(after[[key, figure]], on=key, how="outer", suffixes=("_before", "_after"))
        .rename(columns={f"{figure}_before": "before", f"{figure}_after": "after"})
    )
    joined["change"] = joined["after"].fillna(0.0) - joined["before"].fillna(0.0)
    order = joined["change"].abs().sort_values(ascending=False, kind="stable").index
    return joined.loc[order].reset_index(drop=True)


def _activities(before: Answer, after: Answer) -> pd.DataFrame:
    """Hours a week of each activity of the whole district."""
    columns = [f"{code}_hours" for code in CODES if f"{code}_hours" in before.people.columns]
    one, other = (
        pd.DataFrame({"activity": columns, "hours": [float(each.people[name].sum()) for name in columns]})
        for each in (before, after)
    )
    return _side_by_side(one, other, "activity", "hours")


def _dated(method: str) -> str:
    """The date of a method as people write it; its code says nothing to them."""
    return in_words(date.fromisoformat(method.rpartition(" ")[2]))


def _notices(before: Month, after: Month):
    if before.method != after.method or after.method != THIS_METHOD:
        yield (
            f"The snapshots were taken with the methods of {_dated(before.method)} and {_dated(after.method)}. Both are "
            f"calculated here with that of {_dated(THIS_METHOD)}, so the change holds nothing of the method; figures that were handed out then may differ."
        )
    if before.day > after.day:
        yield "The first of the two is the later one."


def trend(months: Sequence[Month]) -> pd.DataFrame:
    """One row for each month, the oldest first: day, caseload, `FIGURES`, status, and whether assumptions differ from the one before."""
    ordered = sorted(months, key=lambda each: each.day)
    answers = [each.answer for each in ordered]
    table = pd.DataFrame(
        [
            {
                "day": pd.Timestamp(each.day),
                **{name: float(each.district[name]) for name in ("caseload", *FIGURES)},
                "status": answer_status(each),
            }
            for each in answers
        ],
        columns=["day", "caseload", *FIGURES, "status"],
    )
    values = [dict(each.assumptions.values) for each in ordered]
    table["same_assumptions"] = [at == 0 or values[at] == values[at - 1] for at in range(len(values))]
    return table
