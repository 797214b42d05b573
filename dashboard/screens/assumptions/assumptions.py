"""Assumptions: what is assumed, where each value comes from, and how far it moves the answer."""

from dashboard.parts import assumption_widgets, widgets

widgets.heading(
    "What the answer assumes",
    "Every value can be changed here; the answer follows at once. Measured in your district comes first, then published "
    "values, then examples that wait for your own.",
)
assumption_widgets.page()
