"""The answer's tables as one workbook: what `analyze --xlsx` writes and the pages offer for download."""

from __future__ import annotations

import pandas as pd

from workload import METHOD, METHOD_DATE, __version__
from workload.answer import Answer
from workload.explain.scope import Basis, Explanation
from workload.explain.steps import Step
from workload.explain.why import explain, measures
from workload.model.parameters import parameters
from workload.model.words import NO_VALUE, shown
from workload.premises.premise_list import answer_status, premises_of
from workload.report.table_files import as_xlsx
from workload.work.activities import ACTIVITIES

ENDS = ("required_fte", "gap_fte")


def answer_workbook(answer: Answer) -> bytes:
    """District, premises, why, therapists, schools, lines, events, assumptions, formulas and issues as xlsx.

    A sheet with a gap has the status of the answer beside each of its rows.
    Students are pseudonyms; every text is written as text, never as a formula.
    """
    status = answer_status(answer)
    return as_xlsx(
        {
            "District": _district(answer),
            "Premises": _premises(answer),
            "Why": why_table(answer).assign(status=status),
            "Therapists": answer.therapists.assign(status=status),
            "Schools": answer.schools.assign(status=status),
            "Therapist and school": answer.cells.assign(status=status),
            "Service lines": answer.lines,
            "Evaluations and students": answer.events,
            "Assumptions": assumptions_table(answer.assumptions),
            "Formulas": formulas_table(),
            "Issues": issues_table(answer),
        }
    )


def _district(answer: Answer) -> pd.DataFrame:
    facts = {
        "day": answer.day.isoformat(),
        "status": answer_status(answer),
        "method": f"{METHOD} of {METHOD_DATE}",
        "software": __version__,
        **answer.district.to_dict(),
        "required_fte_p10": answer.range.p10,
        "required_fte_p90": answer.range.p90,
        "service_rows_read": answer.roster.rows("read"),
        "service_rows_unreadable": answer.roster.rows("unreadable"),
        **{f"service_rows_excluded_{reason}": count for reason, count in answer.excluded.items()},
    }
    return pd.DataFrame({"figure": list(facts), "value": pd.Series(list(facts.values()), dtype=object)})


def _premises(answer: Answer) -> pd.DataFrame:
    """Each premise with its state, its sentence, the FTE at its other ends and what settles it."""
    columns = (
        "premise",
        "state",
        "sentence",
        "touches",
        *(f"{of}_{end}" for of in ENDS for end in ("low", "high")),
        "action",
    )
    rows = [
        (
            one.id,
            one.state,
            one.text,
            one.touches,
            one.required.low,
            one.required.high,
            one.gap.low,
            one.gap.high,
            one.action,
        )
        for one in premises_of(answer)
    ]
    return pd.DataFrame(rows, columns=list(columns))


def assumptions_table(assumptions) -> pd.DataFrame:
    """Every parameter with its value in force, span, unit, force and source."""
    rows = [
        {
            "id": id,
            "assumption": one.label,
            "value": assumptions[id],
            "low": one.low,
            "high": one.high,
            "unit": one.unit,
            "force": assumptions.source(id)[0],
            "source": assumptions.source(id)[1],
            "default": one.value,
        }
        for id, one in parameters().items()
    ]
    return pd.DataFrame(rows)


def formulas_table() -> pd.DataFrame:
    """Every activity with its formula in words and the assumptions it uses."""
    return pd.DataFrame(
        [
            {"activity": one.label, "kind": one.kind, "formula": one.formula, "assumptions": ", ".join(one.parameters)}
            for one in ACTIVITIES
        ]
    )


def issues_table(answer: Answer) -> pd.DataFrame:
    """The findings about the data, gravest first."""
    columns = ["severity", "code", "file", "sheet", "row", "column", "value", "message", "remedy"]
    return pd.DataFrame([issue.as_dict() for issue in answer.issues], columns=columns)


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
