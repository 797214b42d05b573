"""Where the money comes from: funding lines, maintenance of effort as a caution, the budget, and cost per student served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workload.answer import Answer
from workload.scenarios.cost import CostLine

PART_B, MEDICAID, STATE = "part_b", "medicaid", "state"


@dataclass(frozen=True)
class Source:
    """One source of money, and what to know before counting on it."""

    id: str
    label: str
    help: str


SOURCES = (
    Source(
        PART_B,
        "IDEA Part B grant",
        "What of the federal grant pays for OT. Early intervening may take up to 15 % of it.",
    ),
    Source(
        MEDICAID, "Medicaid", "What billing brings in a year. It pays for covered services on IEPs, not for meetings."
    ),
    Source(STATE, "State reimbursement", "Units, excess cost or other state money for related services."),
)
CARDS = ("US-moe", "US-moe-exceptions", "US-medicaid", "US-early-intervening")  # of federal law, beside the money
SALARIES = {"salary_ot", "salary_ota"}
YEARS = 5  # that are told; a schedule is seldom agreed for longer


@dataclass(frozen=True)
class FundingLine:
    """Dollars a year of one source, and its share of the whole."""

    label: str
    dollars: float
    share: float


@dataclass(frozen=True)
class Funding:
    """A year's cost by source: what was typed in, and local money for the rest."""

    lines: tuple[FundingLine, ...]
    local: float
    state_and_local: float

    @property
    def is_over(self) -> bool:
        """Whether the sources bring more than it costs: then one of them is wrong, or pays for something else."""
        return self.local < 0


def funding(total: float, given: Mapping[str, float]) -> Funding:
    """The cost of a year by source. given  dollars by source; what was not typed in is not guessed, local pays the rest."""
    told = {source.id: float(given.get(source.id, 0.0)) for source in SOURCES}
    local = total - sum(told.values())
    share = (lambda dollars: dollars / total) if total else (lambda dollars: 0.0)
    lines = tuple(FundingLine(source.label, told[source.id], share(told[source.id])) for source in SOURCES)
    lines += (FundingLine("Local money for the rest", local, share(local)),)
    return Funding(lines, local, local + told[STATE])


def effort_caution(today: Funding, then: Funding) -> str:
    """Whether state and local money for OT would fall, as a caution and not as a finding; empty where it would not.

    The test of maintenance of effort (34 CFR 300.203) is of all special education of a district, not of OT alone.
    """
    fall = today.state_and_local - then.state_and_local
    if round(fall, 2) <= 0:
        return ""
    return (
        f"State and local money for OT would fall by ${fall:,.0f} a year. A district may not spend less on special education "
        "than the year before (34 CFR 300.203); it may where staff leave of their own accord, fewer children are enrolled, or "
        "a costly program ends (300.204). The test is of the whole of special education: ask the business office before "
        "counting on it."
    )


def years_to_come(lines: Sequence[CostLine], step: float, years: int = YEARS) -> tuple[float, ...]:
    """Dollars of each year: the first as it is, then salaries with benefits higher by the step each year, everything else
    at the same rates.

    step  share by which the salary schedule rises a year, steps and all
    """
    salaries = sum(line.yearly for line in lines if set(line.rates) & SALARIES)
    others = sum(line.yearly for line in lines if not set(line.rates) & SALARIES)
    first = sum(line.first_year for line in lines)
    return (first, *(salaries * (1 + step) ** year + others for year in range(1, years)))


def cost_per_student(total: float, answer: Answer) -> float:
    """Dollars a year for each different student with an OT line; NaN without one."""
    students = float(answer.district["caseload"])
    return total / students if students else float("nan")


def against_budget(budget: float, total: float) -> str:
    """A budget beside what posts and contracts cost, in a sentence; empty where no budget was typed in."""
    if not budget:
        return ""
    left = budget - total
    side = (
        "just pays for it" if abs(left) < 1 else f"leaves ${left:,.0f}" if left > 0 else f"is ${-left:,.0f} too little"
    )
    return f"The budget of ${budget:,.0f} {side}."
