"""Page one of the packet's first document as it will be: the same blocks as on paper, from the same sections."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.parts import finding, live_chart, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.people.delivered import delivered_data
from dashboard.screens.report import packet_files
from dashboard.screens.report.packet_record import PacketRecord, Told
from dashboard.shell import cached, session
from workload.figures.chart import Chart as Drawn
from workload.model.words import fte
from workload.report.audience import LETTERS, PAGE, SLIDES
from workload.report.packet_choices import Option
from workload.report.reader_view import View
from workload.report.screen_chart import screen_chart
from workload.report.sections.every import pages_of
from workload.report.sections.page_blocks import Block, Bullets, Chart, Facts, Section, Table, Words
from workload.report.sections.telling import Telling
from workload.report.told_people import people_of_view


def told(view: View, options: Sequence[Option], language: str) -> Told:
    """What the documents of the packet say in one language, kept until something behind it changes."""
    key = cached.digest(packet_files.key_of(view.audience, view.settings, options), language)
    record = session.record(PacketRecord)
    kept_key, kept = record.told
    if kept is None or kept_key != key:
        kept = _told(view, options, language)
        record.told = (key, kept)
    return kept


def _told(view: View, options: Sequence[Option], language: str) -> Told:
    people = people_of_view(view)
    tell = Telling(view, language, tuple(options), delivered_data.current(), people[0] if people else "")
    pages = []
    for document in view.audience.documents:
        if document.kind in (PAGE, SLIDES) or document.kind == LETTERS and people:
            pages.append(pages_of(tell, document.sections)[0])
    page = tuple(pages[0]) if pages else ()
    charts = {
        (section.code, number): screen_chart(block, section.title, view.settings.brand)
        for section in page
        for number, block in enumerate(blocks_of(section))
        if isinstance(block, Chart)
    }
    return Told(page, charts, ends_differ(view), dict(tell.spoken), tell.marks, tell.foot)


def blocks_of(section: Section) -> tuple[Block, ...]:
    """What a section has on page one, in order."""
    return (*section.on_page, *section.blocks)


def show(page: Told) -> None:
    """Page one as text, tables and charts."""
    st.header("Page one", anchor=False)
    with st.container(border=True, key="packet_page_one"):
        for mark in page.marks:
            st.badge(safe(mark), icon=":material/lock:", color="gray")
        for section in page.page:
            _section(section, page)
        if not page.page:
            st.caption("Nobody is on the roster, so there is no letter to write.")
        st.caption(safe(page.foot, 800))
    if page.ends_differ:
        finding.note(
            "For readers outside, the ends of a range are rounded by themselves, so that nobody's hours can be worked out from "
            "them: they may differ by 0.1 from those on the screen."
        )


def ends_differ(view: View) -> bool:
    """Whether the likely range that this reader gets is written otherwise than on the screen."""
    whole, own = view.answer.range, view.range
    return any(fte(one) != fte(other) for one, other in ((whole.p10, own.p10), (whole.p90, own.p90)))


def _section(section: Section, page: Told) -> None:
    st.markdown(f"### {safe(section.title, 300)}")
    for number, block in enumerate(blocks_of(section)):
        _block(block, f"packet_{section.code}_{number}", page.charts.get((section.code, number)))


def _block(block: Block, key: str, drawn: Drawn | None) -> None:
    match block:
        case Words():
            st.markdown(f"**{safe(block.text, 900)}**" if block.lead else safe(block.text, 900))
        case Bullets():
            st.markdown("\n".join(f"- {safe(line, 900)}" for line in block.lines))
        case Facts():
            st.markdown(
                "\n\n".join(f"**{safe(question, 300)}**  \n{safe(answer, 900)}" for question, answer in block.rows)
            )
        case Table():
            rows = [[plain(cell) for cell in row] for row in block.rows]
            widgets.words_table(pd.DataFrame(rows, columns=list(block.heads)), plain(block.words, 900), key)
        case Chart() if drawn is not None:
            live_chart.still(drawn, key, drawn.alt)
