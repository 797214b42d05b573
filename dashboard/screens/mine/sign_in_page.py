"""Sign in: the only page for whoever has not."""

import streamlit as st

from dashboard.parts import finding

finding.finding(
    "Sign in to see your district's work",
    "",
    "",
    [finding.fact("Your district's own sign-in says who you are; its administrator has said what you may see.")],
)
st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
