"""Where a published number comes from: its force, who published it, when, about whom, and how well it was read.

A value, a rate and a published figure carry the same fields and are held to the same rules (`unfit`).
"""

from __future__ import annotations

from collections.abc import Iterator

FORCES = ("law", "guidance", "contract", "reported", "example", "time study")
READ = {
    "V": "read in the source",
    "V-part": "read in part",
    "S": "second-hand",
    "R": "reconstructed",
    "P": "project choice",
}
# who publishes -> whether it may be guidance for others: a state, an association or a study, and nobody else
PUBLISHERS = {
    "state": True,
    "federal agency": True,
    "association": True,
    "study": True,
    "district": False,
    "practice": False,
    "press": False,
    "project": False,
}


def unfit(force: str, evidence: str, by: str) -> Iterator[str]:
    """What is wrong with the force of a number, each as a sentence without a subject; nothing when it holds."""
    if force not in FORCES:
        yield f"force must be one of {', '.join(FORCES)}, got {force or 'nothing'}"
    if evidence not in READ:
        yield f"evidence must be one of {', '.join(READ)}, got {evidence or 'nothing'}"
    if by not in PUBLISHERS:
        yield f"by must be one of {', '.join(PUBLISHERS)}, got {by or 'nothing'}"
    if force == "law" and (evidence != "V" or by not in ("state", "federal agency")):
        yield "only a state's or the nation's text that was read (V) is law"
    if force == "guidance" and (not PUBLISHERS.get(by) or evidence not in ("V", "V-part")):
        yield f"only a state, an association or a study that was read is guidance, got {by}, {evidence}"
    if force == "example" and (evidence != "P" or by != "project"):
        yield f"an example is the project's own choice (P, project), got {by}, {evidence}"
    if force == "reported" and evidence == "P":
        yield "what is reported was read somewhere; a project choice is an example"


def cited(source: str, population: str, year: str, evidence: str) -> str:
    """A source with about whom, when and how well it was read; the source alone where the project chose the value."""
    if evidence == "P":
        return source
    parts = [part for part in (population, year, READ[evidence]) if part]
    return f"{source} ({'; '.join(parts)})"
