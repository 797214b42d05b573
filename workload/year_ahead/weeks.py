"""The week strip: what each week of the school year asks for, and what the people who are there can give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.kept import Keeps
from workload.model.roster import Roster
from workload.model.school_calendar import CalendarError, Weeks, weeks_of
from workload.model.school_year import school_year
from workload.model.units import hours
from workload.scenarios.demand_levers import CYCLE_WEEKS
from workload.staffing.required import AT
from workload.staffing.tables import table_of_arrays
from workload.work.demand import Demand
from workload.year_ahead.evaluation_clock import FEDERAL, Clock, falls_due
from workload.year_ahead.school_weeks import available_by_week

BUSY_PERCENTILE = 90
EVALUATION_LEAD_WEEKS = 4  # an evaluation's hours fall into so many weeks up to its date; example
REPORT_WEEKS = 2  # progress reports are written in the last weeks of each period; example
SESSIONS = ("direct",)
STEADY = ("consult", "documentation", "on_behalf", "mtss")
INDIVIDUAL = ("travel", "supervision", "named_duty")
NAMES = {"initial": "initial evaluations", "reevaluation": "re-evaluations"}
PARTS = ("sessions", "makeup", "other_service", "evaluations", "meetings", "reports", "category", "individual")


@dataclass(frozen=True)
class YearPlan:
    """What a district knows of its year beyond the roster.

    leaves          (therapist, first day, last day) beyond those of the roster
    consents        expected further consents to an initial evaluation by month, {month: count}
    clock           from the parent's consent to the evaluation
    indirect_weeks  of each four, weeks without sessions (3:1 is one)
    """

    leaves: tuple[tuple[int, date, date], ...] = ()
    consents: Mapping[int, float] = field(default_factory=dict)
    clock: Clock = FEDERAL
    indirect_weeks: int = 0

    def __post_init__(self):
        if not 10 <= self.clock.days <= 180:
            raise CalendarError(f"The clock was given as {self.clock.days} days; possible is 10 to 180.")
        if self.indirect_weeks not in (0, 1, 2):
            raise CalendarError(f"{self.indirect_weeks} weeks of four without sessions were given; possible is 0 to 2.")
        for month, count in self.consents.items():
            if month not in range(1, 13) or not 0 <= count < 10_000:
                raise CalendarError(
                    f"Consents: month {month} with {count} was given; a month from 1 to 12 and a count "
                    "from 0 are expected."
                )


@dataclass(frozen=True, eq=False)
class Year(Keeps):
    """The strip and what it was made of.

    table  week_start, open_days, the hours of `PARTS`, demand_hours, capacity_hours, gap_hours
    notes  sentences on what was spread evenly because no date was given
    """

    answer: Answer
    plan: YearPlan
    weeks: Weeks
    table: pd.DataFrame
    available: np.ndarray
    evaluations_due: np.ndarray
    notes: tuple[str, ...]

    @cached_property
    def busy_week_hours(self) -> float:
        """The 90th-percentile week of demand among weeks with school."""
        taught = self.table["demand_hours"].to_numpy()[self.table["open_days"].to_numpy() > 0]
        return float(np.percentile(taught, BUSY_PERCENTILE))

    @cached_property
    def weeks_over(self) -> int:
        """Weeks whose demand exceeds capacity."""
        return int((self.table["gap_hours"] < -1e-9).sum())


def year_ahead(answer: Answer, plan: YearPlan | None = None) -> Year:
    """The week strip of the school year of the answer's day, in its calendar. Raises `CalendarError`."""
    plan = plan or YearPlan()
    weeks = weeks_of(answer.day, answer.calendar)
    made = _Made(answer, plan, weeks)
    parts = made.parts()
    open_weeks = weeks.open_share.sum()
    if abs(open_weeks - answer.demand.weeks) > 1:
        made.notes.append(
            f"The calendar has {open_weeks:.1f} open weeks, the method {answer.demand.weeks:g} instructional "
            "weeks. Enter the holidays, or change the number of weeks."
        )
    service = np.add.reduce([parts[name] for name in PARTS[:6]])
    share = answer.assumptions.category_share
    present = made.available.sum(axis=1)
    parts["category"] = service * share / (1 - share)
    own = (
        answer.staffing.person_hours[:, [AT[code] for code in INDIVIDUAL]].sum()
        + answer.assumptions["staff_time_hours_per_person"] * answer.demand.people.in_post[:-1].sum()
    )
    parts["individual"] = float(own) * weeks.open_share
    demand = np.add.reduce([parts[name] for name in PARTS])
    table = table_of_arrays(
        {
            "week_start": np.array(weeks.mondays, "datetime64[s]"),
            "open_days": weeks.open_share * 5,
            **{f"{name}_hours": parts[name] for name in PARTS},
            "demand_hours": demand,
            "capacity_hours": present,
            "gap_hours": present - demand,
        }
    )
    return Year(answer, plan, weeks, table, made.available, made.evaluations_due, tuple(made.notes))


