"""The packet before it is made: the same sentences, numbers and tables, from the same story as the brief and the deck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.report import packet_words
from workload.model.words import count
from workload.report.brief.brief_chart import hours_chart
from workload.report.packet_choices import Option
from workload.report.reader_view import View
from workload.report.story import story_of

OPTION_HEADINGS = {
    "name": "Option",
    "fte": "FTE",
    "first_year": "First year",
    "yearly": "Each later year",
    "cover": "When absent",
    "students": "Students who change therapist",
}
NOTHING_WAITS = "The work of today fits the time of today."


def show(view: View, options: Sequence[Option]) -> None:
    """The page that will be handed out, as text, figures and tables."""
    story = story_of(view, options)
    with st.container(border=True):
        if story["mark"]:
            st.badge(safe(story["mark"]), icon=":material/lock:", color="gray")
        st.header(safe(story["title"]), anchor=False)
        packet_words.show(story["said"])
        with st.grid(2, min_column_width=150):
            for one in story["indicators"]:
                st.metric(one["label"], one["value"], help=safe(one["help"]), border=True)
        widgets.chart(hours_chart(story["work"], view.settings.brand), "packet_hours", "packet-hours")
        if story["options"]:
            st.header("Options", anchor=False)
            widgets.words_table(
                options_words(story["options"]),
                "The options with FTE, cost, cover and students who change therapist",
                "packet_options_table",
            )
        _sentences("If nothing changes", story["not_acting"] or [NOTHING_WAITS])
        _sentences("Is it even across schools?", [story["equity"]])
        _sentences("What this does not show", story["limits"])
        st.caption(safe(foot(story), 800))
    with st.expander("Also on the slides: every school that may be shown", key="packet_schools_panel"):
        widgets.words_table(
            schools_words(view), "Students, hours and FTE of the schools on the slides", "packet_schools"
        )
        widgets.sentence(withheld(view))


def _sentences(heading: str, lines: Sequence[str]) -> None:
    said = [line for line in lines if line]
    if said:
        st.markdown("\n".join([f"**{heading}**", "", *(f"- {safe(line, 800)}" for line in said)]))


def options_words(options: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """The options as the brief prints them."""
    return pd.DataFrame([{heading: one[name] for name, heading in OPTION_HEADINGS.items()} for one in options])


def schools_words(view: View) -> pd.DataFrame:
    """The table of schools as the slides print it; the rows that may not stand alone are one row."""
    return pd.DataFrame(
        [
            {
                "School": plain(row["school"]),
                "Students": view.gate.count(row["caseload"]),
                "Work, hours a week": view.gate.hours_words(row["workload_hours"]),
                "Required FTE": view.gate.fte_words(row["required_fte"]),
                "Available FTE": view.gate.fte_words(row["available_fte"]),
                "Gap FTE": view.gate.fte_words(row["gap_fte"]),
            }
            for _, row in view.school_rows.iterrows()
        ]
    )


def withheld(view: View) -> str:
    """How many schools are shown only together, and where no time is shown."""
    if not view.withheld_schools:
        return view.time_note
    return (
        f"{count(view.withheld_schools, 'school is', 'schools are')} shown only together, so that nobody can work out a count of "
        f"fewer than {view.gate.smallest} students. {view.time_note}"
    )


def foot(story: Mapping[str, str]) -> str:
    """The last lines of the page: method, day, who checked it, whom to ask."""
    checked = f"Checked by {story['checked']}." if story["checked"] else "Not yet checked by a second person."
    return f"{story['method']} Data of {story['day']}. {checked}" + (
        f" Questions: {story['contact']}." if story["contact"] else ""
    )
