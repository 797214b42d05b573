"""Figures from elsewhere: what is published, with its force, its source and how well it was read."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.law_cards import force_words
from workload.model.words import percent
from workload.rules.benchmarks import benchmarks

TOPICS = {
    "survey": "Surveys",
    "caseload": "Caseload",
    "week": "The week",
    "minutes": "Delivered minutes",
    "service rate": "Students served",
    "staffing": "Posts",
}


def elsewhere() -> None:
    """Every published figure with its force, source and how well it was read."""
    st.markdown(
        "One survey, one district, one year each. **None of them is a standard**; they say what has been seen elsewhere."
    )
    widgets.words_table(benchmark_table(), "Published figures with force and source", "benchmarks", "published-figures")


def benchmark_table() -> pd.DataFrame:
    """The published figures by topic."""
    rows = []
    for one in sorted(benchmarks().values(), key=lambda each: list(TOPICS).index(each.topic)):
        share = one.unit.startswith("share")
        value = percent(one.value, 1).replace(".0%", "%") if share else f"{one.value:g}"
        value += f" to {one.high:g}" if one.high is not None else ""
        rows.append(
            {
                "Figure": f"{TOPICS[one.topic]}: {one.label}",
                "Value": f"{value} {one.unit.removeprefix('share ')}",
                "Who and when": f"{one.who}, {one.year}",
                "What it is, and its source": f"{force_words(one.force, one.evidence)}. {one.source}. {one.note}".strip(),
                "Where to read it": one.link,
            }
        )
    return pd.DataFrame(rows)
