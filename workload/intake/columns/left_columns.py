"""The fate of the columns that no reading has taken: whose they are, whether they may matter, or why they are not needed."""

from __future__ import annotations

from workload.intake.columns.heading_meaning import AMOUNTS, said
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.looks import MOST, SOME, Look
from workload.model.column_fates import ASKED, CEILING, DELIVERED, EMPTY, OTHER_SERVICE, UNKNOWN, UNNEEDED
from workload.model.columns import SERVICES, Table

MOSTLY_FILLED = 0.9  # share of rows from which a day is written for every student


def left(table: Table, heading: str, look: Look, names: frozenset[str]) -> str:
    """The fate of a column that no reading has taken."""
    if not look.values:
        return EMPTY
    if heading:
        about = said(heading)
        if table is SERVICES and about.limit:
            return CEILING
        if table is SERVICES and (about.other_service or about.whole_school):
            return OTHER_SERVICE
        if about.summer and look.numeric > MOST:
            return UNNEEDED  # minutes of the summer, outside of the regular year
        if about.delivered:
            return DELIVERED
        if table is SERVICES and frozenset().union(*facts_of(heading)) & {"rate", "salary"}:
            return UNNEEDED
        if about.unneeded and not (look.phrases > MOST or look.counts > MOST or look.states > MOST):
            return UNNEEDED
    return ASKED if table is SERVICES and (matters(look, names) or _said_and_not_read(heading, names)) else UNKNOWN


WITHOUT_SESSIONS = AMOUNTS - {"minutes_per_session", "sessions", "period", "time_unit"}  # amounts that are whole alone
# What a heading speaks of, and the columns of which one must be read so that such a column may be left aside.
SPEAKS_OF = (
    (frozenset({"staff", "ota"}), frozenset({"therapist"})),
    (frozenset({"school", "serving"}), frozenset({"school"})),
    (frozenset({"exit", "status", "active", "inactive", "enrolled"}), frozenset({"status", "exit_date", "end"})),
    (frozenset({"minutes", "length"}), AMOUNTS - {"period", "sessions"}),
    (frozenset({"frequency"}), WITHOUT_SESSIONS | {"sessions", "period"}),
    (frozenset({"sessions"}), WITHOUT_SESSIONS | {"sessions"}),
)


def _said_and_not_read(heading: str, names: frozenset[str]) -> bool:
    """Whether a heading speaks of who serves, where, whether or how much, and no column that is read says it."""
    facts = frozenset().union(*facts_of(heading))
    return not facts & {"role", "fte", "type"} and any(
        facts & speaks and not names & read for speaks, read in SPEAKS_OF
    )


def matters(look: Look, names: frozenset[str] = frozenset()) -> bool:
    """Whether values look like something that moves an answer: amounts and states; and ends, people, schools and services
    where no column (names: those that are read) says them yet. A day in nearly every row is no end."""
    return (
        look.looks_like_minutes
        or look.phrases > SOME
        or look.counts > SOME
        or look.lengths > MOST
        or look.states > MOST
        or (look.dates > MOST and not names & {"end", "exit_date"} and look.filled < MOSTLY_FILLED * look.rows)
        or (look.people > MOST and "therapist" not in names)
        or (look.schools > MOST and "school" not in names)
        or (look.disciplines > MOST and "service" not in names)
    )
