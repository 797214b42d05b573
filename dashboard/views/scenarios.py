"""Scenarios: what if?"""

from dashboard import scenario_files, scenario_panels, session, widgets

scenario_files.wait_for_roster()
answer = widgets.need_answer("What if? Posts, contracts, other work: what closes the gap, and what does it cost?")
scenario_files.take_link(answer)

widgets.heading("What if?", "Pull levers and see what changes: the gap, the money, and how many students meet somebody new.")
scenario_panels.show(answer, session.labels(answer))
