"""The only door to session state: the district that is open, what is set, and what is shown. Nothing here outlives it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dashboard.shell import cached
from dashboard.shell.assumptions_in_force import assumptions_of
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.open_district import District, with_log
from dashboard.shell.therapist_names import Labels, labels_in, labels_of, people_of
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
    if SECRET not in st.session_state:
        try:
            found = secret_of(data_folder())
            st.session_state[SECRET] = found.key
            if found.code:
                say(f"{found.message} {found.remedy}")
        except SecretError as problem:
            say(str(problem))
            st.session_state[SECRET], st.session_state[FOR_NOW] = secrets.token_bytes(32), str(problem)
    return st.session_state[SECRET]


def district() -> District | None:
    """The district that is open; None when none is."""
    return st.session_state.get(DISTRICT)


def opened() -> District:
    """The district that is open, for what is only reached with one. Raises `KeyError` without."""
    return st.session_state[DISTRICT]


def open_roster(
    roster: Roster, name: str, loaded: Loaded | None = None, is_sample: bool = False, first_day: date | None = None
) -> None:
    """Open a roster. The day starts at the one that makes most sense of it; filters start empty."""
    first_day = first_day or default_day(roster, today())
    linked = district() is None and "day" in st.query_params  # a link into this district names its day
    st.session_state[DISTRICT] = District(roster, loaded, first_day, is_sample)
    set_next("district_name", name)
    if not linked:
        set_next("day", first_day)
    for each in FILTERS:
        set_next(each, None)


def open_sample() -> None:
    """Open the sample district."""
    for key in (IMPORTED, KEEPING):
        st.session_state.pop(key, None)
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
    open_roster(loaded.roster, st.session_state.get("district_name", "") if again else "", loaded)
    if chosen_day is not None:
        set_next("day", chosen_day)


def set_next(key: str, value: Any) -> None:
    """Set a widget's value at the start of the next run."""
    st.session_state.setdefault(PENDING, {})[key] = value


def begin() -> None:
    """At the start of a run: what was set for it."""
    for key, value in st.session_state.pop(PENDING, {}).items():
        if value is not None or key in st.session_state:
            st.session_state[key] = value


def sample_is_wanted() -> bool:
    """Once in a session: whether the app was started to open on the sample."""
    if os.environ.get("OT_STAFFING_SAMPLE") != "1" or OFFERED in st.session_state or district():
        return False
    st.session_state[OFFERED] = True
    return True


def close() -> None:
    """Forget the district, its files and everything that was decided about them."""
    for key in (DISTRICT, IMPORTED, SECRET, PENDING, KEEPING, "district_name", "day"):
        st.session_state.pop(key, None)
    st.session_state[CLOSED] = st.session_state.get(CLOSED, 0) + 1
    st.session_state.update({name: None for name in FILTERS if name in st.session_state})
    forget_evidence()


def uploader() -> str:
    """The name of the widget for files: a new one, which is empty, after every closing."""
    return f"roster_files_{st.session_state.get(CLOSED, 0)}"


# --- files and the decisions about them ------------------------------------------------------------------


def imported() -> Imported:
    """The uploaded files with everything that was decided about them."""
    from dashboard.shell.imported_files import NONE

    return st.session_state.get(IMPORTED) or NONE


def set_imported(changed: Imported) -> None:
    """Keep the files with other decisions."""
    st.session_state[IMPORTED] = changed


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
    return (st.session_state.get("district_name") or "").strip() or "The district"


def day() -> date:
    """The date that the answer speaks of; the address says it before its widget has been drawn for the first time."""
    opened = district()
    return st.session_state.get("day") or _day_in_the_address() or (opened.first_day if opened else today())


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
    if chosen_state := st.session_state.get("state"):
        return chosen_state
    named = st.query_params.get("state", "")
    return next((code for code, pack in packs().items() if pack.name == named), None) if named else None


