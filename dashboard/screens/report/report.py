"""Report: what do I hand out?"""

from dashboard.parts import sections, widgets
from dashboard.screens.report import correction_sheets, packet_page
from dashboard.shell import session

PACKET, CORRECTIONS = "The packet", "Correction sheets"

answer = widgets.need_answer(
    "What do I hand out?",
    "a memo, slides and tables for the board, the team, an auditor.",
)

part = sections.part([PACKET, CORRECTIONS], "report_part")
if part == PACKET:
    packet_page.packet(answer)
else:
    correction_sheets.head(answer)
    correction_sheets.show(answer, session.labels(answer))
