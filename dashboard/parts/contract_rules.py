"""The rules of the district's own agreement, typed in beside the state's: several at once, checked before they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from workload.model.words import count, in_words
from workload.rules.packs import RulePack, clauses, contract_examples, pack_for
from workload.rules.rule import Rule, RuleError

NAME = "Our agreement"
KEPT = "clauses"
LONGEST = 300


@dataclass(frozen=True)
class Kind:
    """One kind of clause that can be typed in: its words, and the kind, unit and scope of the rule it becomes."""

    label: str
    kind: str
    unit: str
    scope: str = "person"


KINDS = (
    Kind("Most students of one OT", "caseload_cap", "students"),
    Kind(
        "Most students for each FTE, average of the department", "caseload_cap", "students for each FTE", "department"
    ),
    Kind("Most students for each FTE, average of a building", "caseload_cap", "students for each FTE", "building"),
    Kind("Fewer students for each further building in a day", "daily_building_penalty", "students a building"),
    Kind("Most schools of one OT", "site_limit", "schools"),
    Kind("Most buildings in a day", "site_limit", "buildings a day"),
    Kind("Planning minutes a day", "planning_minutes", "minutes a day"),
    Kind("Planning minutes a week", "planning_minutes", "minutes a week"),
    Kind("Most sessions a day", "session_cap", "sessions a day"),
    Kind("Most OTAs of one OT", "supervision_ratio", "OTAs"),
)
BY_LABEL = {each.label: each for each in KINDS}
CAP, PENALTY = KINDS[0].label, KINDS[3].label
BANDS = {"All students": "", "School-age students": "school-age", "Preschool students": "preschool"}
PROBLEM = "clause_problem"


def entries() -> tuple[dict, ...]:
    """The rules typed in so far, as plain data."""
    return session.kept(KEPT, ())


def pack() -> RulePack | None:
    """The rules typed in, as a pack; None without any."""
    return clauses(NAME, entries()) if entries() else None


def packs_chosen() -> tuple[RulePack, ...]:
    """The rule sets that are held against the district: the state's, and the agreement's while it is switched on."""
    own = pack() if session.chosen("use_contract") is not False else None
    return tuple(each for each in (pack_for(session.state()), own) if each is not None)


def switch() -> None:
    """The switch among the settings, once there are rules to switch."""
    if entries():
        session.start_with("use_contract", True)
        st.toggle(
            f"Hold {count(len(entries()), 'rule')} of our agreement beside them",
            key="use_contract",
            persist_state="session",
        )


def panel() -> None:
    """The rules typed in, and the fields for one more."""
    st.markdown(
        "Type in the rules of your own agreement, one at a time. They are held against your district beside the "
        "state's, and they are marked as entered by you. Nobody has checked them here."
    )
    for entry in entries():
        _entry(entry)
    with st.expander("Add a rule of our agreement", expanded=not entries(), key="add_clause", on_change="rerun"):
        _fields()


def _entry(entry: dict) -> None:
    words, button = st.columns([5, 1], vertical_alignment="center")
    with words:
        st.markdown(
            f"**{safe(entry['label'])}**  \n{safe(entry['citation'])}"
            + (f"  \n{safe(entry['text'])}" if entry.get("text") else "")
        )
    with button:
        st.button("Remove", key=f"remove_{entry['id']}", on_click=_remove, args=(entry["id"],))


def _remove(id: str) -> None:
    left = tuple(entry for entry in entries() if entry["id"] != id and entry.get("reduces") != id)
    session.keep(KEPT, left)


def _fields() -> None:
    examples = {rule.id: rule for rule in contract_examples().rules if rule.is_for_ots and _kind_of(rule)}
    st.selectbox(
        "Start from a clause of another district (an example, it does not bind you)",
        list(examples),
        index=None,
        key="clause_example",
        placeholder="Or fill in the fields yourself",
        on_change=_fill,
        format_func=lambda id: plain(f"{examples[id].label} ({examples[id].place})"),
    )
    session.start_with("clause_kind", CAP)
    with st.grid(2, min_column_width=240, vertical_alignment="bottom"):
        label = st.selectbox("What it says", list(BY_LABEL), key="clause_kind")
        st.number_input(
            f"The number ({BY_LABEL[label].unit})",
            0.0,
            10_000.0,
            value=None,
            step=1.0,
            format="%g",
            key="clause_number",
        )
        if label == CAP:
            st.number_input(
                "The number with an OTA, if another",
                0.0,
                10_000.0,
                value=None,
                step=1.0,
                format="%g",
                key="clause_with_ota",
            )
            st.selectbox("Which students", list(BANDS), key="clause_band")
        if label == PENALTY:
            st.number_input("Buildings a day that are free", 0, 20, 2, key="clause_above")
        st.text_input(
            "Agreement and section",
            key="clause_citation",
            max_chars=LONGEST,
            placeholder="Agreement 2026-29, Article 12.3",
        )
        st.text_input("Its words, if you like", key="clause_text", max_chars=LONGEST)
        st.date_input("First day in force, if it has one", value=None, key="clause_starts", format="MM/DD/YYYY")
        st.date_input("Last day in force, if it has one", value=None, key="clause_ends", format="MM/DD/YYYY")
    if label in (CAP, *(each.label for each in KINDS if each.unit == "minutes a week")):
        st.checkbox("A part-time contract scales the number", value=True, key="clause_prorated")
    if BY_LABEL[label].kind in ("caseload_cap", "site_limit"):
        st.checkbox("Reaching the number is enough (talks begin at it)", key="clause_trigger")
    st.button("Add this rule", type="primary", on_click=_add)
    if problem := session.kept(PROBLEM):
        st.error(safe(problem, 600))


def _kind_of(rule: Rule) -> Kind | None:
    return next(
        (
            each
            for each in KINDS
            if each.kind == rule.kind
            and each.scope == rule.scope
            and (each.unit == rule.unit or rule.kind == "caseload_cap")
        ),
        None,
    )


def _fill() -> None:
    """Take over an example into the fields."""
    rule = next((each for each in contract_examples().rules if each.id == session.chosen("clause_example")), None)
    if rule is not None:
        values = {
            "clause_kind": _kind_of(rule).label,
            "clause_number": None if rule.value is None else float(rule.value),
            "clause_text": rule.text,
            "clause_prorated": rule.prorated,
            "clause_trigger": rule.trigger,
            "clause_with_ota": None if rule.with_assistant is None else float(rule.with_assistant),
            "clause_band": next((words for words, band in BANDS.items() if band == rule.band), None),
            "clause_above": int(rule.above or 0),
        }
        for key, value in values.items():
            session.set_now(key, value)


def _add() -> None:
    """One more rule, when it can be used; else a sentence that says why not."""
    entry = typed_entry()
    problem = problem_of(entry, entries())
    session.keep(PROBLEM, problem)
    if problem:
        return
    session.keep(KEPT, (*entries(), entry))
    for key in ("clause_citation", "clause_text"):
        session.set_now(key, "")


def typed_entry() -> dict:
    """The fields as an entry for `packs.clauses`."""
    kind = BY_LABEL[session.chosen("clause_kind") or CAP]
    number, numbers = session.chosen("clause_number"), [int(entry["id"].split("-")[1]) for entry in entries()]
    with_ota = (session.chosen("clause_with_ota") or None) if kind.label == CAP else None
    said = [f"{number:g}"] if number else []
    entry = {
        "id": f"clause-{max(numbers, default=0) + 1}",
        "kind": kind.kind,
        "unit": kind.unit,
        "scope": kind.scope,
        "label": f"{kind.label}: {', '.join(said + ([f'{with_ota:g} with an OTA'] if with_ota else []))}",
        "value": number or None,
        "place": NAME,
        "citation": plain(session.chosen("clause_citation") or ""),
        "text": plain(session.chosen("clause_text") or ""),
        "prorated": bool(session.chosen("clause_prorated")) and kind.scope == "person" or kind.scope != "person",
        "trigger": bool(session.chosen("clause_trigger")),
        "read": session.today(),
        "starts": session.chosen("clause_starts"),
        "ends": session.chosen("clause_ends"),
        "note": "Entered on this screen, not checked here.",
    }
    if kind.label == CAP:
        entry |= {
            "with_assistant": with_ota,
            "band": BANDS.get(session.chosen("clause_band") or "", ""),
        }
    if kind.label == PENALTY:
        cap = next(
            (each["id"] for each in entries() if each["kind"] == "caseload_cap" and each["scope"] == "person"), ""
        )
        entry |= {"above": session.chosen("clause_above"), "reduces": cap}
    return entry


def problem_of(entry: dict, others: tuple[dict, ...]) -> str:
    """Why an entry cannot be used, as a sentence; empty when it can."""
    if not entry["value"] and not entry.get("with_assistant"):
        return "The number is missing. A rule without a number cannot be held against anybody."
    if not entry["citation"]:
        return "Say which agreement and section it stands in. Whoever doubts the number will ask."
    if entry["kind"] == "daily_building_penalty" and not entry["reduces"]:
        return "Add the rule with the most students first: this one lowers its number."
    if entry["starts"] and entry["ends"] and entry["ends"] < entry["starts"]:
        return f"The last day, {_day(entry['ends'])}, is before the first day, {_day(entry['starts'])}."
    try:
        clauses(NAME, [*others, entry])
    except RuleError as problem:
        if "a second" in str(problem):
            return (
                "There is a rule of this kind for the same students from the same day already. Remove it first, or give "
                "the new one a first day: from that day on it takes the place of the old one."
            )
        return f"This rule cannot be used: {str(problem).partition('): ')[2]}."
    return ""


def _day(day: date) -> str:
    return in_words(day)
