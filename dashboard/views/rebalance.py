"""Rebalance: who should serve which school?"""

from dashboard import move_panels, session, widgets

answer = widgets.need_answer("Who should serve which school?")

widgets.heading("Who should serve which school?", "The best few moves first: less overload and travel, with as few students as possible "
                "who meet somebody new. A proposal to talk about, in codes; it moves nobody.")
move_panels.show(answer, session.labels(answer))
