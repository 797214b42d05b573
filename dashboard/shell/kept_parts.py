"""What of a session is kept, part by part: the roster with the decisions about it, the settings, one part for each record.

The same parts make a file of saved work (`dashboard.parts.save_work`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any

from dashboard.shell import session
from dashboard.shell.entries import as_it_stands
from dashboard.shell.imported_files import NONE, Imported
from dashboard.shell.open_district import District
from workload.intake.by_hand.corrected_cells import Edits
from workload.model.column_fates import PERSONAL, UNNEEDED
from workload.model.columns import IDENTIFYING
from workload.model.school_calendar import SchoolCalendar

ROSTER, SETTINGS = "roster", "settings"
# Widgets whose value is a setting of the district. Names are never shown unasked: `show_names` is not among them.
WIDGETS = re.compile(
    r"assume_\w+|day|state|district_name|use_contract|hide_small|smallest|weight_\w+|limit_schools|most_schools|keep_base|"
    r"give_unassigned|limit_daily|most_daily|strict_rules|evaluations_late|other_way|own_way|own_start|owed_threshold|"
    r"enrolled_next|clock_days_\w+|consents_\w+|year_cycle|prior_events|events_\w+|units_\w+|post_size|dollars_per_fte|"
    r"pilot_schools|pilot_began|packet_audience|packet_language|packet_examples"
)
Make = Callable[[], Any]
PLAIN = (SchoolCalendar,)  # records that are made anew each time and are compared by what they hold
Sources = tuple[District | None, Imported, Mapping[str, Any], Mapping[str, Any], Mapping[type, Any]]


def sources(entries: Mapping[str, Any]) -> Sources:
    """What parts are made of, from the entries of a session."""
    widgets = {name: value for name, value in entries.items() if not name.startswith("_")}
    restored, records = entries.get(session.RESTORED) or {}, entries.get(session.EVIDENCE) or {}
    return entries.get(session.DISTRICT), entries.get(session.IMPORTED) or NONE, widgets, restored, records


def records() -> tuple[Mapping[str, Any], Mapping[type, Any]]:
    """What was kept of records and no screen has asked for yet, and the records of the session."""
    return session.chosen(session.RESTORED) or {}, session.chosen(session.EVIDENCE) or {}


def parts(known: Collection[str] = (), of: Sources | None = None) -> dict[str, tuple[object, Make]]:
    """Name -> (what it was made from, how to make it). Two that were made from the same are the same.

    known  parts that were kept before; of the others, a record in which nothing stands yet is left out
    """
    opened, own, widgets, restored, records = of or sources(as_it_stands()())
    if opened is None:
        return {}
    settings = dict(sorted((name, value) for name, value in widgets.items() if WIDGETS.fullmatch(name)))
    return {
        ROSTER: ((id(opened), id(own)), lambda: _roster(opened, own)),
        SETTINGS: (repr(settings), lambda: settings),
        **brought(known, restored, records),
    }


def brought(
    known: Collection[str], restored: Mapping[str, Any], records: Mapping[type, Any]
) -> dict[str, tuple[object, Make]]:
    """The same of the records alone: what was decided and typed beside the roster."""
    found: dict[str, tuple[object, Make]] = {}
    for name, held in restored.items():
        found[name] = (_print(held), _ready(held))
    for kind, record in records.items():
        name, held = kind.__name__, _fields(record)
        if hasattr(kind, "KEPT") and (name in known or not _as_at_first(held, _fields(kind()))):
            found[name] = (_print(held), _ready(held))
        else:
            found.pop(name, None)
    return found


def _ready(made: Any) -> Make:
    return lambda: made


def _fields(record: object) -> dict[str, Any]:
    """What of a record is kept."""
    names = getattr(type(record), "KEPT", ()) if getattr(record, "is_kept", True) else ()
    return {name: getattr(record, name) for name in names}


def _as_at_first(fields: Mapping[str, Any], first: Mapping[str, Any]) -> bool:
    """Whether nothing stands in a record yet: its fields are those of a new one."""
    return all(
        name in first and (_print(value) == _print(first[name]) or isinstance(value, PLAIN) and value == first[name])
        for name, value in fields.items()
    )


def _print(value: object) -> object:
    """What tells a value apart while it lives: plain values by themselves, the rest by which object it is."""
    if value is None or isinstance(value, (str, int, float, bytes)):
        return type(value).__name__, repr(value)
    if isinstance(value, Mapping):
        return tuple((repr(key), _print(each)) for key, each in value.items())
    if isinstance(value, (tuple, list)):
        return tuple(_print(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, tuple(_print(getattr(value, each.name)) for each in fields(value))
    return repr(value) if isinstance(value, (date, time)) else id(value)


def _roster(opened: District, own: Imported) -> dict[str, Any]:
    loaded = opened.loaded
    return {
        "loaded": loaded if loaded is not None else opened.roster,
        "first_day": opened.first_day,
        "map": own.answers,
        "edits": _without_identity(own.edits, loaded),
        "remembered": dict(own.remembered),
        "shape": own.shape,
        "posts": own.posts,
        "looked": own.looked,
        "before": own.before,
        "seen": tuple(each.sha256 for each in own.opened) or own.seen,
    }


def _without_identity(edits: Edits, loaded: Any) -> Edits:
    """The corrections without those of a column that says who a student is: they hold an id or a name in clear."""
    columns = [
        (file.name, sheet.name, column.heading)
        for file in (loaded.files if loaded is not None else ())
        for sheet in file.sheets
        for table in sheet.tables
        for column in (*table.columns, *table.fates)
        if column.name in IDENTIFYING or column.fate in (PERSONAL, UNNEEDED)
    ]
    hidden = set(columns)
    return replace(
        edits, cells={place: text for place, text in edits.cells.items() if (*place[:2], place[3]) not in hidden}
    )


def put_back(kept: Mapping[str, Any], linked: bool) -> None:
    """Open what was kept. linked  a day or a state in the address counts before the one that was kept."""
    from workload.intake.load import Loaded

    roster, settings = kept[ROSTER], kept.get(SETTINGS, {})
    loaded = roster["loaded"] if isinstance(roster["loaded"], Loaded) else None
    session.forget_evidence()
    session.set_imported(
        Imported(
            answers=roster["map"],
            edits=roster["edits"],
            remembered=roster["remembered"],
            shape=roster["shape"],
            posts=roster["posts"],
            looked=roster["looked"],
            before=roster["before"],
            seen=roster["seen"],
            typed=_typed(roster["posts"]),
        )
    )
    session.open_roster(
        loaded.roster if loaded is not None else roster["loaded"],
        settings.get("district_name", ""),
        loaded,
        first_day=roster["first_day"],
    )
    for name, value in settings.items():
        if WIDGETS.fullmatch(name) and not (linked and name in ("day", "state")):
            session.set_next(name, value)
    session.set_now(session.RESTORED, {name: value for name, value in kept.items() if name not in (ROSTER, SETTINGS)})


def _typed(posts: tuple) -> tuple:
    """The posts as an opened file, as when they were typed in."""
    from workload.intake.load import open_files
    from workload.intake.typed_posts import POSTS_FILE, as_csv

    return open_files([(POSTS_FILE, as_csv(posts))]) if posts else ()
