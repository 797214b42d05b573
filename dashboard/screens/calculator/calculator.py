"""Calculator: is my own week possible? Four steps from one therapist's caseload to a letter with her numbers."""

import streamlit as st

from dashboard.screens.calculator import case_step, path_frame, signs_step, study_step, week_step
from dashboard.screens.calculator.path_record import STEPS, answer

top = st.container()
step = path_frame.step()
if step == STEPS[0]:
    week_step.show()
own = answer()
path_frame.head(top, own)
if step == STEPS[0]:
    week_step.result(own)
elif step == STEPS[1]:
    study_step.show(own)
elif step == STEPS[2]:
    signs_step.show(own)
else:
    case_step.show(own)
path_frame.onward(step, own)
path_frame.keep()
