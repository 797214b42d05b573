"""The JSON of `python -m workload analyze`, version 2. Numbers are unrounded; no value is null, never NaN."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd

from workload import METHOD, METHOD_DATE, __version__
from workload.answer import Answer
from workload.model.issues import Issue
from workload.model.roster import Roster, RowCount
from workload.model.school_year import school_year
from workload.premises.other_ends import both_rules, students_overdue
from workload.premises.premise_list import answer_status, premises_of
from workload.premises.records import Premise
from workload.report.plain_data import Data, data_of
from workload.scenarios.priced_ask import COVER, FILL, PERMANENT, PricedAsk, ask_on_both_days
from workload.staffing.ask_parts import AskParts
from workload.staffing.time_study.backcast import of_log, study_by_school_year
from workload.staffing.time_study.model_against_log import compared_people
from workload.work.activities import CODES
from workload.work.renewals import CARRY
from workload.year_ahead.evaluation_clock import clock_kept, clock_of

VERSION = 2
LOAD = (  # work, time and what comes of them, of a person as of the district
    "workload_hours",
    "available_hours",
    "utilization",
    "required_fte",
    "contracted_fte",
    "available_fte",
    "gap_fte",
    "shortfall_fte",
    "student_minutes_at_risk",
    "student_minutes_at_risk_alike",
)
FTE = ("required_fte", "available_fte", "gap_fte")


def _hours(row: pd.Series) -> dict[str, object]:
    return {code: row[f"{code}_hours"] for code in CODES}


def _fields(row: pd.Series, *names: str) -> dict[str, object]:
    return {name: row[name] for name in names}


def answer_json(answer: Answer, needed_by: date | None = None) -> dict[str, Data]:
    """The whole answer as plain data in the contract's shape and names.

    needed_by  the day by which the ask is needed: posts are paid from then on, and its own answer stands beside
    """
    return data_of(_whole(answer, needed_by))


def _whole(answer: Answer, needed_by: date | None) -> dict[str, object]:
    known = answer.roster.known
    return {
        "version": VERSION,
        "status": answer_status(answer),
        "rows_waiting": known.rows_waiting,
        "questions_open": known.questions,
        "premises": [premise_data(premise) for premise in premises_of(answer)],
        "ask": _ask_on_both_days(*ask_on_both_days(answer, needed_by)),
        "bridge": [
            {"id": step.code, "label": step.label, "kind": step.kind, "fte": step.fte} for step in answer.bridge
        ],
        "renewals": _renewals(answer),
        "evaluation_clock": _clock(answer),
        "backcast": _backcast(answer),
        "method": {"name": METHOD, "date": METHOD_DATE, "software": __version__},
        "day": answer.day,
        "state": answer.state.upper() if answer.state else None,
        "assumptions": dict(answer.assumptions.values),
        "district": _district(answer),
        "therapists": [_therapist(answer, row) for _, row in answer.therapists.iterrows()],
        "schools": [
            {
                **_fields(row, "school", "caseload"),
                "hours": _hours(row),
                **_fields(row, "workload_hours", "required_fte", "available_fte", "gap_fte", "shortfall_fte"),
            }
            for _, row in answer.schools.iterrows()
        ],
        **_members(answer),
        "methods": [
            {
                "method": one.method,
                "required_fte": {"low": one.low, "high": one.high},
                "force": one.force,
                "evidence": one.evidence,
                "source": one.source,
            }
            for one in answer.methods
        ],
        "rows": {
            "read": answer.roster.rows("read"),
            "counted": answer.rows_counted,
            "excluded": answer.excluded,
            "unreadable": answer.roster.rows("unreadable"),
        },
        "issues": [issue.as_dict() for issue in answer.issues],
    }


def _members(answer: Answer) -> dict[str, object]:
    """What each member of a cooperative uses and its part of the cost; nothing for one district alone."""
    shares = answer.members
    if shares is None:
        return {}
    between, unplanned = shares.travel_between
    return {
        "members": [
            {
                **_fields(row, "member", "caseload"),
                "hours": _hours(row),
                **_fields(row, "workload_hours", *FTE, "share_of_work", "share_of_students", "annual_cost"),
                "posts_without_cost": int(row["posts_without_cost"]),
            }
            for _, row in shares.table.iterrows()
        ],
        "allocation": shares.allocation,
        "travel_between_members_hours": between,
        "travel_without_day_plan_hours": unplanned,
    }


def premise_data(premise: Premise) -> dict[str, Data]:
    ends = {"required_fte": premise.required, "gap_fte": premise.gap}
    made = {"id": premise.id, "state": premise.state, "text": premise.text, "touches": premise.touches, **ends}
    return data_of({**made, "action": premise.action, "who": premise.who or None, "when": premise.when or None})


def _clock(answer: Answer) -> dict[str, object]:
    """The clock of a first evaluation and what became of it, for those with a day of consent."""
    kept = clock_kept(answer, clock_of(answer.state, answer.day))
    counts = {name: getattr(kept, name) for name in ("in_time", "late", "past", "running", "without")}
    return {"days": kept.clock.days, "unit": kept.clock.unit, "consents": kept.known, **counts}


def _backcast(answer: Answer) -> dict[str, object] | None:
    """What the model said and what the time log of the answer's school year holds; None without such a log."""
    part = study_by_school_year(answer.time_study).get(school_year(answer.day)[0].year)
    told = of_log(part, answer.staffing) if part is not None else None
    if part is None or told is None:
        return None
    return {
        "people": len(compared_people(part, answer.staffing)),
        "first_day": part.entries["date"].min().date(),
        "last_day": part.entries["date"].max().date(),
        "model_hours": told.model,
        "log_hours": told.seen,
        "model_less_log": told.off,
    }


