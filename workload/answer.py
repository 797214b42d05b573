"""One call from a roster to the answer, and the record that pages, files and the command line read.

answer = analyze(roster, day=date(2026, 10, 1))
answer.district["gap_fte"], answer.therapists, answer.schools
answer.under(other_assumptions)          # the same rows, another assumption: milliseconds
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workload.model.confirmations import Confirmation, QuestionEnds
from workload.model.issues import Issue, ordered
from workload.model.kept import Keeps
from workload.model.parameters import Assumptions
from workload.model.roster import Roster, RowCount
from workload.model.school_calendar import SchoolCalendar
from workload.rules.packs import RulePack, pack_for
from workload.staffing import tables
from workload.staffing.ask_parts import AskParts, ask_parts
from workload.staffing.bridge import Step, bridge
from workload.staffing.caps.caseload_caps import CapCheck, caps_for
from workload.staffing.likely_range import DEFAULT_SEED, Influence, Range, influences, range_of, range_of_persons
from workload.staffing.member_shares import MemberShares, member_shares
from workload.staffing.notices import findings_of
from workload.staffing.pair import Pair, telling_pair
from workload.staffing.published_methods import MethodResult, methods_side_by_side
from workload.staffing.required import Staffing, staffing_of
from workload.staffing.time_study.study import TimeStudy, study_of
from workload.staffing.time_study.study_tables import intervention_ratio
from workload.work.demand import ROW_SETTINGS, Demand, demand_of
from workload.work.drill import events_table, lines_table
from workload.work.services import FATES, IN_FORCE, fates


@dataclass(frozen=True, eq=False)
class Answer(Keeps):
    """The answer for a roster on a day under some assumptions. Tables are made when first asked for.

    Hours are hours a week; `gap_fte` is available minus required, negative is short. What a page makes of it, it keeps (`once`).
    """

    roster: Roster
    staffing: Staffing
    state: str | None = None
    seed: int = DEFAULT_SEED
    read_by: Answer | None = None  # the answer that read the same rows, if another did: rows are kept once
    confirmed: Mapping[str, Confirmation] = field(default_factory=lambda: MappingProxyType({}))
    question_ends: QuestionEnds | None = None

    @property
    def demand(self) -> Demand:
        return self.staffing.demand

    @property
    def day(self) -> date:
        return self.demand.day

    @property
    def calendar(self) -> SchoolCalendar:
        """First and last day of school and closings, as far as somebody has said them."""
        return self.demand.calendar

    @property
    def assumptions(self) -> Assumptions:
        return self.staffing.assumptions

    @property
    def posts_known(self) -> bool:
        """Whether somebody has said who is in post. Without it there is a need and no gap."""
        return self.demand.people.posts_known

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per person, Unassigned last; columns as in `staffing.tables.therapists_table`."""
        return tables.therapists_table(self.staffing)

    @cached_property
    def therapists(self) -> pd.DataFrame:
        """`people` with the 10th and 90th percentile of each person's required FTE."""
        drawn = range_of_persons(self.staffing, self.seed)
        count = len(self.people)
        return self.people.assign(required_fte_p10=drawn.p10[:count], required_fte_p90=drawn.p90[:count])

    @cached_property
    def schools(self) -> pd.DataFrame:
        """One row per school with its enrollment, region and place from the Schools sheet."""
        return tables.schools_table(self.staffing, self.demand.once(_listed, self.roster))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row per (therapist, school); every other table is a sum over it."""
        return tables.cells_table(self.staffing)

    @cached_property
    def district(self) -> pd.Series:
        """The district's figures by name."""
        return tables.district_figures(self.staffing)

    @cached_property
    def by_role(self) -> pd.DataFrame:
        """OT (with Unassigned) and OTA: required, available, gap."""
        return tables.by_role_table(self.staffing)

    @cached_property
    def members(self) -> MemberShares | None:
        """Work, posts and cost by member district; None unless the roster is a cooperative's."""
        return member_shares(self.staffing, self.roster)

    @cached_property
    def two_weeks(self) -> Pair | None:
        """A full week with fewer students beside one that fits; None where there are no such two."""
        return telling_pair(self.people)

    @cached_property
    def bridge(self) -> list[Step]:
        """From the FTE in post to the FTE required, cause by cause."""
        return bridge(self.staffing)

    @cached_property
    def ask(self) -> AskParts | None:
        """What is short, in parts; None while nobody has said who is in post."""
        return ask_parts(self.staffing, self.roster.therapists, self.roster.known.vacant)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The service lines in force with their place in the file."""
        return self.read_by.lines if self.read_by else lines_table(self.roster, self.demand)

    @cached_property
    def events(self) -> pd.DataFrame:
        """The evaluations, meetings and reports counted, with their place in the file."""
        return self.read_by.events if self.read_by else events_table(self.roster, self.demand)

    @cached_property
    def range(self) -> Range:
        """The 10th to 90th percentile of required FTE."""
        return range_of(self.staffing, self.seed)

    @cached_property
    def influences(self) -> list[Influence]:
        """The assumptions by how far they move the answer, largest first."""
        return influences(self.staffing)

    @cached_property
    def unsized_groups_fte(self) -> dict[str, float]:
        """The two bounds for group lines without a size."""
        return tables.unsized_groups_fte(self.staffing)

    @cached_property
    def methods(self) -> list[MethodResult]:
        """The same district by other published methods."""
        return methods_side_by_side(self.staffing, self.range, self.rule_pack, **self.method_inputs)

    @cached_property
    def method_inputs(self) -> dict[str, object]:
        """What the methods may ask for beside the staffing: grades, and the ratio of the roster's time log."""
        inputs: dict[str, object] = {"services": self.roster.services}
        if not self.time_study.is_empty:
            inputs["flynn"] = intervention_ratio(self.time_study).worked
            inputs["flynn_words"] = f" (time study, {self.time_study.dates})"
        return inputs

    @cached_property
    def time_study(self) -> TimeStudy:
        """The time study of the roster's Time log sheet; empty without one."""
        return self.roster.once(_study)

    @cached_property
    def rule_pack(self) -> RulePack | None:
        """The state's rules; None when no state is chosen."""
        return pack_for(self.state)

    @cached_property
    def caps(self) -> dict[str, list[CapCheck]]:
        """The caps that apply to each person on the day, by name."""
        return caps_for(self.staffing, self.rule_pack, self.roster.services)

    @cached_property
    def row_counts(self) -> tuple[RowCount, ...]:
        """How the rows of each sheet ended: what intake left out, and of service rows also what the day leaves out."""
        known: dict[tuple[str, str, str], RowCount] = {}
        for count in self.roster.row_counts:
            key = (count.file, count.sheet, count.table)
            known[key] = known[key].with_more(count) if key in known else count
        if len(known) == 1:
            return tuple(count.on_the_day(self._fate_of_rows["fate"].value_counts()) for count in known.values())
        by_sheet = dict(list(self._fate_of_rows.groupby(["file", "sheet"], sort=False)["fate"]))
        return tuple(
            count.on_the_day(by_sheet[key[:2]].value_counts())
            if key[2] == "services" and key[:2] in by_sheet
            else count
            for key, count in known.items()
        )

    @cached_property
    def rows_counted(self) -> int:
        """Service rows of which at least one line is in force. A row can hold two services, so lines are not rows."""
        if self.read_by:
            return self.read_by.rows_counted
        return int((self._fate_of_rows["fate"] == FATES[IN_FORCE]).sum())

    @cached_property
    def excluded(self) -> dict[str, int]:
        """Service rows that were left out, by reason, of intake and of the day together."""
        if self.read_by:
            return self.read_by.excluded
        of_the_day = self._fate_of_rows["fate"].value_counts().drop(FATES[IN_FORCE], errors="ignore")
        return dict(self.roster.excluded + Counter({str(reason): int(number) for reason, number in of_the_day.items()}))

    @cached_property
    def _fate_of_rows(self) -> pd.DataFrame:
        """File, sheet and fate of each source row: the best of its lines, as fates are numbered from counted downwards."""
        if self.read_by:
            return self.read_by._fate_of_rows
        places = self.roster.services[["file", "sheet", "row"]].assign(fate=self.demand.fate)
        if not places["row"].is_unique and not places["row"].isna().any():
            places = places.groupby(["file", "sheet", "row"], sort=False, dropna=False, as_index=False)["fate"].min()
        return places.assign(fate=np.array(FATES, dtype=object)[places["fate"].to_numpy()])

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What intake found and what the day and the assumptions add, gravest first."""
        return ordered((*self.roster.issues, *findings_of(self.roster, self.staffing, self.rule_pack, self.state)))

    def under(self, assumptions: Assumptions) -> Answer:
        """The answer of the same roster and day under other assumptions.

        The rows are read again only when a calendar setting changed.
        """
        same_rows = all(assumptions[id] == self.assumptions[id] for id in ROW_SETTINGS)
        demand = self.demand if same_rows else self._read(self.day, assumptions, self.calendar)
        return replace(
            self, staffing=staffing_of(demand, assumptions), read_by=(self.read_by or self) if same_rows else None
        )

    def on(self, day: date) -> Answer:
        """The answer of the same roster under the same assumptions on another day."""
        demand = self._read(day, self.assumptions, self.calendar)
        return replace(self, staffing=staffing_of(demand, self.assumptions), read_by=None)

    def _read(self, day: date, assumptions: Assumptions, calendar: SchoolCalendar) -> Demand:
        return demand_of(self.roster, day, assumptions, self.demand.left, calendar)

    def with_confirmed(self, confirmed: Mapping[str, Confirmation]) -> Answer:
        """The answer after what people have said about its premises."""
        if left_at_review(confirmed) == self.demand.left:
            return replace(self, confirmed=MappingProxyType(dict(confirmed)), read_by=self.read_by or self)
        return analyze(
            self.roster, self.day, self.assumptions, self.state, self.seed, confirmed, self.question_ends, self.calendar
        )

    def with_calendar(self, calendar: SchoolCalendar) -> Answer:
        if calendar == self.calendar:
            return self
        demand = self._read(self.day, self.assumptions, calendar)
        return replace(self, staffing=staffing_of(demand, self.assumptions), read_by=None)


def analyze(
    roster: Roster,
    day: date,
    assumptions: Assumptions | None = None,
    state: str | None = None,
    seed: int = DEFAULT_SEED,
    confirmed: Mapping[str, Confirmation] = MappingProxyType({}),
    question_ends: QuestionEnds | None = None,
    calendar: SchoolCalendar | None = None,
) -> Answer:
    """The answer of a roster on a day. `state` is a postal code such as "WI"; `seed` draws the range.

    confirmed      what people have said about its premises, by the premise's id
    question_ends  FTE at the ends of the answers to open questions, where they were worked out from the file
    calendar       first and last day of school and closings, where somebody has said them
    """
    assumptions = assumptions or Assumptions()
    demand = demand_of(roster, day, assumptions, left_at_review(confirmed), calendar)
    return Answer(
        roster,
        staffing_of(demand, assumptions),
        state,
        seed,
        confirmed=MappingProxyType(dict(confirmed)),
        question_ends=question_ends,
    )


def _listed_schools(roster: Roster) -> pd.DataFrame:
    columns = ["school", "school_code", "level", "enrollment", "latitude", "longitude", "region"]
    return roster.schools.drop_duplicates("school")[columns]


def _listed(demand: Demand, roster: Roster) -> dict[str, Any]:
    """What the Schools sheet says of each school of the demand; nothing of one that it does not list."""
    schools = pd.DataFrame({"school": pd.Series(demand.schools, dtype=object)})
    listed = schools.merge(roster.once(_listed_schools), on="school", how="left").drop(columns="school")
    return {name: values.array.to_numpy() if values.dtype != "str" else values.array for name, values in listed.items()}


def _study(roster: Roster) -> TimeStudy:
    return study_of(roster.time_log)


def left_at_review(confirmed: Mapping[str, Confirmation]) -> frozenset[str]:
    """The students of whom somebody has said that they left instead of being renewed."""
    said = confirmed.get("renewals")
    return frozenset(said.value) if said is not None and said.value else frozenset()


def default_day(roster: Roster, today: date) -> date:
    """The newest day that makes sense of the file.

    Among the starts of its service lines that are not after today, the one on which the most lines are in
    force; the newest of equals. A file without such a start speaks of today.
    """
    starts = roster.services["start"].dropna()
    candidates = sorted({start.date() for start in starts if start.date() <= today})
    if not candidates:
        return today
    newest = candidates[-DAYS_TRIED:]
    in_force = [int((fates(roster, day) == IN_FORCE).sum()) for day in newest]
    return max(zip(in_force, newest, strict=True))[1]


DAYS_TRIED = 60  # distinct starts that are tried, newest first: more than a school year of Mondays
