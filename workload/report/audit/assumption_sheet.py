"""The sheets Assumptions and Periods: every parameter under a defined name, and how often a period comes in a year."""

from __future__ import annotations

from collections.abc import Sequence

from workload.answer import Answer
from workload.model.parameters import parameters
from workload.model.school_year import PERIODS, WEEKS_IN_PERIOD, cycle_days, periods_in_year
from workload.model.units import DAYS_PER_CALENDAR_WEEK, DAYS_PER_SCHOOL_WEEK, MINUTES_PER_HOUR
from workload.report.audit.sheet_writer import DAY, NUMBER, TEXT, Book, Column, Table
from workload.work.row_facts import MINUTES_OF_A_USUAL_SESSION

NAMES = {"month": "month_setting"}  # "month" by itself is a function of spreadsheet programs
SETTLED = ("renewals", "travel_arrival_minutes")  # read with the rows, so that no formula follows them
EXCEPTIONS = (
    "What does not follow: the day (which lines are in force, who is in post or on leave, which evaluations are due and "
    "how long minutes are owed were settled when this was written), renewals (which lines go on after a review), the "
    "minutes to sign in after a drive, which the known minutes of the People sheet hold (none of these is shaded), the "
    "drawn range, the sheets Premises, Ask, Bridge, Methods, Published, Formulas and Issues, and which counts of caseload, "
    "evaluations and day plans a changed therapist, school or "
    "plan of a line would bring. A changed plan moves meetings and reports."
)
CONSTANTS = (
    ("minutes_per_hour", "Minutes in an hour", MINUTES_PER_HOUR),
    ("days_per_school_week", "School days in a week", DAYS_PER_SCHOOL_WEEK),
    ("days_per_calendar_week", "Days in a calendar week", DAYS_PER_CALENDAR_WEEK),
    (
        "usual_session_minutes",
        "Minutes of one session where a plan states only total minutes",
        MINUTES_OF_A_USUAL_SESSION,
    ),
)


def name_of(id: str) -> str:
    return NAMES.get(id, id)


def write_assumptions(book: Book, answer: Answer) -> None:
    """Every parameter with value, span, unit, force and source; below, constants, the day and derived values."""
    ids = list(parameters())
    records = [parameters()[id] for id in ids]
    sources = [answer.assumptions.source(id) for id in ids]

    def followed(row: int) -> str | None:
        """The name of the parameter that a row follows as long as the district has not set it."""
        one = records[row - table.first]
        return name_of(one.follows) if one.follows and one.id not in answer.assumptions.origins else None

    table = Table(
        "Assumptions",
        (
            Column("id", "Name in formulas", [name_of(id) for id in ids], number=TEXT, fixed=True),
            Column("value", "Value (change it here)", [answer.assumptions[id] for id in ids], followed),
            Column("label", "What it is", [one.label for one in records], number=TEXT, fixed=True),
            Column("unit", "Unit", [one.unit for one in records], number=TEXT, fixed=True),
            Column("low", "Low end of the range", [one.low for one in records], fixed=True),
            Column("high", "High end of the range", [one.high for one in records], fixed=True),
            Column("force", "Force", [force for force, _ in sources], number=TEXT, fixed=True),
            Column("source", "Source", [source for _, source in sources], number=TEXT, fixed=True),
            Column("changes", "What would change it", [one.changes for one in records], number=TEXT, fixed=True),
            Column("link", "Where the default stands", [one.link for one in records], number=TEXT, fixed=True),
        ),
        len(ids),
    )
    sheet = table.write(
        book, "Assumptions", f"Shaded cells are inputs. Change a value and the formulas follow. {EXCEPTIONS}"
    )
    for at, id in enumerate(ids):
        book.book.define_name(name_of(id), f"='Assumptions'!{table.cell('value', table.first + at).replace('B', 'B$')}")
    at = ids.index("month") + table.first
    sheet.data_validation(f"B{at}", {"validate": "list", "source": list(parameters()["month"].choices)})
    for id in SETTLED:
        look = TEXT if id == "renewals" else NUMBER
        sheet.write(f"B{ids.index(id) + table.first}", answer.assumptions[id], book.format(look, True))
    row = table.last + 2
    for name, label, value in CONSTANTS:
        _named(book, sheet, row, name, label, value)
        row += 1
    _named(book, sheet, row, "snapshot_day", "The day of the snapshot (fixed, see above)", answer.day, fixed=True)
    _named(
        book,
        sheet,
        row + 1,
        "school_year_end",
        "Owed minutes without a due date are due",
        answer.calendar.last_of(answer.day),
    )
    _named(
        book,
        sheet,
        row + 2,
        "category_share",
        "Share of everyone's week for planning and staff time",
        answer.assumptions.category_share,
        "=planning_share+staff_time_share",
    )


def _named(book: Book, sheet, row: int, name: str, label: str, value, formula: str = "", fixed: bool = False) -> None:
    is_day = not isinstance(value, int | float)
    look = book.format(DAY if is_day else NUMBER, bool(formula) or fixed)
    sheet.write_string(row - 1, 0, name, book.format(TEXT, True))
    sheet.write_string(row - 1, 2, label, book.format(TEXT, True))
    if formula:
        sheet.write_formula(row - 1, 1, formula, look, value)
    elif is_day:
        sheet.write_datetime(row - 1, 1, value, look)
    else:
        sheet.write_number(row - 1, 1, value, look)
    book.book.define_name(name, f"='Assumptions'!$B${row}")


def periods_table(answer: Answer, seen: Sequence[str]) -> Table:
    """Every period of the calendar and the cycles that occur, with the formula of its number in a year."""
    names = [*PERIODS, *sorted({name for name in seen if cycle_days(name)})]
    values = [periods_in_year(name, answer.assumptions) for name in names]

    def formula(row: int) -> str:
        name = names[row - 5]
        if name == "month":
            return (
                'IF(month_setting="school_month",instructional_weeks/4,'
                'IF(month_setting="calendar_10",10,instructional_weeks*12/52))'
            )
        if name == "year":
            return "1+0"
        if name == "day":
            return "days_per_school_week*instructional_weeks"
        if name in WEEKS_IN_PERIOD:
            return f"instructional_weeks/{WEEKS_IN_PERIOD[name]}"
        return f"days_per_school_week*instructional_weeks/{cycle_days(name)}"

    return Table(
        "Periods",
        (
            Column("period", "Period", names, number=TEXT, fixed=True),
            Column("times", "Times in the instructional year", values, formula),
        ),
        len(names),
    )
