"""Synthetic rosters of any size: as the library's tables, and as a workbook of twenty columns."""

from __future__ import annotations

import io
from datetime import date

import numpy as np

from workload.model.roster import Roster, roster_of

DAY = date(2026, 10, 1)


def sizes(rows: int) -> tuple[int, int, int]:
    """(students, therapists, schools) for a number of service rows."""
    return max(1, rows * 9 // 10), max(4, min(3_000, rows // 50)), max(6, min(1_800, rows // 80))


def columns(rows: int, seed: int = 1) -> dict[str, list]:
    """The Services columns of a roster, as an import would make them."""
    random = np.random.default_rng(seed)
    students, people, schools = sizes(rows)

    def pick(values, share=None):
        return np.array(values, dtype=object)[random.choice(len(values), rows, p=share)].tolist()

    ids = np.array([f"S-{at:09}" for at in range(students)], dtype=object)
    schools_of = np.array([f"School {at:04}" for at in range(schools)], dtype=object)
    person = random.integers(0, people, rows)
    therapist = np.array([f"Therapist {at:04}" for at in range(people)], dtype=object)[person]
    therapist[random.random(rows) < 0.04] = None
    delivery = np.array(["individual", "group", "consult"], dtype=object)[random.choice(3, rows, p=[0.6, 0.3, 0.1])]
    group = np.array([f"G{at}" for at in range(people * 5)], dtype=object)[person * 5 + random.integers(0, 5, rows)]
    group[(delivery != "group") | (random.random(rows) < 0.5)] = None
    start = np.datetime64("2026-09-01") - random.integers(0, 300, rows)
    return {
        # Nine students in ten have one line; the rest of the rows are second lines.
        "student": np.concatenate((ids, ids[random.integers(0, students, rows - students)])).tolist(),
        # Each therapist serves about five schools, so that pairs stay as few as in a real district.
        "school": schools_of[(person * 7 + random.integers(0, 5, rows)) % schools].tolist(),
        "grade": pick([str(at) for at in range(1, 13)]),
        "plan": pick(["IEP", "504"], [0.95, 0.05]),
        "delivery": delivery.tolist(),
        "minutes_per_session": random.choice([15.0, 20, 30, 45, 60], rows).tolist(),
        "sessions": random.integers(1, 4, rows).astype(float).tolist(),
        "period": pick(["week", "month", "quarter", "year"], [0.8, 0.1, 0.05, 0.05]),
        "group_size": np.where(random.random(rows) < 0.2, 3.0, np.nan).tolist(),
        "group_id": group.tolist(),
        "therapist": therapist.tolist(),
        "start": start.tolist(),
        "reeval_date": (np.datetime64("2026-01-01") + random.integers(0, 1000, rows)).tolist(),
    }


def roster(rows: int, seed: int = 1) -> Roster:
    """A roster with a Therapists sheet."""
    people = sizes(rows)[1]
    names = [f"Therapist {at:04}" for at in range(people)]
    return roster_of(
        services=columns(rows, seed),
        therapists={
            "therapist": names,
            "role": ["OTA" if at % 4 == 3 else "OT" for at in range(people)],
            "fte": [1.0] * people,
            "supervisor": [names[at - 1] if at % 4 == 3 else None for at in range(people)],
        },
    )


PHRASES = [
    form.format(times=times, minutes=minutes)
    for form in (
        "{times} x {minutes} min weekly",
        "{minutes} min {times}x/week",
        "{times}x/wk for {minutes} minutes",
        "{minutes} minutes, {times} times per week",
        "{times} times a month, {minutes} min each",
        "{minutes} min {times}x/month",
        "{times} x {minutes} min monthly",
        "{minutes} minutes {times} times a quarter",
        "{times}x{minutes}/wk",
        "{times} sessions of {minutes} minutes weekly",
    )
    for times in (1, 2, 3)
    for minutes in (15, 20, 25, 30, 45, 60)
]  # 180 spellings


def workbook(rows: int, seed: int = 1) -> bytes:
    """The Services sheet with twenty columns in the template's headings, frequencies in words, as xlsx with shared strings."""
    import xlsxwriter

    data = columns(rows, seed)
    count, random = len(data["student"]), np.random.default_rng(seed)
    # As in offices: a few spellings are most of the cells.
    often = 1 / np.arange(1, len(PHRASES) + 1)
    words = np.array(PHRASES)[random.choice(len(PHRASES), count, p=often / often.sum())].tolist()
    sheet_columns = {
        "student_id": [value[2:] for value in data["student"]],
        **{name: data[name] for name in ("school", "grade", "plan", "delivery")},
        "minutes_per_session": [None] * count,
        "sessions": [None] * count,
        "period": [None] * count,
        **{name: data[name] for name in ("group_size", "group_id", "therapist", "start")},
        "end": [None] * count,
        "iep_date": data["reeval_date"],
        "reeval_date": data["reeval_date"],
        "compensatory_minutes": [None] * count,
        "compensatory_due": [None] * count,
        "esy": ["no"] * count,
        "service": ["OT"] * count,
        "frequency_text": words,
    }
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"nan_inf_to_errors": False})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Services")
    sheet.write_row(0, 0, list(sheet_columns))
    for row, cells in enumerate(zip(*sheet_columns.values(), strict=True), 1):
        for at, cell in enumerate(cells):
            if cell is None or cell != cell:
                continue
            if isinstance(cell, date):
                sheet.write_datetime(row, at, cell, dates)
            else:
                sheet.write(row, at, cell)
    book.close()
    return out.getvalue()
