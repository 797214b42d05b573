"""A week in quarters of an hour that is filled by dragging, by two taps, or by keys: `assets/week_grid`, mounted on a page.

The script comes from this server as a file. Streamlit would make an address of its own for a script that is given as text, and
our Content-Security-Policy refuses those; a file needs a folder that Streamlit knows, so it is told of it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from workload.figures.tones import THIRDS
from workload.staffing.time_study.study import LABELS

OWN, GRID, FOLDER = "ot-staffing", "week_grid", "assets/week_grid"
NAME = f"{OWN}.{GRID}"
DASHBOARD = Path(__file__).parents[1]
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
    }
    _component()(key=key, data=data, **{f"on_{STRETCHES}_change": on_change})


def stretches(state: Any) -> list[Mapping[str, Any]]:
    """What the grid has sent, oldest first; nothing where it is not of that form."""
    sent = state.get(STRETCHES) if isinstance(state, Mapping) else None
    return [each for each in sent if isinstance(each, Mapping)] if isinstance(sent, list) else []


def _component() -> Callable[..., Any]:
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        manager.register_from_manifest(ComponentManifest(OWN, "1", [ComponentConfig(GRID, FOLDER)]), DASHBOARD)
    return st.components.v2.component(
        NAME, html='<div class="week-grid"></div>', css="week_grid.css", js="week_grid.js"
    )
