"""Delivered minutes: what are students actually missing, and why?"""

from dashboard.parts import sections
from dashboard.screens.people.delivered import (
    delivered_backcast,
    delivered_data,
    delivered_head,
    delivered_panels,
    pilot_panel,
)
from dashboard.shell import session

BRING, STUDENTS, ELSEWHERE, PILOT = "Bring in minutes", "Single students", "Beside Chicago", "A pilot"
RESULTS = delivered_head.RESULTS

answer = session.answer()
delivered = delivered_data.current()
labels = delivered_panels.labels_of(answer, delivered)

delivered_head.head(delivered)
part = sections.part([BRING, RESULTS, STUDENTS, PILOT, ELSEWHERE], "delivered_part")
if part == BRING:
    delivered_panels.bring(labels)
elif part == RESULTS:
    delivered_panels.results(delivered, labels, answer)
    delivered_backcast.show(answer, delivered)
elif part == STUDENTS:
    delivered_panels.students(delivered)
elif part == PILOT:
    pilot_panel.show(delivered)
else:
    delivered_panels.elsewhere(delivered)
