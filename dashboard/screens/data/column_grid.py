"""The map by hand: every sheet with what it is used as, and every column with its choice, its fate and three values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts.finding import column_fate, lacks, note, title
from dashboard.parts.findings_list import SHEETS
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from workload.intake.answers.import_map import LEAVE_OUT
from workload.intake.by_hand.sheet_map import ANSWERED, SURE, ColumnMap, SheetMap, choices, sheet_maps
from workload.intake.columns.settled import BY_WORDS, EXACT
from workload.model.column_fates import ASKED, EMPTY, FATE_WORDS, PERSONAL, READ, REPEATS, UNKNOWN, UNNEEDED
from workload.model.columns import IDENTIFYING, TABLE
from workload.model.words import count

if TYPE_CHECKING:
    from workload.intake.load import Loaded

QUIET = (EMPTY, UNNEEDED, PERSONAL, REPEATS)  # fates that seldom need a look; these columns open below the others
ACROSS, LEAST_WIDTH = 8, 150  # so that a choice can be read whole
SAMPLES = 3
NOT_READ = ""
HIDDEN = "a name"
SECRET = "not shown"  # what is or may be about a child
HOW = {EXACT: "known heading", BY_WORDS: "by its words"}


def show(loaded: Loaded) -> None:
    """A card for every sheet of every file. Sheets that say how much stand open, the others open with a click."""
    files = loaded.files[: len(session.imported().files) or None]
    maps = sheet_maps(files)
    seen: set[tuple[str, str]] = set()
    services = any(each.fate == READ and each.table == "services" for each in maps)
    for at, sheet in enumerate(sorted(maps, key=lambda each: not needs_a_look(each, services))):
        key = cached.digest(sheet.file, sheet.sheet, sheet.fingerprint, at)[:8]
        first_of_sheet = (sheet.file, sheet.sheet) not in seen
        seen.add((sheet.file, sheet.sheet))
        if needs_a_look(sheet, services):
            with st.container(key=f"card_map_{key}"):
                title(plain(named(sheet)), plain(beside(sheet)))
                inside(sheet, key, first_of_sheet, len(files) > 1)
            continue
        panel = st.expander(safe(f"{named(sheet)}. {beside(sheet)}", 300), key=f"map_{key}", on_change="rerun")
        if panel.open:
            with panel:
                inside(sheet, key, first_of_sheet, len(files) > 1)


def needs_a_look(sheet: SheetMap, services: bool) -> bool:
    """Whether a sheet stands open: services, what lacks or asks something, and what may be the services nobody found."""
    if not sheet.columns or not services:
        return bool(sheet.columns)
    if sheet.fate != READ:
        return False
    return sheet.table == "services" or bool(sheet.missing) or any(column.fate == ASKED for column in sheet.columns)


def named(sheet: SheetMap) -> str:
    if sheet.fate == READ:
        return f"Sheet {sheet.sheet} is read as {SHEETS[sheet.table]}"
    return f"Sheet {sheet.sheet} is not read"


def beside(sheet: SheetMap) -> str:
    """How many columns are read, or why a sheet is not."""
    if sheet.fate != READ:
        return sheet.reason
    read = sum(column.fate == READ for column in sheet.columns)
    return f"{read} of {count(len(sheet.columns), 'column')} {'is' if read == 1 else 'are'} read, headings in row {sheet.header_row}."


def inside(sheet: SheetMap, key: str, first_of_sheet: bool, several: bool) -> None:
    """The sheet's own choices, what it lacks, and its columns."""
    if several:
        note(plain(sheet.file))
    if first_of_sheet:
        use_as(sheet, key)
    if sheet.missing:
        lacks(plain(" ".join(sheet.missing), 400))
    if not sheet.columns:
        return
    note("The choice under a heading says what the column is. Change it and the rows are read again at once.")
    open_ = [column for column in sheet.columns if column.fate not in QUIET]
    grid(sheet, open_, key)
    if quiet := [column for column in sheet.columns if column.fate in QUIET]:
        more = st.expander(safe(quiet_words(quiet), 400), key=f"quiet_{key}", on_change="rerun")
        if more.open:
            with more:
                grid(sheet, quiet, key)


def quiet_words(columns: Sequence[ColumnMap]) -> str:
    """The columns that are not in the grid, by their fate: "Never read: Name, Birth date. Empty: Notes." """
    words = {UNNEEDED: "Not needed", PERSONAL: "Personal, never read", EMPTY: "Empty", REPEATS: "The same as another"}
    parts = [
        f"{said}: {', '.join(column.heading for column in columns if column.fate == fate)}"
        for fate, said in words.items()
        if any(column.fate == fate for column in columns)
    ]
    return ". ".join(parts) + "."


