"""The only door to session state: the district that is open, what is set, and what is shown. Nothing here outlives it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dashboard.shell import cached
from dashboard.shell.assumptions_in_force import Measured, assumptions_of
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.entries import at_the_start, chosen, drop, is_there, set_now, until_something_is_set
from dashboard.shell.open_district import District, with_log
from dashboard.shell.therapist_names import Labels, labels_in, labels_of_roster
from workload.answer import Answer, default_day
from workload.model.confirmations import Confirmation
from workload.model.parameters import Assumptions, ParameterError, parameters
from workload.model.pseudonyms import SecretError, data_folder, secret_of
from workload.model.roster import Roster
from workload.rules.packs import packs

if TYPE_CHECKING:
    from dashboard.shell.imported_files import Imported
    from workload.intake.load import Loaded

SAMPLE_NAME = "Bluff County"
ASSUMED = "assume_"  # every assumption's widget has this before its id
DISTRICT, SECRET, IMPORTED, KEEPING = "_district", "_secret", "_imported", "_keeping"
FOR_NOW = "_secret_for_now"  # why the secret is one of this session alone; not there where it is the installation's
OFFERED, NOTE, PENDING, CLOSED, STAYS = "_offered", "_note", "_pending", "_closed", "OUTLIVES_DISTRICT"
# One record for each screen: what was brought and decided there; and the same as it was kept, until a screen asks for it.
EVIDENCE, RESTORED = "_evidence", "_restored"
FILTERS = ("region", "school", "role", "therapist")
Kind = TypeVar("Kind")


def secret() -> bytes:
    """The secret of this installation for students' pseudonyms: next month a student has the same one."""
    if chosen(SECRET) is None:
        try:
            found = secret_of(data_folder())
            set_now(SECRET, found.key)
            if found.code:
                say(f"{found.message} {found.remedy}")
        except SecretError as problem:
            say(str(problem))
            set_now(SECRET, secrets.token_bytes(32))
            set_now(FOR_NOW, str(problem))
    return chosen(SECRET)


def district() -> District | None:
    """The district that is open; None when none is."""
    return chosen(DISTRICT)


def opened() -> District:
    """The district that is open, for what is only reached with one. Raises `KeyError` without."""
    if (found := district()) is None:
        raise KeyError(DISTRICT)
    return found


def open_roster(
    roster: Roster, name: str, loaded: Loaded | None = None, is_sample: bool = False, first_day: date | None = None
) -> None:
    """Open a roster. The day starts at the one that makes most sense of it; filters start empty."""
    first_day = first_day or default_day(roster, today())
    linked = district() is None and "day" in st.query_params  # a link into this district names its day
    set_now(DISTRICT, District(roster, loaded, first_day, is_sample))
    set_next("district_name", name)
    if not linked:
        set_next("day", first_day)
    for each in FILTERS:
        set_next(each, None)


def open_sample() -> None:
    """Open the sample district."""
    drop(IMPORTED, KEEPING)
    forget_evidence()
    loaded = cached.sample()
    open_roster(loaded.roster, SAMPLE_NAME, loaded, is_sample=True, first_day=cached.SAMPLE_DAY)


def open_upload(loaded: Loaded) -> None:
    """Open what was read from uploaded files. A name and a day that somebody has set for them stay."""
    before = district()
    again = before if before is not None and not before.is_sample else None
    chosen_day = day() if again and day() != again.first_day else None
    if before is not None and not again:
        forget_evidence()  # what was brought beside the sample is not this district's
    open_roster(loaded.roster, (chosen("district_name") or "") if again else "", loaded)
    if chosen_day is not None:
        set_next("day", chosen_day)


def set_next(key: str, value: Any) -> None:
    """Set a widget's value at the start of the next run."""
    set_now(PENDING, {**(chosen(PENDING) or {}), key: value})


def begin() -> None:
    """At the start of a run: what was set for it."""
    waiting = chosen(PENDING)
    if not waiting:
        return
    drop(PENDING)
    for key, value in waiting.items():
        if value is not None or is_there(key):
            set_now(key, value)


