"""Year ahead: when does it break?"""

from dashboard.parts import widgets
from dashboard.screens.decide.year_ahead import year_panels
from dashboard.shell import session

answer = widgets.need_answer("When does it break?")

widgets.heading(
    "When does it break?",
    "The school year week by week: what each week asks for against the people who are there, and what waits "
    "if nothing changes.",
)
year_panels.show(answer, session.labels(answer))
