"""Start: `streamlit run dashboard/server.py` (or this file, without the server's headers)."""

import streamlit as st

from dashboard.shell import guard, navigation, sidebar

st.set_page_config(page_title="OT staffing", page_icon=guard.FAVICON, layout="wide", initial_sidebar_state="auto")
page = st.navigation(navigation.pages(), expanded=True)
guard.run(sidebar.show)
guard.run(page.run)
