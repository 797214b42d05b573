"""The Why sheet of the workbook: every figure of the district with formula, inputs, assumptions and sources."""

from __future__ import annotations

import pandas as pd

from workload.answer import Answer
from workload.explain.scope import Basis, Explanation
from workload.explain.steps import Step
from workload.explain.why import explain, measures
from workload.model.words import NO_VALUE, shown

COLUMNS = ["figure", "value", "unit", "formula", "inputs", "assumptions and sources", "rows behind it", "notes"]


def why_table(answer: Answer) -> pd.DataFrame:
    """One row a figure of the district, in the order of `explain.why.measures`."""
    return pd.DataFrame([_row(explain(answer, measure)) for measure in measures()], columns=COLUMNS)


def _row(opened: Explanation) -> list[object]:
    return [
        opened.title,
        opened.value,
        opened.unit,
        opened.formula,
        "; ".join(map(_step, opened.steps)),
        "; ".join(map(_basis, opened.assumptions)),
        f"{len(opened.rows):,} {opened.rows_are}" if len(opened.rows) else "none",
        " ".join(opened.notes),
    ]


def _step(step: Step) -> str:
    value = shown(step.value, 2)
    return f"{step.sign} {step.label}: {value} {step.unit if value != NO_VALUE else ''}".strip()


def _basis(basis: Basis) -> str:
    value = f"{basis.value:.4g}" if isinstance(basis.value, float) else str(basis.value)
    return f"{basis.label} = {value} {basis.unit} [{basis.force}; {basis.source}]"
