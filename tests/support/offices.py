"""A tidy roster written the way an office would: the same facts, other sheets, headings, words and additions.

book = as_office(tables, seed)
book.data, book.answers      # the workbook, and how its questions are answered
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from random import Random

import openpyxl

from tests.support.office_vocabulary import EVERY, HEADINGS, OT, OTHER_SERVICES, PERIOD_WORDS, UNUSED, VACANCIES
from tests.support.rosters import VACANT, Tables

REST = "Sheet9"  # a name that says nothing


@dataclass
class Office:
    """A workbook of an office, what its questions are answered with, and how many rows were added to be left out."""

    data: bytes
    answers: dict[str, str] = field(default_factory=dict)
    others: int = 0


class Writer:
    """Writes one roster; every habit is drawn once for a file, as one person keeps one list."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self.random = Random(seed)
        self.tables = tables
        self.answers: dict[str, str] = {"file:esy-column": "summer"}
        self.others = 0
        self.habits = {
            habit: self.random.random() < 0.5
            for habit in (
                "titles",
                "phrases",
                "other_services",
                "duplicates",
                "totals",
                "text_numbers",
                "percent",
                "two_rows",
                "tabs",
                "merged",
                "unused",
                "group_rows",
                "credentials",
            )
        }
        self.by = (
            self.random.choice(["school", "therapist"]) if self.habits["tabs"] or self.habits["group_rows"] else ""
        )

    def made(self) -> Office:
        """The workbook."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        if self.habits["unused"]:
            book.create_sheet("Notes")["A1"] = "Ask Pat about the new list"
        for table, rows in self.tables.items():
            if table == "services":
                self.services(book, rows)
            elif rows:
                self.plain(book, table, rows)
        out = io.BytesIO()
        book.save(out)
        return Office(out.getvalue(), self.answers, self.others)

    # --- services -----------------------------------------------------------------------------------------

    def services(self, book, rows: list[dict]) -> None:
        names = list(dict.fromkeys(name for row in rows for name in row))
        if self.habits["phrases"]:
            names = [name for name in names if name not in ("sessions", "period")]
            names[names.index("minutes_per_session")] = "frequency_text"
        if self.habits["other_services"]:
            names.insert(1, "service")
        headings = {name: self.random.choice(HEADINGS[name]) for name in names}
        groups = self.groups(rows)
        for at, (tab, own) in enumerate(groups.items()):
            shown = [name for name in names if name != self.by]
            title = tab or self.random.choice(["Services", "Caseload", "OT Roster"])
            if tab and tab != REST:
                self.answers[f"sheet:{title}"] = self.by
            self.sheet(book.create_sheet(title), shown, headings, own, last=at == len(groups) - 1)

    def groups(self, rows: list[dict]) -> dict[str, list[dict]]:
        """One sheet, or a tab for each school or person; rows without one stand on a sheet of their own."""
        if not self.by or not self.habits["tabs"]:
            return {"": rows}
        tabs: dict[str, list[dict]] = {}
        for row in rows:
            tabs.setdefault(REST if self.nobody(row.get(self.by)) else row[self.by], []).append(row)
        return tabs

    def nobody(self, value) -> bool:
        return value in VACANT

    def sheet(self, sheet, names: list[str], headings: dict[str, str], rows: list[dict], last: bool) -> None:
        random = self.random
        extra = [UNUSED[random.randrange(len(UNUSED))]] if self.habits["unused"] else []
        if self.habits["titles"]:
            for line in (["Oak County Schools"], ["OT caseload, fall 2026", None, "I = individual"], [])[
                : random.randint(1, 3)
            ]:
                sheet.append(line)
        heads = [headings[name] for name in names] + extra
        if self.habits["two_rows"] and not self.habits["phrases"]:
            self.two_rows(sheet, names, heads)
        else:
            sheet.append(heads)
        written = self.ordered(rows, names)
        if self.habits["duplicates"]:
            for row in random.sample(written, min(3, len(written))):
                written.insert(random.randrange(len(written) + 1), row)
        first = sheet.max_row + 1
        if self.by and not self.habits["tabs"]:
            self.under_heads(sheet, names, written, extra)
            first = sheet.max_row + 1
        else:
            self.rows(sheet, names, written, extra)
        if self.habits["merged"] and not self.habits["other_services"] and "school" in names:
            self.merge(sheet, names.index("school") + 1, first, sheet.max_row)
        if self.habits["totals"] and last:
            sheet.append(["Total", *[None] * (len(names) - 2), len(rows)])

    def under_heads(self, sheet, names: list[str], rows: list[dict], extra: list[str]) -> None:
        """A row "School: Oak" above the rows of each school or person; those of nobody stand before the first."""
        groups: dict[str, list[dict]] = {}
        for row in rows:
            groups.setdefault("" if self.nobody(row.get(self.by)) else row[self.by], []).append(row)
        for name, own in sorted(groups.items()):
            if name:
                sheet.append([f"{self.by.capitalize()}: {name}"])
            self.rows(sheet, names, own, extra)

    def two_rows(self, sheet, names: list[str], heads: list[str]) -> None:
        """A merged group label above two headings, the others with their label in the lower row."""
        upper: list[str | None] = [None] * len(heads)
        if {"start", "end"} <= set(names) and names.index("end") - names.index("start") == 1:
            upper[names.index("start")] = "Service Dates"
        sheet.append(upper if any(upper) else [None])
        sheet.append(heads)

    def ordered(self, rows: list[dict], names: list[str]) -> list[dict]:
        if self.habits["merged"] and "school" in names:
            return sorted(rows, key=lambda row: str(row.get("school") or ""))
        return list(rows)

    def rows(self, sheet, names: list[str], rows: list[dict], extra: list[str]) -> None:
        random = self.random
        phrases = {id(row): self.phrase(row) for row in rows}
        people = {id(row): self.person(row.get("therapist")) for row in rows}
        services = {id(row): random.choice(OT) for row in rows}
        for row in rows:
            if self.habits["other_services"] and random.random() < 0.3:
                self.others += 1
                sheet.append([self.other(name, row) for name in names] + extra)
            cells = {
                **row,
                "frequency_text": phrases[id(row)],
                "therapist": people[id(row)],
                "service": services[id(row)],
            }
            sheet.append(
                [self.cell(name, cells.get(name), id(row)) for name in names] + ["call 555-0100" for _ in extra]
            )

    def other(self, name: str, row: dict):
        return {"service": self.random.choice(OTHER_SERVICES), "frequency_text": "60 min weekly"}.get(
            name, row.get(name)
        )

    def phrase(self, row: dict) -> str:
        minutes, sessions, period = row["minutes_per_session"], row["sessions"], row["period"]
        every = self.random.choice(EVERY[period])
        if sessions == 1 and self.random.random() < 0.4:
            return f"1 x {minutes} min {every}"
        return self.random.choice(
            (
                f"{sessions} x {minutes} min {every}",
                f"{minutes} min x {sessions} Times = {minutes * sessions} min {every}",
                f"{sessions} X {minutes} minutes {every}",
                f" {sessions} x  {minutes} mins {every} ",
            )
        )

    def person(self, name: str | None) -> str | None:
        if self.nobody(name):
            return self.random.choice(VACANCIES)
        return f"{name}, OTR/L" if self.habits["credentials"] and self.random.random() < 0.5 else name

    def cell(self, name: str, value, row: int):
        if value is None:
            return None
        # What a row says is drawn from the row, so that a copy of it is a copy in every cell.
        own = Random(f"{name}{row}")
        if name == "period":
            return own.choice(PERIOD_WORDS[value])
        if (
            name in ("minutes_per_session", "sessions", "group_size", "compensatory_minutes")
            and self.habits["text_numbers"]
        ):
            return own.choice((str(value), f" {value} ", f"{value:,}"))
        if name == "delivery" and value:
            return own.choice(
                {
                    "individual": ("Individual", "Ind", "I", "1:1"),
                    "group": ("Group", "grp", "small group"),
                    "consult": ("Consult", "consultation", "Indirect"),
                }[value]
            )
        if isinstance(value, date) and self.habits["text_numbers"]:
            return own.choice((value, f"{value.month}/{value.day}/{value.year}", value.isoformat()))
        return value

    def merge(self, sheet, column: int, first: int, last: int) -> None:
        """Merge runs of one school, as a person who likes a tidy look does."""
        start = first
        for row in range(first, last + 2):
            value = sheet.cell(row, column).value if row <= last else object()
            if value != sheet.cell(start, column).value:
                if row - start > 1 and sheet.cell(start, column).value:
                    sheet.merge_cells(start_row=start, end_row=row - 1, start_column=column, end_column=column)
                start = row

    # --- the other sheets -----------------------------------------------------------------------------------

    def plain(self, book, table: str, rows: list[dict]) -> None:
        sheet = book.create_sheet(table.replace("_", " ").capitalize())
        names = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(names)
        for row in rows:
            sheet.append(
                [self.staff_cell(name, row.get(name)) if table == "therapists" else row.get(name) for name in names]
            )

    def staff_cell(self, name: str, value):
        if name == "fte" and value is not None and self.habits["percent"]:
            return self.random.choice((f"{value:.0%}", value, f"{value} FTE"))
        return value


def as_office(tables: Tables, seed: int) -> Office:
    """The roster as the office of this seed keeps it."""
    return Writer(tables, seed).made()
