"""Rebalance: who should serve which school?"""

from dashboard.parts import widgets
from dashboard.screens.decide.rebalance import proposal_panels
from dashboard.shell import session

answer = widgets.need_posts(
    "Who should serve which school?",
    "which few moves help most, and what no move can change.",
)
proposal_panels.show(answer, session.labels(answer))
