"""Signed in, and nobody has given a role."""

import streamlit as st

st.header("Nobody has given you a role yet", anchor=False)
st.markdown(
    "Ask the administrator of this tool in your district to let you in, with the address that you sign in with."
)
st.button("Sign out", on_click=st.logout, key="sign_out")
