"""The tables of a packet as CSV, Parquet and one workbook, with their data dictionary, for one audience."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

import pandas as pd

from workload import METHOD, METHOD_DATE, __version__
from workload.report.answer_json import LOAD
from workload.report.answer_workbook import assumptions_table
from workload.report.data_dictionary import dictionary
from workload.report.premise_tables import ask_table, bridge_table, premise_table
from workload.report.reader_view import COUNTS, RISK, TIME, View
from workload.report.table_files import as_csv, for_a_cell
from workload.staffing.published_methods import MethodResult

PUBLIC_FIGURES = ("student_hours", "therapist_hours", *LOAD)
FREE_TEXT = ("as_written", "group_id")  # typed by people: a phrase or the name of a group can hold a child's name


def tables_of(view: View) -> dict[str, pd.DataFrame]:
    """The tables that this audience may hold, by name. Students are pseudonyms, therapists are codes."""
    answer = view.answer
    assumptions = assumptions_table(answer.assumptions)
    tables = {
        "district": _district(view),
        "work": view.work,
        "schools": view.school_rows,
        "ask": ask_table(view),
        "bridge": bridge_table(view),
        "premises": premise_table(view),
        "assumptions": assumptions.assign(
            value=assumptions["value"].astype(str), default=assumptions["default"].astype(str)
        ),
        "methods": methods_of(view.methods).drop(columns="inputs"),
    }
    if view.audience.internal:
        coded = {
            name: _coded(view, frame)
            for name, frame in (
                ("therapists", answer.therapists),
                ("pairs", answer.cells),
                ("services", answer.lines.drop(columns=list(FREE_TEXT))),
                ("students", answer.events),
            )
        }
        tables |= {"schools": answer.schools, **coded, "issues": issues_of(view)}
        if answer.members is not None:
            tables |= {"members": answer.members.table, "allocation": _coded(view, answer.members.allocation)}
    status = view.status
    return {
        name: table.assign(status=status) if {"gap_fte", "available_fte"} & set(table.columns) else table
        for name, table in tables.items()
    }


def methods_of(methods: Sequence[MethodResult]) -> pd.DataFrame:
    """The methods side by side, one row each."""
    rows = [
        (one.label, one.low, one.high, one.force, one.source, one.inputs, one.leaves_out, one.not_with)
        for one in methods
    ]
    columns = ["method", "low_fte", "high_fte", "force", "source", "inputs", "leaves_out", "never_with"]
    return pd.DataFrame(rows, columns=columns)


def _coded(view: View, table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(therapist=table["therapist"].map(lambda name: view.labels.get(name, name)))


def issues_of(view: View) -> pd.DataFrame:
    """The findings with codes in place of names and without the values of cells, which can hold a name."""
    rows = []
    for issue in view.answer.issues:
        message = issue.message
        if issue.value and issue.column in ("therapist", "supervisor"):
            message = message.replace(issue.value, "(the name in the cell)")
        place = (issue.severity, issue.code, issue.file, issue.sheet, issue.row, issue.column)
        rows.append((*place, view.sentence(message), view.sentence(issue.remedy)))
    columns = ["severity", "code", "file", "sheet", "row", "column", "message", "remedy"]
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})


def _district(view: View) -> pd.DataFrame:
    """The district's figures; outside the district only those that rest on many students."""
    answer, row = view.answer, view.district
    names = list(row.index) if view.gate.open else [*PUBLIC_FIGURES, *COUNTS]
    figures = {name: float(row[name]) for name in names if view.gate.open or not math.isnan(row[name])}
    figures |= {f"required_fte_{end}": getattr(view.range, end) for end in ("p10", "p50", "p90")}
    words = {
        "status": view.status,
        "open_premises": view.stamp or "none",
        "day": answer.day.isoformat(),
        "method": f"{METHOD} of {METHOD_DATE}",
        "software": __version__,
        "roster": answer.roster.digest[:16],
    }
    return pd.DataFrame(
        {
            "figure": [*figures, *words],
            "value": pd.Series([*figures.values(), *[float("nan")] * len(words)], dtype=float),
            "words": pd.Series([*(_said_of(view, name) for name in figures), *words.values()], dtype=object),
        }
    )


def _said_of(view: View, name: str) -> str | None:
    """Beside each figure that rests on who is in post: that it is not final."""
    return view.stamp if view.stamp and name in (*TIME, *RISK) else None


def table_files(view: View) -> Iterator[tuple[str, bytes]]:
    """File name and bytes: each table as CSV and Parquet, then the dictionary."""
    tables = tables_of(view)
    for name, table in tables.items():
        yield f"{name}.csv", as_csv(table)
        yield f"{name}.parquet", as_parquet(table)
    yield "dictionary.csv", as_csv(dictionary(tables))


def as_parquet(table: pd.DataFrame) -> bytes:
    """The table as Parquet; text is cleaned of control characters and stays text."""
    made = table.copy()
    for name in made.columns:
        if made[name].dtype == object or pd.api.types.is_string_dtype(made[name]):
            cells = [None if pd.isna(cell) else for_a_cell(str(cell)) for cell in made[name]]
            made[name] = pd.Series(cells, index=made.index, dtype=object)
    out = io.BytesIO()
    made.to_parquet(out, index=False)
    return out.getvalue()
