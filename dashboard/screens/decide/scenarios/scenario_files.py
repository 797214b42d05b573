"""A scenario to keep and to share: its name, a file, and the address, which holds nobody's name."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.screens.decide.scenarios import open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import cached, session
from workload.answer import Answer
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.levers import checked_against
from workload.scenarios.scenario import Scenario, from_link, from_toml, to_link, to_toml

LINKED, WAITING = "scenario", "_scenario_link"  # the name in the address; where a link waits for its roster
SHARED_NAME = "Scenario from a link"
LONGEST_ADDRESS = 1_800


def wait_for_roster() -> None:
    """Keep the scenario of the address until a roster is open: on the way there the address changes."""
    text = st.query_params.get(LINKED)
    if text and text != open_scenarios.record().link_written:
        session.set_now(WAITING, text)


def take_link(answer: Answer) -> None:
    """Open the scenario that came with the address, once."""
    text = session.chosen(WAITING)
    if not text:
        return
    session.set_now(WAITING, None)
    now = open_scenarios.board(answer)
    try:
        made = from_link(text, answer.demand.schools)
        checked_against(answer, made.levers, made.pilot_schools)
    except LeverError as refusal:
        open_scenarios.refuse(f"The scenario of the address could not be opened. {refusal}")
        return
    start = Board((), 0) if now.scenarios == (now.open,) and not now.open.levers else now
    open_scenarios.change(now, start.with_added(made))


def link_of(scenario: Scenario, answer: Answer) -> str:
    """The scenario as the text of an address, without its name; empty when it is empty, too long or not of this roster."""
    if not scenario.levers:
        return ""
    try:
        text = to_link(scenario.renamed(SHARED_NAME), answer.demand.schools)
    except KeyError:
        return ""
    return text if len(text) <= LONGEST_ADDRESS else ""


def show(now: Board, answer: Answer) -> None:
    """The name, the file and the address of the open scenario, and a file to open."""
    st.text_input(
        "Name of this scenario",
        now.open.name,
        max_chars=80,
        key=f"name_{open_scenarios.version()}",
        on_change=_rename,
        args=(now,),
        help="The name goes into the file, not into the address.",
    )
    st.header("As a file", anchor=False)
    st.caption(
        "Scenarios are kept as long as this session. The file keeps one for later: it holds levers, school names, the places of "
        "posts in the roster's list and the numbers of groups; no student, no therapist's name and no label of a group."
    )
    text = to_toml(now.open)
    st.download_button(
        "Download this scenario",
        text,
        f"scenario-{cached.digest(text)[:8]}.toml",
        "application/toml",
        on_click="ignore",
        key="scenario_save",
    )
    st.file_uploader("Open a scenario file", type=["toml"], key="scenario_file", on_change=_open, args=(now, answer))
    st.header("As an address", anchor=False)
    link = link_of(now.open, answer)
    if link:
        st.caption(
            "The address of this page now holds the levers as numbers: no names of people, schools or students. Copy it from the "
            "browser, or the part below. Whoever opens it needs the same roster."
        )
        st.code(f"?{LINKED}={link}", language=None, wrap_lines=True)
    else:
        st.caption(
            "An empty scenario has no address, and one with very many levers does not fit into one. Use the file."
        )


def put(link: str) -> None:
    """Write the scenario into the address; an empty one has none there."""
    written = open_scenarios.record().link_written
    open_scenarios.record().link_written = link
    if link and st.query_params.get(LINKED) != link:
        st.query_params[LINKED] = link
    elif not link and written and st.query_params.get(LINKED) == written:
        del st.query_params[LINKED]


def _rename(now: Board) -> None:
    open_scenarios.rename(now, session.chosen(f"name_{open_scenarios.version()}"))


def _open(now: Board, answer: Answer) -> None:
    """Take an uploaded scenario over; one that cannot be used changes nothing and is refused in a sentence."""
    file = session.chosen("scenario_file")
    if file is None:
        return
    try:
        made = from_toml(file.getvalue().decode("utf-8"))
        checked_against(answer, made.levers, made.pilot_schools)
    except UnicodeDecodeError:
        open_scenarios.refuse("The file is not a scenario file (TOML).")
    except LeverError as refusal:
        open_scenarios.refuse(safe(refusal, 400))
    else:
        open_scenarios.add(now, made)
