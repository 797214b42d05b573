"""Report: what do I hand out?"""

from dashboard.parts import sections, widgets
from dashboard.screens.report import correction_panels, packet_page
from dashboard.shell import session

PACKET, CORRECTIONS = "The packet", "Correction sheets"

answer = widgets.need_answer("What do I hand out?")

widgets.heading(
    "What do I hand out?",
    "The same numbers as on the screen, as a brief, slides, workbook and tables. Choose who it is for; "
    "what they may not see is left out.",
)
part = sections.part([PACKET, CORRECTIONS], "report_part")
if part == PACKET:
    packet_page.packet(answer)
else:
    correction_panels.show(answer, session.labels(answer))
