"""A page run again against an empty Streamlit script, by AppTest's CPU."""

from __future__ import annotations

from benchmarks.timing import Ratio


def ratios() -> list[Ratio]:
    return []
