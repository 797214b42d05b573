"""Check: what is wrong, where, and what to do?"""

import streamlit as st

from dashboard.parts import finding, findings_list, widgets
from dashboard.parts.summary import findings_said, rows_sentence
from dashboard.screens.data import correct_cells, uploads
from dashboard.shell import navigation, session
from workload.model.words import count

uploads.read()
opened = widgets.need_district(
    "What is wrong in the file, where does it stand, and what do I do about it?",
    "every finding with its row, and what to do about it.",
)
answer = session.answer()
labels = session.labels(answer)
issues = answer.issues if answer is not None else opened.roster.issues

before, number, after, rest = findings_said(issues)
asked = len(opened.loaded.questions) if opened.loaded is not None else 0
finding.hero(
    before,
    number,
    after,
    [finding.fact(each) for each in rest],
    actions=[
        *([(f"Answer {count(asked, 'question')}", navigation.DATA.file)] if asked else []),
        *([("See the answer", navigation.ANSWER.file)] if answer is not None else []),
    ],
    key="check_next",
)
if opened.errors:
    st.error("There is no answer until the findings that stop it are settled.")
correct_cells.show()
for kind in findings_list.kinds(issues):
    findings_list.show_kind(kind, labels)
table = (answer or opened.roster).once(findings_list.ready_table, labels)
widgets.downloads("findings", table.frame, "findings", table.digest)

st.header("How every row ended")
widgets.sentence(rows_sentence(answer))
st.caption(
    "Rows = understood + left out + not readable. Nothing unread becomes a zero. Service rows that were understood "
    "and are not in force on this day are left out of the answer, as the sentence says."
)
widgets.words_table(
    opened.roster.once(findings_list.ready_row_counts), "How the rows of every sheet ended", "row_counts", "rows"
)
