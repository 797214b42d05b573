"""The schools as one reader may see them: small ones together, and no single person's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.roster import NO_SCHOOL
from workload.model.words import count
from workload.report.gate import HOURS_STEP, Gate, steps
from workload.staffing.tables import table_of_arrays

NUMBERS = ("caseload", "workload_hours", "required_fte", "available_fte")


@dataclass(frozen=True, eq=False)
class ToldSchools:
    """The schools of an answer behind a gate.

    people     the therapists of the roster
    time_told  whether the district's time is told at all; otherwise no school's is
    """

    answer: Answer
    gate: Gate
    people: tuple[str, ...]
    time_told: bool

    @cached_property
    def hidden(self) -> np.ndarray:
        """(schools,) which are not shown by themselves."""
        return self.gate.rows(self.answer.schools["caseload"].to_numpy())

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Schools that may be shown, in alphabetical order, without "No school".

        Columns: school, caseload, workload_hours, required_fte, available_fte, gap_fte. The last two are NaN where they
        would tell one person's time.
        """
        return self.rows.iloc[: len(self._shown)].reset_index(drop=True)

    @cached_property
    def _shown(self) -> np.ndarray:
        """Places of the schools that are shown by themselves."""
        return np.flatnonzero(~self.hidden & (self.answer.schools["school"] != NO_SCHOOL).to_numpy())

    def _who(self, of_cells: np.ndarray, row_of: np.ndarray) -> np.ndarray:
        """(rows, therapists) who has something at the schools of a row; work with no therapist is nobody's.

        of_cells  (K,) cells with something
        row_of    (schools,) the row of each school
        """
        demand = self.answer.demand
        school = _places(self.answer.schools["school"].tolist(), demand.schools)[demand.school[of_cells]]
        person = _places(self.people, demand.therapists)
        person[-1] = -1  # Unassigned
        person = person[demand.therapist[of_cells]]
        told = (school >= 0) & (person >= 0)
        who = np.zeros((row_of.max(initial=-1) + 1, len(self.people)), dtype=bool)
        who[row_of[school[told]], person[told]] = True
        return who

    @cached_property
    def rows(self) -> pd.DataFrame:
        """All rows: shown schools and the rest together, as they are told."""
        table = self.answer.schools
        staffing = self.answer.staffing
        with_time = staffing.available_fte > 0
        shown = table.iloc[self._shown][["school", *NUMBERS]]
        row_of = np.full(len(table), len(self._shown))  # all that are not shown by themselves are one row, the last
        row_of[self._shown] = np.arange(len(self._shown))
        cells = with_time, with_time | (staffing.hours.sum(axis=1) > 0)
        present, serves = (self._who(each, row_of) for each in cells)
        rest = np.flatnonzero(row_of == len(self._shown))
        if not len(rest):
            return self._as_told(shown, present, serves)
        row = {"school": self._rest_called(rest), **{name: table.iloc[rest][name].sum() for name in NUMBERS}}
        rows = pd.concat([shown, pd.DataFrame([row])] if len(shown) else [pd.DataFrame([row])])
        return self._as_told(rows, present, serves)

    def _rest_called(self, rest: np.ndarray) -> str:
        names = self.answer.schools.iloc[rest]["school"]
        hidden = int((names != NO_SCHOOL).sum())
        words = [f"{count(hidden, 'school')} together"] if hidden else []
        if (names == NO_SCHOOL).any():
            words.append("no school" if hidden else "No school")
        return " and ".join(words)

    def _as_told(self, table: pd.DataFrame, present: np.ndarray, serves: np.ndarray) -> pd.DataFrame:
        """The rows with the gap, and time as far as it tells of no single person."""
        gate, week = self.gate, self.answer.staffing.full_week
        hidden = gate.times(present, serves) if self.time_told else serves.any(axis=1)
        required = np.array(gate.ftes(table["required_fte"]), float)
        time = np.where(hidden, np.nan, np.array(gate.ftes(table["available_fte"]), float))
        hours = table["workload_hours"].to_numpy() if gate.open else steps(required * week, HOURS_STEP)
        return table_of_arrays(
            {
                "school": table["school"].to_numpy(object),
                "caseload": np.asarray(gate.wholes(table["caseload"].to_numpy(float))),
                "workload_hours": np.asarray(hours),
                "required_fte": required,
                "available_fte": time,
                "gap_fte": np.asarray(time - required if gate.open else gate.ftes(time - required)),
            }
        )

    @property
    def hidden_times(self) -> int:
        """How many rows show no available time."""
        return int(self.rows["available_fte"].isna().sum())

    @property
    def time_note(self) -> str:
        """That some rows show no available time; empty where all do."""
        hidden = self.hidden_times
        return (
            f"At {count(hidden, 'school')} available time and gap are not shown: where one person has time at a school they "
            "would speak of that person."
            if hidden
            else ""
        )


def _places(names: Sequence[str], of: Sequence[str]) -> np.ndarray:
    """(of,) where each of these stands among the names; -1 for one that does not."""
    known = {name: at for at, name in enumerate(names)}
    return np.array([known.get(name, -1) for name in of], dtype=np.intp)
