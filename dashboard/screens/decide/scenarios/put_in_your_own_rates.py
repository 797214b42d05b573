"""Every rate as a field, with its unit, force and source: put in your own."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.parts.assumption_widgets import FORCE
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.scenarios import open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import prices
from dashboard.shell import session
from workload.model.words import rounded
from workload.scenarios.cost import Rate, RateError, Rates, rates, state_wages


def panel() -> None:
    """Every rate as a field with its unit, force and source."""
    in_force = prices()
    number = len(in_force.own)
    box = st.expander("Rates: put in your own", key="rates_panel", on_change="rerun", expanded=True)
    examples = sum(1 for id in rates() if in_force.source(id)[0] == "example")
    if examples:
        st.caption(
            f"{examples} of {len(rates())} rates are examples. A cost made of examples is no budget figure: type in your own."
        )
    if not box.open:
        return
    with box:
        with st.grid(3, min_column_width=190, vertical_alignment="bottom"):
            for rate in rates().values():
                _field(rate, in_force)
        st.button("Back to the examples", on_click=_reset, disabled=not number, key="rates_reset")


def _field(rate: Rate, in_force: Rates) -> None:
    key = f"rate_{open_scenarios.record().rates_version}_{rate.id}"
    common: dict[str, Any] = {
        "key": key,
        "on_change": _take,
        "args": (rate.id, key),
        "help": safe(
            f"{rate.help} {rate.unit[:1].upper() + rate.unit[1:]}. Source: {in_force.source(rate.id)[1]}.", 800
        ),
    }
    with st.container():
        if is_share(rate):
            st.number_input(
                f"{rate.label}, %",
                float(rate.minimum * 100),
                float(rate.maximum * 100),
                rounded(in_force[rate.id] * 100, 2),
                1.0,
                format="%g",
                **common,
            )
        else:
            st.number_input(
                f"{rate.label}, $",
                float(rate.minimum),
                float(rate.maximum),
                in_force[rate.id],
                format="%g",
                step=0.05 if rate.value < 5 else 5.0 if rate.value < 500 else 1_000.0,
                **common,
            )
        st.caption("**Your own**" if rate.id in in_force.own else FORCE[in_force.source(rate.id)[0]])
        wage = state_wages().get((session.state() or "", rate.id))
        if wage is not None:
            st.caption(safe(wage.words, 400))


def is_share(rate: Rate) -> bool:
    """Whether people read the rate as percent."""
    return rate.unit.startswith("as a share")


def _take(id: str, key: str) -> None:
    value = session.chosen(key)
    if value is not None and is_share(rates()[id]):
        value = rounded(value / 100, 6)
    try:
        Rates().changed({id: value})
    except RateError as refusal:
        session.say(str(refusal))
    else:
        open_scenarios.record().rates = {**open_scenarios.record().rates, id: value}


def _reset() -> None:
    open_scenarios.record().rates = {}
    open_scenarios.record().rates_version += 1
