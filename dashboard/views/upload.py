"""Upload: did it understand my file?"""

import streamlit as st

from dashboard import cached, conversation, glance, mend_panel, navigation, reading, session, understood, widgets

widgets.heading("Upload your roster", "An Excel or CSV file with one row for each student and service. Your own "
                "headings are fine; so are several files or sheets.")
widgets.sentence(understood.limits_sentence())
st.download_button("Download the empty roster", cached.template, "roster.xlsx", widgets.EXCEL, on_click="ignore")

reading.take(st.file_uploader("Roster files", type=understood.KINDS, accept_multiple_files=True, key=session.uploader()))
loaded = reading.read()
if loaded is None:
    widgets.links((navigation.START, "No file at hand? Open the sample district"))
    st.stop()

understood.refusals(loaded)
understood.outcome(loaded)
glance.totals(loaded)
conversation.questions(loaded)
mend_panel.show()
conversation.saved_answers()
glance.since_last_upload()
st.subheader("What was understood of each file", anchor=False)
for file in loaded.files:
    understood.file(file)
