"""The Why sheet holds every figure of the district with formula, inputs and sources."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.why import explain, measures
from workload.report.answer_workbook import COLUMNS, answer_workbook, why_table

ANSWER = analyze(as_roster(random_tables(3)), DAY)


def test_every_figure_has_a_row_with_its_value_and_formula():
    table = why_table(ANSWER)
    assert list(table.columns) == COLUMNS and len(table) == len(measures())
    for measure, (_, row) in zip(measures(), table.iterrows(), strict=True):
        opened = explain(ANSWER, measure)
        assert row["value"] == pytest.approx(opened.value, nan_ok=True) and row["formula"] == opened.formula
        assert all(step.label in row["inputs"] for step in opened.steps)
        assert all(f"[{basis.force}; {basis.source}]" in row["assumptions and sources"] for basis in opened.assumptions)


def test_the_workbook_has_the_sheet():
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer_workbook(ANSWER)))
    rows = book.get_sheet_by_name("Why").to_python()
    assert rows[0] == [*COLUMNS, "status"] and len(rows) == len(measures()) + 1
