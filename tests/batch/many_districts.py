"""Districts in any number for a run, a twentieth of them broken in varied ways, with what each must end as."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

import xlsxwriter

COLUMNS = (
    "district",
    "files",
    "map",
    "posts",
    "assumptions",
    "state",
    "day",
    "students_with_disabilities",
    "latitude",
    "longitude",
)
SERVICES = ("student_id", "school", "grade", "frequency", "delivery", "group_size", "therapist", "plan")
PHRASES = ("2 x 30 min weekly", "30 min 1x/week", "60 minutes per month", "1 x 45 min/wk", "3 x 20 minutes weekly")
EVERY = 20  # one district in so many is broken
NO_ANSWER, FINE = "no answer", ""
BROKEN = (
    *("empty file", "text in a workbook's name", "cut off", "no services", "headings only", "missing file"),
    *("map that is none", "impossible assumption", "no such day", "no such state", "denominator in words"),
)


def write_districts(folder: Path, count: int, rows: int, every: int = EVERY) -> dict[str, str]:
    """Write workbooks and a manifest; returns district -> how it is broken, "" for one that can be answered."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, made = [], {}
    for at in range(count):
        name = f"District {at:04}"
        kind = BROKEN[at // every % len(BROKEN)] if at % every == every - 1 else FINE
        listed.append(_one(folder, name, at, rows, kind))
        made[name] = kind
    with open(folder / "manifest.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(listed)
    return made


def _one(folder: Path, name: str, at: int, rows: int, kind: str) -> dict[str, str]:
    random, file = Random(at), f"d{at:04}.xlsx"
    people = [f"Person {each}" for each in range(max(2, rows // 60))]
    data = _workbook(random, at, rows, people, kind)
    entry = {"district": name, "files": file, "day": "2026-10-01", "students_with_disabilities": str(4 * rows + at)}
    if at % 3:
        entry |= {"latitude": f"{43 + at / 100:.2f}", "longitude": f"{-89 - at / 50:.2f}"}
    if at % 5 == 2:
        entry.pop("students_with_disabilities")
    if at % 8 == 1:  # without a Therapists sheet, and with posts of their own
        posts = "".join(f"{person},OT,1\n" for person in people)
        (folder / f"p{at:04}.csv").write_text("therapist,role,fte\n" + posts)
        entry["posts"] = f"p{at:04}.csv"
    settings = {
        "map that is none": ("map", "not = a map"),
        "impossible assumption": ("assumptions", "instructional_weeks = -3"),
    }
    if kind in settings:
        column, text = settings[kind]
        (folder / f"{column}{at:04}.toml").write_text(text)
        entry[column] = f"{column}{at:04}.toml"
    entry |= {
        "no such day": {"day": "October 1"},
        "no such state": {"state": "ZZ"},
        "denominator in words": {"students_with_disabilities": "many"},
    }.get(kind, {})
    if kind != "missing file":
        (folder / file).write_bytes(
            {
                "empty file": b"",
                "text in a workbook's name": b"Dear Sir or Madam",
                "cut off": data[: len(data) // 2],
            }.get(kind, data)
        )
    return entry


def _workbook(random: Random, at: int, rows: int, people: list[str], kind: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Services" if kind != "no services" else "Notes")
    if kind == "no services":
        sheet.write_row(0, 0, ("Dear all", "see below"))
    else:
        sheet.write_row(0, 0, SERVICES)
        for row in range(0 if kind == "headings only" else rows):
            group = random.random() < 0.3
            sheet.write_row(
                row + 1,
                0,
                (
                    *(str(10_000 + row), f"School {random.randrange(12)}", random.choice(("K", "2", "5", "9"))),
                    *(
                        "30 minutes" if at % 6 == 3 and row < 3 else random.choice(PHRASES),
                        "group" if group else "individual",
                        3 if group else None,
                    ),
                    *(random.choice(people), "504" if random.random() < 0.1 else "IEP"),
                ),
            )
    if at % 4 != 1 and kind != "no services":
        posts = book.add_worksheet("Therapists")
        posts.write_row(0, 0, ("therapist", "role", "fte"))
        for row, person in enumerate(people, start=1):
            posts.write_row(row, 0, (person, "OT", 0.2 if at % 3 else 1))
    book.close()
    return out.getvalue()
