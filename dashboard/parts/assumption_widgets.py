"""The assumptions as widgets, derived from the parameters: one for each, with unit, force and source."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.parts import finding, law_cards
from dashboard.parts.finding import title
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from workload.model.parameters import Assumptions, Parameter, ParameterError, Value, parameters
from workload.model.words import fte, percent
from workload.staffing.likely_range import Influence

MONTHS = {
    "school_month": "Four school weeks",
    "calendar_10": "A tenth of the school year",
    "calendar_52": "A twelfth of 52 weeks",
}
FORCE = {
    "law": "Law",
    "guidance": "Guidance",
    "contract": "Contract",
    "reported": "Reported elsewhere, no standard",
    "example": "Example, use your own",
    "time study": "Time study",
}
STEPS_IN_A_SLIDER = 100
UPLOADED = "assumptions_file"


# A value belongs to the first of these that takes it; on the page those that wait for the district come first.
GROUPS = (
    ("Measured here", "From your own time study or typed by you.", lambda force, changed: changed),
    ("Published", "From law, guidance, a study or an agreement.", lambda force, changed: force != "example"),
    (
        "Examples",
        "No published value fits. Put in your own, the one that moves most first.",
        lambda force, changed: True,
    ),
)


def said() -> tuple[str, str, str, list[str]]:
    """(before, number, after, facts) of the heading: how many values wait for the district's own."""
    moved, values = changed(), session.assumptions()
    forces = [values.source(id)[0] for id in parameters()]
    examples, measured = forces.count("example"), forces.count("time study")
    facts = [
        finding.fact("{} measured here or set by you", str(len(moved))),
        finding.fact("{} published", str(len(forces) - examples - len(moved))),
    ]
    answer = session.answer()
    if answer is not None:
        needs = fte(answer.district["required_fte"])
        likely = f"{fte(answer.range.p10)} to {fte(answer.range.p90)}"
        facts.append(finding.fact("the district needs {} FTE, likely {}", needs, likely))
    if measured:
        facts.append(finding.chip(f"{measured} from the time study"))
    return "", str(examples), f"of {len(forces)} values are examples that wait for your own", facts


def page() -> None:
    """All assumptions by how well they are founded, each with what it moves. The answer follows at once."""
    moved, effects = changed(), effects_in_fte()
    groups: dict[str, list[Parameter]] = {name: [] for name, _, _ in GROUPS}
    for one in parameters().values():
        groups[next(name for name, _, belongs in GROUPS if belongs(one.force, one.id in moved))].append(one)
    for name, under, _ in (GROUPS[-1], *GROUPS[:-1]):
        if not (here := groups[name]):
            continue
        with st.container(key=f"card_{name.split()[0].lower()}"):
            title(f"{name}: {len(here)} of {len(parameters())}", under)
            for parameter in sorted(here, key=lambda one: -effects.get(one.id, (0.0, ""))[0]):
                row(parameter, effects.get(parameter.id, (0.0, ""))[1], parameter.id in moved)
    files()


def row(parameter: Parameter, effect: str, is_changed: bool) -> None:
    """One assumption: its widget, and beside it what it moves and the way back."""
    asked, moves = st.columns([3, 2], vertical_alignment="center")
    with asked:
        widget(parameter)
    with moves:
        if effect:
            st.caption(effect)
        st.caption(f"**What would change it:** {safe(parameter.changes)}")
        if is_changed:
            st.button(
                f"Back to {safe(short(parameter, parameter.value))}",
                key=f"back_{parameter.id}",
                on_click=session.set_assumption,
                args=(parameter.id, parameter.value),
                type="tertiary",
            )


def effects_in_fte() -> dict[str, tuple[float, str]]:
    """For each assumption that has a span: how far it moves the district's need, and the sentence; none without an answer."""
    answer = session.answer()
    if answer is None:
        return {}
    return {one.id: (one.swing_fte, effect_words(one)) for one in answer.influences}


def effect_words(one: Influence) -> str:
    """What the ends of the span of an assumption make of the district's need."""
    low, high = (short(parameters()[one.id], end) for end in (one.low, one.high))
    least, most = sorted((one.required_fte_at_low, one.required_fte_at_high))
    if fte(least) == fte(most):
        return f"From {low} to {high} the district's need stays at {fte(most)} FTE as shown."
    return f"From {low} to {high} the district needs {fte(least)} to {fte(most)} FTE."


