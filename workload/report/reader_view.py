"""What one reader may see of an answer: the tables behind the brief, the deck, the forms and the files, gated once.

Every part of a packet reads this record and never the answer's own tables by school or person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.figures.palette import GROUPS
from workload.figures.staffing_charts import codes_for
from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.model.words import count, fte
from workload.report.audience import Audience
from workload.report.gate import Gate
from workload.report.packet_choices import Settings
from workload.staffing.published_methods import HEADS, MethodResult

NO_THERAPIST, NOT_SHOWN = "No therapist", "not shown"
FEWEST_POSTS = 3  # a role with fewer posts is not shown by itself outside the district
FROM_ALL_WORK = (
    "wisn-itemized",
    "nc-iep-hours",
    "nysed-sessions",
)  # methods that do not need direct hours by themselves
SCHOOL_NUMBERS = ("caseload", "workload_hours", "required_fte", "available_fte")


@dataclass(frozen=True)
class Work:
    """Activities that are told as one kind of work."""

    code: str
    label: str
    activities: tuple[str, ...]


INSIDE = tuple(Work(group.code, group.label, group.activities) for group in GROUPS)
# Outside the district activities are grouped so widely that no small count can be worked out from hours: with single
# activities shown, hours of meetings over hours a meeting would give the number of students without an IEP.
OUTSIDE = (
    Work(
        "students", "Sessions, consultation, work on behalf of students", ("direct", "consult", "makeup", "on_behalf")
    ),
    Work(
        "evaluations",
        "Evaluations, meetings, reports",
        ("evaluation_initial", "reevaluation", "meeting", "progress_report"),
    ),
    Work("notes", "Session notes and planning", ("documentation", "planning")),
    Work(
        "duties",
        "Travel, supervision, staff time, school-wide support",
        ("travel", "supervision", "staff_time", "named_duty", "mtss"),
    ),
)


@dataclass(frozen=True, eq=False)
class View:
    """An answer as one audience may see it."""

    answer: Answer
    audience: Audience
    settings: Settings

    @cached_property
    def gate(self) -> Gate:
        """The gate of this audience."""
        return Gate(self.settings.smallest_count, self.audience.internal)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each therapist is called: a code, or the name in an internal packet that asks for names."""
        codes = {**codes_for(self.answer.therapists), UNASSIGNED: NO_THERAPIST}
        if self.audience.internal and self.settings.name_therapists:
            return {name: NO_THERAPIST if name == UNASSIGNED else name for name in codes}
        return codes

    def sentence(self, text: str) -> str:
        """A sentence of the library with labels in place of the names of therapists."""
        names = sorted(self.labels, key=len, reverse=True)
        if not names:
            return text
        either = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
        return either.sub(lambda found: self.labels[found.group()], text)

    @cached_property
    def _hidden(self) -> np.ndarray:
        return self.gate.rows(self.answer.schools["caseload"].to_numpy())

    @cached_property
    def schools(self) -> pd.DataFrame:
        """Schools that may be shown, in alphabetical order, without "No school".

        Columns: school, caseload, workload_hours, required_fte, available_fte, gap_fte, served (available over
        required). The last three are NaN where they would tell one person's time; `served` also where nothing is required.
        """
        return self.school_rows.iloc[: len(self._shown)].reset_index(drop=True)

    @cached_property
    def together(self) -> pd.DataFrame:
        """The rows that are not shown by themselves as one row (none or one), with the columns of `schools`.

        Withheld schools, and work that has no school.
        """
        return self.school_rows.iloc[len(self._shown) :].reset_index(drop=True)

    @cached_property
    def _shown(self) -> np.ndarray:
        """Places of the schools that are shown by themselves."""
        return np.flatnonzero(~self._hidden & (self.answer.schools["school"] != NO_SCHOOL).to_numpy())

    @cached_property
    def _serves(self) -> np.ndarray:
        """(schools, therapists) who has work or time at a school; work with no therapist is nobody's."""
        cells, names = self.answer.cells, list(self.answer.schools["school"])
        here = cells[
            (cells["therapist"] != UNASSIGNED) & ((cells["workload_hours"] > 0) | (cells["available_fte"] > 0))
        ]
        return pd.crosstab(here["school"], here["therapist"]).reindex(names, fill_value=0).to_numpy() > 0

    @cached_property
    def school_rows(self) -> pd.DataFrame:
        """All rows: shown schools and the rest together; students, hours and required FTE add up to the district."""
        table, serves = self.answer.schools, self._serves
        shown = table.iloc[self._shown][["school", *SCHOOL_NUMBERS]]
        at = np.setdiff1d(np.arange(len(table)), self._shown)
        if not len(at):
            return self._with_gap(shown, serves[self._shown])
        rest = table.iloc[at]
        hidden = int((rest["school"] != NO_SCHOOL).sum())
        words = [f"{count(hidden, 'school')} together"] if hidden else []
        if (rest["school"] == NO_SCHOOL).any():
            words.append("no school" if hidden else "No school")
        row = {"school": " and ".join(words), **{name: rest[name].sum() for name in SCHOOL_NUMBERS}}
        return self._with_gap(
            pd.concat([shown, pd.DataFrame([row])] if len(shown) else [pd.DataFrame([row])]),
            np.vstack((serves[self._shown], serves[at].any(axis=0))),
        )

    def _with_gap(self, table: pd.DataFrame, serves: np.ndarray) -> pd.DataFrame:
        """The table with gap and the hours of time for each hour of work, as far as they tell of no single person."""
        time = table["available_fte"].where(~self.gate.posts(serves, FEWEST_POSTS))
        required = table["required_fte"].where(table["required_fte"] > 0)
        return table.assign(
            available_fte=time, gap_fte=time - table["required_fte"], served=time / required
        ).reset_index(drop=True)

    @property
    def time_note(self) -> str:
        """That some rows show no available time; empty where all do."""
        hidden = int(self.school_rows["available_fte"].isna().sum())
        return (
            f"At {count(hidden, 'school')} available time and gap are not shown: where one therapist serves a school they "
            "would speak of that person."
            if hidden
            else ""
        )

    @property
    def withheld_schools(self) -> int:
        """How many schools are not shown by themselves."""
        return int(self._hidden.sum())

    @cached_property
    def work(self) -> pd.DataFrame:
        """Kinds of work with their hours a week: columns code, kind, hours_per_week, share. Adds up to the workload."""
        total = self.answer.district["workload_hours"]
        rows = [
            {
                "code": one.code,
                "kind": one.label,
                "hours_per_week": float(sum(self.answer.district[f"{code}_hours"] for code in one.activities)),
            }
            for one in (INSIDE if self.audience.internal else OUTSIDE)
        ]
        table = pd.DataFrame(rows)
        return table.assign(share=table["hours_per_week"] / total if total else np.nan)

    @cached_property
    def methods(self) -> list[MethodResult]:
        """The methods side by side. Outside the district none that counts heads: heads with direct service would give
        those without; and none from direct hours alone where few students have consultation or owed minutes.
        """
        if self.audience.internal:
            return self.answer.methods
        lines = self.answer.demand.lines
        owed = self.answer.lines["makeup_minutes_owed"].to_numpy() > 0
        few = any(self.gate.hides(len(np.unique(lines.student[rows]))) for rows in (lines.is_consult, owed))
        return [one for one in self.answer.methods if one.counts != HEADS and (not few or one.method in FROM_ALL_WORK)]

    @cached_property
    def by_role(self) -> pd.DataFrame | None:
        """OT and OTA: required, available, gap FTE. None where a role has so few posts that it would show a person."""
        posts = self.answer.therapists.groupby("role")["therapist"].count()
        few = bool(len(posts) < 2 or posts.min() < FEWEST_POSTS)
        return None if few and not self.audience.internal else self.answer.by_role.reset_index()


def fte_or_withheld(value: float) -> str:
    """An FTE of a row as it is written; where it is withheld it says so."""
    return NOT_SHOWN if np.isnan(value) else fte(value)
