"""From bytes to a roster, the child's start included, against the least that reading can cost and against a plain script."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import python_calamine

from benchmarks.rosters import workbook
from benchmarks.timing import Ratio, compare, cpu_seconds
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.load import load
from workload.intake.open.opening import open_file
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows.amounts import AmountReader
from workload.model.coded_list import cut, rowwise

SECRET = b"benchmark" * 4
FLOOR = Path(__file__).with_name("xlsx_floor.c")
FLOOR_NAME = "one pass in C"
PASSES = 9
WORDS = re.compile(r"(\d+)\D+(\d+)")
# rows -> (rounds, at most so many passes in C, at most so much of a plain script)
PASSES_OF_CALAMINE = (5_000, 3)
PHRASES = (150_000, 2)
SIZES = {5_000: (5, 25, 1.2), 150_000: (3, 14, 0.7)}


@cache
def built() -> str | None:
    """The program of the floor; None where there is no compiler or no zlib."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    program = str(Path(tempfile.mkdtemp()) / "xlsx_floor")
    done = subprocess.run([compiler, "-O2", "-o", program, str(FLOOR), "-lz"], capture_output=True)
    return program if done.returncode == 0 else None


def against_c(name: str, work: Callable[[], object], data: bytes, rounds: int, target: float) -> Ratio | None:
    """The work against the C pass, one right after the other; None without the program."""
    program = built()
    if program is None:
        return None
    file = Path(tempfile.mkdtemp()) / "roster.xlsx"
    file.write_bytes(data)
    work()
    works, floors = [], []
    for _ in range(rounds):
        said = subprocess.run([program, str(file), str(PASSES)], capture_output=True, text=True, check=True).stdout
        floors.append(float(said.split()[1]) / 1e3)
        works.append(cpu_seconds(work))
    return Ratio.of(name, FLOOR_NAME, works, floors, target)


def plain_script(data: bytes) -> tuple[pd.Series, pd.Series]:
    """What somebody would write: pandas with calamine, a pattern for each row, two sums. It checks nothing."""
    table = pd.read_excel(io.BytesIO(data), engine="calamine", dtype=object)

    def minutes(text: object) -> float:
        found = WORDS.search(text) if isinstance(text, str) else None
        return float(found[1]) * float(found[2]) if found else 0.0

    table["minutes"] = table["frequency_text"].map(minutes)
    return table.groupby("therapist")["minutes"].sum(), table.groupby("school")["minutes"].sum()


def bare(data: bytes) -> None:
    """Every cell of the sheet as a Python value, and nothing done with it."""
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def phrases(rows: int, target: float) -> Ratio:
    """From the cells of a column of phrases to what each row promises, readings kept, against its dictionary alone."""
    sheet = open_file("roster.xlsx", workbook(rows)).sheets[0]
    column = next(cells for cells in sheet.cells if cells[0] == "frequency_text")
    heading, cells = MappedColumn("frequency_text", 0, "frequency_text", ""), cut(column, 1)
    texts = pa.array(list(cells))

    def promised():
        reader = AmountReader([heading], PhraseContext())
        assert len(rowwise(lambda *row: reader.read(row), cells)) == rows

    name = f"phrases to amounts with readings kept, {rows:,} rows"
    return compare(name, promised, "Arrow dictionary of the column", texts.dictionary_encode, 15, target=target)


def ratios() -> list[Ratio]:
    """The whole import at two sizes, and the phrases alone."""
    found: list[Ratio | None] = []
    for rows, (rounds, passes, share) in SIZES.items():
        data, name = workbook(rows), f"bytes to roster with issues, {rows:,} × 20"

        def loaded(data=data, rows=rows):
            roster = load([("roster.xlsx", data)], secret=SECRET).roster
            assert roster.rows("read") == rows and roster.rows("counted")

        found.append(against_c(name, loaded, data, rounds, passes))
        script = lambda data=data: plain_script(data)  # noqa: E731
        found.append(compare(name, loaded, "plain script, pandas with calamine", script, rounds, target=share))
        if rows == PASSES_OF_CALAMINE[0]:
            found.append(
                compare(name, loaded, "bare calamine pass", lambda data=data: bare(data), rounds, PASSES_OF_CALAMINE[1])
            )
    found.append(phrases(*PHRASES))
    if None in found:
        print("No C compiler with zlib here, so reading is not held against one pass in C.\n")
    return [one for one in found if one is not None]
