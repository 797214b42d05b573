"""The correction sheet: what the district believes about one therapist's week, with room to say what is wrong.

One workbook for each person: nobody receives the lines of a colleague. It is read back by `returned_sheets`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import pandas as pd

from workload.answer import Answer
from workload.model.columns import DELIVERIES
from workload.model.school_year import PERIODS
from workload.model.words import hours, in_words
from workload.report.table_files import AS_TEXT, cell, for_a_cell
from workload.work.activities import ACTIVITIES

WEEK, LINES, POST, MISSING, ABOUT = "Your week", "Your students", "Your post", "Missing", "About"
HEADING_ROW = 4  # of the tables, as Excel counts
SERVICE_FIELDS: Mapping[str, str] = {
    "school": "School",
    "delivery": "Delivery",
    "minutes_per_session": "Minutes a session",
    "sessions": "Sessions a period",
    "period": "Period",
    "group_size": "Group size",
}
POST_FIELDS: Mapping[str, str] = {
    "fte": "Contract FTE",
    "hours_per_week": "Contract hours a week, without lunch",
    "named_duty_hours": "Named duties (lead, equipment, mentoring), hours a week",
    "mtss_hours": "Screening and school-wide support, hours a week",
    "base_school": "Base school",
    "days": "Day plan, such as Mon: Oak; Tue: Oak, Elm",
}
KNOWN = ("Line", "File", "Row", "Student", *SERVICE_FIELDS.values())
ANSWERS = ("Mine? (no, if not)", *(f"{label} should be" for label in SERVICE_FIELDS.values()))
HOW = (
    "This is what the roster says about your week. Nothing here judges you; it is what is counted for you.",
    '1. On "Your students", write what a line should be in the shaded columns. Leave the rest empty.',
    '2. Write "no" under "Mine?" for a student you do not serve.',
    '3. On "Your post", write what your contract and duties should be.',
    '4. On "Missing", add services you give that are not listed. Do not write students\' names anywhere.',
    "5. Give the file back. Every change is shown to the lead, accepted or refused, and logged.",
)


def lines_of(answer: Answer, therapist: str) -> pd.DataFrame:
    """The lines in force of one therapist, with `line`, their position in the roster's services."""
    demand = answer.demand
    at = demand.lines.row[demand.lines.therapist == demand.people.names.index(therapist)]
    return answer.roster.services.iloc[at].assign(line=at)


def post_of(answer: Answer, therapist: str) -> dict[str, object]:
    """What the Therapists sheet says about a person; empty where there is no such sheet."""
    table = answer.roster.therapists
    rows = table[table["therapist"] == therapist]
    return {name: cell(rows.iloc[0][name]) if len(rows) else None for name in POST_FIELDS}


def correction_sheet(answer: Answer, therapist: str, label: str, mark: str = "") -> bytes:
    """The workbook of one therapist. Raises `ValueError` for a name that is not in the roster.

    label   what the person is called in it; the name itself is not written
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **AS_TEXT})
    looks = {
        "bold": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "fill": book.add_format({"bg_color": "#FFF7E0", "border": 1, "border_color": "#C9D1D8"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
    }
    _week(book, looks, answer, therapist, label, mark)
    _lines(book, looks, answer, therapist, label, mark)
    _post(book, looks, answer, therapist, label, mark)
    sheet = _sheet(book, looks, MISSING, f"Services of {label} that are not listed", mark)
    for at, heading in enumerate(SERVICE_FIELDS.values()):
        sheet.write_string(HEADING_ROW - 1, at, heading, looks["head"])
        for row in range(HEADING_ROW, HEADING_ROW + 12):
            sheet.write_blank(row, at, None, looks["fill"])
    sheet.set_column(0, len(SERVICE_FIELDS), 18)
    sheet = _sheet(book, looks, ABOUT, "About this sheet", mark)
    for row, (name, value) in enumerate(
        (("Therapist", label), ("Day", answer.day.isoformat()), ("Roster", answer.roster.digest)), start=HEADING_ROW
    ):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    book.close()
    return out.getvalue()


def _sheet(book, looks: Mapping, name: str, title: str, mark: str):
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, for_a_cell(title), looks["title"])
    sheet.write_string(1, 0, mark)
    sheet.set_header(f"&C{mark.split(':')[0]}")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if name in (LINES, MISSING):
        sheet.repeat_rows(HEADING_ROW - 1)
    return sheet


def _week(book, looks: Mapping, answer: Answer, therapist: str, label: str, mark: str) -> None:
    sheet = _sheet(book, looks, WEEK, f"The week of {label} as of {in_words(answer.day)}", mark)
    row = answer.therapists.set_index("therapist").loc[therapist]
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 14)
    for at, words in enumerate(HOW, start=2):
        sheet.write_string(at, 0, words)
    top = len(HOW) + 3
    sheet.write_row(top, 0, ("Activity", "Hours a week"), looks["head"])
    told = [(one.label, row[f"{one.code}_hours"]) for one in ACTIVITIES if row[f"{one.code}_hours"] > 0]
    told += [("All work", row["workload_hours"])]
    told += [("Contract hours on this date", row["available_hours"])] if answer.posts_known else []
    for at, (name, value) in enumerate(told, start=top + 1):
        sheet.write_string(at, 0, name)
        sheet.write_number(at, 1, float(hours(value).replace(",", "")))


def _lines(book, looks: Mapping, answer: Answer, therapist: str, label: str, mark: str) -> None:
    sheet = _sheet(book, looks, LINES, f"Students of {label}", mark)
    for at, heading in enumerate((*KNOWN, *ANSWERS)):
        sheet.write_string(HEADING_ROW - 1, at, heading, looks["head"])
    sheet.set_column(0, len(KNOWN) + len(ANSWERS), 14)
    rows = lines_of(answer, therapist)
    for at, (_, line) in enumerate(rows.iterrows(), start=HEADING_ROW):
        values = (int(line["line"]) + 1, *(line[name] for name in ("file", "row", "student", *SERVICE_FIELDS)))
        for column, value in enumerate(map(cell, values)):
            if isinstance(value, str):
                sheet.write_string(at, column, for_a_cell(value))
            elif value is not None:
                sheet.write_number(at, column, value)
        for column in range(len(KNOWN), len(KNOWN) + len(ANSWERS)):
            sheet.write_blank(at, column, None, looks["fill"])
    last = HEADING_ROW + max(len(rows), 1) - 1
    for heading, choices in (
        (ANSWERS[0], ("yes", "no")),
        ("Delivery should be", DELIVERIES),
        ("Period should be", PERIODS),
    ):
        at = (*KNOWN, *ANSWERS).index(heading)
        sheet.data_validation(
            HEADING_ROW, at, last, at, {"validate": "list", "source": list(choices), "error_type": "warning"}
        )
    sheet.freeze_panes(HEADING_ROW, 4)


def _post(book, looks: Mapping, answer: Answer, therapist: str, label: str, mark: str) -> None:
    sheet = _sheet(book, looks, POST, f"The post of {label}", mark)
    sheet.write_row(HEADING_ROW - 1, 0, ("Field", "What we believe", "Should be"), looks["head"])
    sheet.set_column(0, 2, 40)
    for at, (name, value) in enumerate(post_of(answer, therapist).items(), start=HEADING_ROW):
        sheet.write_string(at, 0, POST_FIELDS[name])
        if isinstance(value, str):
            sheet.write_string(at, 1, for_a_cell(value))
        elif value is not None:
            sheet.write_number(at, 1, value)
        sheet.write_blank(at, 2, None, looks["fill"])
