"""Start: what this is, and whether the data is safe."""

import streamlit as st

from dashboard.parts import widgets
from dashboard.screens.home.pair_story import story
from dashboard.shell import cached, navigation, session

st.title("How much occupational therapy does your district need?")
st.markdown(cached.text("start"))

with st.container(horizontal=True):
    if st.button("Open the sample district", type="primary"):
        session.open_sample()
        st.switch_page(navigation.ANSWER.file)
    if st.button("Upload your roster"):
        st.switch_page(navigation.DATA.file)
    st.download_button("Download the empty roster", cached.template, "roster.xlsx", widgets.EXCEL, on_click="ignore")
    st.page_link(navigation.CALCULATOR.file, label="Try it for one therapist, without a file", icon=widgets.ARROW)

st.info(cached.text("privacy"))

st.subheader("Never rank by caseload")
st.markdown(cached.text("story"))
widgets.chart(story(), "story_chart")
