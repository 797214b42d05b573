"""What one reader may see of an answer: the figures and tables behind the brief, the deck, the forms and the files.

The one place where an answer becomes what is told: withheld, rounded, gated once. Every part of a packet reads this
record and never the answer's own figures, so that no two files say the same thing in different digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.kept import Keeps
from workload.model.roster import NO_THERAPIST, UNASSIGNED
from workload.model.words import rounded
from workload.premises.premise_list import answer_status
from workload.premises.records import FINAL
from workload.report.audience import Audience
from workload.report.gate import FEWEST_PEOPLE, FTE_STEP, HOURS_STEP, Gate
from workload.report.kinds_of_work import INSIDE, OUTSIDE
from workload.report.packet_choices import Settings
from workload.report.told_ask import stamp, told_bridge, told_parts
from workload.report.told_schools import ToldSchools
from workload.staffing.ask_parts import AskParts
from workload.staffing.bridge import Step
from workload.staffing.likely_range import Influence, Range
from workload.staffing.published_methods import DIRECT_HOURS, HEADS, STUDENT_HOURS, MethodResult
from workload.staffing.tables import codes_for

FROM_ALL_WORK = (
    "wisn-itemized",
    "nc-iep-hours",
    "nysed-sessions",
)  # methods that do not need direct hours by themselves
COUNTS = ("caseload", "students_evaluation_only", "service_lines")
TIME = ("contracted_fte", "available_fte", "available_hours", "gap_fte", "shortfall_fte", "utilization")
RISK = ("shortfall_total_fte", "student_minutes_at_risk", "student_minutes_at_risk_alike")


@dataclass(frozen=True, eq=False)
class Told:
    """The figures of a headline as one reader may see them."""

    day: date
    district: pd.Series
    by_role: pd.DataFrame
    range: Range
    whole: Answer


@dataclass(frozen=True, eq=False)
class View(Keeps):
    """An answer as one audience may see it."""

    answer: Answer
    audience: Audience
    settings: Settings

    @cached_property
    def gate(self) -> Gate:
        return Gate(self.settings.smallest_count, self.audience.sees_all)

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

    # The district

    @cached_property
    def _people(self) -> pd.DataFrame:
        """The therapists of the roster, without the work that has no therapist."""
        table = self.answer.people
        return table[table["therapist"] != UNASSIGNED]

    @property
    def present(self) -> int:
        """How many people have time on the day."""
        return int((self._people["available_fte"] > 0).sum())

    @cached_property
    def _away(self) -> np.ndarray:
        """(people,) who has a contract and no time on the day."""
        return ((self._people["available_fte"] == 0) & (self._people["contracted_fte"] > 0)).to_numpy()

    @cached_property
    def time_told(self) -> bool:
        """Whether the district's available time and its gap may be told: somebody has said who is in post, it is the
        time of three people or more, or nobody's, and not the leave of one or two.
        """
        if not self.answer.posts_known:
            return False
        if self.gate.open or self.present >= FEWEST_PEOPLE:
            return True
        return self.present == 0 and not self.gate.of_few(self._away)

    @cached_property
    def contracts_told(self) -> bool:
        """Whether contracts stand beside available time: their difference is the leave of three people or more."""
        return self.time_told and (self.gate.open or int(self._away.sum()) >= FEWEST_PEOPLE)

    @cached_property
    def risk_told(self) -> bool:
        """Whether minutes at risk are told: those of one or two people would speak of their weeks."""
        return self.time_told and not self.gate.of_few((self._people["student_minutes_at_risk"] > 0).to_numpy())

    @property
    def risk_below_a_step(self) -> bool:
        """Whether some minutes are at risk that the step would round to none."""
        at_risk = self.answer.district["student_minutes_at_risk"]
        return not self.gate.open and at_risk >= 1 and self.gate.minutes(at_risk) == 0

    @cached_property
    def district(self) -> pd.Series:
        """The district's figures as this reader may see them, by name; NaN where one is withheld.

        Outside, hours follow from the told FTE and the gap from both told sides: one grid a quantity.
        """
        row, gate, week = self.answer.district, self.gate, self.answer.staffing.full_week
        told = {name: gate.whole(row[name]) for name in COUNTS}
        if gate.open:
            return pd.Series({**row, **told})
        required, available = gate.fte(row["required_fte"]), gate.fte(row["available_fte"])
        gap = rounded(available - required, 1)
        told |= {
            "student_hours": gate.hours(row["student_hours"]),
            "therapist_hours": gate.hours(row["therapist_hours"]),
            "workload_hours": gate.hours(required * week),
            "required_fte": required,
            "contracted_fte": gate.fte(row["contracted_fte"]) if self.contracts_told else np.nan,
            "available_fte": available,
            "available_hours": gate.hours(available * week),
            "gap_fte": gap,
            "shortfall_fte": max(0.0, -gap),
            "utilization": gate.ratio(required, available, FTE_STEP, FTE_STEP),
            "student_minutes_at_risk": gate.minutes(row["student_minutes_at_risk"])
            if self.risk_told and not self.risk_below_a_step
            else np.nan,
            "student_minutes_at_risk_alike": gate.minutes(row["student_minutes_at_risk_alike"])
            if self.risk_told and not self.risk_below_a_step
            else np.nan,
            "shortfall_total_fte": gate.fte(row["shortfall_total_fte"]) if self.risk_told else np.nan,
        }
        if not self.time_told:
            told |= dict.fromkeys(TIME, np.nan)
        return pd.Series(told, dtype=object)

    @cached_property
    def range(self) -> Range:
        """The likely range of required FTE. Outside its distance from the told value is rounded, not its ends: ends
        that move with the value would be two more grids on it.
        """
        spread, gate = self.answer.range, self.gate
        if gate.open:
            return spread
        true, told = self.answer.district["required_fte"], self.district["required_fte"]
        p10, p50, p90 = (rounded(told + gate.fte(end - true), 1) for end in (spread.p10, spread.p50, spread.p90))
        return replace(spread, p10=p10, p50=p50, p90=p90)

    @property
    def status(self) -> str:
        """final, provisional or need-only."""
        return answer_status(self.answer)

    @property
    def so_open(self) -> bool:
        """Whether the answer is not final."""
        return self.status != FINAL

    @cached_property
    def stamp(self) -> str:
        """What says on every page that the answer is provisional or tells a need only; empty for a final one."""
        return stamp(self)

    @property
    def mark(self) -> str:
        """What stands on each page: that the packet stays inside, and that the answer is not final."""
        return "  ".join(words for words in (self.audience.mark, self.stamp) if words)

    @cached_property
    def ask_parts(self) -> AskParts | None:
        """The ask in parts as told; None where none may be."""
        return told_parts(self)

    @cached_property
    def bridge(self) -> list[Step]:
        """From the FTE in post to the FTE required as told."""
        return told_bridge(self)

    @cached_property
    def told(self) -> Told:
        """What the headline is said from: whether there are OTAs is read of the roles, none of their numbers."""
        return Told(self.answer.day, self.district, self.answer.by_role, self.range, self.answer)

    @cached_property
    def influences(self) -> list[Influence]:
        """The assumptions by how far they move the answer, those that move it by nothing that is told left out."""
        true, told = self.answer.district["required_fte"], self.district["required_fte"]
        if self.gate.open:
            return [one for one in self.answer.influences if one.swing_fte > 0]
        moved = [
            replace(
                one,
                required_fte_at_low=rounded(told + self.gate.fte(one.required_fte_at_low - true), 1),
                required_fte_at_high=rounded(told + self.gate.fte(one.required_fte_at_high - true), 1),
            )
            for one in self.answer.influences
        ]
        return [one for one in moved if one.swing_fte > 0]

    @cached_property
    def work(self) -> pd.DataFrame:
        """Kinds of work with their hours a week: columns code, kind, hours_per_week, share. Adds up to the workload
        inside; outside as far as rounding lets it.
        """
        row, total = self.answer.district, self.district["workload_hours"]
        kinds = INSIDE if self.gate.open else OUTSIDE
        table = pd.DataFrame(
            [
                {
                    "code": one.code,
                    "kind": one.label,
                    "hours_per_week": self.gate.hours(float(sum(row[f"{code}_hours"] for code in one.activities))),
                }
                for one in kinds
            ]
        )
        shares = [self.gate.ratio(value, total, HOURS_STEP, HOURS_STEP) for value in table["hours_per_week"]]
        return table.assign(share=shares)

    @cached_property
    def methods(self) -> list[MethodResult]:
        """The methods side by side. Outside the district none that counts heads: heads with direct service would give
        those without; and none from direct hours alone where few students have consultation or owed minutes.
        """
        if self.gate.open:
            return self.answer.methods
        lines = self.answer.demand.lines
        owed = self.answer.lines["makeup_minutes_owed"].to_numpy() > 0
        few = any(self.gate.hides(len(np.unique(lines.student[rows]))) for rows in (lines.is_consult, owed))
        return [
            self._told_method(one)
            for one in self.answer.methods
            if one.counts != HEADS and (not few or one.method in FROM_ALL_WORK)
        ]

    @property
    def withheld_methods(self) -> int:
        """How many methods are not told: with them the others span less than inside the district."""
        return len(self.answer.methods) - len(self.methods)

    def _told_method(self, one: MethodResult) -> MethodResult:
        """A method outside: from the told hours that it starts from, so that all of them share one grid."""
        if one.method == "wisn-itemized":
            low, high = (
                min(self.range.p10, self.district["required_fte"]),
                max(self.range.p90, self.district["required_fte"]),
            )
        elif one.counts in (STUDENT_HOURS, DIRECT_HOURS) and one.hours:
            scale = self.gate.hours(one.hours) / one.hours
            low, high = self.gate.fte(one.low * scale), self.gate.fte(one.high * scale)
        else:
            low, high = self.gate.fte(one.low), self.gate.fte(one.high)
        return replace(one, low=low, high=high, hours=None, inputs="")

    @cached_property
    def by_role(self) -> pd.DataFrame | None:
        """OT and OTA: required, available, gap FTE. None where a role has so few people with time that it would show one."""
        table = self.answer.by_role.reset_index()
        if self.gate.open:
            return table
        there = self._people["role"].to_numpy(object)[self._people["available_fte"].to_numpy() > 0]
        present = Counter(role for role in there if role == role and role is not None)
        if len(present) < 2 or min(present.values()) < FEWEST_PEOPLE:
            return None
        ota, told = (table["role"] == "OTA").to_numpy(), {}
        for name in ("required_fte", "available_fte"):
            of_otas = self.gate.fte(float(table[name].to_numpy()[ota].sum()))
            told[name] = np.where(ota, of_otas, rounded(self.district[name] - of_otas, 1))
        return table.assign(**told, gap_fte=self.gate.ftes(told["available_fte"] - told["required_fte"]))

    # Schools

    @cached_property
    def _told_schools(self) -> ToldSchools:
        return ToldSchools(self.answer, self.gate, tuple(self._people["therapist"]), self.time_told)

    @property
    def schools(self) -> pd.DataFrame:
        """Schools that may be shown by themselves, in alphabetical order; columns as in `ToldSchools.rows`."""
        return self._told_schools.shown

    @property
    def school_rows(self) -> pd.DataFrame:
        """Shown schools and the rest together, as they are told."""
        return self._told_schools.rows

    @property
    def counts_twice(self) -> bool:
        """Whether a student goes to two schools, and counts at each of them."""
        return bool(self.answer.schools["caseload"].sum() > self.answer.district["caseload"])

    @property
    def time_note(self) -> str:
        """That some schools show no available time; empty where all do."""
        return self._told_schools.time_note

    @property
    def hidden_times(self) -> int:
        """How many rows of schools show no available time."""
        return self._told_schools.hidden_times if self.time_told else 0

    @property
    def withheld_schools(self) -> int:
        """How many schools are not shown by themselves."""
        return int(self._told_schools.hidden.sum())
