"""Start: `streamlit run dashboard/server.py` (or this file, without the server's headers)."""

import streamlit as st

from dashboard import frame
from dashboard.shell import guard, rooms_by_role

st.set_page_config(page_title="OT staffing", page_icon=guard.FAVICON, layout="wide")
rooms = rooms_by_role.rooms()
page = st.navigation(rooms.pages, position="top")
if rooms.whole and page.url_path != rooms_by_role.CHECK_IN:
    guard.run(frame.begin)
    frame.show(page)
else:
    frame.show_alone(page, () if rooms.whole else rooms.pages)
