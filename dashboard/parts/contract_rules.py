"""The rules of the district's own agreement, typed in beside the state's: several at once, checked before they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from dashboard.parts import drafts
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from workload.model.words import count
from workload.rules.agreement import (
    BANDS,
    BY_LABEL,
    CAP,
    NAME,
    PENALTY,
    SCALED,
    TRIGGERED,
    Entry,
    TypedClause,
    kind_of,
    problem_of,
    started_from,
    without,
)
from workload.rules.packs import RulePack, clauses, contract_examples, pack_for

LONGEST = 300
WIDGET = "clause_{}"  # the key of a field's widget
TEXTS = (WIDGET.format("citation"), WIDGET.format("text"))


@dataclass(slots=True)
class AgreementRecord:
    """The rules typed in so far, as plain data, and why the last one was refused."""

    KEPT: ClassVar[tuple[str, ...]] = ("clauses",)

    clauses: tuple[Entry, ...] = ()
    problem: str = ""


def entries() -> tuple[Entry, ...]:
    """The rules typed in so far, as plain data."""
    return session.record(AgreementRecord).clauses


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


def _entry(entry: Entry) -> None:
    words, button = st.columns([5, 1], vertical_alignment="center")
    with words:
        st.markdown(
            f"**{safe(entry['label'])}**  \n{safe(entry['citation'])}"
            + (f"  \n{safe(entry['text'])}" if entry.get("text") else "")
        )
    with button:
        st.button("Remove", key=f"remove_{entry['id']}", on_click=_remove, args=(entry["id"],))


def _remove(id: str) -> None:
    session.record(AgreementRecord).clauses = without(entries(), id)


def _fields() -> None:
    examples = {rule.id: rule for rule in contract_examples().rules if rule.is_for_ots and kind_of(rule)}
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
            key=TEXTS[0],
            max_chars=LONGEST,
            placeholder="Agreement 2026-29, Article 12.3",
        )
        st.text_input("Its words, if you like", key=TEXTS[1], max_chars=LONGEST)
        st.date_input("First day in force, if it has one", value=None, key="clause_starts", format="MM/DD/YYYY")
        st.date_input("Last day in force, if it has one", value=None, key="clause_ends", format="MM/DD/YYYY")
    if label in SCALED:
        st.checkbox("A part-time contract scales the number", value=True, key="clause_prorated")
    if BY_LABEL[label].kind in TRIGGERED:
        st.checkbox("Reaching the number is enough (talks begin at it)", key="clause_trigger")
    drafts.keep(*TEXTS)
    st.button("Add this rule", type="primary", on_click=_add)
    if problem := session.record(AgreementRecord).problem:
        st.error(safe(problem, 600))


def _fill() -> None:
    """Take over an example into the fields."""
    rule = next((each for each in contract_examples().rules if each.id == session.chosen("clause_example")), None)
    if rule is not None:
        example = started_from(rule)
        for name in ("kind", "number", "text", "prorated", "trigger", "with_ota", "band", "above"):
            session.set_now(WIDGET.format(name), getattr(example, name))


def _add() -> None:
    """One more rule, when it can be used; else a sentence that says why not."""
    entry, record = typed().entry(entries(), session.today()), session.record(AgreementRecord)
    record.problem = problem_of(entry, entries())
    if not record.problem:
        record.clauses = (*entries(), entry)
        for key in TEXTS:
            session.set_now(key, "")
        drafts.sent(*TEXTS)


def typed() -> TypedClause:
    """The fields as they are filled in; texts without what no agreement has."""
    given = {field: session.chosen(WIDGET.format(field)) for field in TypedClause.__dataclass_fields__}
    return TypedClause(
        **{
            **given,
            "kind": given["kind"] or CAP,
            "citation": plain(given["citation"] or ""),
            "text": plain(given["text"] or ""),
            "prorated": bool(given["prorated"]),
            "trigger": bool(given["trigger"]),
        }
    )
