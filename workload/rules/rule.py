"""One rule of a state or a contract: its fields, the words they may hold, and what is refused on reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

# kind -> (what it is called, whether it must state a number)
KINDS: Mapping[str, tuple[str, bool]] = {
    "caseload_cap": ("Most students on a caseload", True),
    "caseload_minimum": ("Fewest students on a full caseload", True),
    "planning_minutes": ("Planning time", True),
    "site_limit": ("Most schools of one therapist", True),
    "daily_building_penalty": ("Fewer students for each further building in a day", True),
    "supervision_contact": ("Contacts with a supervised assistant", False),
    "supervision_ratio": ("Most people whom one OT supervises", True),
    "session_cap": ("Most sessions", True),
    "reporting_duty": ("What must be reported", False),
    "workload_policy": ("What must be weighed, without a number", False),
    "funding_units": ("Units for each funded position", True),
    "evaluation_clock": ("Days for a first evaluation", True),
    "federal": ("What federal law says", False),
    "no_number": ("No number found", False),
}
FORCES: Mapping[str, str] = {
    "law": "Law, read in its text",
    "guidance": "Published by a state or federal agency, an association or a study",
    "contract": "Local agreement, never state law",
    "example": "Example to replace",
    "reported": "Reported: second-hand, or one district's or practice's own figure",
    "bill": "A bill that did not become law",
    "unknown": "Looked for and not found",
}
EVIDENCE: Mapping[str, str] = {
    "V": "read in the source",
    "V-part": "read in part",
    "S": "second-hand",
    "R": "reconstructed",
    "P": "project choice",
    "D": "entered by the district, not checked here",
    "NF": "looked for, not found",
}
EVERY_STUDENT, DIRECT, WITH_IEP = "students", "direct students", "students with an IEP"
COUNTS = (EVERY_STUDENT, DIRECT, WITH_IEP)
SCOPES = ("person", "department", "building")
BANDS_OF_A_CASELOAD = ("", "school-age", "preschool")
DAYS = ("calendar days", "school days", "business days")
OPTIONAL_TEXT = (
    "unit",
    "who",
    "band",
    "text",
    "note",
    "place",
    "reduces",
    "link",
    "begins",
    "until",
    "means",
    "say",
    "current",
)


class RuleError(ValueError):
    """A rule that cannot be used. Says which file (or list) and entry, and what is wrong."""


@dataclass(frozen=True)
class Rule:
    """One entry of a rule pack.

    value           the number, None where the source sets none
    with_assistant  the limit of an OT who has at least one OTA; a second OTA adds nothing to it
    band            the part of the people that the number is for: "preschool", "first year"
    counts          students (consult-only included), direct students, or students with an IEP where the text counts special
                    education: plans under 504 and MTSS are not in it
    scope           person, or the average of a department or building for each FTE
    prorated        whether a part-time contract scales the number
    trigger         reaching the number is enough (talks begin at it); else it may be reached but not passed
    above, reduces  of a building penalty: the buildings a day that are free, and the id of the cap it lowers
    starts, ends    first and last day in force; absent is open
    begins, until   of a clock: the event that starts it, and the one it ends with (empty where the text names none)
    means, say      what the entry means for staffing, and a sentence to use
    about           ids of assumptions, activities and figures beside which the entry is shown
    link, current   where it was read; where the text in force stands, if that is another place
    """

    id: str
    kind: str
    label: str
    force: str
    evidence: str
    citation: str
    read: date
    link: str = ""
    unit: str = ""
    who: str = ""
    text: str = ""
    value: float | None = None
    with_assistant: float | None = None
    above: float | None = None
    reduces: str = ""
    band: str = ""
    counts: str = EVERY_STUDENT
    scope: str = "person"
    applies_to: str = "OT"
    place: str = ""
    prorated: bool = False
    trigger: bool = False
    starts: date | None = None
    ends: date | None = None
    note: str = ""
    begins: str = ""
    until: str = ""
    means: str = ""
    say: str = ""
    about: tuple[str, ...] = ()
    current: str = ""

    @property
    def is_for_ots(self) -> bool:
        """Whether the rule speaks of OTs (and not only of other professions)."""
        return self.applies_to in ("OT", "OT and PT", "all related services")

    @property
    def subject(self) -> tuple[str, str, str, str, str]:
        """What an entry is about; of the entries about one thing the newest that has started rules."""
        return self.place, self.kind, self.band, self.applies_to, self.scope if self.kind == "caseload_cap" else ""

    @property
    def number(self) -> float:
        """The number of a rule that has one."""
        assert self.value is not None, f"{self.id} has no number"
        return self.value

    @property
    def has_number(self) -> bool:
        return self.value is not None or self.with_assistant is not None

    @property
    def sentence(self) -> str:
        """What the entry says, also when it says that there is no number."""
        if self.kind == "no_number":
            return f"No number found in {self.citation}. {self.text}".strip()
        return self.text or self.label

    @property
    def caution(self) -> str:
        """The warning that goes with every entry."""
        against = "the agreement in force" if self.force == "contract" else "the current code"
        return f"Read on {self.read.isoformat()}. Check against {against}."


FIELDS = {each.name: each for each in fields(Rule)}
NUMBERS = ("value", "with_assistant", "above")


def rule_of(entry: Mapping[str, Any], place: str) -> Rule:
    """The rule of one entry. Raises `RuleError` that begins with `place` (file and entry)."""
    unknown = [name for name in entry if name not in FIELDS]
    if unknown:
        raise RuleError(f"{place}: unknown field {', '.join(sorted(unknown))}")
    try:
        rule = Rule(**{**entry, "about": tuple(entry.get("about", ()))})
    except TypeError:
        missing = [
            name for name in ("id", "kind", "label", "force", "evidence", "citation", "read") if name not in entry
        ]
        raise RuleError(f"{place}: missing {', '.join(missing)}") from None
    for problem in _problems(rule):
        raise RuleError(f"{place}: {problem}")
    return rule


def _problems(rule: Rule):
    yield from _wrong_types(rule)
    for name, allowed in (
        ("kind", KINDS),
        ("force", FORCES),
        ("evidence", EVIDENCE),
        ("counts", COUNTS),
        ("scope", SCOPES),
    ):
        if getattr(rule, name) not in allowed:
            yield f"{name} must be one of {', '.join(allowed)}, got {getattr(rule, name)}"
    if rule.starts and rule.ends and rule.ends < rule.starts:
        yield f"ends {rule.ends} before it starts {rule.starts}"
    for name in ("link", "current"):
        address = getattr(rule, name)
        if address and not address.startswith(("http://", "https://")):
            yield f"{name} must be a web address, got {address}"
    if not all(isinstance(each, str) and each for each in rule.about):
        yield f"about must be a list of ids, got {rule.about}"
    if not rule.link and rule.evidence not in ("NF", "D"):
        yield "link is missing"
    yield from _unfit_force(rule)
    yield from _unfit_number(rule)


def _wrong_types(rule: Rule):
    for name in ("id", "label", "citation", "applies_to"):
        if not isinstance(getattr(rule, name), str) or not getattr(rule, name).strip():
            yield f"{name} is missing"
    for name in OPTIONAL_TEXT:
        if not isinstance(getattr(rule, name), str):
            yield f"{name} must be text, got {getattr(rule, name)}"
    for name in NUMBERS:
        number = getattr(rule, name)
        usable = isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number < float("inf")
        if number is not None and not usable:
            yield f"{name} must be a number of at least 0, got {number}"
    for name in ("read", "starts", "ends"):
        day = getattr(rule, name)
        if (day is not None or name == "read") and (not isinstance(day, date) or isinstance(day, datetime)):
            yield f"{name} must be a date such as 2026-07-01, got {day}"
    for name in ("prorated", "trigger"):
        if not isinstance(getattr(rule, name), bool):
            yield f"{name} must be true or false, got {getattr(rule, name)}"


def _unfit_force(rule: Rule):
    if rule.force == "law" and rule.evidence != "V":
        yield f"only a text that was read (V) may be called law, evidence is {rule.evidence}"
    if rule.force == "guidance" and rule.evidence not in ("V", "V-part"):
        yield f"only V and V-part may be called guidance, evidence is {rule.evidence}; second-hand is force reported"
    if (rule.evidence == "NF") != (rule.force == "unknown"):
        yield "evidence NF and force unknown go together"
    if rule.evidence == "NF" and rule.kind != "no_number":
        yield "what was not found (NF) is of kind no_number"


def _unfit_number(rule: Rule):
    if rule.kind == "no_number" and rule.has_number:
        yield "kind no_number holds no value"
    if KINDS[rule.kind][1] and not rule.has_number:
        yield f"kind {rule.kind} needs a value"
    if rule.has_number and not rule.unit:
        yield "unit is missing"
    if rule.kind in ("caseload_cap", "caseload_minimum") and rule.band not in BANDS_OF_A_CASELOAD:
        yield f"band of a caseload must be school-age or preschool, got {rule.band}"
    if rule.kind == "daily_building_penalty" and (rule.above is None or not rule.reduces):
        yield "a building penalty needs above (buildings a day that are free) and reduces (the id of the cap)"
    if rule.kind == "evaluation_clock" and (rule.unit not in DAYS or not rule.begins):
        yield f"a clock needs begins (the event that starts it) and one of {', '.join(DAYS)}, got {rule.unit}"
    if rule.kind == "federal" and not (rule.text and rule.means and rule.say and rule.about):
        yield "a federal entry says its text, what it means, a sentence to say, and what it is about"
    if rule.kind == "planning_minutes" and rule.unit not in ("minutes a week", "minutes a day"):
        yield f"unit must be minutes a week or minutes a day, got {rule.unit}"
    if rule.kind == "site_limit" and rule.unit not in ("schools", "buildings a day"):
        yield f"unit must be schools or buildings a day, got {rule.unit}"
    if rule.kind == "session_cap" and rule.unit not in ("sessions a day", "sessions a week"):
        yield f"unit must be sessions a day or sessions a week, got {rule.unit}"
