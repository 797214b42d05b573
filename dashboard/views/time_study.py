"""Time study: where do the hours really go?"""

import streamlit as st

from dashboard import people, standards, study_input, study_moments, study_panels, widgets

LOG, HOURS, MODEL, STANDARDS, MOMENTS = (
    "Bring in a log", "Where the hours go", "Model and log", "Use as our standards", "Random moments")

answer = widgets.need_answer("Where do the hours really go?")
study = answer.time_study
labels = people.labels_for(answer, study.people)

widgets.heading("Where do the hours really go?", "What people log, beside what the method expects. Unpaid time is shown apart "
                "and never counts as capacity.")
log, hours, model, standard, moments = st.tabs(
    [LOG, HOURS, MODEL, STANDARDS, MOMENTS], key="study_tab", bind="query-params", on_change="rerun",
    default={True: LOG, False: HOURS}[study.is_empty])
if log.open:
    with log:
        study_input.show(labels, study)
if hours.open:
    with hours:
        study_panels.results(answer, labels)
if model.open:
    with model:
        study_panels.model(answer, labels)
if standard.open:
    with standard:
        standards.show(answer, labels)
if moments.open:
    with moments:
        study_moments.show(answer, labels)