def sample_is_wanted() -> bool:
    """Once in a session: whether the app was started to open on the sample."""
    if os.environ.get("OT_STAFFING_SAMPLE") != "1" or chosen(OFFERED) or district():
        return False
    set_now(OFFERED, True)
    return True


def close() -> None:
    """Forget the district, its files and everything that was decided about them."""
    drop(DISTRICT, IMPORTED, SECRET, PENDING, KEEPING, "district_name", "day")
    set_now(CLOSED, (chosen(CLOSED) or 0) + 1)
    for name in filter(is_there, FILTERS):
        set_now(name, None)
    forget_evidence()


def uploader() -> str:
    """The name of the widget for files: a new one, which is empty, after every closing."""
    return f"roster_files_{chosen(CLOSED) or 0}"


# --- files and the decisions about them ------------------------------------------------------------------


def imported() -> Imported:
    """The uploaded files with everything that was decided about them."""
    from dashboard.shell.imported_files import NONE

    return chosen(IMPORTED) or NONE


def set_imported(changed: Imported) -> None:
    """Keep the files with other decisions."""
    set_now(IMPORTED, changed)


def decide(key: str, choice: str) -> None:
    """One more decision about the files."""
    set_imported(imported().with_answers(imported().answers.with_answer(key, choice)))


def must_look() -> str:
    """What somebody has to look at before the answer is shown: the digest of unusual totals; empty for nothing."""
    opened = district()
    if opened is None or opened.loaded is None or not opened.loaded.panel.is_unusual:
        return ""
    seen = cached.digest(opened.loaded.panel)
    return "" if imported().looked == seen else seen


# --- what is set -----------------------------------------------------------------------------------------


def district_name() -> str:
    """What the district is called in sentences."""
    return (chosen("district_name") or "").strip() or "The district"


def day() -> date:
    """The date that the answer speaks of; the address says it before its widget has been drawn for the first time."""
    opened = district()
    return chosen("day") or _day_in_the_address() or (opened.first_day if opened else today())


def _day_in_the_address() -> date | None:
    try:
        return date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        return None


def today() -> date:
    """The day on the clock; the only place that looks at it."""
    return date.today()


def state() -> str | None:
    """The postal code of the state whose rules are looked at; like the day, at first the address says it, by its name."""
    if chosen_state := chosen("state"):
        return chosen_state
    named = st.query_params.get("state", "")
    return next((code for code, pack in packs().items() if pack.name == named), None) if named else None


def assumptions(measured: bool = True) -> Assumptions:
    """The assumptions in force: the defaults, what was set on the screen, and what a time study has measured.

    measured  False gives them without the time study's: what its standards are blended with
    """
    beside = record(BesideRoster)
    of = (beside.measured, beside.before_measured, measured)
    return until_something_is_set(f"assumptions {measured}", of, lambda: _assumed(*of))


def _assumed(found: Measured, before: Mapping[str, object], with_study: bool) -> Assumptions:
    held = at_the_start()
    on_screen = {id: held.get(ASSUMED + id, parameter.value) for id, parameter in parameters().items()}
    try:
        return assumptions_of(on_screen, found, before, with_study)
    except ParameterError as problem:
        say(f"Not possible: {problem.id} must be {problem.expected}. The defaults are shown.")
        return Assumptions()


def set_assumptions(values: Mapping[str, float | str]) -> None:
    """Put these values on the screen and the defaults everywhere else."""
    for id, parameter in parameters().items():
        set_assumption(id, values.get(id, parameter.value))


def set_assumption(id: str, value: float | str) -> None:
    """Put one value on the screen."""
    set_now(ASSUMED + id, value if isinstance(value, str) else float(value))


def note() -> str:
    """A sentence about the last thing that was refused, said once."""
    if said := chosen(NOTE):
        drop(NOTE)
    return said or ""


def say(sentence: str) -> None:
    """Leave a sentence for the next run."""
    set_now(NOTE, sentence)


def answer() -> Answer | None:
    """The answer for what is open and set; None when nothing is open or an error stops it."""
    found, counted = district(), roster()
    if found is None or counted is None or found.errors or must_look():
        return None
    first, beside = cached.first_answer(counted.digest, day(), state(), counted), record(BesideRoster)
    assumed = assumptions()
    said = beside.confirmed, beside.ends_for(rows_key(assumed)), beside.calendar
    return _with_log(cached.answer_under(answer_key(assumed), first, assumed, *said))


