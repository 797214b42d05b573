"""My week: my hours and students, and whether they are right."""

import streamlit as st

from dashboard.screens.mine import own_week_and_lines
from dashboard.shell import guard

guard.run(own_week_and_lines.week)
st.button("Sign out", on_click=st.logout, key="sign_out")
