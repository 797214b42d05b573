"""Start: `streamlit run dashboard/server.py` (or this file, without the server's headers)."""

import streamlit as st

from dashboard.shell import frame, guard, navigation

st.set_page_config(page_title="OT staffing", page_icon=guard.FAVICON, layout="wide")
page = st.navigation(navigation.pages(), position="top")
guard.run(frame.begin)
frame.show(page)
