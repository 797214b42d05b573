"""The options of a packet, taken from the scenarios of this session. Without a scenario there is nothing to choose."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts import drafts, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.scenarios import open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import prices
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell import cached, navigation, session
from workload.answer import Answer
from workload.report.packet_choices import MOST_OPTIONS, Option
from workload.report.scenario_options import option_of as option_of_outcomes
from workload.report.scenario_options import outcomes, rests_on_examples, with_one_recommended
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.outcome import Outcome
from workload.scenarios.scenario import Scenario

COVER = "packet_cover_"  # the key of a scenario's field has this before its digest
NOBODY_CHOSE = "None of them: the ask itself"


def scenarios(answer: Answer) -> dict[str, Scenario]:
    """The scenarios that change something, by name."""
    return {one.name: one for one in open_scenarios.board(answer).scenarios if one.levers}


def choose(answer: Answer) -> list[Option]:
    """Which scenarios stand in the packet as options, and who covers an absence in each."""
    known = scenarios(answer)
    if not known:
        st.caption(
            "A packet persuades with two or three options. Make and name them on Decide; they can be chosen here then."
        )
        widgets.links((navigation.DECIDE, "Make scenarios"))
        return []
    names, wanted = list(known), open_scenarios.record().for_packet
    picked = st.multiselect(
        "Scenarios that the packet offers",
        names,
        [wanted] if wanted in known else names[:MOST_OPTIONS],
        max_selections=MOST_OPTIONS,
        format_func=plain,
        key=f"packet_scenarios_{cached.digest(*names, wanted)[:8]}",
        persist_state="session",
        placeholder="None",
    )
    cover = {
        name: st.text_input(
            f"Who steps in when somebody is absent: {safe(name, 60)}",
            max_chars=90,
            persist_state="session",
            key=COVER + cached.digest(name)[:8],
        )
        for name in picked
    }
    drafts.keep(*(COVER + cached.digest(name)[:8] for name in picked))
    with_examples = False
    if picked and _uses_examples(answer, [known[name] for name in picked]):
        with_examples = st.checkbox(
            "Print costs that are made of example rates", key="packet_examples", persist_state="session"
        )
        st.caption(
            "Some costs rest on example rates. They stay a dash until you type your own under Money on Decide, "
            "or print them marked as examples."
            if not with_examples
            else "Each of these options says that its rates are examples."
        )
    best = None
    if picked:
        best = st.selectbox(
            "Which one does the district recommend?",
            [NOBODY_CHOSE, *picked],
            format_func=plain,
            key="packet_recommended",
            persist_state="session",
        )
    made = [option_of(answer, known[name], cover[name], with_examples) for name in picked]
    return list(with_one_recommended(tuple(one for one in made if one is not None), best or ""))


def _uses_examples(answer: Answer, chosen: Sequence[Scenario]) -> bool:
    made = [_outcomes(answer, one) for one in chosen]
    return any(rests_on_examples(*pair, prices()) for pair in made if pair is not None)


def _outcomes(answer: Answer, scenario: Scenario) -> tuple[Outcome, Outcome] | None:
    """Today and the scenario, kept until something changes; None for one that this roster cannot have."""
    key = cached.digest(session.answer_key(), sorted(prices().values.items()), scenario)
    known = session.record(PacketRecord).options
    if key in known:
        return known[key]
    try:
        pair = outcomes(answer, scenario, prices())
    except LeverError as refusal:
        st.warning(safe(f"{scenario.name} is left out. {refusal}", 500))
        return None
    session.record(PacketRecord).options = {**dict(list(known.items())[-MOST_OPTIONS:]), key: pair}
    return pair


def option_of(answer: Answer, scenario: Scenario, cover: str, with_examples: bool) -> Option | None:
    """A scenario as a row of the options; None for one that this roster cannot have."""
    pair = _outcomes(answer, scenario)
    if pair is None:
        return None
    known = with_examples or not rests_on_examples(*pair, prices())
    return option_of_outcomes(pair, prices(), cover or "", known)
