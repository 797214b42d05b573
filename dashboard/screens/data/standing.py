"""Where the file stands, in one band: what is open and how far it moves the answer, or that all is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts.finding import chip, fact, hero
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.short_answer import said_short
from dashboard.screens.data import data_state, effects
from dashboard.shell import navigation, session
from workload.explain.headline import standing_of
from workload.model.words import count, fte, fte_span

if TYPE_CHECKING:
    from workload.answer import Answer
    from workload.intake.load import Loaded
    from workload.model.confirmations import QuestionEnds

WAITS = ("Provisional", "open")


def band(loaded: Loaded, found: effects.Tried) -> None:
    """The finding of the page: amber while something waits for a person, white when the answer is next."""
    answer, errors = session.answer(), session.opened().errors
    number = len(loaded.questions)
    if no_services(loaded) and errors:
        with st.container(key="waiting"):
            hero("No answer yet:", "", "say below which sheet lists the students and their minutes", facts(loaded))
    elif number:
        with st.container(key="waiting"):
            hero(
                "",
                str(number),
                f"question{'s' * (number > 1)} open: {until(answer, effects.ends(found))}",
                facts(loaded),
            )
            if answer is not None and not found and session.imported().files:
                st.button(
                    "Work out what each answer changes",
                    key="work_out",
                    on_click=data_state.change,
                    kwargs={"work_out": loaded.roster.digest},
                )
    elif errors:
        with st.container(key="waiting"):
            hero("No answer yet:", "", f"{lower(errors[0].message)}", facts(loaded))
    elif session.must_look():
        with st.container(key="waiting"):
            hero("", "1", "look is needed: the totals of the file are unusual", facts(loaded))
    elif answer is not None:
        with st.container(key="card_done"):
            hero(*settled(answer), facts=facts(loaded, answer), actions=[("See the answer", navigation.ANSWER.file)])
    stops(loaded, errors)


def no_services(loaded: Loaded) -> bool:
    """Whether files were opened and no sheet of services was found in them."""
    opened = [report for report in loaded.files if report.refusal is None]
    return bool(opened) and not any(each.table == "services" for each in loaded.roster.row_counts)


def stops(loaded: Loaded, errors) -> None:
    """What stops the answer, with its remedy, and files that were not read."""
    refused = [(report.name, report.refusal) for report in loaded.files if report.refusal is not None]
    for name, refusal in refused:
        st.error(f"**{safe(name)}**: {safe(refusal.message)} {safe(refusal.remedy, 600)}")
    seen = {refusal.message for _, refusal in refused}
    for issue in [issue for issue in errors if issue.message not in seen][:3]:
        st.error(f"{safe(issue.message, 600)} {safe(issue.remedy, 600)}")


def until(answer: Answer | None, ends: QuestionEnds | None) -> str:
    """What the district needs, or is short of, while questions are open."""
    if ends is None:
        if answer is None:
            return "there is no answer until you answer"
        return f"the district needs {fte(answer.district['required_fte'])} FTE so far"
    if answer is not None:
        now, gap = float(answer.district["required_fte"]), float(answer.district["gap_fte"])
        required = min(ends[0][0], now), max(ends[0][1], now)
        gaps = [min(ends[1][0], gap), max(ends[1][1], gap)] if gap == gap else None
    else:
        required, gaps = ends[0], list(ends[1]) if ends[1][0] == ends[1][0] else None
    if gaps:
        return f"the district {span_of_gap(*gaps)} until you answer"
    return f"the district needs {fte_span(*required)} FTE until you answer"


def span_of_gap(low: float, high: float) -> str:
    """The gap in words; a negative gap is missing time."""
    if high < 0:
        return f"is short by {fte_span(-high, -low)} FTE"
    if low >= 0:
        return f"has room for {fte_span(low, high)} FTE"
    return f"is between short by {fte(-low)} and room for {fte(high)} FTE"


def settled(answer: Answer) -> tuple[str, str, str]:
    """The finding after the last answer: the short answer, in the words of Answer and Home."""
    name = session.district_name()
    before, number, after, _ = said_short(standing_of(answer), "the district" if name == "The district" else name)
    return f"No question is open: {before}", number, after


def facts(loaded: Loaded, answer: Answer | None = None) -> list[str]:
    """How many rows of which files there are, what waits, and whether anybody has said who is in post."""
    ended = loaded.roster.row_counts if answer is None else answer.row_counts  # the day leaves rows out, too
    counts = [each for each in ended if each.table == "services"]
    read, taken = (sum(getattr(each, name) for each in counts) for name in ("read", "counted"))
    waiting = loaded.roster.known.rows_waiting
    out = sum(sum(each.excluded.values()) for each in counts)
    files = [report.name for report in loaded.files if report.refusal is None][: len(session.imported().files) or None]
    name = plain(files[0]) if len(files) == 1 else count(len(files), "file")
    said = [chip(*WAITS)] if loaded.questions or answer is None else []
    left_out = f", {out:,} left out with a reason" if out else ""
    so_far = " so far" if waiting else ""
    wait = "waits" if waiting == 1 else "wait"
    if counts:
        tail = f", {{}} {wait} for your answers." if waiting else "."
        said.append(
            fact(
                f"{{}}: {read:,} rows, {taken:,} counted{so_far}{left_out}{tail}",
                name,
                *([f"{waiting:,}"] if waiting else []),
            )
        )
    else:
        said.append(fact("{}: no services were found.", name))
    if loaded.questions and answer is not None and not answer.posts_known:
        said.append(fact("Nobody has said who is in post, so {} can be given.", "no gap"))
    return said


def lower(text: str) -> str:
    """A sentence as the second part of another one."""
    return plain(text[:1].lower() + text[1:].rstrip("."), 160)
