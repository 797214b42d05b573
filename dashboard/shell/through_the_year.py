"""The open district through the year, from the store: its months, and what its people have said, logged and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.shell import cached, keeping, session, sign_in
from dashboard.shell.beside_roster import BesideRoster
from workload.store.roles import SEE_NAMES

if TYPE_CHECKING:
    import pandas as pd

    from workload.answer import Answer
    from workload.staffing.delivered.compliance import Delivered
    from workload.store.between_months import Between
    from workload.store.measured_pilot import MeasuredPilot
    from workload.store.months import Head, Month
    from workload.store.own_log import OwnLog
    from workload.store.sent_corrections import Sent


def months() -> list[Head]:
    """The months that are kept of the open district, the oldest first."""
    from workload.store.months import heads

    kept = keeping.current()
    return keeping.told(lambda: heads(keeping.district_of(kept)), []) if kept is not None else []


def take_month() -> None:
    """Keep the day that is shown as a month of the open district."""
    from workload.store.months import Month, take

    kept, answer, own = keeping.current(), session.answer(), session.imported()
    if kept is None or answer is None or kept.looking is not None or keeping.is_for_now():
        return
    decided = {"map": own.answers, "posts": own.posts, "looked": own.looked}
    month = Month(
        answer.day, answer.roster, answer.assumptions, answer.state, answer.confirmed, decided, calendar=answer.calendar
    )
    keeping.done(lambda: take(keeping.district_of(kept), month, keeping.now()))


def months_between(before: date, after: date) -> Between | None:
    """Two kept months compared; None where one of them cannot be read, which is said."""
    from workload.store.between_months import between

    heads = [head for head in months() if head.day in (before, after)]
    key = cached.digest(_id(), before, after, *heads, keeping.may(SEE_NAMES))

    def made() -> Between | None:
        first, last = _month(before), _month(after)
        return None if first is None or last is None else between(first, last)

    return cached.drawn("between_months", key, made)


def _id() -> str:
    """The open district, for what is held by its months: a `Head` does not say whose it is."""
    kept = keeping.current()
    return kept.id if kept is not None else ""


def _month(day: date) -> Month | None:
    from workload.store.months import month

    kept = keeping.current()
    return keeping.told(lambda: month(keeping.district_of(kept), day), None) if kept is not None else None


def pilot(
    before: date, after: date, schools: tuple[str, ...], began: date, delivered: Delivered | None
) -> MeasuredPilot | None:
    """Pilot schools and the others between two kept months; None where one of them cannot be read, which is said."""
    from workload.store.measured_pilot import measured_pilot

    heads = [head for head in months() if head.day in (before, after)]
    minutes = "" if delivered is None else delivered.rows.to_csv()
    key = cached.digest(_id(), *heads, schools, began, minutes, keeping.may(SEE_NAMES))

    def made() -> MeasuredPilot | None:
        first, last = _month(before), _month(after)
        return None if first is None or last is None else measured_pilot(first, last, schools, began, delivered)

    return cached.drawn("measured_pilot", key, made)


def trend() -> pd.DataFrame | None:
    """How the kept months went."""
    from workload.store.between_months import trend as trend_of

    found = [_month(head.day) for head in months()]
    return trend_of([each for each in found if each is not None]) if found else None


def looked_at() -> date | None:
    """The day of the older month that is open to look at; None while today's work is."""
    kept = keeping.current()
    return kept.looking if kept is not None else None


def look_at(day: date) -> None:
    """Open a kept month on every page, as it was kept; nothing that is changed then is saved."""
    from dashboard.shell.imported_files import Imported

    kept, found = keeping.current(), _month(day)
    if kept is None or found is None:
        return
    keeping.save()
    if kept.problem or kept.conflict:
        session.say("What is open is not kept yet, so no older month is opened over it.")
        return
    decided, assumed = found.decided, found.assumptions
    session.forget_evidence()
    session.set_imported(Imported(answers=decided["map"], posts=decided["posts"], looked=decided["looked"]))
    session.open_roster(found.roster, session.district_name(), first_day=found.day)
    session.set_next("state", found.state)
    session.set_assumptions(assumed.values)
    beside = session.record(BesideRoster)
    beside.confirmed, beside.calendar = found.confirmed, found.calendar
    beside.measured = {
        id: (float(assumed.values[id]), assumed.origins[id], error) for id, error in assumed.errors.items()
    }
    beside.before_measured = {id: float(assumed.values[id]) for id in assumed.errors}
    kept.looking = day


def back_to_today() -> None:
    """Close the month that was looked at, and open the work as it stands in the store."""
    kept = keeping.current()
    if kept is not None:
        session.set_assumptions({})
        keeping.open_kept(kept.id)


@dataclass(frozen=True)
class WeeksSaid:
    """What people have said of their weeks in a month.

    right, of  how many of how many; day, roster_digest  of the month; wrong  name and what is not right
    """

    right: int
    of: int
    day: date
    roster_digest: str
    wrong: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """ "14 of 16 therapists have confirmed their week." """
        return f"{self.right} of {self.of} therapists have confirmed their week."

    def is_of(self, answer: Answer) -> bool:
        """Whether the answer is of the rows and the day that were confirmed."""
        return (self.day, self.roster_digest) == (answer.day, answer.roster.digest)


def weeks_said() -> WeeksSaid | None:
    """On a server: what has been said of the weeks of the newest month; None where no month is kept."""
    from workload.store.therapist_week import NOT_RIGHT, asked, confirmed, said_by_all

    kept, listed = keeping.current(), months() if sign_in.is_on() else []
    if kept is None or not listed:
        return None
    newest, key = listed[-1], cached.digest(_id(), keeping.may(SEE_NAMES), listed[-1])
    found = cached.drawn("month_asked", key, lambda: _asked(newest.day, asked))
    said = keeping.told(lambda: said_by_all(keeping.district_of(kept), newest.day), None)
    if found is None or said is None:
        return None
    wrong = tuple((each.therapist, each.note) for each in said if each.said == NOT_RIGHT)
    people, digest = found
    return WeeksSaid(*confirmed(people, digest, said), newest.day, digest, wrong)


def _asked(day: date, asked: Callable[[Month], frozenset[str]]) -> tuple[frozenset[str], str] | None:
    found = _month(day)
    return (asked(found), found.roster.digest) if found is not None else None


# --- what therapists send and log under their own sign-in ----------------------------------------------------


def sent() -> list[Sent]:
    """The corrections that therapists have sent on this server, the oldest first."""
    from workload.store.sent_corrections import sent_by_all

    kept = keeping.current() if sign_in.is_on() else None
    return keeping.told(lambda: sent_by_all(keeping.district_of(kept)), []) if kept is not None else []


def settle_sent(states: Mapping[int, str]) -> bool:
    """Write down what has become of corrections; whether it is written. Why it is not is said."""
    from workload.store.sent_corrections import settle

    kept = keeping.current()
    if kept is None or not states:
        return False
    if kept.looking is not None:
        session.say("An older month is open, of which nothing is saved. Go back to today to decide about corrections.")
        return False
    return keeping.done(lambda: settle(keeping.district_of(kept), states, keeping.now()))


def own_logs() -> list[OwnLog]:
    """The logs that therapists have typed on this server."""
    from workload.store.own_log import all_logs

    kept = keeping.current() if sign_in.is_on() else None
    return keeping.told(lambda: all_logs(keeping.district_of(kept)), []) if kept is not None else []
