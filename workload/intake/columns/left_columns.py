"""The fate of the columns that no reading has taken: whose they are, whether they may matter, or why they are not needed."""

from __future__ import annotations

from workload.intake.cells.group_words import may_tell_groups
from workload.intake.columns.fitting import SAYS_IT, fit
from workload.intake.columns.heading_meaning import AMOUNTS, said
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.looks import MOST, SOME, Look
from workload.model.column_fates import ASKED, CEILING, DELIVERED, EMPTY, OTHER_SERVICE, UNKNOWN, UNNEEDED
from workload.model.columns import SERVICES, Table

MOST_SESSIONS = 10  # of a period: larger numbers are rooms, ages and ids
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
        if table is SERVICES and all_facts(heading) & {"rate", "salary"}:
            return UNNEEDED
        if about.unneeded and not (
            look.phrases > MOST
            or look.counts > MOST
            or look.states > MOST
            or _two_in_one(table, heading, names)
            or _may_be_school(heading, look, names)
        ):
            return UNNEEDED
    asked = matters(look, names) or said_and_not_read(heading, names) or _may_be_service_days(heading, look, names)
    return ASKED if table is SERVICES and asked else UNKNOWN


def _may_be_service_days(heading: str, look: Look, names: frozenset[str]) -> bool:
    """First and last days in one cell, where no column that is read says when a service ends."""
    of_others = all_facts(heading) & {"esy", "evaluation", "reeval", "screening", "owed", "absence", "birth", "done"}
    says_it = fit("service_dates", "text", look) == SAYS_IT
    return says_it and not of_others and not names & {"start", "end", "exit_date", "service_dates"}


def _may_be_school(heading: str, look: Look, names: frozenset[str]) -> bool:
    """ "EL School" where no other column says the school: of the elementary level as well as of English learners."""
    return "school" not in names and ("school" in all_facts(heading) and look.flags <= MOST or look.schools > MOST)


def _two_in_one(table: Table, heading: str, names: frozenset[str]) -> bool:
    """ "School/Teacher" where no other column says the school: one half of it is needed."""
    return table is SERVICES and "/" in heading and any(said_and_not_read(half, names) for half in heading.split("/"))


WITHOUT_SESSIONS = AMOUNTS - {"minutes_per_session", "sessions", "period", "time_unit"}  # amounts that are whole alone
# What a heading speaks of, and the columns of which one must be read so that such a column may be left aside.
SPEAKS_OF = (
    (frozenset({"staff", "ota"}), frozenset({"therapist"})),
    (frozenset({"school", "serving"}), frozenset({"school"})),
    (frozenset({"exit", "status", "active", "inactive", "enrolled"}), frozenset({"status", "exit_date", "end"})),
    (frozenset({"minutes", "length"}), AMOUNTS - {"period", "sessions"}),
    (frozenset({"frequency"}), WITHOUT_SESSIONS | {"sessions", "period"}),
    (frozenset({"delivery"}), frozenset({"delivery"})),
    (frozenset({"group"}), frozenset({"delivery", "group_size", "group_id"})),
    (frozenset({"sessions"}), WITHOUT_SESSIONS | {"sessions"}),
    (frozenset({"days"}), WITHOUT_SESSIONS - {"minutes_per_period"} | {"sessions"}),  # "Days" beside minutes of a day
)


def said_and_not_read(heading: str, names: frozenset[str]) -> bool:
    """Whether a heading speaks of who serves, where, whether or how much, and no column that is read says it."""
    facts = all_facts(heading)
    return not facts & {"role", "fte", "type"} and any(
        facts & speaks and not names & read for speaks, read in SPEAKS_OF
    )


def may_be_sessions(look: Look, names: frozenset[str]) -> bool:
    """Small whole numbers beside minutes of a session, where no column that is read says how many sessions."""
    if "minutes_per_session" not in names or names & (WITHOUT_SESSIONS | {"sessions"}):
        return False
    counts = [number for number in look.numbers if 0 < number <= MOST_SESSIONS and number % 1 == 0]
    return look.numeric > MOST and len(counts) == len(look.numbers) and look.distinct < look.filled


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
        or (look.deliveries > MOST and look.distinct > 1 and "delivery" not in names)
        or (
            fit("term", "text", look) == SAYS_IT and not names & {"term", "esy"}
        )  # lines of the summer among the others
        or (
            (look.tells_groups or may_tell_groups(look.values))
            and look.flags <= MOST
            and look.distinct > 1
            and not names & {"delivery", "group_size"}
        )
    )
