"""What one therapist has said in the four steps. It stays when a district is opened or closed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboard.shell import session
from workload.answer import Answer
from workload.one_week.caseload_list import ListLine, entries_of
from workload.one_week.own_case import Case
from workload.one_week.week_grid import Grid, study_of_grid
from workload.one_week.week_roster import Duties, Entry, Week
from workload.staffing.time_study.log_grid import monday_of
from workload.staffing.time_study.study import TimeStudy

if TYPE_CHECKING:
    from workload.intake.load import Loaded

LIST, NUMBERS, SHEET = "As a list", "Round numbers", "My own sheet"
WAYS = (LIST, NUMBERS, SHEET)
STEPS = ("1 My week", "2 My study", "3 Warning signs", "4 My case")


@dataclass(slots=True)
class PathRecord:
    """Kept for the session, whatever district is open.

    way         how the caseload is given; kept_entries are those of a sheet or of a file that was brought back
    lines       the list as read, and the answers to what it left open, by kind of question
    week        the round numbers
    levers      ids of those that are chosen
    generation  counts the files brought back: widgets start anew from what a file says
    """

    OUTLIVES_DISTRICT = True

    way: str = LIST
    lines: tuple[ListLine, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    kept_entries: tuple[Entry, ...] = ()
    sheet: tuple[str, bytes] | None = None
    sheet_answers: Mapping[str, str] = field(default_factory=dict)
    sheet_of: str | None = None
    sheet_read: tuple[str, Loaded] | None = None
    week: Week = Week()
    duties: Duties = Duties()
    ticked: Mapping[str, float] = field(default_factory=dict)
    grid: Grid = Grid()
    signs: frozenset[str] = frozenset()
    levers: frozenset[str] = frozenset()
    problem: str = ""
    generation: int = 0


def record() -> PathRecord:
    return session.record(PathRecord)


def entries() -> tuple[Entry, ...]:
    """The caseload as it is given: of the list, of the round numbers, or of her sheet."""
    kept = record()
    if kept.way == NUMBERS:
        return kept.week.entries
    return (*kept.kept_entries, *entries_of(kept.lines))


def open_students() -> int:
    """Students of the list who are not counted until somebody says what their line means."""
    return 0 if record().way == NUMBERS else sum(line.students for line in record().lines if line.is_open)


def case() -> Case:
    """Her caseload, her duties, and the responsibilities that she has ticked."""
    kept = record()
    return Case(entries(), kept.week.duties if kept.way == NUMBERS else kept.duties, dict(kept.ticked))


def answer() -> Answer | None:
    """The answer for her week; None before a caseload is there."""
    own = case()
    return own.answer(session.today(), session.assumptions()) if own.students else None


def study() -> TimeStudy:
    """Her grid as a study of the week that holds today."""
    return study_of_grid(record().grid, monday_of(session.today()))


def widget_key(name: str) -> str:
    """The key of a widget that starts from what is kept."""
    return f"my_{name}_{record().generation}"


def set_duty(name: str, key: str) -> None:
    """Keep one number of the duties, when its field has changed."""
    record().duties = replace(record().duties, **{name: session.chosen(key)})
