"""Which school year a sheet speaks of: from its tab, its file, or the days on which its services start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from workload.intake.blocks.data_rows import Block
from workload.intake.cells.dates import first_year_of
from workload.model.coded_list import counted
from workload.model.school_year import school_year

OF_THE_MOST = 0.1  # of the starts of the most frequent school year: fewer are slips of the pen


def day_of_school_year(block: Block, starts: Sequence[object]) -> date | None:
    """The first day of that school year; None where nothing tells it.

    The name of the tab goes before that of the file, and both before the newest school year in which services start.
    It is proposed only, in the answers to a question about a date without a year: nobody is counted by it unasked.
    """
    for text in (block.sheet, block.file):
        if (year := first_year_of(text)) is not None:
            return school_year(date(year, 12, 31))[0]
    years: Counter[date] = Counter()
    for day, number in counted(starts):
        if isinstance(day, date):
            years[school_year(day)[0]] += number
    often = max(years.values(), default=0)
    return max((first for first, number in years.items() if number >= OF_THE_MOST * often), default=None)
