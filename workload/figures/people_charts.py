"""Neutral codes for people, in the order in which every page and file has them."""

from __future__ import annotations

import pandas as pd

from workload.model.roster import UNASSIGNED


def codes_for(therapists: pd.DataFrame) -> dict[str, str]:
    """A neutral code for each person in the order of the table: "OT 1", "OT 2", "OTA 1"."""
    numbered: dict[str | None, int] = {}
    codes = {}
    for name, role in zip(therapists["therapist"], therapists["role"], strict=True):
        if name == UNASSIGNED:
            continue
        numbered[role] = numbered.get(role, 0) + 1
        codes[name] = f"{role} {numbered[role]}"
    return codes
