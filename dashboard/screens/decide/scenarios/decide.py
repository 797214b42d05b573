"""Decide: what if?"""

from dashboard.parts import widgets
from dashboard.screens.decide.scenarios import scenario_files, scenario_page
from dashboard.shell import session

scenario_files.wait_for_roster()
answer = widgets.need_posts(
    "What closes the gap, and what does it cost?",
    "options side by side, with their FTE, their dollars and the students they touch.",
)
scenario_files.take_link(answer)
scenario_page.show(answer, session.labels(answer))
