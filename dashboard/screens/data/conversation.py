"""The order of the data place: what waits for a person first, then what was understood, the files last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.finding import finding
from dashboard.screens.data import (
    column_grid,
    correct_cells,
    effects,
    file_totals_panel,
    files_panel,
    given_answers,
    posts_table,
    questions_panel,
    standing,
)
from dashboard.shell import navigation, session
from workload.model.words import count

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from workload.intake.load import Loaded


def nothing_yet(top: DeltaGenerator, rest: DeltaGenerator) -> None:
    """Without a file: what to bring."""
    with top:
        finding("Bring your caseload list,", "", "and see what it asks of your therapists")
    with rest:
        widgets.links((navigation.HOME, "No file at hand? Open the sample district"))


def without_files(loaded: Loaded) -> None:
    """What a district that was kept needs its file for again."""
    open_now = f"{count(len(loaded.questions), 'question is', 'questions are')} open. " if loaded.questions else ""
    posts = session.imported().posts
    typed = f"Who is in post was typed in ({count(len(posts), 'post')}). " if posts else ""
    st.info(
        f"{open_now}{typed}The file itself is not kept. Bring it again below to answer questions, correct cells or change "
        "who is in post: what was decided before counts for it at once."
    )


def conversation(loaded: Loaded, top: DeltaGenerator, files: DeltaGenerator, rest: DeltaGenerator) -> None:
    """What is open first, then what was understood, the files last."""
    opened = session.district()
    with files:
        if opened is not None and opened.is_sample:
            st.info("The sample district is open. A file that you upload takes its place.")
        files_panel.name_and_close()
        given_answers.saved_answers()
    with top:
        found = effects.tried(loaded)
        standing.band(loaded, found)
        file_totals_panel.totals(loaded, session.must_look())
        lost = standing.no_services(loaded)
        if lost:
            column_grid.show(loaded)
        if session.imported().is_kept_without_files:
            without_files(loaded)
        else:
            questions_panel.cards(effects.in_order(loaded, found), found)
        given_answers.show()
        posts_table.show()
        correct_cells.show()
        if not lost:
            column_grid.show(loaded)
        files_panel.rows(loaded)
    with rest:
        file_totals_panel.totals(loaded, not session.must_look())
        file_totals_panel.since_last_upload()
