"""Data: what is open, what was understood of every sheet and column, and who is in post."""

import streamlit as st

from dashboard.screens.data import conversation, files_panel, uploads

top, files, rest = st.container(), st.container(key="card_files"), st.container()
with files:
    files_panel.bring()
read = uploads.read()
if read is None:
    conversation.nothing_yet(top, rest)
else:
    conversation.conversation(read, top, files, rest)
