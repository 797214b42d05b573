"""The file of everything that was answered about a district's files and students: MAP.toml, also read by the command line."""

from __future__ import annotations

from dataclasses import replace

from dashboard.shell import session
from dashboard.shell.beside_roster import BesideRoster
from workload.intake.answers.import_map import ImportMap, map_text
from workload.premises.renewed_or_left import LEFT, RENEWALS, RENEWED, confirmed_by_map

NAME, MIME = "MAP.toml", "application/toml"


def text() -> str:
    """The decisions about the files and what was said of students, as one file."""
    said, answers = session.record(BesideRoster).confirmed.get(RENEWALS), session.imported().answers
    if said is None or not (said.value or said.renewed):
        return map_text(answers)
    students = {**dict.fromkeys(said.renewed, RENEWED), **dict.fromkeys(said.value, LEFT)}
    return map_text(replace(answers, renewals=students, said_by={"who": said.who, "when": said.when}))


def take(taken: ImportMap) -> ImportMap:
    """Keep what a file says of students; what is left is about the files."""
    for premise, said in confirmed_by_map(taken.renewals, taken.said_by).items():
        session.confirm(premise, said)
    return replace(taken, renewals={}, said_by={})
