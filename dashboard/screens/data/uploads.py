"""From uploaded files to the open district: files are opened once, answers and corrections read the rows again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.shell import cached, session, through_the_year
from workload.model.words import count

if TYPE_CHECKING:
    from dashboard.shell.imported_files import Imported
    from workload.intake.load import Loaded


def take(files: Sequence) -> None:
    """Remember what was uploaded; an empty uploader after a change of page forgets nothing."""
    own = tuple((file.name, file.getvalue()) for file in files)
    had = session.imported()
    if own and through_the_year.looked_at() is not None:
        session.say("An older month is open to look at. Go back to today first, then bring the file.")
        return
    if own and cached.files_digest(own) != cached.files_digest(had.files):
        with st.status(f"Opening {count(len(own), 'file')} …") as status:
            following = _opened(own, had)
            if following.before is not had.before:
                through_the_year.take_month()  # the roster of a kept district that these files take the place of
            session.set_imported(following)
            status.update(label=f"{count(len(own), 'file')} opened", state="complete")


def _opened(files: tuple[cached.File, ...], had: Imported) -> Imported:
    """The files opened, those that are open already as they are, with the answers for files of their shape."""
    from workload.intake.load import open_files

    known = dict(zip(had.files, had.opened, strict=True))
    opened = open_files([known.get(file, file) for file in files])
    district = session.district()
    now = district.roster if district and (had.files or had.seen) and not district.errors else None
    following = had.next_files(files, opened, now)
    headings = headings_of(_loaded(following))
    return following.of_shape(shape_of(headings), headings)


def headings_of(loaded: Loaded) -> dict[str, frozenset[str]]:
    """Fingerprint -> headings of every table, understood or not."""
    sheets = [sheet for file in loaded.files for sheet in file.sheets]
    tables = [table for sheet in sheets for table in (*sheet.tables, sheet.proposal)]
    return {
        table.fingerprint: frozenset(each.heading for each in table.fates if each.heading) for table in tables if table
    }


def shape_of(headings: Iterable[str]) -> str:
    """The fingerprints of all headings as one; the same for next month's export of the same system."""
    found = sorted(headings)
    return cached.digest(*found) if found else ""


def _loaded(imported: Imported) -> Loaded:
    key = cached.digest(
        cached.files_digest(imported.files),
        imported.posts,
        imported.answers.as_dict(),
        imported.edits.digest,
        session.secret(),
    )
    with st.spinner("Reading the rows …"):
        return cached.loaded(key, imported.readable, imported.answers, imported.edits, session.secret())


def read() -> Loaded | None:
    """The files read with the decisions and corrections so far, and opened as the district; without files what is
    open; None when nothing is."""
    imported = session.imported()
    opened = session.district()
    if not imported.files:
        return opened.loaded if opened else None
    loaded = _loaded(imported)
    if opened is None or opened.loaded is not loaded and opened.roster.digest != loaded.roster.digest:
        session.open_upload(loaded)
        st.rerun()
    return loaded
