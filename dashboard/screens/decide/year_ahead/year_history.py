"""Rosters of earlier years, for the forecast: read when they come, each with its school year, and taken out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.shell import cached, session
from workload.answer import Answer, analyze, default_day
from workload.model.issues import ERROR
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.model.words import count
from workload.year_ahead.forecast import YearRecord, record_of

YEARS_BACK, MOST_FILES = 10, 10
OCTOBER_FIRST = (10, 1)  # the day of a school year whose file says nothing of days


def kept() -> YearAheadRecord:
    return session.record(YearAheadRecord)


def asked(answer: Answer) -> tuple[YearRecord, ...] | None:
    """The records of the earlier years as widgets; None where two files are said to be of one year."""
    st.file_uploader(
        "Rosters of earlier years, one file for each year",
        type=widgets.TABLE_KINDS,
        accept_multiple_files=True,
        key=uploader(),
        on_change=take,
        args=(answer,),
    )
    for sentence in kept().problems:
        st.warning(safe(sentence, 600))
    rosters = kept().rosters
    now = school_year(answer.day)[0].year
    records = [_one(name, roster, now) for name, roster in rosters.items()]
    twice = [year for year, number in Counter(record.year for record in records).items() if number > 1]
    if twice:
        st.warning(
            f"Two files are said to be of {written(twice[0])}. Choose another school year for one of them, or take one out."
        )
        return None
    return tuple(records)


def uploader() -> str:
    """The name of the uploader: a new one, which is empty, after every file that was read."""
    return f"earlier_rosters_{kept().uploads}"


def written(year: int) -> str:
    """ "2024-25"."""
    return f"{year}-{(year + 1) % 100:02}"


def _one(name: str, roster: Roster, now: int) -> YearRecord:
    """One file: its school year, which can be corrected, its students, and the button that takes it out."""
    years = list(range(now - 1, now - 1 - YEARS_BACK, -1))
    guess = kept().guesses[name]
    # Where the day at the side went to another school year, a guess may lie beyond it; the newest year is then offered.
    key = _key(name, roster, now)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            f"School year of {plain(name, 60)}",
            years,
            years.index(guess) if guess in years else 0,
            format_func=written,
            key=f"year_of_{key}",
            persist_state="session",
            width=340,
        )
        record = _record(roster, year)
        st.caption(count(len(record.bands), "student"), width="content")
        st.button(
            "Take out",
            key=f"year_out_{key}",
            type="tertiary",
            on_click=_take_out,
            args=(name,),
            help=f"Without {plain(name, 60)}",
        )
    return record


def _key(name: str, roster: Roster, now: int) -> str:
    """What the widgets of a file are called by."""
    return cached.digest(name, roster.digest, now)[:12]


def answer_of(answer: Answer, year: int) -> Answer | None:
    """The answer of a school year under today's assumptions: the open one, or that of an earlier roster that was brought
    for this year; None without one."""
    now = school_year(answer.day)[0].year
    if year == now:
        return answer
    of_year = (
        roster
        for name, roster in kept().rosters.items()
        if (session.chosen(f"year_of_{_key(name, roster, now)}") or kept().guesses[name]) == year
    )
    then = next(of_year, None)
    if then is None:
        return None
    key = cached.digest(then.digest, year, answer.assumptions, answer.state)
    return cached.drawn(
        "answer_of_year", key, lambda: analyze(then, day_in(then, year), answer.assumptions, answer.state)
    )


def _record(roster: Roster, year: int) -> YearRecord:
    """The record of a roster as it stood in a school year; held in the session."""
    key, held = (roster.digest, year), kept().records
    if key not in held:
        held[key] = record_of(analyze(roster, day_in(roster, year)))
    return held[key]


def day_in(roster: Roster, year: int) -> date:
    """The day of the school year that makes most sense of a file; October 1 where its dates are of other years."""
    day = default_day(roster, school_year(date(year, *OCTOBER_FIRST))[1])
    return day if school_year(day)[0].year == year and _has_dates(roster) else date(year, *OCTOBER_FIRST)


def _has_dates(roster: Roster) -> bool:
    return bool(roster.services["start"].notna().any())


def guesses(rosters: Mapping[str, Roster], now: int) -> dict[str, int]:
    """The school year of each file: by its dates, else the newest that no other file has. Always before the open one's."""
    made: dict[str, int] = {}
    for name, roster in rosters.items():
        by_dates = school_year(default_day(roster, session.today()))[0].year if _has_dates(roster) else now
        if now - YEARS_BACK <= by_dates < now:
            made[name] = by_dates
    for name in rosters:
        free = (year for year in range(now - 1, now - 1 - YEARS_BACK, -1) if year not in made.values())
        if name not in made:
            made[name] = next(free, now - 1)
    return {name: made[name] for name in rosters}


def take(answer: Answer) -> None:
    """Read what was uploaded, with the same secret as the open roster; what cannot be read is said."""
    from workload.intake.load import load

    rosters, problems = dict(kept().rosters), []
    # Pseudonyms agree only under one secret, and the sample has its own.
    secret = cached.secret_of_the_sample() if session.opened().is_sample else session.secret()
    for file in (session.chosen(uploader()) or ())[:MOST_FILES]:
        loaded = load([(file.name, file.getvalue())], secret=secret, answers=session.imported().answers)
        stop = next((issue for issue in loaded.roster.issues if issue.severity == ERROR), None)
        if stop is not None or not len(loaded.roster.services):
            problems.append(f"{file.name} was not used: {stop.message if stop else 'no service rows were found.'}")
        elif _same(loaded.roster, answer.roster):
            problems.append(
                f"{file.name} holds the students and grades of the roster that is open. Bring the rosters of earlier years."
            )
        else:
            rosters[file.name] = loaded.roster
    _keep(rosters, school_year(answer.day)[0].year)
    session.change(YearAheadRecord, problems=tuple(problems), uploads=kept().uploads + 1)


def _same(one: Roster, other: Roster) -> bool:
    """Whether two rosters list the same students in the same grades, line by line."""
    names = ["student", "grade"]
    return one.services[names].equals(other.services[names])


def _keep(rosters: Mapping[str, Roster], now: int) -> None:
    """Keep these files; a guess that was made before stays."""
    known = {name: year for name, year in kept().guesses.items() if name in rosters}
    session.change(YearAheadRecord, rosters=rosters, guesses={**guesses(rosters, now), **known})


def _take_out(name: str) -> None:
    left = {other: roster for other, roster in kept().rosters.items() if other != name}
    guessed = {other: year for other, year in kept().guesses.items() if other in left}
    session.change(YearAheadRecord, rosters=left, guesses=guessed, problems=())
