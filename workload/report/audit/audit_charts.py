"""Native charts of the audit workbook; they follow when a number changes. Each has alt text."""

from __future__ import annotations

from collections.abc import Mapping

from workload.answer import Answer
from workload.figures.tones import LIGHT
from workload.model.words import fte, hours
from workload.premises.premise_list import answer_status
from workload.premises.records import PROVISIONAL
from workload.report.audit.pair_sheet import hours_column
from workload.report.audit.sheet_writer import Book, Table
from workload.work.activities import CODES

LARGE = {"width": 1100, "height": 520}


def add_charts(book: Book, answer: Answer, tables: Mapping[str, Table], district: Mapping[str, int]) -> None:
    """Hours by activity, hours against contracts, required against available FTE of schools."""
    sheet = book.sheet("Charts", "Charts", "Drawn from the sheets; they change with them.")
    sheet.set_h_pagebreaks([30, 58])
    row, so_far = answer.district, "PROVISIONAL: " if answer_status(answer) == PROVISIONAL else ""
    first, last = district[hours_column(CODES[0])], district[hours_column(CODES[-1])]
    chart = _chart(book, "bar", "Where do the hours of a week go?", "hours a week")
    chart.add_series(
        {
            "name": "Hours a week",
            "categories": f"='District'!$A${first}:$A${last}",
            "values": f"='District'!$B${first}:$B${last}",
            "fill": {"color": LIGHT.accent},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "0.0"},
        }
    )
    chart.set_y_axis({"reverse": True})
    _place(sheet, "A4", chart, f"Bars of hours a week by activity. All together {hours(row['workload_hours'])} hours.")
    people = tables["Therapists"]
    chart = _chart(book, "column", f"{so_far}Whose week does not fit?", "hours a week")
    line = book.book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": "Workload",
            "categories": "=" + people.range("name"),
            "values": "=" + people.range("workload_hours"),
            "fill": {"color": LIGHT.accent},
            "gap": 60,
        }
    )
    line.add_series(
        {
            "name": "Contract hours on this date",
            "categories": "=" + people.range("name"),
            "values": "=" + people.range("available_hours"),
            "line": {"none": True},
            "marker": {"type": "long_dash", "size": 14, "fill": {"color": "black"}},
        }
    )
    chart.combine(line)
    _place(
        sheet,
        "A32",
        chart,
        f"{so_far}Workload of each post beside its contract hours: {hours(row['workload_hours'])} hours of work, "
        f"{hours(row['available_hours'])} hours of contracts on this date.",
    )
    schools = tables["Schools"]
    chart = _chart(book, "column", f"{so_far}Which school needs what?", "FTE")
    for name, column, color in (("Required", "required_fte", LIGHT.soft), ("Available", "available_fte", LIGHT.accent)):
        chart.add_series(
            {
                "name": name,
                "categories": "=" + schools.range("name"),
                "values": "=" + schools.range(column),
                "fill": {"color": color},
            }
        )
    _place(
        sheet,
        "A60",
        chart,
        f"{so_far}Required beside available FTE of each school; the district needs {fte(row['required_fte'])} "
        f"and has {fte(row['available_fte'])}.",
    )


def _chart(book: Book, kind: str, title: str, unit: str):
    chart = book.book.add_chart({"type": kind})
    chart.set_title({"name": title, "overlay": False})
    (chart.set_x_axis if kind == "bar" else chart.set_y_axis)(
        {"name": unit, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_legend({"position": "top"})
    chart.set_size(LARGE)
    return chart


def _place(sheet, cell: str, chart, words: str) -> None:
    sheet.insert_chart(cell, chart, {"description": words, "object_position": 2})
