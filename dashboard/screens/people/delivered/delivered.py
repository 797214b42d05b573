"""Delivered minutes: what are students actually missing, and why?"""

from dashboard.parts import sections
from dashboard.screens.people.delivered import (
    beside_chicago,
    bring_in_minutes,
    delivered_backcast,
    delivered_data,
    delivered_head,
    pilot_panel,
    single_students,
    what_was_delivered,
)
from dashboard.shell import session

BRING, STUDENTS, ELSEWHERE, PILOT = "Bring in minutes", "Single students", "Beside Chicago", "A pilot"
RESULTS = delivered_head.RESULTS

answer = session.answer()
delivered = delivered_data.current()
labels = delivered_data.labels_of(answer, delivered)

delivered_head.head(delivered)
part = sections.part([BRING, RESULTS, STUDENTS, PILOT, ELSEWHERE], "delivered_part")
if part == BRING:
    bring_in_minutes.bring(labels)
elif part == RESULTS:
    what_was_delivered.results(delivered, labels, answer)
    delivered_backcast.show(answer, delivered)
elif part == STUDENTS:
    single_students.students(delivered)
elif part == PILOT:
    pilot_panel.show(delivered)
else:
    beside_chicago.elsewhere(delivered)
