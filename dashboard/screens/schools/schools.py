"""Schools: which building needs what?"""

import streamlit as st

from dashboard.parts import filters, widgets
from dashboard.parts.summary import focus_sentence
from dashboard.screens.schools import one_school
from dashboard.shell import session
from workload.figures.caseload_charts import caseload_against_workload, caseload_and_workload
from workload.figures.school_hours import hours_by_school_and_activity
from workload.figures.school_map import schools_map
from workload.figures.school_rates import fte_per_1000

answer = widgets.need_answer("Which building needs what?")
labels = session.labels(answer)

widgets.heading("Schools", "Students counted at each school beside the work that they take.")
focus = filters.bar(answer, labels)
schools = filters.schools(answer, focus)
widgets.sentence(focus_sentence(len(schools), len(answer.schools), "school"))
smallest = one_school.masking()

if focus.school is not None:
    one_school.show(answer, focus.school, labels)
    st.divider()
else:
    st.info("Choose a school above to open its figures, people and service lines.")
widgets.chart(caseload_and_workload(schools, "school", smallest=smallest), "school_shares")
widgets.chart(
    caseload_against_workload(schools, "school", one_school.marked(focus), smallest=smallest), "school_scatter"
)
widgets.chart(hours_by_school_and_activity(schools, smallest=smallest), "school_heat")
widgets.chart(fte_per_1000(schools, smallest=smallest), "school_fte")
widgets.chart(schools_map(schools, smallest=smallest), "school_map")