def changed() -> dict[str, object]:
    """The values in force that differ from the default, by id."""
    values = session.assumptions()
    return {id: values[id] for id, parameter in parameters().items() if values[id] != parameter.value}


def number(value: Value) -> str:
    """A value of a parameter as one writes it: up to four figures, no trailing zeros."""
    return MONTHS.get(value, value) if isinstance(value, str) else f"{value:.4g}"


def is_share(parameter: Parameter) -> bool:
    """Whether it is a share of the week, which people read as percent."""
    return parameter.unit.startswith("share")


def short(parameter: Parameter, value: Value) -> str:
    """A value without its unit; shares as percent."""
    return percent(float(value), 1) if is_share(parameter) else number(value)


def written(parameter: Parameter, value: Value) -> str:
    """A value with its unit."""
    return f"{short(parameter, value)} {'of the week' if is_share(parameter) else parameter.unit}".strip()


def span(parameter: Parameter, value: float) -> tuple[float, float, float]:
    """(from, to, step) of a slider: wide enough for twice the high end and for the value that is set."""
    (start, most), (_, high) = parameter.bounds, parameter.ends
    end = min(most, 2 * high)
    if value > end:
        end = most
    size = (end - start) / STEPS_IN_A_SLIDER
    power = 10 ** math.floor(math.log10(size))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= size * 0.999)
    return float(start), float(end), step


def widget(parameter: Parameter) -> None:
    """The widget of one parameter and a line with its force."""
    key, value = session.ASSUMED + parameter.id, session.assumptions()[parameter.id]
    session.start_with(key, parameter.value if parameter.choices else float(parameter.value))
    help = safe(f"{parameter.help} Source: {parameter.cited}.", 1_000)
    common: dict[str, Any] = {"key": key, "help": help, "persist_state": "session"}
    label = f"{parameter.label}" + (f" ({parameter.unit})" if parameter.unit else "")
    if parameter.choices:
        st.selectbox(label, parameter.choices, format_func=lambda each: MONTHS.get(each, each), **common)
    elif parameter.is_drawn:
        start, end, step = span(parameter, float(value))
        form = "percent" if is_share(parameter) else "%g" if step >= 1 else "%.2f"
        st.slider(label, start, end, step=step, format=form, **common)
    else:
        least, most = map(float, parameter.bounds)
        st.number_input(label, least, most, step=0.5, format="%g", **common)
    mark = f" · **changed**, default {safe(short(parameter, parameter.value))}" if value != parameter.value else ""
    force, source = session.assumptions().source(parameter.id)
    read = f" · {law_cards.live_link(parameter.link)}" if parameter.link and source == parameter.cited else ""
    st.caption(FORCE[force] + read + mark)
    if force == "time study":
        st.caption(safe(source[:1].upper() + source[1:], 600))


def files() -> None:
    """Back to the defaults, and the assumptions as a file."""
    st.button(
        "Back to defaults",
        on_click=session.set_assumptions,
        args=({},),
        disabled=not changed(),
        key="assumptions_reset",
    )
    st.download_button(
        "Save as a file",
        partial(as_toml, changed()),
        "assumptions.toml",
        "application/toml",
        on_click="ignore",
        key="assumptions_save",
    )
    st.file_uploader("Load a saved file", type=["toml"], key=UPLOADED, on_change=load_file)


def as_toml(values: Mapping[str, object]) -> str:
    """The changed assumptions as the file that the command line reads too. A file is made later, outside the session."""
    import tomli_w

    return "# Assumptions that differ from the defaults.\n" + tomli_w.dumps(dict(values))


def load_file() -> None:
    """Take over the uploaded file; a file that cannot be used changes nothing and is refused in a sentence."""
    file = session.chosen(UPLOADED)
    if file is None:
        return
    try:
        values = tomllib.loads(file.getvalue().decode("utf-8"))
        taken = Assumptions().changed(values, "file").values
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        session.say("That file could not be read. It must hold lines such as: meeting_hours = 1.5")
    except ParameterError as problem:
        session.say(
            f"{plain(problem.id)} in that file must be {problem.expected}; it says {plain(problem.came, 60)}. "
            "Nothing was changed."
        )
    else:
        session.set_assumptions(taken)
