"""Two open lines of one student that may be one service: moved to another school, or changed in its minutes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.model.issues import WARNING, Issue

BOTH, NEWEST, UPPER = "both", "newest", "upper"
MOVED, CHANGED, ELSEWHERE = "moved-lines", "changed-lines", "two-schools"
LISTED = 5
PROMISE = ["student", "delivery", "setting", "plan"]
ONE_DAY = np.timedelta64(1, "D")
NEVER = np.datetime64("NaT", "s")
LONG_AGO = np.datetime64("2000-01-01", "s")
WORDS = {
    MOVED: "have open lines at two schools that begun at different times: the student may have moved",
    ELSEWHERE: "have open lines at two schools, and nothing says which is newer: the student may have moved",
    CHANGED: "have two open lines with one therapist that differ only in their minutes: one may replace the other",
}

BOTH_COUNT = (BOTH, "Yes, the student gets both")
CHOICES = {
    ELSEWHERE: (
        BOTH_COUNT,
        (NEWEST, "No, only the lower row of each student is in force"),
        (UPPER, "No, only the upper row of each student is in force"),
    )
}


def lines_open_twice(services: pd.DataFrame, answers: Mapping[str, str]) -> tuple[pd.DataFrame, Findings]:
    """The lines, with an end for the ones that a newer line has replaced, where a person has said so.

    Both lines count until then, which is told with their rows and asked once for each kind.
    """
    said = NOTHING
    for about, pairs in _pairs(services).items():
        if not len(pairs):
            continue
        answer = answers.get(about, "")
        if answer in (NEWEST, UPPER):
            services = _older_ended(services, pairs if answer == NEWEST else pairs[:, ::-1])
        elif not answer:
            said += _ask(services, about, pairs)
    return services, said


def _pairs(services: pd.DataFrame) -> dict[str, np.ndarray]:
    """Kind -> pairs of line positions (the older, the newer), shape (pairs, 2)."""
    none = np.zeros((0, 2), dtype=int)
    counted = services["total_minutes"].to_numpy() > 0
    regular = np.flatnonzero(counted & ~services["esy"].to_numpy(dtype=bool) & services["slot"].isna().to_numpy())
    lines = services.iloc[regular]
    several = lines.duplicated("student", keep=False).to_numpy()
    lines = lines[several]
    if lines.empty:
        return dict.fromkeys(WORDS, none)
    key = np.zeros(len(lines), dtype=np.int64)
    for name in PROMISE:
        codes = pd.factorize(lines[name])[0] + 1
        key = key * (codes.max() + 1) + codes
    again = pd.Series(key).duplicated(keep=False).to_numpy()
    lines, key = lines[again], key[again]
    if lines.empty:
        return dict.fromkeys(WORDS, none)
    frame = pd.DataFrame(
        {
            "key": key,
            "at": lines.index.to_numpy(),
            "school": pd.factorize(lines["school"])[0],
            "who": pd.factorize(lines["therapist"])[0],
            "group": pd.factorize(lines["group_id"])[0],
            "start": lines["start"].to_numpy(),
            "end": lines["end"].to_numpy(),
            "minutes": lines["total_minutes"].to_numpy(),
            "period": pd.factorize(lines["period"])[0],
            "row": lines["row"].to_numpy(),
        }
    ).sort_values(["key", "start", "row"], na_position="first", kind="stable")
    two = frame.merge(frame, on="key", suffixes=("", "_b"))
    two = two[two["at"] != two["at_b"]]
    later = (two["start"].isna() & two["start_b"].notna()) | (two["start"] < two["start_b"])
    same_start = (two["start"] == two["start_b"]) | (two["start"].isna() & two["start_b"].isna())
    overlap = (two["end"].isna() | two["start_b"].isna() | (two["end"] >= two["start_b"])) & (
        two["end_b"].isna() | two["start"].isna() | (two["end_b"] >= two["start"])
    )
    elsewhere = overlap & (two["school"] != two["school_b"]) & (two["school"] >= 0) & (two["school_b"] >= 0)
    moved = elsewhere & later
    undated = elsewhere & same_start & (two["row"] < two["row_b"])
    changed = (
        overlap
        & same_start
        & (two["row"] < two["row_b"])
        & (two["school"] == two["school_b"])
        & (two["who"] == two["who_b"])
        & (two["group"] == two["group_b"])
        & ((two["minutes"] != two["minutes_b"]) | (two["period"] != two["period_b"]))
    )
    return {
        name: two.loc[mask, ["at", "at_b"]].to_numpy()
        for name, mask in ((MOVED, moved), (ELSEWHERE, undated), (CHANGED, changed))
    }


def _older_ended(services: pd.DataFrame, pairs: np.ndarray) -> pd.DataFrame:
    """The older line of each pair ends the day before the newer one begins."""
    end = services["end"].to_numpy().copy()
    start = services["start"].to_numpy()
    for older, newer in pairs:
        begins = start[newer]
        end[older] = LONG_AGO if np.isnat(begins) or begins == start[older] else begins - ONE_DAY
    left = np.fmin(services["exit"].to_numpy(), np.where(end == services["end"].to_numpy(), NEVER, end))
    return services.assign(end=end, exit=left)  # an exit, too: an end alone might be a review that renews the line


def _ask(services: pd.DataFrame, about: str, pairs: np.ndarray) -> Findings:
    at = np.unique(pairs)
    lines = services.iloc[at]
    students = lines["student"].nunique()
    rows = tuple(int(row) for row in lines["row"])
    listed = ", ".join(map(str, rows[:LISTED])) + (", and more" if len(rows) > LISTED else "")
    who = "1 student" if students == 1 else f"{students:,} students"
    words = WORDS[about] if students > 1 else WORDS[about].replace("have", "has", 1)
    said = NOTHING + Issue(
        "lines-open-twice",
        WARNING,
        f"{who} {words} (rows {listed}). Both lines count.",
        "Answer the question about these rows, or give the older line an end.",
        file=lines["file"].iloc[0],
        sheet=lines["sheet"].iloc[0],
        row=rows[0],
        rows=rows,
    )
    return said + Question(
        f"file:{about}",
        f"{who} {words}. Do both lines count?",
        CHOICES.get(about, (BOTH_COUNT, (NEWEST, "No, the newer line has replaced the older one"))),
        tuple((file, sheet, int(row)) for file, sheet, row in lines[["file", "sheet", "row"]].to_numpy()),
        suggestion=NEWEST if about == MOVED else "",
        applied=BOTH,
    )
