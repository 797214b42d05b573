"""Delivered minutes: what are students actually missing, and why?"""

from dashboard.parts import sections
from dashboard.screens.people.delivered import delivered_backcast, delivered_data, delivered_head, delivered_panels
from dashboard.shell import session

BRING, STUDENTS, ELSEWHERE = "Bring in minutes", "Single students", "Beside Chicago"
RESULTS = delivered_head.RESULTS

answer = session.answer()
delivered = delivered_data.current()
labels = delivered_panels.labels_of(answer, delivered)

delivered_head.head(delivered)
part = sections.part([BRING, RESULTS, STUDENTS, ELSEWHERE], "delivered_part")
if part == BRING:
    delivered_panels.bring(labels)
elif part == RESULTS:
    delivered_panels.results(delivered, labels, answer)
    delivered_backcast.show(answer, delivered)
elif part == STUDENTS:
    delivered_panels.students(delivered)
else:
    delivered_panels.elsewhere(delivered)
