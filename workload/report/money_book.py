"""The workbook of money and options: rates in shaded cells, every amount a formula on them, print areas and header rows set."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import timedelta

import xlsxwriter

from workload.model.school_year import school_year
from workload.model.words import about
from workload.report.gate import NOT_SHOWN
from workload.report.lengths import shorter
from workload.report.sections.ask_sections import option_row
from workload.report.sections.telling import Telling
from workload.report.table_files import AS_TEXT, for_a_cell
from workload.scenarios.cost import rates, weeks_to_come
from workload.scenarios.priced_ask import COVER, PricedPart

LEAST_FTE = 0.05  # of a part that is worth a row
FIRST_RATE = 7  # row of the first rate, counted from 1
MONEY_RATES = ("salary_ot", "salary_ota", "benefits_share", "start_up_post", "agency", "agency_ota")
WIDTHS = {"money": (34, 16, 12, 14, 14, 13, 16, 16, 34), "options": (38, 12, 14, 22, 22, 22, 16, 16), "read_me": (100,)}
POSITION_HEADS = ("position", "paid", "weeks", "starts", "ends", "kind", "this_year", "full_year", "fund")
OPTION_HEADS = ("option", "fte", "gap_after", "minutes_after", "gain", "change", "first", "later")
RATE_HEADS = ("rate", "value", "unit", "force", "source")
LINES = ("shaded", "options", "stays")  # of the read-me


class Book:
    """A workbook being written, with its formats."""

    def __init__(self, tell: Telling):
        self.tell, self.out = tell, io.BytesIO()
        self.file = xlsxwriter.Workbook(self.out, {"in_memory": True, **AS_TEXT})
        made, brand = self.file.add_format, tell.view.settings.brand
        wrap = {"text_wrap": True, "valign": "top", "font_size": 11}
        self.title = made({"bold": True, "font_size": 14, "font_color": brand.primary})
        self.head = made({**wrap, "bold": True, "bg_color": brand.primary, "font_color": "#FFFFFF"})
        self.text, self.strong = made(wrap), made({**wrap, "bold": True})
        self.mark = made({"bold": True, "font_color": brand.accent})
        self.day = made({**wrap, "num_format": "yyyy-mm-dd"})
        self.number, self.dollars = made({**wrap, "num_format": "0.00"}), made({**wrap, "num_format": "$#,##0"})
        self.input = made({**wrap, "bg_color": "#FFF2CC", "num_format": "#,##0.###", "border": 1})
        self.total = made({**wrap, "bold": True, "num_format": "$#,##0", "top": 1})

    def sheet(self, code: str):
        """A sheet with widths, its mark in the first row, print settings."""
        made = self.file.add_worksheet(self.tell.word(f"money_book.sheet_{code}"))
        for at, width in enumerate(WIDTHS[code]):
            made.set_column(at, at, width)
        made.write(0, 0, "  ".join(self.tell.marks), self.mark)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_footer("&L" + for_a_cell(self.tell.name).replace("&", "&&")[:80] + "&R&P / &N")
        return made

    def bytes(self) -> bytes:
        self.file.close()
        return self.out.getvalue()


def money_workbook(tell: Telling) -> bytes:
    """Read me, Money and Options. A changed rate moves every amount; the FTE come from the answer and stay."""
    book = Book(tell)
    book.file.set_properties({"title": shorter(tell.word("money_book.title", name=tell.name)), "created": _fixed()})
    _read_me(book)
    totals = _money(book)
    _options(book, totals)
    return book.bytes()


def priced_parts(tell: Telling) -> list[PricedPart]:
    return list(tell.asked.parts) if tell.asked is not None and tell.ask.fte else []


def _fixed():
    from datetime import datetime

    return datetime(1980, 1, 1)


def _read_me(book: Book) -> None:
    sheet, tell = book.sheet("read_me"), book.tell
    lines = (
        tell.word("money_book.title", name=tell.name),
        *(tell.word(f"money_book.{line}") for line in LINES),
        tell.foot,
    )
    sheet.write(1, 0, lines[0], book.title)
    for at, line in enumerate(lines[1:], start=2):
        sheet.write(at, 0, line, book.text)
    sheet.print_area(0, 0, len(lines) + 1, 0)


def _money(book: Book) -> tuple[str, str] | None:
    """The sheet of positions; the cells of its two totals, None without a position."""
    sheet, tell = book.sheet("money"), book.tell
    sheet.write(1, 0, tell.word("head.money"), book.title)
    place = _rates(book, sheet)
    top = FIRST_RATE + len(MONEY_RATES) + 2
    _heads(book, sheet, top - 1, POSITION_HEADS)
    parts = [part for part in priced_parts(tell) if part.fte >= LEAST_FTE]
    if not parts:
        sheet.write(top, 0, tell.word("word.none") if tell.branch == "none" else NOT_SHOWN, book.text)
        sheet.print_area(0, 0, top, len(POSITION_HEADS) - 1)
        return None
    for at, part in enumerate(parts):
        _position(book, sheet, top + at, part, place)
    last = top + len(parts)
    sheet.write(last, 0, tell.word("table.all"), book.strong)
    totals = []
    for column in (6, 7):
        letter = "ABCDEFGHI"[column]
        value = sum(getattr(part.dollars, name) for part in parts for name in [("this_year", "full_year")[column - 6]])
        sheet.write_formula(last, column, f"=SUM({letter}{top + 1}:{letter}{last})", book.total, value)
        totals.append(f"{sheet.get_name()}!${letter}${last + 1}")
    sheet.write(last + 2, 0, tell.word("money_book.rounded"), book.text)
    sheet.repeat_rows(top - 1)
    sheet.print_area(0, 0, last + 2, len(POSITION_HEADS) - 1)
    return totals[0], totals[1]


def _rates(book: Book, sheet) -> dict[str, str]:
    """The rates and the facts of a year in shaded cells; where each stands."""
    tell, place = book.tell, {}
    _heads(book, sheet, FIRST_RATE - 3, RATE_HEADS)
    answer = tell.view.answer
    facts = (("weeks", answer.demand.weeks), ("week", answer.staffing.full_week))
    row = FIRST_RATE - 2
    for id, value in facts:
        label, unit = tell.word(f"money_book.fact_{id}"), tell.word(f"money_book.unit_{id}")
        _rate_row(book, sheet, row, (label, value, unit, tell.word("force.contract"), tell.word("money_book.in_force")))
        place[id] = f"$B${row + 1}"
        row += 1
    for id in MONEY_RATES:
        force, source = tell.prices.source(id)
        label, unit = (rates()[id].label, rates()[id].unit) if tell.english else _rate_named(tell, id)
        _rate_row(book, sheet, row, (label, tell.prices[id], unit, tell.word(f"force.{force}"), for_a_cell(source)))
        place[id] = f"$B${row + 1}"
        row += 1
    return place


def _rate_named(tell: Telling, id: str) -> tuple[str, str]:
    """(what a rate is called, its unit) in another language than English."""
    return tell.word(f"rate.{id}"), tell.word(
        f"rate_unit.{rates()[id].unit.split(',')[0].replace(' ', '_').replace('.', '_')}"
    )


def _heads(book: Book, sheet, row: int, heads: Sequence[str]) -> None:
    """A row of headings: words of tables, or of this workbook alone."""
    for at, head in enumerate(heads):
        known = book.tell.words.has(f"money_book.{head}")
        sheet.write(row, at, book.tell.word(f"{'money_book' if known else 'table'}.{head}"), book.head)


def _rate_row(book: Book, sheet, row: int, cells: Sequence) -> None:
    for at, value in enumerate(cells):
        sheet.write(row, at, value, book.input if at == 1 else book.text)


def _position(book: Book, sheet, row: int, part: PricedPart, place: dict[str, str]) -> None:
    """One position: its weeks are a number, its dollars are formulas."""
    tell, ota = book.tell, part.role == "OTA"
    weeks = weeks_of(tell, part)
    sheet.write(row, 0, tell.word(f"part.{part.kind}", role=part.role), book.text)
    sheet.write(row, 1, part.contract_fte, book.number)
    sheet.write(row, 2, weeks, book.number)
    sheet.write_datetime(row, 3, _moment(part.start), book.day)
    if part.until:
        sheet.write_datetime(row, 4, _moment(part.until), book.day)
    sheet.write(row, 5, tell.word("table.one_time" if part.kind == COVER else "table.recurring"), book.text)
    fte, taken = f"$B{row + 1}", f"$C{row + 1}"
    if part.kind == COVER:
        this_year, full = f"={fte}*{place['week']}*{taken}*{place['agency_ota' if ota else 'agency']}", "=0"
    else:
        yearly = f"{fte}*{place['salary_ota' if ota else 'salary_ot']}*(1+{place['benefits_share']})"
        this_year, full = f"={yearly}*{taken}/{place['weeks']}+{fte}*{place['start_up_post']}", f"={yearly}"
    sheet.write_formula(row, 6, this_year, book.dollars, part.dollars.this_year)
    sheet.write_formula(row, 7, full, book.dollars, part.dollars.full_year)
    sheet.write(row, 8, shorter(tell.view.settings.fund, 60) or tell.word("word.not_named"), book.text)


def weeks_of(tell: Telling, part: PricedPart) -> float:
    """Instructional weeks that a position is paid in this school year."""
    answer = tell.view.answer
    weeks = weeks_to_come(answer, part.start)
    if part.kind == COVER and part.until is not None and part.until < school_year(part.start)[1]:
        weeks -= weeks_to_come(answer, part.until + timedelta(1))
    return weeks


def _moment(day):
    from datetime import datetime

    return datetime(day.year, day.month, day.day)


def _options(book: Book, totals: tuple[str, str] | None) -> None:
    """Today, the ask and the chosen options; what is not known is a dash."""
    sheet, tell = book.sheet("options"), book.tell
    sheet.write(1, 0, tell.word("money_book.sheet_options"), book.title)
    _heads(book, sheet, 2, OPTION_HEADS)
    row = 3
    for cells, linked in _rows(tell):
        for at, value in enumerate(cells):
            if linked and totals and at >= 6:
                sheet.write_formula(row, at, f"={totals[at - 6]}", book.dollars, _total(tell, at))
            else:
                number = isinstance(value, float)
                sheet.write(
                    row, at, value, book.dollars if number and at >= 6 else book.number if number else book.text
                )
        row += 1
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, row, len(OPTION_HEADS) - 1)


def _total(tell: Telling, at: int) -> float:
    name = "this_year" if at == 6 else "full_year"
    return sum(getattr(part.dollars, name) for part in priced_parts(tell) if part.fte >= LEAST_FTE)


def _rows(tell: Telling) -> Iterator[tuple[tuple, bool]]:
    row, after = tell.view.district, tell.after
    if tell.view.time_told:
        today = (float(row["gap_fte"]), about(float(row["student_minutes_at_risk"])))
        known = (value if value == value else NOT_SHOWN for value in today)
        yield (tell.word("word.today"), "–", *known, "–", "–", "–", "–"), False
    if tell.ask.fte:
        bought = (
            ("–",) * 4
            if after is None
            else (after["gap"], about(after["minutes"]), *(after[name] for name in ("gaining", "changing")))
        )
        yield (tell.word("word.the_ask"), float(tell.ask.fte.replace(",", "")), *bought, 0.0, 0.0), True
    for one in tell.options:
        told: list[object] = list(option_row(tell, one))
        for at, value in zip(
            (1, 2, 3, 6, 7),
            (one.fte, one.gap_after, one.minutes_after, one.first_year_cost, one.yearly_cost),
            strict=True,
        ):
            told[at] = "–" if value is None else about(float(value)) if at == 3 else float(value)
        yield tuple(told), False
