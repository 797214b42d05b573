"""Workload and staffing of school-based occupational therapy: rosters in, full-time equivalents out.

The rooms stand in the order in which data flows: `intake` reads files into a `Roster`, `work` turns a
roster into hours, `staffing` turns hours into an answer, `figures` and `report` show it. Importing this
package imports none of them; the names below are loaded when they are first used.

>>> import workload
>>> from datetime import date
>>> file = workload.sample_file()
>>> roster = workload.load([(file.name, file.read_bytes())], secret=b"a secret of this district").roster
>>> answer = workload.analyze(roster, date(2026, 10, 1))
>>> f"{answer.district['required_fte']:.0f} FTE needed, {answer.district['available_fte']:.0f} there"
'14 FTE needed, 11 there'

Another assumption, on the same rows:

>>> longer = workload.Assumptions().changed({"meeting_hours": 2.0}, "our agreement")
>>> answer.under(longer).district["required_fte"] > answer.district["required_fte"]
True

What if one OT were added?

>>> one_more = workload.Scenario("One more OT", (workload.AddPost(fte=1.0),))
>>> after = workload.compare(answer, one_more).scenario
>>> f"{after.figures['available_fte'] - answer.district['available_fte']:.1f} FTE more"
'1.0 FTE more'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workload.answer import Answer, analyze
    from workload.intake.load import Loaded, load
    from workload.model.packaged_data import sample_file
    from workload.model.parameters import Assumptions, read_assumptions
    from workload.model.roster import Roster
    from workload.scenarios.compare import compare
    from workload.scenarios.post_levers import AddPost
    from workload.scenarios.scenario import Scenario

__version__ = "0.1.0"
METHOD = "wisn-itemized"
METHOD_DATE = "2026-11-29"
PLACES = {
    "AddPost": "workload.scenarios.post_levers",
    "Answer": "workload.answer",
    "Assumptions": "workload.model.parameters",
    "Loaded": "workload.intake.load",
    "Roster": "workload.model.roster",
    "Scenario": "workload.scenarios.scenario",
    "analyze": "workload.answer",
    "compare": "workload.scenarios.compare",
    "load": "workload.intake.load",
    "read_assumptions": "workload.model.parameters",
    "sample_file": "workload.model.packaged_data",
}
__all__ = [
    "METHOD",
    "METHOD_DATE",
    "AddPost",
    "Answer",
    "Assumptions",
    "Loaded",
    "Roster",
    "Scenario",
    "__version__",
    "analyze",
    "compare",
    "load",
    "read_assumptions",
    "sample_file",
]


def __getattr__(name: str) -> Any:
    if name in PLACES:
        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(f"module 'workload' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *PLACES})
