"""A week in quarters of an hour that is filled by dragging, by two taps, or by keys: `assets/week_grid`, mounted on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.parts import drafts, own_components
from workload.figures.tones import THIRDS
from workload.staffing.time_study.study import LABELS

STRETCHES = "stretches"


def kinds() -> list[dict[str, str]]:
    """Every activity of a log with its kind of work, which is its color: with students, about them, everything else."""
    kind = {code: third.code for third in THIRDS for code in third.activities}
    return [{"label": label, "kind": kind.get(code, "rest")} for code, label in LABELS.items()]


def show(
    key: str,
    label: str,
    days: Sequence[str],
    slots: Sequence[str],
    cells: Sequence[Sequence[str | None]],
    seen: int,
    on_change: Callable[[], None],
) -> None:
    """The grid.

    days   headings of the columns;  slots  clock times of the rows;  cells  a list of activities for each day
    seen   the number of the last stretch that was kept; the grid sends again what has a higher one
    """
    data = {
        "label": label,
        "days": list(days),
        "slots": list(slots),
        "cells": [list(day) for day in cells],
        "seen": seen,
        "activities": kinds(),
        **drafts.of_drawing(key),
    }
    grid = own_components.component(own_components.WEEK_GRID, '<div class="week-grid"></div>', "week_grid.css")
    grid(key=key, data=data, **{f"on_{STRETCHES}_change": on_change})


def stretches(state: Any) -> list[Mapping[str, Any]]:
    """What the grid has sent, oldest first; nothing where it is not of that form."""
    sent = state.get(STRETCHES) if isinstance(state, Mapping) else None
    return [each for each in sent if isinstance(each, Mapping)] if isinstance(sent, list) else []