def _ask_on_both_days(today: PricedAsk | None, needed: PricedAsk | None) -> dict[str, object] | None:
    """The ask of the answer's day with its money, and under `needed_by` that of the day it is needed by."""
    if today is None:
        return None
    return {**_priced(today), "needed_by": _priced(needed) if needed is not None else None}


def _priced(ask: PricedAsk) -> dict[str, object]:
    parts = [
        {
            "kind": part.kind,
            "role": part.role,
            "fte": part.fte,
            "contract_fte": part.contract_fte,
            "start_month": f"{part.start:%Y-%m}",
            "from": part.start,
            "until": part.until,
            "dollars": part.dollars,
            "rates": part.rates,
        }
        for part in ask.parts
    ]
    rates = dict.fromkeys(id for part in ask.parts for id in part.rates)
    return {
        **_ask(ask.ask),
        "day": ask.day,
        "status": ask.status,
        "required_fte": ask.required_fte,
        "available_fte": ask.available_fte,
        "gap_fte": ask.gap_fte,
        "parts": parts,
        "dollars": {kind: ask.dollars(kind) for kind in (PERMANENT, FILL, COVER)},
        "rates": {
            id: {"value": ask.rates[id], **dict(zip(("force", "source"), ask.rates.source(id), strict=True))}
            for id in rates
        },
    }


def _ask(parts: AskParts) -> dict[str, object]:
    return {
        "permanent": parts.permanent,
        "fill": parts.fill,
        "cover": [{"role": one.role, "fte": one.fte, "from": one.start, "until": one.until} for one in parts.cover],
    }


def _renewals(answer: Answer) -> dict[str, object]:
    both = both_rules(answer)
    return {
        "rule": answer.assumptions["renewals"],
        "lines": int(both[CARRY].demand.lines.renewed.sum()),
        "students_overdue": students_overdue(answer),
        "required_fte": {rule: other.district["required_fte"] for rule, other in both.items()},
    }


def _district(answer: Answer) -> dict[str, object]:
    row, spread = answer.district, answer.range
    available = row["available_fte"]
    return {
        **_fields(row, "caseload", "students_evaluation_only", "service_lines", "student_hours", "therapist_hours"),
        "hours": _hours(row),
        **_fields(row, *LOAD, "shortfall_total_fte"),
        "range": {
            "required_fte": {"p10": spread.p10, "p50": spread.p50, "p90": spread.p90},
            "gap_fte": {
                "p10": available - spread.p90,
                "p50": available - spread.p50,
                "p90": available - spread.p10,
            },
        },
        "group_size_unknown": {"required_fte": answer.unsized_groups_fte},
        "by_role": {role: _fields(values, *FTE) for role, values in answer.by_role.iterrows()},
    }


def _therapist(answer: Answer, row: pd.Series) -> dict[str, object]:
    role = None if answer.demand.people.posts_assumed else row["role"]
    return {
        "therapist": row["therapist"],
        "role": role,
        **_fields(row, "schools", "caseload"),
        "hours": _hours(row),
        **_fields(row, *LOAD),
        "range": {"required_fte": {"p10": row["required_fte_p10"], "p90": row["required_fte_p90"]}},
        "caps": [
            {"rule": cap.rule, "limit": cap.limit, "value": cap.value, "over": cap.over}
            for cap in answer.caps[row["therapist"]]
        ],
    }


def refusal_json(
    issues: Iterable[Issue], roster: Roster | None = None, counts: Iterable[RowCount] | None = None
) -> dict[str, Data]:
    """What is said without numbers: the rows by fate and the issues.

    counts  how the rows ended, where more is known than the roster's own counts
    """
    counts = (roster.row_counts if roster else ()) if counts is None else counts
    services = [count for count in counts if count.table == "services"]
    excluded = sum((Counter(count.excluded) for count in services), Counter())
    rows = {name: sum(getattr(count, name) for count in services) for name in ("read", "counted", "unreadable")}
    return data_of(
        {
            "version": VERSION,
            "method": {"name": METHOD, "date": METHOD_DATE, "software": __version__},
            "rows": {
                "read": rows["read"],
                "counted": rows["counted"],
                "excluded": excluded,
                "unreadable": rows["unreadable"],
            },
            "issues": [issue.as_dict() for issue in issues],
        }
    )
