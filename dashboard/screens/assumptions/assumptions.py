"""Assumptions: what is assumed, where each value comes from, and how far it moves the answer."""

from dashboard.parts import assumption_widgets, finding, gauges_panel
from dashboard.shell import navigation, session

finding.hero(
    *assumption_widgets.said(),
    actions=[("Measure with a time study", navigation.STUDY.file), ("See the method", navigation.METHOD.file)],
    key="assumptions_next",
)
assumption_widgets.page()
answer = session.answer()
if answer is not None:
    gauges_panel.show(answer)
