"""What the tool itself draws or listens to in the browser: a script in a folder of `assets`, mounted on a page.

A script comes from this server as a file. Streamlit would make an address of its own for a script that is given as text, and
our Content-Security-Policy refuses those; a file needs a folder that Streamlit knows, so it is told of both here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

OWN, WEEK_GRID, DRAFTS = "ot-staffing", "week_grid", "drafts"
DASHBOARD = Path(__file__).parents[1]


def component(name: str, html: str, css: str | None = None) -> Callable[..., Any]:
    """The component of that folder, ready to be mounted; its script is called as the folder is."""
    manager, of = get_bidi_component_manager(), (name, html, css)
    if of not in _MADE or _MADE[of][0] is not manager:
        _MADE[of] = (manager, _declared(manager, *of))
    return _MADE[of][1]


_MADE: dict[tuple[str, str, str | None], tuple[BidiComponentManager, Callable[..., Any]]] = {}


def _declared(manager: BidiComponentManager, name: str, html: str, css: str | None) -> Callable[..., Any]:
    full = f"{OWN}.{name}"
    if manager.get_component_asset_root(full) is None:
        own = [ComponentConfig(each, f"assets/{each}") for each in (WEEK_GRID, DRAFTS)]
        manager.register_from_manifest(ComponentManifest(OWN, "1", own), DASHBOARD)
    return st.components.v2.component(full, html=html, css=css, js=f"{name}.js")