class _Made:
    """The parts of the strip, one method each; every array has shape (weeks,), hours."""

    def __init__(self, answer: Answer, plan: YearPlan, weeks: Weeks):
        self.answer, self.plan, self.weeks = answer, plan, weeks
        self.notes: list[str] = []
        self.hours_of = answer.staffing.person_hours.sum(axis=0)
        self.available = available_by_week(answer, weeks, plan.leaves)
        self.evaluations_due = np.zeros(len(weeks))

    def parts(self) -> dict[str, np.ndarray]:
        open_share = self.weeks.open_share
        evaluations, their_meetings = self._evaluations()
        return {
            "sessions": self._of(SESSIONS) * open_share * self._cycle(),
            "makeup": self._makeup(),
            "other_service": self._of(STEADY) * open_share,
            "evaluations": evaluations,
            "meetings": self._reviews() + their_meetings,
            "reports": self._reports(),
        }

    def _of(self, codes: Iterable[str]) -> float:
        return float(sum(self.hours_of[AT[code]] for code in codes))

    def _cycle(self) -> np.ndarray:
        """What a week's sessions are multiplied with in a cycle of four; only weeks with school count."""
        off = self.plan.indirect_weeks
        number = np.cumsum(self.weeks.open_share > 0) - 1
        return np.where(number % CYCLE_WEEKS < CYCLE_WEEKS - off, CYCLE_WEEKS / (CYCLE_WEEKS - off), 0.0)

    def _even(self, amount: float) -> np.ndarray:
        """An amount spread over the open days of the year."""
        return amount * self.weeks.open_share / self.weeks.open_share.sum()

    def _makeup(self) -> np.ndarray:
        """Minutes owed, evenly from the day to the due date of each line, then none."""
        answer, made = self.answer, np.zeros(len(self.weeks))
        services, row = answer.roster.services, answer.demand.lines.row
        rows = services.iloc[row[services["compensatory_minutes"].to_numpy()[row] > 0]]
        first = self.weeks.place(answer.day)
        for owed, due in zip(rows["compensatory_minutes"], rows["compensatory_due"], strict=True):
            by = None if pd.isna(due) else due.date()
            ends = by or answer.calendar.last_of(answer.day)
            if ends < answer.day:
                ends = answer.day + timedelta(weeks=answer.demand.overdue_weeks, days=-1)
            last = max(first, self.weeks.place(ends))
            open_share = self.weeks.open_share[first : last + 1]
            a_week = hours(owed) / answer.demand.weeks_until(by)
            whole = a_week * answer.demand.weeks_until(by)
            made[first : last + 1] += whole * open_share / open_share.sum() if open_share.sum() else a_week
        return made

    def _evaluations(self) -> tuple[np.ndarray, np.ndarray]:
        """Hours of evaluations in the weeks up to their dates, and of their meetings in the week of the date."""
        values, events = self.answer.assumptions, self.answer.demand.events
        made, meetings = np.zeros(len(self.weeks)), np.zeros(len(self.weeks))
        for kind, cost, rate in (
            ("initial", values["evaluation_initial_hours"], values["evaluations_initial_per_student"]),
            ("reevaluation", values["reevaluation_hours"], values["reevaluations_per_student"]),
        ):
            dated = np.zeros(len(self.weeks))
            for day, count in self._dates(kind):
                dated[self.weeks.nearest_open(day)] += count
            even = self._even(float(getattr(events, f"students_{kind}").sum() * rate))
            if even.sum() > 0:
                self.notes.append(f"{even.sum():.0f} {NAMES[kind]} have no date and are spread evenly over the year.")
            if kind == "initial":
                dated = dated + self._consented()
            made += (self._led(dated) + even) * cost
            own_meetings = values["reevaluation_own_meeting_share"] if kind == "reevaluation" else 1.0
            meetings += (dated + even) * values["meeting_hours"] * own_meetings
            self.evaluations_due += dated + even
        return made, meetings

    def _dates(self, kind: str) -> list[tuple[date, float]]:
        """The dates of the evaluations that the calculation counts."""
        roster, events = self.answer.roster, self.answer.demand.events
        counts, first, done = getattr(events, kind), self.weeks.mondays[0], 0.0
        own = np.flatnonzero((counts > 0) & ~events.from_sheet)
        when = _counted(events.date_of[events.student[own]], counts[own])
        for one in np.flatnonzero((counts > 0) & events.from_sheet):
            evaluation = roster.evaluations.iloc[events.row[one]]
            day = self._listed(evaluation)
            if not pd.isna(evaluation["completed"]) and day.date() < first:
                done += float(counts[one])
            else:
                when.append((day.date() if not pd.isna(day) else self.answer.day, float(counts[one])))
        if done:
            self.notes.append(
                f"{done:g} {NAMES[kind]} were finished before the first day of school and are not in the strip."
            )
        return when

    def _listed(self, evaluation: pd.Series) -> pd.Timestamp:
        """The day of an Evaluations row: when it was done, else when it falls due by the clock or the file."""
        if not pd.isna(evaluation["completed"]):
            return evaluation["completed"]
        return pd.Timestamp(falls_due(evaluation, self.plan.clock, self.answer.calendar))

    def _consented(self) -> np.ndarray:
        """Expected consents: each starts the clock in the middle of its month."""
        made, start = np.zeros(len(self.weeks)), school_year(self.answer.day)[0].year
        last = self.weeks.mondays[-1] + timedelta(6)
        for month, count in self.plan.consents.items():
            consent = date(start if month >= 7 else start + 1, month, 15)
            due = self.plan.clock.due(consent, self.answer.calendar)
            if due <= last:
                made[self.weeks.nearest_open(due)] += count
        return made

    def _led(self, dated: np.ndarray) -> np.ndarray:
        """Work on what is due in a week, over the open weeks up to it."""
        made = np.zeros(len(dated))
        for at in np.flatnonzero(dated):
            before = [int(one) for one in range(at, -1, -1) if self.weeks.open_share[one] > 0][
                :EVALUATION_LEAD_WEEKS
            ] or [int(at)]
            made[before] += dated[at] / len(before)
        return made

    def _reviews(self) -> np.ndarray:
        """Hours of annual reviews: on the anniversary of each student's IEP date; without a date evenly."""
        answer, cost = self.answer, self.answer.assumptions["meeting_hours"]
        events = answer.demand.events
        by_week, undated = answer.demand.once(_reviews_by_week, answer.roster, self.weeks)
        if undated:
            self.notes.append(f"{undated} annual reviews have no IEP date and are spread evenly over the year.")
        of_504 = float(events.plan_504.sum()) * answer.assumptions["meeting_504_hours"]
        return by_week * cost + self._even(undated * cost + of_504)

    def _reports(self) -> np.ndarray:
        """Progress reports in the last open weeks of as many periods as there are reports a year."""
        values = self.answer.assumptions
        count = int(round(values["progress_reports_per_year"]))
        each = values["progress_reports_per_year"] * values["progress_report_hours"]
        whole = float(self.answer.demand.events.iep.sum() * each)
        open_weeks = np.flatnonzero(self.weeks.open_share > 0)
        if count < 1:
            return self._even(whole)
        made = np.zeros(len(self.weeks))
        for period in np.array_split(open_weeks, count):
            at = period[-REPORT_WEEKS:] if len(period) else open_weeks[-1:]
            made[at] += whole / count / len(at)
        return made


