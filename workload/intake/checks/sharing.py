"""One service written under two people: two rows that are alike but for the therapist.

Minutes are shared only when a person says so; each of the people then has an equal part of the sessions.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.names.split_rows import SHARED_AMOUNTS
from workload.model.coding import codes_of, repeated
from workload.model.issues import WARNING, Issue
from workload.model.words import first_few

ROWS, BOTH, SHARE = "shared-rows", "both", "share"
LISTED = 5


def alike_but_for_therapist(
    services: pd.DataFrame, answers: Mapping[str, str], students: np.ndarray
) -> tuple[pd.DataFrame, Findings]:
    """Rows that promise one student the same under two people: counted as written and told, or shared by answer.

    students  the code of each line's student
    """
    shared = _alike(services, students)
    if not shared.any():
        return services, NOTHING
    if answers.get(ROWS) == SHARE:
        key = _keys(services).loc[shared]
        people = key.groupby(list(key.columns), sort=False, dropna=False)["student"].transform("size").to_numpy()
        services = services.copy()
        for name in SHARED_AMOUNTS:
            values = services[name].to_numpy(copy=True)
            values[shared] = values[shared] / people
            services[name] = values
        return services, NOTHING
    if answers.get(ROWS) == BOTH:
        return services, NOTHING
    at = np.flatnonzero(shared)
    places = [(file, sheet, int(row)) for file, sheet, row in services.loc[at, ["file", "sheet", "row"]].to_numpy()]
    listed = first_few([row for _, _, row in places], LISTED)
    said = NOTHING + Issue(
        "two-therapists",
        WARNING,
        f"{len(at):,} rows (rows {listed}) promise a student what another row promises "
        "as well, under another therapist. Both count, so if two people share one service its minutes are doubled.",
        "Answer the question about these rows, or keep one row for each service.",
        file=places[0][0],
        sheet=places[0][1],
        row=places[0][2],
        column="therapist",
    )
    return services, said + Question(
        f"phrase:{ROWS}",
        "Some rows are alike except for the therapist. Is each row a service of its own?",
        (
            (BOTH, "Yes, the student gets both"),
            (SHARE, "No, the people share one service: split its minutes equally"),
        ),
        tuple(places),
        "therapist",
        applied=BOTH,
    )


def _keys(services: pd.DataFrame) -> pd.DataFrame:
    return services.drop(
        columns=[
            "file",
            "sheet",
            "row",
            "as_written",
            "therapist",
            "iep_date",
            "reeval_date",
            "compensatory_minutes",
            "compensatory_due",
        ]
    )


def _alike(services: pd.DataFrame, students: np.ndarray) -> np.ndarray:
    """Which rows are alike but for the therapist, among rows that two people are named on. Nobody twice is no pair."""
    some = np.zeros(len(services), dtype=bool)
    at = np.flatnonzero(services["therapist"].notna().to_numpy() & services["total_minutes"].notna().to_numpy())
    at = at[repeated(students[at], *(codes_of(services[name].to_numpy()[at]) for name in ("total_minutes", "start")))]
    if not len(at):
        return some
    near = services.iloc[at]
    keys = _keys(near)
    group = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    lines = pd.DataFrame(
        {
            "group": group,
            "therapist": near["therapist"].to_numpy(),
            "row": near["row"].to_numpy(),
            "file": near["file"].to_numpy(),
            "sheet": near["sheet"].to_numpy(),
        }
    )
    counts = lines.groupby("group")["therapist"].agg(["size", "nunique"])
    # The same person twice is an exact repeat, which the calculation counts once; one row twice was shared by answer.
    again = lines[lines.duplicated(["group", "file", "sheet", "row"], keep=False)]["group"]
    several = (counts["nunique"] > 1) & (counts["nunique"] == counts["size"]) & ~counts.index.isin(again)
    some[at] = several.loc[group].to_numpy()
    return some
