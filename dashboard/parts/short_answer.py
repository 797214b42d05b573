"""The answer as one short sentence around its number, as it stands at the top of Answer and on Home."""

from __future__ import annotations

from workload.explain.headline import ROOM, SHORT, Standing
from workload.model.words import in_words
from workload.premises.records import NEED_ONLY, PROVISIONAL


def said_short(said: Standing, name: str) -> tuple[str, str, str, bool]:
    """(before, number, after, whether it is a shortage) of the sentence."""
    provisionally = ", provisionally" if said.status == PROVISIONAL else ""
    if not said.required:
        return f"{name}: no service is in force on {in_words(said.day)}", "", "", False
    if said.status == NEED_ONLY:
        return f"{name} needs", said.required, "FTE; nobody has said yet who is in post", False
    if said.gap.kind == SHORT:
        return f"{name} is short", said.gap.fte, f"FTE{provisionally}", True
    if said.gap.kind == ROOM:
        return f"{name} has room for", said.gap.fte, f"FTE{provisionally}", False
    return f"{name} has about what it needs", "", provisionally.strip(", "), False
