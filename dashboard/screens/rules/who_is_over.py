"""Who is over which limit, which one binds and by how much; other limits; what a limit on schools costs; supervision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.parts import chart_links, contract_rules, log_people, why_panel, widgets
from dashboard.parts.law_cards import force_words
from dashboard.parts.safe_text import safe
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_cap
from workload.figures.rule_charts import students_against_limits
from workload.model.words import count, fte, shown
from workload.rules.packs import RulePack
from workload.rules.rule import EVIDENCE, FORCES
from workload.staffing.caps.caseload_caps import CapCheck, binding, caps_for, has_assistant, mixed_share
from workload.staffing.caps.other_limits import LimitCheck, fragmentation_of, limits_for, limits_not_compared
from workload.staffing.caps.supervision_contacts import supervision_contacts


def show(answer: Answer, labels: Labels) -> None:
    """Every limit in force held against the district."""
    packs = contract_rules.packs_chosen()
    if not packs:
        st.info(
            "Choose your state above, or type in a rule of your agreement under Our agreement. Then this shows who has "
            "more students than a rule names."
        )
        return
    st.caption(
        "A count outside a number is a reason to look, and no finding about anybody: a plan or an agreement may allow "
        "it, and a text may count students in another way. Ask whoever reads the law for your district."
    )
    checks = caps_for(answer.staffing, packs, answer.roster.services)
    called = log_people.only_people(answer, labels)
    held = {name: found for name, found in checks.items() if found}
    widgets.chart(students_against_limits(held, called, labels.codes), "caps", opens=chart_links.person)
    held = {name: checks[name] for name in called if checks.get(name)}
    if held:
        for note in dict.fromkeys(check.note for found in held.values() for check in found if check.note):
            st.caption(safe(note))
        widgets.table(
            caps_table(held, called), "Every caseload number held against every OT", "cap_rows", "caseload-limits"
        )
        opened(answer, labels, held, called)
        _mixed(held, called)
    _limits(limits_for(answer.staffing, packs, answer.roster.services, answer.time_study), labels)
    for sentence in limits_not_compared(answer.staffing, packs, answer.time_study):
        st.caption(safe(sentence, 900))
    _schools(answer, packs)
    _supervision(answer, packs, labels)


def short(value: float) -> str:
    """A number without a needless decimal."""
    return shown(value, 1).removesuffix(".0")


def caps_table(held: Mapping[str, Sequence[CapCheck]], called: dict[str, str]) -> pd.DataFrame:
    """One row a person and rule, the one that binds first."""
    rows = []
    for name, found in held.items():
        bound = binding(found)
        for check in found:
            binds = bound is not None and bound.check is check
            rows.append(
                {
                    "Therapist": called[name],
                    "Rule": check.label,
                    "Limit for this contract": short(check.limit),
                    "Students counted": short(check.value),
                    "Over by": short(check.over) if check.is_outside else "",
                    "Binds": "yes" if binds else "",
                    "Tighter than the next by": short(bound.tighter_by)
                    if binds and bound and bound.tighter_by is not None
                    else "",
                    "Of them consult only": str(check.consult_only),
                    "Of them without an IEP": str(check.without_iep),
                    "Without a grade": str(check.grade_unknown),
                    "What it is": force_words(check.force, check.evidence),
                    "Section": check.rule,
                    "Note": check.note,
                }
            )
    return pd.DataFrame(rows)


@live
def opened(answer: Answer, labels: Labels, held: Mapping[str, Sequence[CapCheck]], called: dict[str, str]) -> None:
    """One limit of one person, opened to its arithmetic and rows."""
    choices = {f"{labels.code(name)} {check.id}": (name, check) for name, found in held.items() for check in found}
    choice = widgets.one_or_none(
        "Why? Open one person and rule",
        choices,
        "cap_opened",
        "Choose a person and a rule to see the arithmetic and the rows",
        lambda key: f"{called[choices[key][0]]}: {choices[key][1].label}",
    )
    if choice in choices:
        name, check = choices[choice]
        explanation = explanation_of(answer, name, check, held[name])
        why_panel.show(labels.explanation(explanation), "cap_why")


def explanation_of(answer: Answer, name: str, check: CapCheck, found: Sequence[CapCheck]):
    """One limit of one person with the lines of the team that counts."""
    staffing, roster_people = answer.staffing, answer.demand.people
    at = roster_people.names.index(name)
    team = {
        name,
        *(
            other
            for other, supervisor in zip(roster_people.names, roster_people.supervisor, strict=False)
            if supervisor == at
        ),
    }
    lines = answer.lines[answer.lines["therapist"].isin(team)]
    return explain_cap(
        check,
        name,
        float(staffing.contracted_fte[at]),
        has_assistant(staffing, at),
        binding(found),
        lines,
        FORCES[check.force],
        EVIDENCE[check.evidence],
    )


def _mixed(held: Mapping[str, Sequence[CapCheck]], called: dict[str, str]) -> None:
    rows = [
        {"Therapist": called[name], "Shares of the age bands' limits, together": f"{share:.0%}"}
        for name, found in held.items()
        if (share := mixed_share(found)) is not None
    ]
    if rows:
        with st.expander("Students of both age bands on one caseload"):
            st.caption(
                "The sources do not show how a mix counts. Adding the shares up is this tool's own reading: above "
                "100% the two together are more than one full caseload."
            )
            widgets.table(pd.DataFrame(rows), "Shares of the age bands' limits added up", "mixed", "mixed-caseloads")


def limits_rows(checks: Sequence[LimitCheck], labels: Labels) -> pd.DataFrame:
    """Every other limit with its count; those that are not kept first."""
    ordered = sorted(checks, key=lambda check: not check.is_outside)
    return pd.DataFrame(
        {
            "Who or where": [labels.of(check.about) for check in ordered],
            "Rule": [check.label for check in ordered],
            "Limit": [f"{check.direction} {short(check.limit)}" for check in ordered],
            "Given by the district": [short(check.value) for check in ordered],
            "Unit": [check.unit for check in ordered],
            "Outside by": [short(check.outside) if check.is_outside else "" for check in ordered],
            "What it is": [force_words(check.force, check.evidence) for check in ordered],
            "Section": [check.citation for check in ordered],
            "Note": [check.note for check in ordered],
        }
    )


def _limits(checks: Sequence[LimitCheck], labels: Labels) -> None:
    if checks:
        outside = sum(check.is_outside for check in checks)
        st.header("Other limits in force", anchor=False)
        st.markdown(
            f"{outside} of {count(len(checks), 'figure')} {'is' if outside == 1 else 'are'} outside the number named."
        )
        for note in dict.fromkeys(check.note for check in checks if check.note):
            st.caption(safe(note))
        widgets.table(
            limits_rows(checks, labels), "Other limits in force held against the district", "limits", "limits"
        )


def _schools(answer: Answer, packs: Sequence[RulePack]) -> None:
    limits = [
        rule
        for pack in packs
        for rule in pack.of_kind("site_limit", answer.day)
        if rule.is_for_ots and rule.unit == "schools" and rule.value and rule.value >= 1
    ]
    if not limits:
        return
    st.header("What a limit on schools costs", anchor=False)
    size = st.number_input(
        "FTE of one post", 0.1, 1.0, 1.0, 0.1, format="%g", key="post_size", persist_state="session", width=200
    )
    for rule in limits:
        st.markdown(safe(fragmentation_sentence(answer, rule.label, rule.number, size), 900))


def fragmentation_sentence(answer: Answer, label: str, limit: float, size: float) -> str:
    """The posts that a limit on schools takes beyond the work itself."""
    found = fragmentation_of(answer.staffing, limit, size)
    lost = f"the limit costs {count(found.posts_lost, 'post')}" if found.posts_lost else "the limit costs no whole post"
    return (
        f"{label}: the work of {count(found.schools, 'school')} is {fte(found.need_fte)} FTE, which takes at least "
        f"{found.posts_without} posts of {size:g} FTE without the limit and {found.posts_with} with it, so {lost}. "
        f"A plan with {found.posts_workable} posts exists. {fte(found.fte_unfilled)} FTE of those {found.posts_with} posts "
        "would have no work in their schools."
    )


def _supervision(answer: Answer, packs: Sequence[RulePack], labels: Labels) -> None:
    contacts = supervision_contacts(answer.staffing, packs)
    if not contacts:
        return
    st.header("Contacts with supervised OTAs", anchor=False)
    st.caption("A roster does not say how long an OTA has been licensed, so each case is shown.")
    table = pd.DataFrame(
        {
            "Therapist": [labels.of(one.therapist) for one in contacts],
            "OTAs": [one.otas for one in contacts],
            "If the OTA is": [one.band or "any" for one in contacts],
            "Contacts a year": [
                "no number in the text" if one.contacts_a_year is None else shown(one.contacts_a_year, 0)
                for one in contacts
            ],
            "What it says": [one.text for one in contacts],
            "Section": [one.citation for one in contacts],
            "What it is": [force_words(one.force, one.evidence) for one in contacts],
        }
    )
    widgets.table(table, "Contacts that each OT owes the OTAs supervised", "contacts", "supervision-contacts")
