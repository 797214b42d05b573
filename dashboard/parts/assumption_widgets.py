"""The assumptions as widgets, derived from the parameters: one for each, with unit, force and source."""

from __future__ import annotations

import math
import tomllib

import streamlit as st

from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from workload.model.parameters import Assumptions, Parameter, ParameterError, parameters
from workload.model.words import count, percent

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


def panel() -> None:
    """All assumptions by group; the ones that were changed are marked. The answer follows at once."""
    if number_changed := len(changed()):
        st.markdown(f"**{count(number_changed, 'assumption')} changed**")
    # The label never changes: a panel with a new label is a new panel, and would close under the hand.
    box = st.expander("Assumptions", key="assumptions_panel", on_change="rerun")
    if not box.open:
        return
    with box:
        group = ""
        for parameter in parameters().values():
            if parameter.group != group:
                group = parameter.group
                st.markdown(f"**{group}**")
            widget(parameter)
        files()


def changed() -> dict[str, object]:
    """The values in force that differ from the default, by id."""
    values = session.assumptions()
    return {id: values[id] for id, parameter in parameters().items() if values[id] != parameter.value}


def number(value: object) -> str:
    """A value of a parameter as one writes it: up to four figures, no trailing zeros."""
    return MONTHS.get(value, value) if isinstance(value, str) else f"{value:.4g}"


def is_share(parameter: Parameter) -> bool:
    """Whether it is a share of the week, which people read as percent."""
    return parameter.unit.startswith("share")


def short(parameter: Parameter, value: object) -> str:
    """A value without its unit; shares as percent."""
    return percent(value, 1) if is_share(parameter) else number(value)


def written(parameter: Parameter, value: object) -> str:
    """A value with its unit."""
    return f"{short(parameter, value)} {'of the week' if is_share(parameter) else parameter.unit}".strip()


def span(parameter: Parameter, value: float) -> tuple[float, float, float]:
    """(from, to, step) of a slider: wide enough for twice the high end and for the value that is set."""
    end = min(parameter.maximum, 2 * parameter.high)
    if value > end:
        end = parameter.maximum
    start = float(parameter.minimum)
    size = (end - start) / STEPS_IN_A_SLIDER
    power = 10 ** math.floor(math.log10(size))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= size * 0.999)
    return start, float(end), step


def widget(parameter: Parameter) -> None:
    """The widget of one parameter and a line with its force."""
    key, value = session.ASSUMED + parameter.id, session.assumptions()[parameter.id]
    session.start_with(key, parameter.value if parameter.choices else float(parameter.value))
    help = safe(f"{parameter.help} Source: {parameter.cited}.", 1_000)
    common = {"key": key, "help": help, "persist_state": "session"}
    label = f"{parameter.label}" + (f" ({parameter.unit})" if parameter.unit else "")
    if parameter.choices:
        st.selectbox(label, parameter.choices, format_func=lambda each: MONTHS.get(each, each), **common)
    elif parameter.is_drawn:
        start, end, step = span(parameter, value)
        form = "percent" if is_share(parameter) else "%g" if step >= 1 else "%.2f"
        st.slider(label, start, end, step=step, format=form, **common)
    else:
        st.number_input(label, float(parameter.minimum), float(parameter.maximum), step=0.5, format="%g", **common)
    mark = f" · **changed**, default {safe(short(parameter, parameter.value))}" if value != parameter.value else ""
    st.caption(FORCE[session.assumptions().source(parameter.id)[0]] + mark)


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
        "Save as a file", as_toml, "assumptions.toml", "application/toml", on_click="ignore", key="assumptions_save"
    )
    st.file_uploader("Load a saved file", type=["toml"], key=UPLOADED, on_change=load_file)


def as_toml() -> str:
    """The changed assumptions as the file that the command line reads too."""
    import tomli_w

    return "# Assumptions that differ from the defaults.\n" + tomli_w.dumps(changed())


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
