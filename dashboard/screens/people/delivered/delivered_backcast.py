"""The minutes that the plans promise by the model, beside those that a record of delivery calls required."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.safe_text import safe
from workload.answer import Answer
from workload.staffing.delivered.compliance import Delivered
from workload.staffing.time_study.backcast import of_required_minutes


def show(answer: Answer | None, delivered: Delivered | None) -> None:
    """Both figures in a sentence; nothing where one of them is missing."""
    told = of_required_minutes(delivered, answer.staffing) if answer is not None and delivered is not None else None
    if told is not None:
        st.header("Does the model say the same?", anchor=False)
        st.markdown(safe(told.words, 700))
        st.caption("A month is taken as a tenth of the instructional year; a month with many holidays lies below it.")
