"""The sentences that carry the ask, in US English. The headline is `workload.explain.headline`."""

from __future__ import annotations

from collections.abc import Sequence

from workload.model.words import count
from workload.report.ask import Ask

THE_DISTRICT, SUBJECT = "The district", "OT staffing"


def title(ask: Ask, name: str) -> str:
    """What the first slide is called."""
    name = name or THE_DISTRICT
    return f"{name} is short {ask.fte} FTE of OT time" if ask.fte else f"{name}: OT time and the work on plans"


def ask_sentence(ask: Ask) -> str:
    """ "Add 3.2 FTE of occupational therapy time by January 4, 2027 (likely 2.6 to 4.8)."."""
    if ask.withheld:
        return f"The work on plans takes {ask.required} FTE of occupational therapy time."
    if not ask.fte:
        return "No added time is asked for."
    by = f" by {ask.by}" if ask.by else ""
    likely = f" (likely {ask.low} to {ask.high})" if ask.high else ""
    return f"Add {ask.fte} FTE of occupational therapy time{by}{likely}."


def schools_sentence(ask: Ask) -> str:
    """Where most of it is missing, or for which schools it is asked; empty where no school can be named."""
    if not ask.chosen:
        named = [f"{name} ({missing})" for name, missing in ask.schools]
        where = "Of the schools whose gap is shown, most is missing at" if ask.partly else "Most is missing at"
        return f"{where} {listed(named)}." if named else ""
    named = [f"{name} (short {missing} FTE)" if missing else name for name, missing in ask.schools]
    if ask.unnamed:
        named.append(f"{count(ask.unnamed, 'school')} not shown by {'itself' if ask.unnamed == 1 else 'themselves'}")
    return f"The time is for {listed(named)}." if named else ""


def listed(parts: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
