"""Rebalance: who should serve which school?"""

from dashboard.parts import widgets
from dashboard.screens.decide.rebalance import proposal_panels
from dashboard.shell import session

answer = widgets.need_posts("Who should serve which school?")

widgets.heading(
    "Who should serve which school?",
    "The best few moves first: less overload and travel, with as few students as possible "
    "who meet somebody new. A proposal to talk about, in codes; it moves nobody.",
)
proposal_panels.show(answer, session.labels(answer))
