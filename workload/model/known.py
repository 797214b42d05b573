"""What is known of the files beside their rows: which columns they have, what waits for an answer, which posts are vacant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What reading has found out, for the premises of the answer.

    columns       columns that the files have, as "services.status"
    open_columns  headings whose meaning waits for an answer
    questions     open questions; rows_waiting are the service rows that are not counted until somebody answers
    vacant        (role, FTE) of each post that is budgeted and that nobody holds; FTE NaN where it is not given
    nobody_in_post  somebody has said that there is no post at all
    """

    columns: frozenset[str] = frozenset()
    open_columns: tuple[str, ...] = ()
    questions: int = 0
    rows_waiting: int = 0
    vacant: tuple[tuple[str, float], ...] = ()
    nobody_in_post: bool = False
