"""A lever as widgets, made from its declared fields. Schools and therapists come from the roster, by code."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.filters import schools_named
from dashboard.parts.safe_text import safe
from dashboard.screens.decide import posts_in_order
from dashboard.screens.decide.posts_in_order import able, label_of
from dashboard.screens.decide.scenarios import open_scenarios, scenario_parts
from dashboard.screens.decide.scenarios.lever_words import LEVERS, USUAL, Usual
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.words import percent, rounded, shown
from workload.scenarios import lever_fields
from workload.scenarios.demand_levers import Regroup, average_group_size
from workload.scenarios.group_levers import EVERYTHING, groups_of
from workload.scenarios.scenario_state import today

SHARE_UNIT = "as a share"
STEPS = {"FTE": 0.1, "hours": 0.5, "hours a week": 1.0, "students": 0.5}
NO_ONE = "Nobody chosen"


@dataclass(frozen=True)
class Place:
    """One field of one lever of the open scenario."""

    now: Board
    at: int
    name: str
    declared: lever_fields.Field

    @property
    def lever(self) -> lever_fields.Lever:
        """The lever as it is now; the board may have moved on since the widget was drawn."""
        return open_scenarios.current(self.now).open.levers[self.at]

    @property
    def value(self):
        return getattr(self.lever, self.name)

    @property
    def key(self) -> str:
        return f"lever_{open_scenarios.version()}_{self.at}_{self.name}"

    @property
    def common(self) -> dict[str, Any]:
        """What every widget of a lever has."""
        return {"key": self.key, "on_change": take, "args": (self,)}


def take(place: Place) -> None:
    """Put the value of a widget into its lever."""
    value = session.chosen(place.key)
    if value is None and place.declared.kind == lever_fields.PERSON:
        value = lever_fields.NOBODY
    if value is None:
        return
    if place.declared.unit == SHARE_UNIT:
        value = rounded(value / 100, 6)
    before = place.lever
    made = open_scenarios.change_lever(
        place.now, place.at, place.name, tuple(value) if isinstance(value, list) else value
    )
    # A number changes nothing on its own frame, unless the frame says that it changes nothing.
    if (
        made is not None
        and place.declared.kind in (lever_fields.NUMBER, lever_fields.COUNT)
        and made.is_zero == before.is_zero
    ):
        scenario_parts.again()


def usual(now: Board, at: int, answer: Answer, labels: Labels) -> None:
    """One of the usual levers under its switch: the number that it is about as a slider, the rest behind it."""
    one = now.open.levers[at]
    words = USUAL[one.kind]
    slider(Place(now, at, words.field, lever_fields.declared_fields(type(one))[words.field]), answer, words)
    with st.expander("Where and who", key=f"more_{open_scenarios.version()}_{at}"):
        fields(now, at, answer, labels, without=words.field)
    _beside(one, answer)


def slider(place: Place, answer: Answer, words: Usual) -> None:
    """A number as a slider. That of an FTE reaches to twice what is short, and as far as it has been set."""
    shares = place.declared.unit == SHARE_UNIT
    value = rounded(place.value * 100, 4) if shares else place.value
    high = words.high
    if place.name == "fte":
        high = float(max(high, math.ceil(-2 * answer.district["gap_fte"]), math.ceil(value)))
    st.slider(
        f"{place.declared.label}{', %' if shares else ''}",
        words.low,
        high,
        value,
        words.step,
        format="%g",
        label_visibility="collapsed" if place.name == "fte" else "visible",
        **place.common,
    )


def lever(now: Board, at: int, answer: Answer, labels: Labels) -> None:
    """Any other lever in a frame: its sentence, its fields, and the button that takes it away."""
    one = now.open.levers[at]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{safe(one.label)}**", width="content")
            st.button(
                "Remove",
                key=f"remove_{open_scenarios.version()}_{at}",
                on_click=open_scenarios.remove_lever,
                args=(now, at),
                help=f"Take out: {one.label}",
                type="tertiary",
            )
        st.caption(safe(LEVERS[one.kind].sentence, 600))
        fields(now, at, answer, labels)
        _beside(one, answer)


def fields(now: Board, at: int, answer: Answer, labels: Labels, without: str = "") -> None:
    """Every field of a lever but one, the lists last."""
    one = now.open.levers[at]
    declared = {name: each for name, each in lever_fields.declared_fields(type(one)).items() if name != without}
    with st.grid(min(2, len(declared)), min_column_width=150, vertical_alignment="bottom"):
        for name, each in declared.items():
            if each.kind not in LISTED:
                widget(Place(now, at, name, each), answer, labels, one)
    for name, each in declared.items():
        if each.kind in LISTED:
            LISTED[each.kind](Place(now, at, name, each), answer, labels)


def widget(place: Place, answer: Answer, labels: Labels, one: lever_fields.Lever) -> None:
    declared, value, label = place.declared, place.value, place.declared.label
    if declared.kind == lever_fields.NUMBER and declared.unit == SHARE_UNIT:
        st.number_input(
            f"{label}, %",
            declared.minimum * 100.0,
            declared.maximum * 100.0,
            rounded(value * 100, 4),
            5.0,
            format="%g",
            **place.common,
        )
    elif declared.kind == lever_fields.NUMBER:
        unit = "" if declared.unit.lower() in label.lower() else f" ({declared.unit})"
        st.number_input(
            label + unit,
            float(declared.minimum),
            float(declared.maximum),
            float(value),
            STEPS.get(declared.unit, 1.0),
            format="%g",
            **place.common,
        )
    elif declared.kind == lever_fields.COUNT:
        st.number_input(label, int(declared.minimum), int(declared.maximum), int(value), 1, **place.common)
    elif declared.kind == lever_fields.CHOICE:
        st.selectbox(label, declared.choices, declared.choices.index(value), **place.common)
    elif declared.kind == lever_fields.SWITCH:
        st.toggle(label, value, **place.common)
    elif declared.kind == lever_fields.SCHOOL_LIST:
        known = school_names(answer)
        st.multiselect(
            label,
            list(known),
            [name for name in value if name in known],
            format_func=known.__getitem__,
            placeholder="Every school",
            **place.common,
        )
    elif declared.kind == lever_fields.PERSON and (
        declared.label != lever_fields.SUPERVISOR or "OTA" in (getattr(one, "role", ""), getattr(one, "to", ""))
    ):
        person(place, answer, labels)


def person(place: Place, answer: Answer, labels: Labels) -> None:
    """A post by its code."""
    only_ot = place.declared.label == lever_fields.SUPERVISOR
    codes = able(answer, only_ot)
    called = {code: label_of(answer, labels, code) for code in codes}
    start, nobody = (
        codes.index(place.value) if place.value in codes else None,
        "The OT with most room" if only_ot else NO_ONE,
    )
    posts_in_order.choose(place.declared.label, called, placeholder=nobody, index=start, **place.common)


def school_names(answer: Answer) -> Mapping[str, str]:
    """Every school with its name as it is shown."""
    return answer.demand.once(schools_named)


def _moves(place: Place, answer: Answer, labels: Labels) -> None:
    """(school, from, to, share) entries: those that are there, and a form for one more."""
    for number, (school, origin, target, share) in enumerate(place.value):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                f"{safe(school)}: {percent(share)} from {safe(label_of(answer, labels, origin))} to "
                f"{safe(label_of(answer, labels, target))}",
                width="content",
            )
            st.button(
                "Take back", key=f"{place.key}_{number}", type="tertiary", on_click=_drop_move, args=(place, number)
            )
    everybody = [*able(answer), answer.demand.people.unassigned]
    called = {code: label_of(answer, labels, code) for code in everybody}
    with st.form(f"{place.key}_form", border=False), st.grid(2, min_column_width=150, vertical_alignment="bottom"):
        known = school_names(answer)
        st.selectbox(
            "School", list(known), None, format_func=known.__getitem__, key=f"{place.key}_school", placeholder="Choose"
        )
        for end, label in (("from", "From"), ("to", "To")):
            posts_in_order.choose(label, called, f"{place.key}_{end}")
        st.number_input("Share of the work, %", 0.0, 100.0, 100.0, 5.0, format="%g", key=f"{place.key}_share")
        st.form_submit_button("Add this move", on_click=_add_move, args=(place,))


def _group_moves(place: Place, answer: Answer, labels: Labels) -> None:
    """The moves that Rebalance found, each with the group as the roster calls it."""
    groups, schools = groups_of(answer), {name: at for at, name in enumerate(answer.demand.schools)}
    for at, (school, origin, target, number) in enumerate(place.value):
        named = groups.named(origin, schools.get(school, -1), number)
        what = school if number == EVERYTHING or not named else groups.blocks.label[named[0]]
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                f"{safe(what)}: from {safe(label_of(answer, labels, origin))} to {safe(label_of(answer, labels, target))}",
                width="content",
            )
            st.button(
                "Take back",
                key=f"{place.key}_{at}",
                type="tertiary",
                on_click=_drop_move,
                args=(place, at),
                help=f"Without move {at + 1}",
            )


def _drop_move(place: Place, number: int) -> None:
    open_scenarios.change_lever(place.now, place.at, place.name, place.value[:number] + place.value[number + 1 :])
    open_scenarios.fresh()


def _add_move(place: Place) -> None:
    made = tuple(session.chosen(f"{place.key}_{part}") for part in ("school", "from", "to", "share"))
    if None in made:
        open_scenarios.refuse("A move needs a school, somebody who gives and somebody who takes.")
        return
    open_scenarios.change_lever(place.now, place.at, place.name, (*place.value, (*made[:3], rounded(made[3] / 100, 6))))
    open_scenarios.fresh()


def _beside(one: lever_fields.Lever, answer: Answer) -> None:
    """What must be known of a lever beside its sentence."""
    if isinstance(one, Regroup):
        now = average_group_size(
            today(answer), one.eligible, tuple(name for name in one.schools if name in answer.demand.schools)
        )
        st.caption(
            f"Today these lines have {shown(now, 2)} students for each therapist on average. A smaller number than that "
            "changes nothing."
        )
        st.page_link(
            navigation.page(navigation.RULES),
            label="Why the published tables for larger groups save too much",
            icon=widgets.ARROW,
            query_params={"rules_tab": "Larger groups"},
        )
    elif one.kind in ("redistribute", "groups"):
        st.page_link(navigation.page(navigation.REBALANCE), label="Let Rebalance find the moves", icon=widgets.ARROW)
    if one.is_zero:
        st.caption("At these values the lever changes nothing yet.")


def _nothing(place: Place, answer: Answer, labels: Labels) -> None:
    """A mark is nobody's to see or to set."""


LISTED = {lever_fields.MOVES: _moves, lever_fields.GROUP_MOVES: _group_moves, lever_fields.MARK: _nothing}
