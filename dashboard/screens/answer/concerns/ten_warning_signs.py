"""The ten warning signs with their state, evidence and action, and the published figures beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from dashboard.parts import finding, why_panel, widgets
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import is_provisional
from dashboard.screens.answer.concerns import check_in_panel
from dashboard.screens.people.delivered import delivered_data
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_concern
from workload.model.words import count, month_and_year, percent, shown
from workload.rules.benchmarks import Benchmark, benchmarks
from workload.rules.rule import EVIDENCE
from workload.staffing.concerns.sign_evidence import Evidence, Indicator
from workload.staffing.concerns.sign_trends import months_of_sign
from workload.staffing.concerns.warning_signs import NOT_SEEN, SEEN, UNKNOWN, Concern, concerns

WORDS = {SEEN: "Seen", NOT_SEEN: "Not seen", UNKNOWN: "Unknown"}
# sign -> the published figures that stand beside it
BESIDE: Mapping[str, tuple[str, ...]] = {
    "off-the-clock": ("survey-unmanageable", "direct-hours-ceiling"),
    "groups-to-fit": ("survey-minutes-not-met",),
    "sessions-for-evaluations": ("nc-district-evaluation-hours",),
    "no-progress": ("survey-minutes-not-met", "chicago-2016-2017"),
    "exhaustion": ("survey-unmanageable",),
    "planning-at-home": ("pt-on-behalf",),
}
NOTHING_BESIDE = "No published figure for this sign was found."
SHORT_FORCE = {
    "law": "Law",
    "guidance": "Published",
    "reported": "Reported, no standard for others",
    "contract": "Local agreement",
    "example": "Example",
    "bill": "Not law",
    "unknown": "Not found",
}
MISSING = {
    "off-the-clock": "a time study with unpaid work marked",
    "no-break": "a time study with clock times",
    "partial-meetings": "the team check-in",
    "groups-to-fit": "service lines that say one to one and name a group",
    "sessions-for-evaluations": "delivered minutes with the reason of each minute that was missed",
    "no-progress": "the team check-in",
    "exhaustion": "the team check-in",
    "relief": "the team check-in",
    "planning-at-home": "a time study with unpaid work marked",
    "family-time": "a time study with clock times",
}


def evidence(answer: Answer) -> Evidence:
    """All that there is: roster, time study, delivered minutes, and the check-in once it is closed."""
    study = None if answer.time_study.is_empty else answer.time_study
    return Evidence(
        answer.staffing,
        answer.roster.services,
        answer.roster.evaluations,
        study,
        delivered_data.current(),
        check_in_panel.closed(),
        is_provisional(answer),
    )


def found_in(basis: Evidence) -> list[Concern]:
    """The ten signs; kept for an answer as long as nothing but the answer speaks."""
    if basis.delivered is not None or basis.check_in is not None:
        return concerns(basis)
    return cached.drawn("concerns", session.shown_key(), partial(concerns, basis))


def head(basis: Evidence) -> list[Concern]:
    """How many of the ten signs are seen, and what would show the others."""
    found = found_in(basis)
    number = {state: sum(concern.state == state for concern in found) for state in (SEEN, NOT_SEEN, UNKNOWN)}
    facts = [
        finding.fact("{} not seen", str(number[NOT_SEEN])),
        finding.fact("{} unknown: nothing here can show them yet", str(number[UNKNOWN])),
        finding.fact("None is about a single person."),
    ]
    finding.hero(
        "",
        str(number[SEEN]),
        f"of ten warning signs {'is' if number[SEEN] == 1 else 'are'} seen",
        facts,
        actions=[("Ask the team", ask_the_team), ("Log a week", navigation.PEOPLE.file)] if number[UNKNOWN] else [],
        key="signs_next",
    )
    return found


def ask_the_team() -> None:
    """Open the part with the team check-in."""
    session.set_next("concerns_part", "Team check-in")
    st.rerun()


def show(found: Sequence[Concern], labels: Labels, basis: Evidence) -> None:
    """The ten signs, those that are seen first; of the unknown ones what would show each, in one list."""
    known = sorted((each for each in found if each.state != UNKNOWN), key=lambda each: each.state != SEEN)
    for row in range(0, len(known), 2):
        for place, concern in zip(st.columns(2, gap="small"), known[row : row + 2], strict=False):
            with place:
                box(concern, labels, basis)
    unknown = [each for each in found if each.state == UNKNOWN]
    if unknown:
        with st.container(key="card_unknown"):
            finding.title("What would show the others", "Unknown is not no.")
            for concern in unknown:
                label, key = f"{concern.sign.label}: {MISSING[concern.sign.id]}", f"unknown_{concern.sign.id}"
                panel = st.expander(label, key=key, on_change="rerun")
                if panel.open:
                    with panel:
                        inside(concern, labels, basis)


def box(concern: Concern, labels: Labels, basis: Evidence) -> None:
    """One sign: state, figure, published figures, what to do, and the way to the rows."""
    with st.container(key=f"card_sign_{concern.sign.id}", height="stretch"):
        finding.title(concern.sign.label)
        finding.chips([finding.chip(state_words(concern), "open" if concern.state == SEEN else "")])
        inside(concern, labels, basis)


def state_words(concern: Concern) -> str:
    """The state of a sign, and what it was read from: a log and the team can say different things."""
    return f"{WORDS[concern.state]}, by the {concern.decided_by}" if concern.decided_by else WORDS[concern.state]


def inside(concern: Concern, labels: Labels, basis: Evidence) -> None:
    """The figure and how it went, the published ones beside it, what to do, and the way to the rows."""
    st.markdown(safe(words_of(concern), 900))
    if went := by_month(concern, basis):
        st.markdown(safe(went, 900))
    action(concern.action_label)
    if concern.state != UNKNOWN or concern.indicator is not None:
        widgets.opens("Why? Open the evidence", why_panel.opener_of(explain_concern(concern), labels), concern.sign.id)
    published = [beside(benchmarks()[id]) for id in BESIDE.get(concern.sign.id, ())]
    folded = concern.state != UNKNOWN and bool(published)  # an unknown sign is folded as a whole
    with st.expander("Published elsewhere", key=f"published_{concern.sign.id}") if folded else st.container():
        for words in published or [NOTHING_BESIDE]:
            st.caption(safe(words, 900))


def by_month(concern: Concern, basis: Evidence) -> str:
    """The same figure from each month alone, where the log or the delivered minutes hold several."""
    if concern.indicator is None:
        return ""
    told = [
        f"{month_and_year(date.fromisoformat(f'{one.month}-01'))} {figure(replace(concern.indicator, value=one.value))}"
        for one in months_of_sign(basis, concern.sign.id)
    ]
    return f"By month: {', '.join(told)}." if told else ""


def action(label: str) -> None:
    """What can be done, with the way to the page that does it."""
    title, _, what = label.partition(": ")
    st.markdown(f"**What can be done:** {safe(what)}")
    page = next((view for view in navigation.ALL if view.title == title), None)
    if page is not None:
        widgets.links((page, title))


def words_of(concern: Concern) -> str:
    """What the state was read from, in a sentence."""
    said = "" if concern.yes is None else f" Team check-in: {concern.yes} of {concern.answers} said yes."
    found = concern.indicator
    if found is None:
        if concern.yes is not None:
            return said.strip()
        return f"Nothing shows it yet. It takes {MISSING[concern.sign.id]}" + (
            "." if "check-in" in MISSING[concern.sign.id] else ", or the team check-in."
        )
    if found.decides:
        return f"From the {found.source}: {found.words}: {figure(found)}.{said}"
    return f"Related, from the {found.source}: {found.words}: {figure(found)}. It does not decide the sign: {found.cannot}.{said}"


def figure(found: Indicator) -> str:
    if found.unit.startswith("share"):
        return f"{percent(found.value, 1)} {found.unit.removeprefix('share ')}"
    if found.unit == "people":
        return count(int(found.value), "person", "people")
    digits = 0 if found.unit == "minutes" else 1
    return f"{shown(found.value, digits)} {found.unit}"


def beside(one: Benchmark) -> str:
    """A published figure with its force, year and source."""
    value = percent(one.value, 1).replace(".0%", "%") if one.unit.startswith("share") else f"{one.value:g} {one.unit}"
    return (
        f"{one.label}, {value} ({one.who}, {one.year}). {SHORT_FORCE[one.force]}, {EVIDENCE[one.evidence]}. "
        f"{one.source}."
    )
