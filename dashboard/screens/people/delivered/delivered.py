"""Delivered minutes: what are students actually missing, and why?"""

from dashboard.parts import sections, widgets
from dashboard.screens.people.delivered import delivered_data, delivered_panels
from dashboard.shell import session

BRING, RESULTS, STUDENTS, ELSEWHERE = "Bring in minutes", "What was delivered", "Single students", "Beside Chicago"

answer = session.answer()
delivered = delivered_data.current()
labels = delivered_panels.labels_of(answer, delivered)

widgets.heading(
    "What are students actually missing, and why?",
    "Minutes required by plans, delivered, and not delivered with "
    "the reason. This is the record of what happened; staffing is what was possible.",
)
part = sections.part([BRING, RESULTS, STUDENTS, ELSEWHERE], "delivered_part")
if part == BRING:
    delivered_panels.bring(labels)
elif part == RESULTS:
    delivered_panels.results(delivered, labels)
    delivered_panels.backcast(answer, delivered)
elif part == STUDENTS:
    delivered_panels.students(delivered)
else:
    delivered_panels.elsewhere(delivered)
