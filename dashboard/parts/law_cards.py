"""An entry of law as a card: what it says, what it means for staffing, the sentence to use, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from workload.rules.rule import EVIDENCE, FORCES, Rule

LINK_KEEPS = "/:?#&=%~,;+@!'"
NO_ADVICE = (
    "Short readings of long texts, and no legal advice: check each against the text in force before you lean on it. "
    "**Law** is only what was read in its own text."
)


def force_words(force: str, evidence: str) -> str:
    """What an entry is, and how well it was read. Law only where the text itself was read."""
    words = FORCES[force]
    return words if force in ("law", "unknown") else f"{words}; {EVIDENCE[evidence]}"


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


def show(rules: Sequence[Rule], alt: str, key: str) -> None:
    """The cards as a table that a lawyer can read, with a download."""
    table = pd.DataFrame(
        [
            {
                "What it says": f"**{safe(rule.label)}**  \n{safe(rule.sentence, 900)}",
                "What it means for staffing": safe(rule.means, 600),
                "A sentence to use": safe(rule.say, 400),
                "What it is": safe(force_words(rule.force, rule.evidence)),
                "Where": f"{safe(rule.citation, 300)}  \n{link(rule)}",
                "Check": f"{safe(rule.caution)}  \n{safe(rule.note, 600)}",
            }
            for rule in rules
        ]
    )
    st.table(table, border="horizontal", hide_index=True, alt=plain(alt))
    widgets.downloads(key, cards_table(rules), f"{key}_cards")


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
