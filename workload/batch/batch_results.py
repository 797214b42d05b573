"""The districts of a run beside each other: figures, rates, what may be compared and why not, and the files of it.

Figures are those of each district by itself, unrounded. Nothing speaks of fewer students than the smallest count: such a
district has its status and no figure, and totals are over the districts that are shown, so none is found by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from workload import METHOD, METHOD_DATE, __version__
from workload.batch.one_district import COUNTS, DENOMINATORS, FIGURES, NO_ANSWER, PLACE, Outcome
from workload.model.whole_file import write_together
from workload.premises.records import FINAL, NEED_ONLY, PROVISIONAL
from workload.report.open_tables import as_parquet
from workload.report.table_files import as_xlsx
from workload.rules.benchmarks import benchmarks

RESULTS, SUMMARY = "results.parquet", "summary.xlsx"
STATUSES = (FINAL, PROVISIONAL, NEED_ONLY, NO_ANSWER)
STATUS_WORDS = {
    FINAL: "no premise is open",
    PROVISIONAL: "a premise is open: see the sheet Premises",
    NEED_ONLY: "nobody has said who is in post: there is a need and no gap",
    NO_ANSWER: "the sentence says why, and what to do",
}
SPREAD = ("required_fte_p10", "required_fte_p90")
ROWS = ("rows_read", "rows_counted", "rows_unreadable", "rows_waiting", "questions_open", "findings")
PER_1000 = {"required_per_1000": "required_fte", "available_per_1000": "available_fte", "gap_per_1000": "gap_fte"}
TEXT = ("district", "status", "state", "day", "not_comparable", "published_band", "open_premises", "sentence", "remedy")
COLUMNS = (
    *("district", "status", "state", "day", *COUNTS, *FIGURES, *SPREAD, *DENOMINATORS, *PER_1000, "students_per_fte"),
    *PLACE,
    *("published_band", "not_comparable", "open_premises", "withheld", *ROWS, "sentence", "remedy"),
)
PREMISE_WORDS = {
    "posts": "who is in post",
    "standards": "standards of time that are examples",
    "age": "the age of the file",
    "calendar": "the instructional weeks",
    "columns": "the meaning of a column",
    "discipline": "which services are occupational therapy",
    "evaluations": "evaluations",
    "exits": "students who left",
    "leaves": "leaves",
    "orphans": "evaluations of students without a line",
    "questions": "questions about the file",
    "renewals": "lines past their review",
    "vacancies": "vacant posts",
}
# Published figures of students for each OT post, and of OTs for each 1,000 students with disabilities.
STUDENTS_PER_FTE = (
    "lexington-students-per-fte",
    "nc-district-students-per-fte",
    "colorado-caseload",
    "survey-caseload-band",
)
PER_1000_PUBLISHED = "ot-per-1000-swd"
INSIDE, BELOW, ABOVE = "inside", "below", "above"


def published_band() -> tuple[float, float]:
    """The lowest and highest published number of students for each OT post. No standard: single districts and a survey."""
    known = [benchmarks()[id] for id in STUDENTS_PER_FTE]
    return min(one.value for one in known), max(one.high or one.value for one in known)


def summary_table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """One row a district in the order of the run, with the columns of `COLUMNS`."""
    rows: dict[str, pd.Series] = {}
    for name in COLUMNS:
        values = [one.get(name) for one in outcomes]
        if name in TEXT:
            rows[name] = pd.Series([value or None for value in values], dtype=object)
        elif name == "withheld":
            rows[name] = pd.Series([bool(value) for value in values], dtype=bool)
        else:
            rows[name] = pd.Series([np.nan if value is None else value for value in values], dtype=float)
    table = pd.DataFrame(rows)
    for name, figure in PER_1000.items():
        table[name] = table[figure] / table["students_with_disabilities"] * 1000
    table["students_per_fte"] = table["caseload"] / table["available_fte"].where(table["available_fte"] > 0)
    low, high = published_band()
    table["published_band"] = [
        None if ratio != ratio else BELOW if ratio < low else ABOVE if ratio > high else INSIDE
        for ratio in table["students_per_fte"]
    ]
    table["open_premises"] = [
        "; ".join(
            PREMISE_WORDS.get(each["id"], each["id"]) for each in one.get("premises") or () if each["state"] == "open"
        )
        or None
        for one in outcomes
    ]
    table["not_comparable"] = [_not_comparable(row) or None for row in table.to_dict("records")]
    return table


def _not_comparable(row: dict) -> str:
    """Why a district's rates cannot stand beside those of others; empty where they can."""
    if row["status"] == NO_ANSWER:
        return "no answer"
    if row["withheld"]:
        return "few students: its figures are not shown"
    reasons = []
    if row["status"] == NEED_ONLY:
        reasons.append("nobody has said who is in post")
    if row["students_with_disabilities"] != row["students_with_disabilities"]:
        reasons.append("the number of its students with disabilities is not given")
    return "; ".join(reasons)