def _reviews_by_week(demand: Demand, roster: Roster, weeks: Weeks) -> tuple[np.ndarray, int]:
    """((weeks,) annual reviews by the anniversary of the newest IEP date of each student, how many have no date)."""
    lines, events = demand.lines, demand.events
    first, last = school_year(demand.day)
    when = roster.services["iep_date"].to_numpy()[lines.row]
    dated = lines.order[~np.isnat(when[lines.order])]
    date_of = np.full(len(lines.students), np.datetime64("NaT", "s"))
    date_of[lines.student[dated]] = when[dated]  # the newest line is written last
    reviewed = np.zeros(len(lines.students), bool)
    reviewed[events.student[events.iep > 0]] = True
    dates = date_of[reviewed]
    made, undated = np.zeros(len(weeks)), int(np.isnat(dates).sum())
    for day, count in _counted(dates[~np.isnat(dates)], np.ones(len(dates) - undated)):
        made[weeks.nearest_open(_anniversary(day, first, last))] += count
    return made, undated


def _counted(dates: np.ndarray, counts: np.ndarray) -> list[tuple[date, float]]:
    """Each distinct date with the sum of its counts: a year has few of them, however many students there are."""
    days, at = np.unique(dates.astype("datetime64[D]"), return_inverse=True)
    return list(zip(days.tolist(), np.bincount(at, counts).tolist(), strict=True))


def _anniversary(day: date, first: date, last: date) -> date:
    """The same day of the year inside the school year."""
    for year in (first.year, last.year):
        try:
            moved = day.replace(year=year)
        except ValueError:  # 29 February
            moved = day.replace(year=year, day=28)
        if first <= moved <= last:
            return moved
    return last
