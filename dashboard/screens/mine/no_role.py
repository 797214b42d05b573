"""Signed in, and nobody has given a role."""

import streamlit as st

from dashboard.parts import finding

finding.finding("Nobody has given you a role yet", "", "")
st.markdown(
    "Ask the administrator of this tool in your district to let you in, with the address that you sign in with."
)
st.button("Sign out", on_click=st.logout, key="sign_out")
