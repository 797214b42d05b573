"""Upload: did it understand my file?"""

import streamlit as st

from dashboard.parts import widgets
from dashboard.screens.data import correct_cells, file_totals_panel, questions_panel, understood, uploads
from dashboard.shell import cached, navigation, session

widgets.heading(
    "Upload your roster",
    "An Excel or CSV file with one row for each student and service. Your own "
    "headings are fine; so are several files or sheets.",
)
widgets.sentence(understood.limits_sentence())
st.download_button("Download the empty roster", cached.template, "roster.xlsx", widgets.EXCEL, on_click="ignore")

uploads.take(
    st.file_uploader("Roster files", type=understood.KINDS, accept_multiple_files=True, key=session.uploader())
)
loaded = uploads.read()
if loaded is None:
    widgets.links((navigation.HOME, "No file at hand? Open the sample district"))
    st.stop()

understood.refusals(loaded)
understood.outcome(loaded)
file_totals_panel.totals(loaded)
questions_panel.questions(loaded)
correct_cells.show()
questions_panel.saved_answers()
file_totals_panel.since_last_upload()
st.header("What was understood of each file", anchor=False)
for file in loaded.files:
    understood.file(file)
