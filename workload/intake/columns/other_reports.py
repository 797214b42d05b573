"""Sheets that look like a roster but are not one: recognized by their headings, named, and sent to where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workload.intake.columns.heading_words import PERIODS, all_facts
from workload.intake.columns.headings import AMOUNT, IDENTITY, meaning
from workload.intake.open.opened import RawSheet
from workload.model.columns import SERVICES, normalized

WEEKDAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri"}
)
DAYS_OF_A_GRID = 3
COLUMNS_OF_LABELS, FEWEST_LABELS, MOST_LABELS = 2, 3, 40  # of a list on its side
# A delivered log may carry the plan's period as well; these columns show that plan minutes are in the sheet.
PLANNED = frozenset(
    {
        "sessions",
        "period",
        "frequency_text",
        "minutes_per_week",
        "minutes_per_month",
        "minutes_per_year",
        "minutes_per_period",
    }
)
OF_A_SESSION = frozenset({"date", "service", "session", "sessions", "filler", "day", "ot", "treatment", "delivered"})


@dataclass(frozen=True)
class OtherReport:
    """A sheet that is no roster: what it is, and what to do with it."""

    name: str
    what: str
    remedy: str


GOALS = OtherReport(
    "goals",
    'a goals report: its "Frequency" says how often progress is measured, not how much service is given',
    "Export the services or deliveries report, which lists minutes and how often.",
)
BILLING = OtherReport("billing", "a billing report", "Export the services report of the plans, not the claims.")
DELIVERED = OtherReport(
    "delivered",
    "a log of delivered minutes; delivered minutes are not what the plans promise",
    "Export the services report, which lists the promised minutes. The page Delivered minutes takes this log.",
)
LUMPED = OtherReport(
    "lumped",
    "a report with one row for each student and all related services in one number",
    "Export a report with one row for each service, so that occupational therapy stands alone.",
)
GRID = OtherReport(
    "grid",
    "a weekly schedule with times down the side and days across, which names no minutes of a plan",
    "Give a list with one row for each student and service: the student, how long, how often, and the school.",
)
SUMMARY = OtherReport(
    "summary",
    "a summary with one row for each school or person and no students",
    "Give the list behind it, with one row for each student and service.",
)
PIVOT = OtherReport(
    "pivot",
    "a pivot table, whose rows are sums of other rows",
    "Give the list behind it: double-click its grand total in Excel, or copy the sheet that it was made from.",
)
ON_ITS_SIDE = OtherReport(
    "on its side",
    "a list on its side: its headings stand in a column, and each student has one",
    "Turn it: copy its cells, choose Paste Special and Transpose on an empty sheet, and load that.",
)
CALCULATOR = OtherReport(
    "calculator",
    "a calculator or a list of totals, with a number beside each label and no students",
    "Give the list behind it, with one row for each student and service.",
)
TWICE = OtherReport(
    "twice",
    "two lists side by side, with the same headings twice",
    "Move the second list below the first, under one row of headings.",
)
# Two of a report's own headings name it.
OWN_HEADINGS: Mapping[OtherReport, tuple[str, ...]] = {
    GOALS: (
        "area of need",
        "annual goal",
        "baseline",
        "objective",
        "goal",
        "progress report 1 summary",
        "progress report 1 comments",
        "person responsible",
        "goals",
        "short term objective",
        "annual goal 1",
    ),
    BILLING: (
        "cpt",
        "cpt code",
        "procedure code",
        "icd 10",
        "icd 10 code",
        "diagnosis code",
        "npi",
        "claim number",
        "claim",
        "billed units",
        "units billed",
        "billed amount",
        "medicaid id",
        "medicaid number",
        "modifier",
        "date of service",
        "rendering provider",
        "paid amount",
        "place of service",
        "claim status",
        "dos",
        "rate",
        "amount",
        "amount due",
        "total due",
        "invoice",
        "invoice number",
        "billable hours",
    ),
    DELIVERED: (
        "minutes provided",
        "total delivered",
        "delivered minutes",
        "minutes delivered",
        "attendance code",
        "session date",
        "date of service",
        "maximum allowable minutes",
        "total allowable minutes remaining",
        "total time delivered",
        "actual minutes",
        "session note",
        "minutes missed",
        "reason missed",
        "attendance",
    ),
    LUMPED: (
        "related service minutes general ed setting b grid",
        "related service minutes other setting c grid",
        "special ed service minutes b grid",
        "lre setting",
    ),
}


def other_report(headings: Sequence[str], columns: Iterable[str | None]) -> OtherReport | None:
    """The report that the headings of a row name, when it is none that can be read.

    columns  canonical names of the services table that the headings mean
    """
    names = {normalized(heading) for heading in headings if heading}
    columns = list(columns)
    if _stands_twice([normalized(heading) for heading in headings if heading], columns):
        return TWICE
    columns = set(columns)
    planned = PLANNED & columns
    for report, own in OWN_HEADINGS.items():
        if len(names & set(own)) >= 2 and not (report is DELIVERED and planned):
            return report
    if len({day for name in names for day in name.split()[:1]} & WEEKDAYS) >= DAYS_OF_A_GRID and not planned:
        return GRID
    if names & {"row labels", "column labels"} and not IDENTITY & columns:
        return PIVOT
    if _is_log(headings) and not planned:
        return DELIVERED
    return None


def _stands_twice(names: Sequence[str], columns: Sequence[str | None]) -> bool:
    """Whether a heading of students and one of amounts each stand twice in a row."""
    twice = {column for name, column in zip(names, columns, strict=True) if names.count(name) > 1}
    return bool(twice & IDENTITY and twice & AMOUNT)


def _is_log(headings: Sequence[str]) -> bool:
    """One row for each session that took place: its date, and clock times or a length, and nothing of a plan."""
    said = [all_facts(heading) for heading in headings if heading]
    has_date = any("date" in facts and facts <= OF_A_SESSION for facts in said)
    clocks = sum(bool(facts & {"clock"}) for facts in said)
    length = any(facts & {"minutes", "length", "units", "hours"} for facts in said)
    promised = any(
        facts & frozenset(PERIODS) - {"day"} and facts & {"minutes", "sessions", "time"} or "frequency" in facts
        for facts in said
    )
    if any("activity" in facts for facts in said):
        return False  # a time study
    return has_date and (clocks >= 2 or length) and not promised


def summary_of_schools(headings: Sequence[str]) -> bool:
    """A school or a person and counts of students, and no student."""
    said = [all_facts(heading) for heading in headings if heading]
    return any(facts & {"school", "staff", "district"} for facts in said) and any(
        facts & {"enrolled", "size"} for facts in said
    )


def is_calculator(sheet: RawSheet) -> bool:
    """Labels down the side and a number beside each of them, some of minutes, students or FTE."""
    labels, numbers = (sheet.cells[at] if at < sheet.columns else [] for at in (0, 1))
    pairs = [
        label
        for label, number in zip(labels, numbers, strict=False)
        if isinstance(label, str) and isinstance(number, int | float)
    ]
    said = [all_facts(label) for label in pairs]
    about = sum(bool(facts & {"minutes", "student", "fte", "hours", "travel"}) for facts in said)
    return sheet.columns <= 3 and about > 1 and len(pairs) > sheet.rows / 2


def is_on_its_side(sheet: RawSheet) -> bool:
    """Headings of a list of services one beneath the other, with cells of several students beside them."""
    for column in sheet.cells[:COLUMNS_OF_LABELS] if sheet.columns > COLUMNS_OF_LABELS else ():
        labels = [cell for cell in column if isinstance(cell, str) and cell.strip()]
        said = [meaning(SERVICES, label)[0] for label in labels[:MOST_LABELS]]
        names = {name for name in said if name}
        is_list = bool(names & AMOUNT) and (bool(names & IDENTITY) or len(names) >= FEWEST_LABELS)
        if is_list and len(labels) <= MOST_LABELS and 2 * sum(map(bool, said)) > len(said):
            return True
    return False
