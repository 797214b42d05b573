"""Rebalance: who should serve which school?"""

from dashboard.parts import widgets
from dashboard.screens.decide.rebalance import rebalance_page
from dashboard.shell import session

answer = widgets.need_posts(
    "Who should serve which school?",
    "which few moves help most, and what no move can change.",
)
rebalance_page.show(answer, session.labels(answer))
