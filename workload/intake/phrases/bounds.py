"""Bounds beyond which a clear phrase is still worth a second look."""

from __future__ import annotations

from workload.intake.phrases.meanings import Part, show_number, weekly_minutes, weeks_in_period

# Rules of thumb for school OT, not limits of any law: beyond them a typing slip is likelier than a service.
MOST_WEEKLY_MINUTES = 300
LONGEST_USUAL_SESSION = 90
LARGEST_USUAL_GROUP = 8
MOST_WEEKLY_SESSIONS = 5
# What a number without a word may be: minutes of a session, students of a group; beyond them it is something else.
SHORTEST_PLAUSIBLE_SESSION, LONGEST_PLAUSIBLE_SESSION = 10, 120
MOST_PLAUSIBLE_SESSIONS_PER_WEEK = 10
LARGEST_POSSIBLE_GROUP = 15
FEWER_ARE_HOURS = 5  # of a session: "1.5" without a unit is likelier hours
SURELY_A_TOTAL = 240  # more minutes than this are those of a period


def sanity_notices(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Plain sentences about values that are unusual for school OT, each with both numbers."""
    notices: list[str] = []
    weekly = weekly_minutes(parts)
    if weekly is not None and weekly > MOST_WEEKLY_MINUTES:
        notices.append(f"{show_number(weekly)} minutes a week is more than {MOST_WEEKLY_MINUTES}; check the period.")
    for part in parts:
        notices += _part_notices(part)
    return tuple(dict.fromkeys(notices))


def _part_notices(part: Part) -> list[str]:
    notices = []
    if part.minutes_per_session is not None and part.minutes_per_session > LONGEST_USUAL_SESSION:
        notices.append(
            f"A session of {show_number(part.minutes_per_session)} minutes is longer than "
            f"{LONGEST_USUAL_SESSION}; check the minutes."
        )
    if part.group_size is not None and part.group_size > LARGEST_USUAL_GROUP:
        notices.append(f"A group of {part.group_size} is larger than {LARGEST_USUAL_GROUP}; check the group size.")
    if part.sessions is not None and part.period is not None:
        weekly = part.sessions / weeks_in_period(part.period)
        if weekly > MOST_WEEKLY_SESSIONS:
            notices.append(
                f"{show_number(weekly)} sessions a week are more than {MOST_WEEKLY_SESSIONS}; "
                "check the number of sessions."
            )
    if part.total_minutes == 0:
        notices.append("The cell says 0 minutes; the student counts with no minutes.")
    return notices
