"""From bytes to a roster against a bare calamine pass over the same file; the child's start is told apart."""

from __future__ import annotations

import io
import statistics

from python_calamine import CalamineWorkbook

from benchmarks.rosters import workbook
from benchmarks.timing import Ratio, compare, cpu_seconds
from workload.intake.load import load
from workload.intake.open.opening import open_file

SECRET = b"benchmark" * 4


def bare_pass(data: bytes):
    """Every cell of the sheet as Python values, nothing else."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def child_start_seconds() -> float:
    """CPU of opening a workbook of one row, median of nine: what the child costs before it reads anything."""
    tiny = workbook(1)
    open_file("tiny.xlsx", tiny)
    return statistics.median(cpu_seconds(lambda: open_file("tiny.xlsx", tiny)) for _ in range(9))


def openpyxl_pass(data: bytes):
    """The obvious reader, for comparison."""
    import pandas as pd

    return pd.read_excel(io.BytesIO(data), engine="openpyxl", dtype=object)


def ratios() -> list[Ratio]:
    """Opening alone and the whole import at two sizes."""
    found, start = [], child_start_seconds()
    for rows, rounds in ((5_000, 5), (150_000, 1)):
        data = workbook(rows)

        def opened(data=data):
            assert open_file("roster.xlsx", data).refusal is None

        def loaded(data=data, rows=rows):
            roster = load([("roster.xlsx", data)], secret=SECRET).roster
            assert roster.rows("read") == rows

        def floor(data=data):
            return bare_pass(data)

        found.append(
            compare(
                f"opening in the child, {rows:,} × 20",
                opened,
                "bare calamine pass",
                floor,
                rounds,
                subtract_seconds=start,
            )
        )
        found.append(
            compare(
                f"bytes to roster with issues, {rows:,} × 20",
                loaded,
                "bare calamine pass",
                floor,
                rounds,
                target=3,
                subtract_seconds=start,
            )
        )
        if rows == 5_000:
            found.append(
                compare(
                    f"bytes to roster with issues, {rows:,} × 20",
                    loaded,
                    "pandas with openpyxl",
                    lambda data=data: openpyxl_pass(data),
                    3,
                    target=0.2,
                    subtract_seconds=start,
                )
            )
    return found
