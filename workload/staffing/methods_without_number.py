"""The published methods that give no number here: what each lacks, and where it is to be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workload.rules.packs import RulePack
from workload.staffing.likely_range import Range
from workload.staffing.published_methods import METHODS, Inputs, MethodResult, caseload_cap, delaware, flynn
from workload.staffing.required import Staffing


@dataclass(frozen=True)
class NotIncluded:
    """A method that is known and gives no number here: what is missing, and where it is to be had."""

    label: str
    missing: str
    where: str


NEEDS: dict[Callable[[Inputs], MethodResult | None], NotIncluded] = {
    flynn: NotIncluded(
        "Measured ratio of all work to IEP sessions (Flynn)",
        "a time study",
        "Log a week or two on the Time study page.",
    ),
    caseload_cap: NotIncluded(
        "Caseload cap",
        "a state with a caseload number for OTs",
        "Choose the state, or add the clause of your contract.",
    ),
    delaware: NotIncluded(
        "Funding units for all related services (Delaware)",
        "the pupil units of the district",
        "K-3, 4-12, basic, intensive and complex units from the unit count (14 Del. C. §1703).",
    ),
}
NOT_FOUND = (
    NotIncluded(
        "FTE formula of the North Carolina Department of Public Instruction",
        "its constants were not found",
        "The department's guidance on related services staffing.",
    ),
    NotIncluded(
        "Workload manual of Minnesota",
        "its numbers could not be reached",
        "Workload Considerations for Effective Special Education, named by the state's caseload task force.",
    ),
    NotIncluded(
        "Cells of the ASHA workload calculator",
        "the values behind its cells were not found",
        "asha.org, Workload Calculator; made for speech-language pathologists.",
    ),
)


def not_included(
    staffing: Staffing, spread: Range, pack: RulePack | None = None, **more: Any
) -> tuple[NotIncluded, ...]:
    """The methods that give no number here: first those that lack an input, then those that were not found."""
    given = Inputs(staffing, spread, (pack,) if pack else (), **more)
    return (*(NEEDS[method] for method in METHODS if method(given) is None), *NOT_FOUND)