def rows_key(assumed: Assumptions | None = None) -> str:
    """What the figures of the rows depend on, as one digest."""
    of = getattr(roster(), "digest", ""), day(), assumed or assumptions(), record(BesideRoster).calendar
    return until_something_is_set("rows key", of, lambda: cached.digest(*of[:2], sorted(of[2].values.items()), of[3]))


def confirm(premise: str, said: Confirmation | None) -> None:
    """Keep what somebody has said about a premise, or take it back."""
    left = {id: one for id, one in record(BesideRoster).confirmed.items() if id != premise}
    record(BesideRoster).confirmed = left | ({premise: said} if said else {})


def roster() -> Roster | None:
    """The roster that the answer counts: as it was read, with the corrections that were accepted for it."""
    own = opened().roster if district() else None
    read, corrected = record(BesideRoster).corrected or ("", own)
    return corrected if own is not None and read == own.digest else own


def _with_log(found: Answer) -> Answer:
    """The answer with the time log that was brought beside the roster's own; held until either changes."""
    beside = record(BesideRoster)
    if beside.log is None:
        return found
    key = cached.digest(answer_key(), beside.log_key)
    if beside.logged is None or beside.logged[0] != key:
        beside.logged = (key, with_log(found, beside.log))
    return beside.logged[1]


def answer_key(assumed: Assumptions | None = None) -> str:
    """What the answer depends on, as one digest. assumed  the assumptions in force, where they are at hand"""
    assumed, beside = assumed or assumptions(), record(BesideRoster)
    rows = rows_key(assumed)
    of = rows, state(), assumed, beside.confirmed, beside.ends_for(rows)
    return until_something_is_set("answer key", of, lambda: _digest_of_answer(*of))


def _digest_of_answer(rows: str, state: str | None, assumed: Assumptions, confirmed: Mapping, ends: object) -> str:
    founded = sorted(assumed.origins.items()), sorted(assumed.errors.items())
    return cached.digest(rows, state, *founded, sorted(confirmed.items()), ends)


def shown_key() -> str:
    """What a drawing of the answer depends on, as one digest: the answer, the log beside it, and how people are called."""
    return cached.digest(answer_key(), record(BesideRoster).log_key, names_are_shown())


def names_are_shown() -> bool:
    """Whether somebody has asked for therapists' names in this session."""
    return bool(chosen("show_names"))


def labels(answer: Answer | None) -> Labels:
    """What therapists are called on the screen at the moment; without an answer the roster's own people."""
    named = names_are_shown()
    return opened().roster.once(labels_of_roster, named) if answer is None else labels_in(answer, named)


def start_with(name: str, value: Any) -> None:
    """The value of an entry that has none yet."""
    if not is_there(name):
        set_now(name, value)


def record(kind: type[Kind]) -> Kind:
    """The record of this kind, made when there is none; it goes when the district is closed or another is opened."""
    if (records := chosen(EVIDENCE)) is None:
        set_now(EVIDENCE, records := {})
    if kind not in records:
        records[kind] = kind(**(chosen(RESTORED) or {}).get(kind.__name__, {}))
    return records[kind]


def change(kind: type, **values: object) -> None:
    """Set these fields of a record: for the callback of a widget."""
    for name, value in values.items():
        setattr(record(kind), name, value)


def undo_measured() -> None:
    """Take a time study's standards back, where nobody has changed them since."""
    beside = record(BesideRoster)
    for id, (value, *_) in beside.measured.items():
        if chosen(ASSUMED + id) == value:
            set_now(ASSUMED + id, beside.before_measured[id])
    beside.measured = {}


def forget_evidence() -> None:
    """Forget everything that was brought beside the roster; a record that names `STAYS` is about no district."""
    undo_measured()
    drop(RESTORED)
    set_now(EVIDENCE, {k: one for k, one in (chosen(EVIDENCE) or {}).items() if hasattr(k, STAYS)})
