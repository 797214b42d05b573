"""Premises about the district: who is in post, what the year and its evaluations are, what the standards are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from workload.answer import Answer
from workload.model.parameters import parameters
from workload.model.roster import Roster
from workload.model.school_calendar import open_weeks
from workload.model.words import count, in_words
from workload.premises.other_ends import minutes_overdue, premise_of, read_otherwise
from workload.premises.records import ASSUMED, CONFIRMED, GIVEN, OPEN, POSTS, STANDARDS, Ends, Premise
from workload.work.demand import Demand
from workload.work.travel import TravelTimes, legs

OTHER_WEEKS = 2  # a school year is two instructional weeks shorter or longer in other districts; an example
WEEKS_APART = 1  # so far the weeks of a calendar may lie from the instructional weeks before it is a premise


def posts(answer: Answer) -> Iterator[Premise]:
    people, listed = answer.demand.people, len(answer.roster.therapists)
    if answer.posts_known:
        said, them = answer.confirmed.get(POSTS), count(listed, "person", "people")
        if said is None:
            yield premise_of(answer, POSTS, GIVEN, f"The file says who is in post: {them}.", listed)
            return
        made = premise_of(answer, POSTS, CONFIRMED, f"Who is in post was typed in: {them}.", listed)
        yield replace(made, who=said.who, when=said.when)
        return
    unknown = int(people.posts_unknown.sum())
    text = (
        "Nobody has said who is in post, so the need is shown, but no gap."
        if not unknown
        else f"{count(unknown, 'person is', 'people are')} named, and nobody has said with what "
        f"{'role and hours' if people.posts_assumed else 'FTE or hours'}. The need is shown, but no gap."
    )
    nothing = premise_of(answer, POSTS, OPEN, text, unknown, "Type in who is in post: role, and FTE or hours a week.")
    yield replace(nothing, gap=Ends(math.nan, math.nan))


def vacancies(answer: Answer) -> Iterator[Premise]:
    vacant = answer.roster.known.vacant
    if vacant:
        fte = sum(value for _, value in vacant if value == value)
        yield premise_of(
            answer,
            "vacancies",
            GIVEN,
            f"{count(len(vacant), 'vacant post is', 'vacant posts are')} budgeted, with {fte:g} FTE.",
            len(vacant),
        )
        return
    yield premise_of(
        answer,
        "vacancies",
        ASSUMED,
        "No vacant post is taken to be budgeted.",
        action="List vacant posts with their FTE, or confirm that there are none.",
    )


def leaves(answer: Answer) -> Iterator[Premise]:
    people = answer.roster.therapists
    dated = int((people["leave_start"].notna() | people["leave_end"].notna()).sum())
    if dated:
        yield premise_of(answer, "leaves", GIVEN, f"The file lists {count(dated, 'leave')}.", dated)
        return
    yield premise_of(
        answer,
        "leaves",
        ASSUMED,
        "Nobody is taken to be on leave.",
        action="Enter the first and last day of each leave, or confirm that there is none.",
    )


def evaluations(answer: Answer) -> Iterator[Premise]:
    events = answer.demand.events
    if events.sheet_rules:
        table = answer.roster.evaluations
        first = table[table["type"] == "initial"]
        consented = int(first["consent"].notna().sum())
        text = "The file lists the evaluations of the year."
        if consented:
            text = f"{text} {consented} of {count(len(first), 'first evaluation')} say when the parent consented."
        yield premise_of(answer, "evaluations", GIVEN, text)
        return
    if events.dated:
        yield premise_of(
            answer,
            "evaluations",
            GIVEN,
            f"{count(events.dated, 'student has', 'students have')} a "
            "re-evaluation date. Initial evaluations are counted at the rate assumed.",
            events.dated,
        )
        return
    rates = [parameters()[id] for id in ("evaluations_initial_per_student", "reevaluations_per_student")]
    others = tuple(
        answer.under(answer.assumptions.changed({one.id: getattr(one, end) for one in rates}, "the other end"))
        for end in ("low", "high")
    )
    students = int(round(float(events.students_initial.sum())))
    yield premise_of(
        answer,
        "evaluations",
        ASSUMED,
        f"Evaluations are counted at the rates assumed, for {count(students, 'student')}.",
        students,
        "List this year's evaluations, or fill in re-evaluation dates.",
        others,
    )


def calendar(answer: Answer) -> Iterator[Premise]:
    weeks, declared = answer.demand.weeks, parameters()["instructional_weeks"]
    typed, said = answer.assumptions.origins.get("instructional_weeks"), answer.calendar
    held = open_weeks(answer.day, said)
    apart = bool(said.closings) and abs(held - weeks) >= WEEKS_APART
    text = (
        f"The district's year has {weeks:g} instructional weeks."
        if typed
        else (f"The year is taken to have {weeks:g} instructional weeks.")
    )
    if said.is_known:
        text = (
            f"School is from {in_words(said.first_of(answer.day))} to {in_words(said.last_of(answer.day))} with "
            f"{count(len(said.closings), 'closing')}: {held:.1f} weeks with school, {weeks:g} counted as instructional."
        )
    if not apart and (typed or said.first and said.last and said.closings):
        yield premise_of(answer, "calendar", CONFIRMED, text)
        return
    ends = (held,) if apart else (weeks - OTHER_WEEKS, weeks + OTHER_WEEKS)
    others = tuple(
        read_otherwise(answer, {"instructional_weeks": float(np.clip(end, declared.minimum, declared.maximum))})
        for end in ends
    )
    action = (
        f"Count the {held:.1f} weeks of the calendar, or correct the closings."
        if apart
        else "Enter the first and last day of school and the closings."
    )
    yield premise_of(answer, "calendar", ASSUMED, text, action=action, others=others)


def standards(answer: Answer) -> Iterator[Premise]:
    drawn = [id for id, parameter in parameters().items() if parameter.is_drawn]
    examples = [id for id in drawn if answer.assumptions.source(id)[0] == "example"]
    if not examples:
        yield premise_of(
            answer, STANDARDS, GIVEN, "Every standard of time is the district's own, measured or published."
        )
        return
    premise = premise_of(
        answer,
        STANDARDS,
        ASSUMED,
        f"{len(examples)} of {len(drawn)} standards of time are examples.",
        len(examples),
        "Set the district's own, or measure them with a time study.",
    )
    spread, (required, gap) = answer.range, premise.now
    available = float(answer.district["available_fte"])
    low, high = float(spread.p10), float(spread.p90)
    yield replace(  # the answer itself may lie below the range, since the spans are not even around it
        premise, required=Ends.of(low, high, required), gap=Ends.of(available - high, available - low, gap)
    )


def orphans(answer: Answer) -> Iterator[Premise]:
    lines, people = answer.demand.lines, answer.demand.people
    lost = np.flatnonzero(lines.therapist != lines.named)
    if not len(lost):
        return
    names = sorted({people.names[code] for code in lines.named[lost]})
    students = len(np.unique(lines.student[lost]))
    gone = np.array([name in names for name in people.names] + [False])
    week = answer.staffing.full_week
    fte = float(np.where(np.isnan(people.fte), people.hours_per_week / week, people.fte)[gone].sum())
    premise = premise_of(
        answer,
        "orphans",
        ASSUMED,
        f"{count(students, 'student has', 'students have')} nobody: {', '.join(names)} "
        f"{'is' if len(names) == 1 else 'are'} not in post on this date.",
        students,
        "Give these students to somebody, or correct the dates of the post.",
    )
    yield replace(premise, gap=Ends.of(premise.now[1], premise.now[1] + fte))


def overdue_weeks_words(answer: Answer) -> str:
    """In how many weeks overdue minutes are counted as made up: "one week", "6 weeks"."""
    weeks = answer.assumptions["makeup_overdue_weeks"]
    return "one week" if weeks == 1 else f"{weeks:g} weeks"


def owed(answer: Answer) -> Iterator[Premise]:
    """Minutes that were due before the day: how soon they are made up decides how full the weeks are now."""
    minutes, lines = minutes_overdue(answer)
    if not lines:
        return
    text = (
        f"{minutes:,.0f} minutes owed on {count(lines, 'line')} were due before the date of the answer; they are counted as made up within "
        f"{overdue_weeks_words(answer)}."
    )
    if answer.assumptions.origins.get("makeup_overdue_weeks"):
        yield premise_of(answer, "owed", CONFIRMED, text, lines)
        return
    left = float(np.clip(answer.demand.weeks_until(None), 1.0, parameters()["makeup_overdue_weeks"].maximum))
    yield premise_of(
        answer,
        "owed",
        ASSUMED,
        text,
        lines,
        "Set in how many weeks overdue minutes are made up, or correct the due dates in the file.",
        (read_otherwise(answer, {"makeup_overdue_weeks": left}),),
    )


def _known_drives(demand: Demand, roster: Roster) -> list[str]:
    """How the minutes of each drive in a week are known, of those that are."""
    times, people = roster.once(_times), demand.people
    week = [leg for there, plan in zip(people.in_post, people.plans, strict=True) if there for leg in legs(plan)]
    return [
        how for origin, to in week for minutes, how in [times.leg(origin, to)] if origin != to and minutes is not None
    ]


def _times(roster: Roster) -> TravelTimes:
    return TravelTimes.of(roster.travel, roster.schools)


def drives(answer: Answer) -> Iterator[Premise]:
    """Drives between schools whose minutes are known: whether they count from door to door decides what a day plan costs."""
    id, known = "travel_arrival_minutes", answer.demand.once(_known_drives, answer.roster)
    if not known:
        return
    added, where = answer.assumptions[id], " and of ".join(f"the {how}" for how in sorted(set(known)))
    text = (
        f"{count(len(known), 'drive')} a week {'has' if len(known) == 1 else 'have'} the minutes of {where}; "
        + (f"{added:g} minutes are added to each" if added else "nothing is added")
        + " to sign in and set up."
    )
    if answer.assumptions.origins.get(id):
        yield premise_of(answer, "drives", CONFIRMED, text, len(known))
        return
    yield premise_of(
        answer,
        "drives",
        ASSUMED,
        text,
        len(known),
        "Say that the Travel sheet counts from door to door, or set the minutes of an arrival.",
        (read_otherwise(answer, {id: parameters()[id].high}),),
    )
