"""The model beside the log: hours by activity, school year by school year, and one difference opened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import why_panel, widgets
from dashboard.parts.chart_links import opening
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead.year_history import answer_of, written
from dashboard.screens.people.time_study.study_head import nothing, whose
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_difference
from workload.figures.study_charts import model_beside_study
from workload.model.words import count
from workload.staffing.time_study.backcast import of_log, study_by_school_year
from workload.staffing.time_study.model_against_log import areas_of_concern, compared_people, days_a_week
from workload.staffing.time_study.study import LABELS, TimeStudy
from workload.staffing.time_study.study_tables import (
    person_weeks,
)


def model(answer: Answer, labels: Labels) -> None:
    """The model beside the log."""
    study = whose(labels, answer.time_study)
    if nothing(study):
        return
    others = sorted(set(study.people) - set(compared_people(study, answer.staffing)))
    if others:
        st.warning(
            safe(
                f"{count(len(others), 'person', 'people')} of the log "
                f"{'is' if len(others) == 1 else 'are'} not on the Therapists sheet and left out here: "
                f"{', '.join(labels.of(name) for name in others)}. Write names as in the roster."
            )
        )
    areas = areas_of_concern(study, answer.staffing)
    backcast(answer, study)
    widgets.chart(model_beside_study(areas), *opening("model_study", "difference_opened"))
    difference_opened(answer, study, areas, labels)


def backcast(answer: Answer, study: TimeStudy) -> None:
    """What the model said and what the log holds, school year by school year, each against its own roster."""
    years = study_by_school_year(study)
    for year, part in years.items():
        then = answer_of(answer, year)
        told = of_log(part, then.staffing) if then is not None else None
        which = f"**{written(year)}.** " if len(years) > 1 else ""
        if then is None:
            st.markdown(
                f"{which}No roster of this school year is open. Bring one under Year ahead, and the log is held against it."
            )
        elif told is not None:
            st.markdown(f"{which}{safe(told.words, 600)}")


@live
def difference_opened(answer: Answer, study: TimeStudy, areas: pd.DataFrame, labels: Labels) -> None:
    """One difference, opened to its arithmetic and entries."""
    by_code = {row["activity"]: row for _, row in areas.iterrows()}
    code = widgets.one_or_none(
        "Why? Open one difference",
        by_code,
        "difference_opened",
        "Choose an activity to see its arithmetic and entries",
        LABELS.__getitem__,
    )
    if code in by_code:
        compared = TimeStudy(study.entries[study.entries["therapist"].isin(compared_people(study, answer.staffing))])
        found = float(person_weeks(compared, days_a_week(answer.staffing)).sum())
        why_panel.show(labels.explanation(explain_difference(compared, by_code[code], found)), "difference_why")