def use_as(sheet: SheetMap, key: str) -> None:
    """What a sheet is used as, and where its headings stand."""
    given = session.imported().answers
    now = given.tables.get(sheet.sheet) or (sheet.table if sheet.fate == READ else None)
    options = current_first([*SHEETS, LEAVE_OUT], now)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        session.set_now(f"use_as_{key}", now)
        st.selectbox(
            "Use this sheet as",
            options,
            index=0 if now else None,
            placeholder="Choose what it is",
            format_func=lambda name: SHEETS.get(name, "Nothing: leave it out"),
            key=f"use_as_{key}",
            on_change=decide,
            args=(f"use:{sheet.sheet}", f"use_as_{key}", f"The sheet {sheet.sheet} is used as", SHEETS),
            disabled=not session.imported().files,
            width=320,
        )
        if sheet.header_row or sheet.fate != READ:
            session.set_now(f"header_{key}", sheet.header_row or 1)
            st.number_input(
                "Headings in row",
                min_value=1,
                step=1,
                key=f"header_{key}",
                on_change=decide,
                args=(f"header_row:{sheet.sheet}", f"header_{key}", f"The headings of {sheet.sheet} stand in row", {}),
                disabled=not session.imported().files,
                width=140,
            )


def grid(sheet: SheetMap, columns: Sequence[ColumnMap], key: str) -> None:
    """One cell for each column: its heading, the choice, what becomes of it, three values."""
    words = dict(choices(sheet.table))
    box = st.grid(min(ACROSS, max(len(columns), 4)), min_column_width=LEAST_WIDTH, gap="small")
    for at, column in enumerate(columns):
        with box, st.container(gap="xxsmall"):
            choice(sheet, column, words, f"column_{key}_{cached.digest(column.letter, at)[:6]}")
            column_fate(plain(fate(column)), waits(column), [plain(each, 60) for each in shown(sheet, column)])


def choice(sheet: SheetMap, column: ColumnMap, words: dict[str, str], key: str) -> None:
    """What the column is taken for."""
    meaning = column.meaning if column.meaning in words else column.meaning.partition("@")[0]
    now = None if waits(column) and not column.meaning else meaning
    session.set_now(key, now)  # the reading, whatever was drawn before
    st.selectbox(
        safe(column.heading, 60),
        current_first(list(words), now),
        index=None if now is None else 0,
        placeholder="Choose",
        format_func=lambda name: plain(not_read(column) if name == NOT_READ else words[name]),
        key=key,
        on_change=decide,
        args=(f"column:{sheet.fingerprint}:{column.heading}", key, f"The column {column.heading} is", words),
        disabled=column.fate == PERSONAL or not session.imported().files,
    )


def current_first(options: list[str], now: str | None) -> list[str]:
    """The options with the one in force at the head, where the list begins and cannot be emptied."""
    return options if now is None else [now, *(each for each in options if each != now)]


def waits(column: ColumnMap) -> bool:
    """Whether a column waits for somebody to say what it is."""
    return column.fate in (ASKED, UNKNOWN)


def not_read(column: ColumnMap) -> str:
    """What stands in the choice of a column that is not read."""
    return {PERSONAL: "Never read", EMPTY: "Empty"}.get(column.fate, "Not needed")


def fate(column: ColumnMap) -> str:
    """What becomes of the column, how sure that is, and why."""
    if column.fate != READ:
        if column.fate == ASKED:
            return "It may matter: say what it is"
        return FATE_WORDS[column.fate][:1].upper() + FATE_WORDS[column.fate][1:]
    name = column.meaning.partition("@")[0]
    how = "as you said" if column.certainty == ANSWERED else HOW.get(column.why, column.why)
    if name in IDENTIFYING:
        return f"Replaced by a code; {how}"
    return f"{'Read' if column.certainty in (SURE, ANSWERED) else 'Likely'}: {how}"


def shown(sheet: SheetMap, column: ColumnMap) -> list[str]:
    """Three values of a column. Names of students are never shown, names of therapists only when asked for."""
    name = column.meaning.partition("@")[0]
    people = name in TABLE[sheet.table].names and TABLE[sheet.table].column(name).kind == "therapist"
    values = [HIDDEN if people and not session.names_are_shown() else each for each in column.samples[:SAMPLES]]
    if not values and column.fate != EMPTY:
        values = [SECRET]
    return [*values, *[""] * (SAMPLES - len(values))]


def decide(about: str, key: str, said: str, words: dict[str, str]) -> None:
    """Take over what was chosen in a widget."""
    chosen = session.chosen(key)
    if chosen is None:
        return
    data_state.remember(
        about, said, words.get(chosen) or {NOT_READ: "not needed", LEAVE_OUT: "left out"}.get(chosen, str(chosen))
    )
    session.decide(about, str(chosen))
