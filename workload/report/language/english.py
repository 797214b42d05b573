"""The sentences that carry the ask, in US English. The headline is `workload.explain.headline`."""

from __future__ import annotations

from collections.abc import Sequence

from workload.model.words import count, in_words
from workload.report.ask_record import COVER, FILL, PERMANENT, Ask, Part

THE_DISTRICT, SUBJECT = "The district", "OT staffing"


def title(ask: Ask, name: str) -> str:
    """What the first slide is called."""
    name = name or THE_DISTRICT
    if not ask.posts_known:
        return f"{name}: NEED ONLY, {ask.required} FTE of OT time"
    if ask.waits:
        told = f"short {ask.short} FTE of OT time" if ask.short else "OT time and the work on plans"
        return f"{name}: PROVISIONAL, {told}"
    return f"{name} is short {ask.short} FTE of OT time" if ask.short else f"{name}: OT time and the work on plans"


def ask_sentence(ask: Ask) -> str:
    """ "Add 2.2 FTE of OT time in added posts by January 4, 2027 and 1.0 FTE of OT time as temporary cover from October 1,
    2026 until December 18, 2026 (short 3.2 FTE in all, likely 2.6 to 4.8)."
    """
    if not ask.posts_known:
        return "What to ask for cannot be said until somebody tells who is in post."
    if ask.withheld:
        return f"The work on plans takes {ask.required} FTE of occupational therapy time."
    open_ = count(ask.waits, "open premise is", "open premises are")
    if not ask.fte:
        return (
            f"Whether added time is needed cannot be said until {open_} settled."
            if ask.waits
            else "No added time is asked for."
        )
    ends = [f"short {ask.short} FTE in all"] if ask.short else []
    low = f"room for {ask.low} to short" if ask.low_is_room else f"{ask.low} to"
    ends += [f"{'' if ask.waits else 'likely '}{low} {ask.high}"] if ask.high else []
    span = f" ({', '.join(ends)})" if ends else ""
    what = listed([_part(part, f" by {ask.by}" if ask.by and part is last_post(ask) else "") for part in ask.parts])
    return f"{f'Provisionally, until {open_} settled, add' if ask.waits else 'Add'} {what}{span}."


def last_post(ask: Ask) -> Part | None:
    """The part that a date is said of: the last that is no cover, as cover has days of its own. None without one."""
    return next((part for part in reversed(ask.parts) if part.kind != COVER), None)


def _part(part: Part, by: str = "") -> str:
    """ "2.2 FTE of OT time in added posts by January 4, 2027"."""
    begin = f" from {in_words(part.start)}" if part.start else ""
    until = f" until {in_words(part.until)}" if part.until else ""
    how = {
        PERMANENT: "in added posts",
        FILL: "in posts that are budgeted and vacant",
        COVER: f"as temporary cover{begin}{until}",
    }[part.kind]
    return f"{part.fte} FTE of {part.role} time {how}{by}"


def schools_sentence(ask: Ask) -> str:
    """Where most of it is missing, or for which schools it is asked; empty where no school can be named."""
    if not ask.chosen:
        named = [f"{name} ({missing})" for name, missing in ask.schools]
        where = "of the schools whose gap is shown, most is missing at" if ask.partly else "most is missing at"
        where = f"Provisionally, {where}" if ask.waits else where[:1].upper() + where[1:]
        return f"{where} {listed(named)}." if named else ""
    named = [f"{name} (short {missing} FTE)" if missing else name for name, missing in ask.schools]
    if ask.unnamed:
        named.append(f"{count(ask.unnamed, 'school')} not shown by {'itself' if ask.unnamed == 1 else 'themselves'}")
    return f"{'Provisionally, the' if ask.waits else 'The'} time is for {listed(named)}." if named else ""


def listed(parts: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} and {parts[-1]}"
