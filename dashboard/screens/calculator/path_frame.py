"""What stands around the four steps: the finding on top, the way from step to step, and the file to keep."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts import finding, sections, widgets
from dashboard.screens.calculator import path_record
from dashboard.screens.calculator.path_record import STEPS, record
from dashboard.shell import session
from workload.answer import Answer
from workload.model.words import count, hours, rounded, shown
from workload.one_week.own_case import Case
from workload.one_week.week_file import SavedWeek, WeekFileError, as_file, read_file
from workload.one_week.week_grid import Grid
from workload.one_week.week_roster import Duties, Week
from workload.report.own_letter.letter_words import own_row
from workload.report.own_letter.roster_sheet import roster_file

STEP = "step"
PRIVATE = (
    "What you type goes to the computer that runs this tool and to no other, and nothing outlives this session, unless "
    "you save the file. It holds numbers and choices, no name and no text of your list. In round numbers, the address of "
    "this page holds them, so that it can be shared."
)


def head(place: DeltaGenerator, answer: Answer | None) -> None:
    """The finding: her week against her contract."""
    with place:
        if answer is None:
            finding.hero("Is my own week possible? Four steps to a letter with your numbers", "", "")
            return
        row = own_row(answer)
        work, contract = float(row["workload_hours"]), float(row["available_hours"])
        over = rounded(rounded(work, 1) - rounded(contract, 1), 1)
        low, high = (float(row[end]) * answer.staffing.full_week for end in ("required_fte_p10", "required_fte_p90"))
        fits = (
            finding.chip(f"{hours(over)} hours do not fit", "short")
            if over > 0
            else finding.chip(f"fits, {hours(-over)} hours to spare" if over else "it just fits")
        )
        finding.hero(
            "This week takes",
            hours(work),
            f"hours; the contract has {hours(contract)}.",
            [
                finding.fact("{}", count(int(row["caseload"]), "student")),
                finding.fact("likely {} hours", f"{shown(low, 0)} to {shown(high, 0)}"),
                fits,
                *waiting(),
            ],
            short=over > 0,
        )


def waiting() -> list[str]:
    """How many students of the list are not counted until a question is answered."""
    open_ = path_record.open_students()
    return [finding.chip(f"{count(open_, 'student')} not counted yet", "open")] if open_ else []


def step() -> str:
    with st.container(key="card_steps"):
        return sections.part(STEPS, STEP, label="Step")


def onward(here: str, own: Answer | None) -> None:
    """The button to the next step. Before there is a week, reading the list comes first, and has the page's one primary button."""
    place = STEPS.index(here)
    with st.container(key="actions", horizontal=True):
        if place + 1 < len(STEPS):
            st.button(
                f"Next: {STEPS[place + 1][2:].lower()}",
                type="primary" if own is not None or place else "secondary",
                on_click=session.set_now,
                args=(STEP, STEPS[place + 1]),
                key="my_next",
            )
        if place:
            st.button(
                f"Back: {STEPS[place - 1][2:].lower()}",
                on_click=session.set_now,
                args=(STEP, STEPS[place - 1]),
                key="my_back",
            )


def keep() -> None:
    """The week as a file, a saved one brought back, and a clean start."""
    with st.container(key="card_keep"):
        finding.title("Keep it", "One file of your own; bring it back here on any day.")
        with st.container(horizontal=True):
            st.download_button(
                "Save my week",
                partial(as_file, as_it_is()),
                "my-week.json",
                "application/json",
                on_click="ignore",
                key="my_save",
            )
            if path_record.case().students:
                weeks = float(session.assumptions()["contract_weeks"])
                st.download_button(
                    "As a roster for my district",
                    partial(roster_file, path_record.case(), weeks, session.today()),
                    "my-roster.xlsx",
                    widgets.EXCEL,
                    on_click="ignore",
                    key="my_roster",
                    help="One row for each service, students numbered. Write your name and your schools in, and the district can "
                    "read it beside its other files.",
                )
            st.button("Start anew", on_click=_anew, key="my_anew")
        key = path_record.widget_key("file")
        st.file_uploader(
            "Bring back a saved week (my-week.json)", type=["json"], key=key, on_change=_bring, args=(key,)
        )
        st.caption(PRIVATE)


def as_it_is() -> SavedWeek:
    kept = record()
    return SavedWeek(path_record.case(), kept.grid, kept.signs, session.state() or "", kept.levers)


def _bring(key: str) -> None:
    """Take over a saved week; a file that is none changes nothing."""
    file = session.chosen(key)
    if file is None:
        return
    try:
        saved = read_file(file.getvalue())
    except WeekFileError as problem:
        session.say(str(problem))
        return
    _begin_with(saved)
    session.say(f"Your saved week is back: {count(saved.case.students, 'student')}.")


def _anew() -> None:
    _begin_with(SavedWeek(Case(duties=Duties()), Grid()))


def _begin_with(saved: SavedWeek) -> None:
    kept = record()
    kept.lines, kept.answers, kept.sheet, kept.sheet_answers, kept.sheet_of = (), {}, None, {}, None
    kept.way, kept.week, kept.kept_entries = path_record.LIST, Week(), saved.case.entries
    kept.duties, kept.ticked = saved.case.duties, dict(saved.case.ticked)
    kept.grid, kept.signs, kept.levers = saved.grid, saved.signs, saved.chosen
    kept.generation += 1
    session.set_now("way", path_record.LIST)
    if saved.state:
        session.set_now("state", saved.state)
