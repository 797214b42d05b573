"""What a board may see of a district."""

import streamlit as st

from dashboard.screens.mine import own_panels
from dashboard.shell import guard

guard.run(own_panels.board)
st.button("Sign out", on_click=st.logout, key="sign_out")
