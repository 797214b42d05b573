"""The rules of the state and of federal law: the sentence of the page, the rules as cards, and what was searched without a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.parts import finding, law_cards, widgets
from dashboard.parts.law_cards import days_of, force_words, link, number_of
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.rules.all_states import all_states
from dashboard.shell import session
from workload.model.words import count, in_words
from workload.rules.packs import RulePack, evaluation_clock, federal, pack_for, packs, without_a_number
from workload.rules.rule import Rule
from workload.year_ahead.evaluation_clock import clock_kept, clock_of


def said_of(code: str | None, day: date) -> tuple[str, str, str, list[str]]:
    """(before, number, after, facts) of the heading: the number of students that the state names, or that it names none."""
    pack = pack_for(code)
    if pack is None:
        capped = sum(any(_names_students(rule) for rule in each.in_force(day)) for each in packs().values())
        after = f"of {count(len(packs()), 'state')} were found to name a number of students for an OT"
        return "", str(capped), after, [finding.fact("Choose yours to read its rules with their sections.")]
    ruling = [rule for rule in pack.in_force(day) if rule.is_for_ots and rule.kind != "no_number"]
    facts = [finding.fact("{} in force", count(len(ruling), "rule for OTs", "rules for OTs"))]
    cap = next((rule for rule in ruling if _names_students(rule)), None)
    if cap is None:
        return f"{pack.name}: no number of students for an OT was found", "", "", facts
    with_ota = f", {cap.with_assistant:g} with an OTA" if cap.with_assistant is not None else ""
    facts.append(finding.chip(law_cards.FORCE_CHIPS.get(cap.force, cap.force), "" if cap.force == "law" else "open"))
    return f"{pack.name}: at most", f"{cap.value:g}", f"{cap.unit} for a full-time OT{with_ota}", facts


def _names_students(rule: Rule) -> bool:
    """Whether the rule gives an OT a number of students."""
    return rule.is_for_ots and rule.kind == "caseload_cap" and rule.value is not None


def force_of(rule: Rule) -> str:
    """The same for a rule."""
    return force_words(rule.force, rule.evidence)


def rules_table(rules: Sequence[Rule]) -> pd.DataFrame:
    """Rules as plain text, for the download."""
    return pd.DataFrame(
        [
            {
                "Rule": rule.label,
                "What it says": rule.sentence,
                "Number": number_of(rule),
                "Who counts": rule.who,
                "What it means for staffing": rule.means,
                "A sentence to use": rule.say,
                "Part-time scales it": "yes" if rule.prorated else "not said",
                "In force": days_of(rule) or "no dates in the source read",
                "Applies to": rule.applies_to,
                "What it is": force_of(rule),
                "Evidence": rule.evidence,
                "Section": rule.citation,
                "Link": rule.link,
                "Read and check": rule.caution,
                "Note": rule.note,
            }
            for rule in rules
        ]
    )


def show_rules(rules: Sequence[Rule], key: str, typed_in: bool = False, before: str = "") -> None:
    """Rules as cards with their section and link, and all of them as a download; what somebody typed in gets no live link.

    before  words that stand before what each rule is
    """
    law_cards.cards(rules, key, typed_in, before)
    widgets.downloads(key, rules_table(rules), f"{key}_rules")


def state() -> None:
    """The rules of the state in force on the day."""
    found = pack_for(session.state())
    if found is None:
        all_states()
        return
    ruling = [rule for rule in found.in_force(session.day()) if rule.kind != "no_number"]
    own = [rule for rule in ruling if rule.is_for_ots]
    st.header(f"In force in {safe(found.name)} on {in_words(session.day())}", anchor=False)
    if own:
        show_rules(own, f"rules-{found.state.lower()}")
    else:
        st.info(f"No rule for OTs with a number or a duty was found for {safe(found.name)}.")
    _federal_clock(found)
    _consents(found)
    nothing(found)
    others(found, [rule for rule in ruling if not rule.is_for_ots])


def _federal_clock(found: RulePack) -> None:
    """The federal days of a first evaluation, where no clock of the state was found."""
    clock = evaluation_clock(found.state, session.day())
    if clock is not None and clock.kind == "federal":
        st.markdown(
            f"**Days for a first evaluation:** no clock of {safe(found.name)} was found, so the federal one is shown. "
            f"{safe(clock.sentence)} *{safe(clock.citation)}.* {link(clock)}"
        )


def _consents(found: RulePack) -> None:
    """What became of the clock of each consent in the roster that is open."""
    if (answer := session.answer()) is not None:
        kept = clock_kept(answer, clock_of(found.state, answer.day))
        st.markdown(f"**Consents in this roster:** {safe(kept.words, 600)}")


def federal_law() -> None:
    """What federal law says that bears on staffing, in every state."""
    st.markdown(law_cards.NO_ADVICE)
    cards = federal().in_force(session.day())
    law_cards.cards(cards, "federal-law")
    widgets.downloads("federal-law", law_cards.cards_table(cards), "federal-law_cards")


def nothing(found: RulePack) -> None:
    """What was searched and sets no number."""
    for rule in without_a_number(found):
        st.markdown(f"- {safe(rule.sentence, 900)} *{safe(force_of(rule))}. {safe(rule.caution)}*")


def others(found: RulePack, near: Sequence[Rule]) -> None:
    """Rules for other professions, bills, and entries that are not in force on the day."""
    if near:
        with st.expander(f"For other professions in {plain(found.name)}: {count(len(near), 'rule')}"):
            show_rules(near, f"rules-{found.state.lower()}-others")
    ruling = {rule.id for rule in found.in_force(session.day())}
    rest = [rule for rule in found.rules if rule.id not in ruling]
    if rest:
        with st.expander(f"Not in force on this day (bills, ended, not begun): {len(rest)}"):
            show_rules(
                rest,
                f"rules-{found.state.lower()}-not-in-force",
                before="**Not in force on this day.** ",
            )
