"""Rules of the district's own agreement, as they are typed in: which kinds there are, what one must say, when it counts.

entry = TypedClause("Most students of one OT", number=45, citation="Article 12").entry(others, day)
problem_of(entry, others)                # a sentence, or nothing
clauses(NAME, [*others, entry])          # the pack that is held against the district
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workload.model.words import in_words
from workload.rules.packs import clauses
from workload.rules.rule import EVERY_STUDENT, WITH_IEP, Rule, RuleError

NAME = "Our agreement"
Entry = Mapping[str, Any]  # what `packs.clauses` reads


@dataclass(frozen=True)
class ClauseKind:
    """One kind of clause that can be typed in: its words, and the kind, unit and scope of the rule it becomes."""

    label: str
    kind: str
    unit: str
    scope: str = "person"


KINDS = (
    ClauseKind("Most students of one OT", "caseload_cap", "students"),
    ClauseKind(
        "Most students for each FTE, average of the department", "caseload_cap", "students for each FTE", "department"
    ),
    ClauseKind(
        "Most students for each FTE, average of a building", "caseload_cap", "students for each FTE", "building"
    ),
    ClauseKind("Fewer students for each further building in a day", "daily_building_penalty", "students a building"),
    ClauseKind("Most schools of one OT", "site_limit", "schools"),
    ClauseKind("Most buildings in a day", "site_limit", "buildings a day"),
    ClauseKind("Planning minutes a day", "planning_minutes", "minutes a day"),
    ClauseKind("Planning minutes a week", "planning_minutes", "minutes a week"),
    ClauseKind("Most sessions a day", "session_cap", "sessions a day"),
    ClauseKind("Most OTAs of one OT", "supervision_ratio", "OTAs"),
)
BY_LABEL = {kind.label: kind for kind in KINDS}
CAP, PENALTY = KINDS[0].label, KINDS[3].label
# Whom a number counts: the band of ages and, where it counts special education alone, that.
WITH_AN_IEP = "Students with an IEP"
BANDS = {
    "All students": ("", EVERY_STUDENT),
    WITH_AN_IEP: ("", WITH_IEP),
    "School-age students": ("school-age", EVERY_STUDENT),
    "Preschool students": ("preschool", EVERY_STUDENT),
}
SCALED = (CAP, *(kind.label for kind in KINDS if kind.unit == "minutes a week"))  # a part-time contract may scale them
TRIGGERED = ("caseload_cap", "site_limit")  # kinds whose number may be one at which talks begin


@dataclass(frozen=True)
class TypedClause:
    """The fields of one rule as a person fills them in; `kind` and `band` are labels.

    with_ota  the number with an assistant, for `CAP`
    above     buildings a day that are free, for `PENALTY`
    """

    kind: str = CAP
    number: float | None = None
    with_ota: float | None = None
    band: str | None = None
    above: float | None = None
    citation: str = ""
    text: str = ""
    prorated: bool = True
    trigger: bool = False
    starts: date | None = None
    ends: date | None = None

    def entry(self, others: Sequence[Entry], read: date) -> dict[str, Any]:
        """The fields as an entry for `packs.clauses`, beside those that are there; `read` is the day of typing."""
        kind = BY_LABEL[self.kind]
        with_ota = (self.with_ota or None) if kind.label == CAP else None
        said = [f"{self.number:g}"] if self.number else []
        said += [f"{with_ota:g} with an OTA"] if with_ota else []
        entry: dict[str, Any] = {
            "id": f"clause-{max((int(str(other['id']).split('-')[1]) for other in others), default=0) + 1}",
            "kind": kind.kind,
            "unit": kind.unit,
            "scope": kind.scope,
            "label": f"{kind.label}: {', '.join(said)}",
            "value": self.number or None,
            "place": NAME,
            "citation": self.citation,
            "text": self.text,
            "prorated": self.prorated or kind.scope != "person",
            "trigger": self.trigger,
            "read": read,
            "starts": self.starts,
            "ends": self.ends,
            "note": "Entered on this screen, not checked here.",
        }
        if kind.label == CAP:
            band, counts = BANDS.get(self.band or "", ("", EVERY_STUDENT))
            entry |= {"with_assistant": with_ota, "band": band, "counts": counts}
        if kind.label == PENALTY:
            caps = (other["id"] for other in others if (other["kind"], other["scope"]) == ("caseload_cap", "person"))
            entry |= {"above": self.above, "reduces": next(caps, "")}
        return entry


def kind_of(rule: Rule) -> ClauseKind | None:
    """The kind of clause that a rule can be typed in as; None for a rule of another kind."""
    fitting = (
        kind
        for kind in KINDS
        if (kind.kind, kind.scope) == (rule.kind, rule.scope)
        and (kind.unit == rule.unit or rule.kind == "caseload_cap")
    )
    return next(fitting, None)


def started_from(rule: Rule) -> TypedClause:
    """The fields filled in from another district's clause: everything but whose it is and when it counts."""
    kind = kind_of(rule)
    return TypedClause(
        kind=kind.label if kind else CAP,
        number=None if rule.value is None else float(rule.value),
        text=rule.text,
        prorated=rule.prorated,
        trigger=rule.trigger,
        with_ota=None if rule.with_assistant is None else float(rule.with_assistant),
        band=WITH_AN_IEP
        if rule.counts == WITH_IEP
        else next((words for words, (band, _) in BANDS.items() if band == rule.band), None),
        above=int(rule.above or 0),
    )


def without(entries: Sequence[Entry], id: str) -> tuple[Entry, ...]:
    """The entries without one, and without those that lower its number."""
    return tuple(entry for entry in entries if entry["id"] != id and entry.get("reduces") != id)


def problem_of(entry: Entry, others: Sequence[Entry]) -> str:
    """Why an entry cannot be used, as a sentence; empty when it can."""
    if not entry["value"] and not entry.get("with_assistant"):
        return "The number is missing. A rule without a number cannot be held against anybody."
    if not entry["citation"]:
        return "Say which agreement and section it stands in. Whoever doubts the number will ask."
    if entry["kind"] == "daily_building_penalty" and not entry["reduces"]:
        return "Add the rule with the most students first: this one lowers its number."
    if entry["starts"] and entry["ends"] and entry["ends"] < entry["starts"]:
        return f"The last day, {in_words(entry['ends'])}, is before the first day, {in_words(entry['starts'])}."
    try:
        clauses(NAME, [*others, entry])
    except RuleError as problem:
        if "a second" in str(problem):
            return (
                "There is a rule of this kind for the same students from the same day already. Remove it first, or give "
                "the new one a first day: from that day on it takes the place of the old one."
            )
        return f"This rule cannot be used: {str(problem).partition('): ')[2]}."
    return ""
