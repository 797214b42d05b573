"""An entry of law as a card: what it says, what it means for staffing, the sentence to use, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd
import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from workload.model.words import in_words
from workload.rules.packs import packs
from workload.rules.rule import EVIDENCE, FORCES, Rule

FORCE_CHIPS = {
    "law": "Law",
    "guidance": "Guidance",
    "contract": "Agreement",
    "reported": "Reported",
    "bill": "A bill, not law",
    "unknown": "Not found",
    "example": "Example",
}
LINK_KEEPS = "/:?#&=%~,;+@!'"
NO_ADVICE = (
    "Short readings of long texts, and no legal advice: check each against the text in force before you lean on it. "
    "**Law** is only what was read in its own text."
)


def force_words(force: str, evidence: str) -> str:
    """What an entry is, and how well it was read. Law only where the text itself was read."""
    words = FORCES[force]
    return words if force in ("law", "unknown") else f"{words}; {EVIDENCE[evidence]}"


def choose_state(label: str, key: str, **more: Any) -> None:
    """The state on a page of its own, the same as among the settings."""
    session.set_now(key, session.state())
    st.selectbox(
        label,
        list(packs()),
        index=None,
        key=key,
        placeholder="Choose your state",
        format_func=lambda code: plain(packs()[code].name),
        on_change=lambda: session.set_now("state", session.chosen(key)),
        **more,
    )


def link(rule: Rule) -> str:
    """Live links to a source of our own packs, called by their site; the download has the whole address."""
    found = [live_link(rule.link)] if rule.link else []
    if rule.current and rule.current != rule.link:
        found.append(f"text in force: {live_link(rule.current)}")
    return "  \n".join(found)


def live_link(address: str) -> str:
    """A link to a source of our own data, called by its site. Never for an address that somebody typed in."""
    return f"[{safe(urlsplit(address).netloc)}]({quote(address, safe=LINK_KEEPS)})"


def meaning(rule: Rule) -> str:
    """What an entry means for staffing and the sentence to use, as Markdown; empty where it says neither."""
    return "  \n".join(
        ([f"**For staffing:** {safe(rule.means, 600)}"] if rule.means else [])
        + ([f"**To say:** \u201c{safe(rule.say, 400)}\u201d"] if rule.say else [])
    )


def number_of(rule: Rule) -> str:
    """The number of a rule in words: "30 children; 45 with an OTA"; "no number" where the source sets none."""
    unit = re.sub(r"^(\w+)s\b", r"\1", rule.unit) if rule.value == 1 else rule.unit
    said = [] if rule.value is None else [f"{rule.value:g} {unit}"]
    if rule.with_assistant is not None:
        said.append(f"{rule.with_assistant:g} with an OTA")
    if rule.above is not None:
        said.append(f"for each building above {rule.above:g}")
    return "; ".join(said) or "no number"


def days_of(rule: Rule) -> str:
    """From when to when a rule is in force; empty when it is open on both sides."""
    parts = [
        f"from {in_words(rule.starts)}" if rule.starts else "",
        f"until {in_words(rule.ends)}" if rule.ends else "",
    ]
    return " ".join(part for part in parts if part)


def cards(rules: Sequence[Rule], key: str, typed_in: bool = False, before: str = "") -> None:
    """Entries of law side by side, one below the other on a phone; text that somebody typed in gets no live link.

    before  words that stand before what each entry is
    """
    with st.grid(2, min_column_width=320, vertical_alignment="top"):
        for place, rule in enumerate(rules):
            with st.container(key=f"card_{key}_{place}", height="stretch"):
                _card(rule, typed_in, before)


def _card(rule: Rule, typed_in: bool, before: str) -> None:
    finding.title(rule.label)
    marks = [finding.chip(FORCE_CHIPS.get(rule.force, rule.force), "" if rule.force == "law" else "open")]
    if rule.has_number:
        marks.insert(0, finding.chip(number_of(rule), "quiet"))
    finding.chips(marks)
    said = [safe(rule.sentence, 900)] if rule.sentence != rule.label else []
    said += [f"*{safe(rule.who, 400)}*"] if rule.who else []
    said += [meaning(rule)] if rule.means or rule.say else []
    if said:
        st.markdown("  \n".join(said))
    where = safe(rule.citation, 500) + ("" if typed_in or not rule.link else f"  \n{link(rule)}")
    in_force = f" {safe(days_of(rule))}." if days_of(rule) else ""
    st.caption(
        f"{before}{safe(force_words(rule.force, rule.evidence))}.{in_force} {where}  \n{safe(rule.caution)} {safe(rule.note, 900)}"
    )


def cards_table(rules: Sequence[Rule]) -> pd.DataFrame:
    """The cards as plain text, for the download."""
    return pd.DataFrame(
        [
            {
                "Card": rule.label,
                "What it says": rule.sentence,
                "What it means for staffing": rule.means,
                "A sentence to use": rule.say,
                "What it is": force_words(rule.force, rule.evidence),
                "Section": rule.citation,
                "Link": rule.link,
                "Text in force": rule.current or rule.link,
                "Read and check": rule.caution,
                "Note": rule.note,
            }
            for rule in rules
        ]
    )


def beside(rules: Sequence[Rule]) -> None:
    """The entries that bear on one figure, short: label, text, meaning, section."""
    if not rules:
        return
    with st.expander(f"What the law says about this ({len(rules)})"):
        st.caption(NO_ADVICE)
        short(rules)


def short(rules: Sequence[Rule]) -> None:
    """Entries as short paragraphs: label, text, meaning, sentence to use, section, what it is, link."""
    for rule in rules:
        st.markdown(
            f"**{safe(rule.label)}**  \n{safe(rule.sentence, 900)}  \n"
            + (f"{meaning(rule)}  \n" if rule.means or rule.say else "")
            + f"*{safe(rule.citation, 300)}. {safe(force_words(rule.force, rule.evidence))}.* {link(rule)}"
        )