def assumptions(measured: bool = True) -> Assumptions:
    """The assumptions in force: the defaults, what was set on the screen, and what a time study has measured.

    measured  False gives them without the time study's: what its standards are blended with
    """
    held = st.session_state.to_dict()
    chosen = {id: held.get(ASSUMED + id, parameter.value) for id, parameter in parameters().items()}
    try:
        beside = record(BesideRoster)
        return assumptions_of(chosen, beside.measured, beside.before_measured, measured)
    except ParameterError as problem:
        st.session_state[NOTE] = f"Not possible: {problem.id} must be {problem.expected}. The defaults are shown."
        return Assumptions()


def set_assumptions(values: Mapping[str, float | str]) -> None:
    """Put these values on the screen and the defaults everywhere else."""
    for id, parameter in parameters().items():
        set_assumption(id, values.get(id, parameter.value))


def set_assumption(id: str, value: float | str) -> None:
    """Put one value on the screen."""
    st.session_state[ASSUMED + id] = value if isinstance(value, str) else float(value)


def note() -> str:
    """A sentence about the last thing that was refused, said once."""
    return st.session_state.pop(NOTE, "")


def say(sentence: str) -> None:
    """Leave a sentence for the next run."""
    st.session_state[NOTE] = sentence


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
    values = sorted((assumed or assumptions()).values.items())
    return cached.digest(getattr(roster(), "digest", ""), day(), values, record(BesideRoster).calendar)


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
    said = sorted(assumed.origins.items()), sorted(beside.confirmed.items()), beside.ends_for(rows)
    return cached.digest(rows, state(), *said)


def shown_key() -> str:
    """What a drawing of the answer depends on, as one digest: the answer, the log beside it, and how people are called."""
    return cached.digest(answer_key(), record(BesideRoster).log_key, names_are_shown())


def names_are_shown() -> bool:
    """Whether somebody has asked for therapists' names in this session."""
    return bool(st.session_state.get("show_names"))


def labels(answer: Answer | None) -> Labels:
    """What therapists are called on the screen at the moment; without an answer the roster's own people."""
    named = names_are_shown()
    return labels_of(people_of(opened().roster), named) if answer is None else labels_in(answer, named)


def chosen(name: str) -> Any:
    """The value of a filter; None for all."""
    return st.session_state.get(name)


def values() -> dict[str, Any]:
    """What stands in the widgets, by their names."""
    return {key: value for key, value in st.session_state.to_dict().items() if not key.startswith("_")}


def keep_possible(name: str, options: Sequence[str]) -> None:
    """Forget a filter whose value does not exist in this district, before its widget is drawn."""
    if st.session_state.get(name) not in (None, *options):
        st.session_state[name] = None


def start_with(name: str, value: Any) -> None:
    """The value of a widget that has none yet."""
    st.session_state.setdefault(name, value)


def set_now(name: str, value: Any) -> None:
    """The value of a widget that is not drawn yet in this run."""
    st.session_state[name] = value


def record(kind: type[Kind]) -> Kind:
    """The record of this kind, made when there is none; it goes when the district is closed or another is opened."""
    records = st.session_state.setdefault(EVIDENCE, {})
    if kind not in records:
        records[kind] = kind(**st.session_state.get(RESTORED, {}).get(kind.__name__, {}))
    return records[kind]


def change(kind: type, **values: object) -> None:
    """Set these fields of a record: for the callback of a widget."""
    for name, value in values.items():
        setattr(record(kind), name, value)


def undo_measured() -> None:
    """Take a time study's standards back, where nobody has changed them since."""
    beside = record(BesideRoster)
    for id, (value, *_) in beside.measured.items():
        if st.session_state.get(ASSUMED + id) == value:
            st.session_state[ASSUMED + id] = beside.before_measured[id]
    beside.measured = {}


def forget_evidence() -> None:
    """Forget everything that was brought beside the roster; a record that names `STAYS` is about no district."""
    undo_measured()
    st.session_state.pop(RESTORED, None)
    st.session_state[EVIDENCE] = {k: one for k, one in st.session_state.get(EVIDENCE, {}).items() if hasattr(k, STAYS)}
