"""Students of a cooperative: two member districts may use the same local number for two children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.intake.rows.cells import tidy

MEMBER = "student_of_member"  # beside `student`: the pseudonym of district and id
Tables = dict[str, dict[str, list]]


def of_member(who: Sequence[str | None], districts: Sequence[object] | None) -> list[str | None]:
    """The identity of each row with its member district; a row without one keeps its own."""
    if districts is None:
        return list(who)
    names = [tidy(str(name)).casefold() if name not in (None, "") else "" for name in districts]
    return [f"{one}|district:{name}" if one and name else one for one, name in zip(who, names, strict=True)]


def settle_members(tables: Tables) -> None:
    """Students by district and id where the services come from several districts; in place.

    An evaluation without a district belongs to the only student of that id, if there is only one.
    """
    services, evaluations = tables["services"], tables["evaluations"]
    names = {tidy(str(name)).casefold() for name in services.get("district") or () if name not in (None, "")}
    if len(names) > 1:
        members: dict[str, set[str]] = {}
        for alone, member in zip(services["student"], services[MEMBER], strict=True):
            members.setdefault(alone, set()).add(member)
        services["student"] = list(services[MEMBER])
        if evaluations.get("student"):
            evaluations["student"] = [
                member if name not in (None, "") else _only(members, alone)
                for alone, member, name in zip(
                    evaluations["student"],
                    evaluations[MEMBER],
                    evaluations.get("district") or [None] * len(evaluations["student"]),
                    strict=True,
                )
            ]
    for table in (services, evaluations):
        table.pop(MEMBER, None)


def _only(members: Mapping[str, set[str]], alone: str) -> str:
    """The student of an id whom only one district has, else the id by itself."""
    them = members.get(alone, set())
    return next(iter(them)) if len(them) == 1 else alone
