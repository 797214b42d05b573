"""Who is in post, typed in by a person: the same table as a Therapists sheet, read like one.

posts = proposed(roster)                        # the people of the file, with what it says of them
load([*opened, (POSTS_FILE, as_csv(posts))], secret=secret)
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pandas as pd

from workload.intake.cells.near_names import is_vacant
from workload.intake.load import load
from workload.model.columns import ROLES, TABLE
from workload.model.issues import ERROR, WARNING
from workload.model.roster import Roster

POSTS_FILE = "Therapists.csv"  # the name by which the table is known as one of therapists
VACANT = "Vacant"
FORMULA = ("=", "+", "-", "@", "'")  # a name that begins so is kept as text when a spreadsheet opens the file
NUMBERS = ("fte", "hours_per_week", "named_duty_hours", "mtss_hours")
WANTED = dict(zip(NUMBERS, ("FTE", "hours a week", "duty hours", "screening hours"), strict=True))
MOST = {name: TABLE["therapists"].column(name).maximum or math.inf for name in NUMBERS}  # what the reader takes


@dataclass(frozen=True)
class Post:
    """One post. Hours are contract hours a week; `vacant` is a post that is budgeted and that nobody holds."""

    therapist: str = ""
    role: str = ""
    fte: float | None = None
    hours_per_week: float | None = None
    start: date | None = None
    end: date | None = None
    employment: str = ""
    supervisor: str = ""
    leave_start: date | None = None
    leave_end: date | None = None
    base_school: str = ""
    days: str = ""
    named_duty_hours: float | None = None
    mtss_hours: float | None = None
    vacant: bool = False

    @property
    def lacks(self) -> str:
        """What must still be said of the post; empty when it can be used."""
        if not (self.therapist or self.vacant):
            return "a name, or the mark for vacant"
        if self.role not in ROLES:
            return "the role"
        if self.fte is None and (self.vacant or self.hours_per_week is None):
            return "FTE" if self.vacant else "FTE or hours a week"  # what is budgeted is counted in FTE
        for name, words in WANTED.items():
            given, above = getattr(self, name), name in ("fte", "hours_per_week")
            most = math.inf if self.vacant and name == "fte" else MOST[name]  # a vacancy may be several posts
            if given is not None and not (given <= most and (given > 0 if above else given >= 0)):
                return f"{words} {'above' if above else 'from'} 0" + (
                    f" and at most {most:g}" if most < math.inf else ""
                )
        return ""


COLUMNS = tuple(each.name for each in fields(Post) if each.name != "vacant")
DATES = ("start", "end", "leave_start", "leave_end")
WORDS = ("therapist", "role", "employment", "supervisor", "base_school", "days")


def proposed(roster: Roster) -> tuple[Post, ...]:
    """The people of the file with what it says of them; without a list of people, those named on the services."""
    if len(roster.therapists):
        return _people(roster)  # vacant posts of the file count already
    named = roster.services["therapist"].dropna().astype(str)
    return tuple(Post(name) for name in sorted({name for name in named if not is_vacant(name)}))


def from_roster(roster: Roster) -> tuple[Post, ...]:
    """The posts of a roster's list of people, and its vacant posts."""
    vacant = tuple(
        Post(role=role, fte=None if math.isnan(value) else value, vacant=True) for role, value in roster.known.vacant
    )
    return _people(roster) + vacant


def _people(roster: Roster) -> tuple[Post, ...]:
    return tuple(_post(row) for row in roster.therapists[list(COLUMNS)].to_dict("records"))


def _post(row: dict) -> Post:
    said: dict[str, Any] = {name: None if pd.isna(value) else value for name, value in row.items()}
    dates = {name: said[name].date() for name in DATES if said[name] is not None}
    given: dict[str, Any] = {name: str(said[name] or "") for name in WORDS} | {name: said[name] for name in NUMBERS}
    return Post(**given, **dates)


def as_csv(posts: Iterable[Post], to_keep: bool = False) -> bytes:
    """The posts as a Therapists sheet under the template's headings. `to_keep` is for a file that a person opens."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([TABLE["therapists"].column(name).label for name in COLUMNS])
    for post in posts:
        cells = [VACANT if name == "therapist" and post.vacant else getattr(post, name) for name in COLUMNS]
        writer.writerow([_cell(value, to_keep) for value in cells])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object, to_keep: bool) -> str:
    """A value as text. Three decimals get a fourth: 18.125 alone could be a number with thousands."""
    shown = "" if value is None else value.isoformat() if isinstance(value, date) else f"{value}"
    if isinstance(value, float) and re.fullmatch(r"\d+\.\d{3}", shown):
        shown += "0"
    return f"'{shown}" if to_keep and isinstance(value, str) and shown.startswith(FORMULA) else shown


def read_posts(name: str, data: bytes) -> tuple[tuple[Post, ...], str]:
    """The posts of a file that was saved, or of any Therapists sheet, and why there are none (a sentence)."""
    loaded = load([(name if not name.lower().endswith(".csv") else POSTS_FILE, data)], secret=b"no students here")
    posts = from_roster(loaded.roster)
    if posts:
        return tuple(_without_mark(post) for post in posts), ""
    told = next((each for each in loaded.roster.issues if each.severity in (ERROR, WARNING)), None)
    columns = ", ".join(TABLE["therapists"].column(column).label for column in COLUMNS[:4])
    said = f"{told.message} " if told and told.code not in ("no-services",) else ""
    return (), f"{said}No list of people was found in it. It needs the columns {columns}."


def _without_mark(post: Post) -> Post:
    """The post with a name that was marked as text when it was saved."""
    name = post.therapist
    return Post(**{**post.__dict__, "therapist": name[1:]}) if name.startswith("'") and name[1:2] in FORMULA else post


def lacking(posts: Sequence[Post]) -> list[str]:
    """What is still missing, one sentence for each row that cannot be used."""
    return [f"Row {at} lacks {post.lacks}." for at, post in enumerate(posts, start=1) if post.lacks]