def premises_table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """One row for each premise of each district that is open or assumed, with the span of the need that hangs on it."""
    rows = [
        {
            "district": one["district"],
            "premise": PREMISE_WORDS.get(each["id"], each["id"]),
            "state": each["state"],
            "required_fte": one.get("required_fte"),
            "required_fte_low": each["required_fte_low"],
            "required_fte_high": each["required_fte_high"],
        }
        for one in outcomes
        for each in one.get("premises") or ()
    ]
    names = ["district", "premise", "state", "required_fte", "required_fte_low", "required_fte_high"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[3:], float))


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """Districts by status, and sums over the districts whose figures are shown."""
    counts = Counter(table["status"])
    shown = table[table["required_fte"].notna()]
    posts = shown[shown["available_fte"].notna()]
    rows = [(f"districts: {status}", float(counts[status]), STATUS_WORDS[status]) for status in STATUSES]
    rows += [
        ("required FTE", float(shown["required_fte"].sum()), f"{len(shown)} districts whose figures are shown"),
        ("available FTE", float(posts["available_fte"].sum()), f"{len(posts)} of them that say who is in post"),
        (
            "gap FTE",
            float(posts["gap_fte"].sum()),
            f"the same districts, {int((posts['status'] == PROVISIONAL).sum())} of them provisional; available minus required, "
            "negative is short",
        ),
    ]
    return pd.DataFrame(rows, columns=["what", "value", "meaning"])


def summary_lines(table: pd.DataFrame) -> list[str]:
    """What a terminal says at the end of a run."""
    counts = Counter(table["status"])
    return [
        f"{len(table):,} districts: "
        + ", ".join(f"{counts[status]:,} {status}" for status in STATUSES if counts[status])
    ]


def write_results(out: Path, outcomes: Sequence[Outcome], smallest: int, aside: Sequence[str]) -> pd.DataFrame:
    """Write the data set and the workbook, both or neither. Raises `OSError`."""
    table = summary_table(outcomes)
    about = pd.DataFrame(
        [
            ("Method", f"{METHOD} of {METHOD_DATE}, software {__version__}"),
            ("Gap", "Available minus required FTE; negative is short. Utilization is work over time available."),
            ("Small counts", f"No figure speaks of fewer than {smallest} students. Totals are over shown districts."),
            ("Per 1,000", "FTE for each 1,000 students with disabilities, where the manifest gives their number."),
            (
                "Published band",
                f"Students for each post: {published_band()[0]:g} to {published_band()[1]:g}, no standard.",
            ),
            *(("Source", f"{benchmarks()[id].label}: {benchmarks()[id].source}") for id in STUDENTS_PER_FTE),
            *(("Left aside, no workbook of a district", name) for name in aside),
        ],
        columns=["what", "meaning"],
    )
    refused = table.loc[table["status"] == NO_ANSWER, ["district", "sentence", "remedy"]]
    tables = {
        "Districts": table.drop(columns=["withheld"]),
        "Totals": totals(table),
        "Premises": premises_table(outcomes),
        "No answer": refused,
        "About": about,
    }
    write_together({out / RESULTS: as_parquet(table), out / SUMMARY: as_xlsx(tables)})
    return table
