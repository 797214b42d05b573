"""Year ahead: when does it break?"""

from dashboard.parts import widgets
from dashboard.screens.decide.year_ahead import kept_months, year_page
from dashboard.shell import session

answer = widgets.need_answer(
    "When does it break?",
    "every week of the year, and those that ask for more hours than there are.",
)
year_page.show(answer, session.labels(answer))
kept_months.show()
