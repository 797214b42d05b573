"""What a board may see of a district."""

import streamlit as st

from dashboard.screens.mine import what_the_board_may_see
from dashboard.shell import guard

guard.run(what_the_board_may_see.board)
st.button("Sign out", on_click=st.logout, key="sign_out")
