"""Check: what is wrong, where, and what to do?"""

import streamlit as st

from dashboard.parts import findings_list, widgets
from dashboard.parts.summary import findings_sentence, rows_sentence
from dashboard.screens.data import correct_cells, uploads
from dashboard.shell import navigation, session

uploads.read()
opened = widgets.need_district("What is wrong in the file, where does it stand, and what do I do about it?")
answer = session.answer()
labels = session.labels(answer)
issues = answer.issues if answer is not None else opened.roster.issues

widgets.heading("What is wrong, where, and what do I do?")
widgets.sentence(findings_sentence(issues))
if opened.errors:
    st.error("There is no answer until the findings that stop it are settled.")
if answer is not None:
    widgets.links((navigation.ANSWER, "See the answer"))

if opened.loaded is not None and opened.loaded.questions:
    widgets.links((navigation.DATA, "Answer the open questions"))
correct_cells.show()
for kind in findings_list.kinds(issues):
    findings_list.show_kind(kind, labels)
widgets.downloads("findings", findings_list.table(issues, labels), "findings")

st.header("How every row ended")
widgets.sentence(rows_sentence(answer))
st.caption(
    "Rows read = taken over + left out + not readable. Nothing unread becomes a zero. Of the service rows taken "
    "over, those that are not in force on the day are left out of the answer, as the sentence says."
)
widgets.words_table(
    findings_list.row_counts(opened.roster.row_counts), "How the rows of every sheet ended", "row_counts", "rows"
)
