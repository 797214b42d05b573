"""A row of one service under two people, in a cell such as "Kim/Lee": by answer each has an equal part of the sessions."""

from __future__ import annotations

from collections.abc import Mapping

JOINED = " + "  # in an answer: these people share the row
SHARED_AMOUNTS = ("sessions", "total_minutes", "compensatory_minutes")


def split_between(rows: dict[str, list], answers: Mapping[str, str]) -> None:
    """Give a service row that is shared by answer to each of the people, with an equal part of its amounts."""
    if "therapist" not in rows or not any(JOINED in answer for answer in answers.values()):
        return
    people = [answers.get(written, "").split(JOINED) if written else [written] for written in rows["therapist"]]
    if all(len(each) < 2 for each in people):
        return
    parts = [max(1, len(each)) for each in people]
    at = [position for position, count in enumerate(parts) for _ in range(count)]
    for name, values in rows.items():
        rows[name] = [
            values[position] / parts[position]
            if name in SHARED_AMOUNTS and parts[position] > 1 and values[position] is not None
            else values[position]
            for position in at
        ]
    rows["therapist"] = _names(people, rows["therapist"], parts)


def _names(people: list[list[str]], written: list[str | None], parts: list[int]) -> list[str | None]:
    """The person of each row after the split; `written` has the rows already repeated."""
    names: list[str | None] = []
    for each, count in zip(people, parts, strict=True):
        names += each if count > 1 else [written[len(names)]]
    return names
