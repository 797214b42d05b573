"""Native charts of the deck: editable, with their own small workbook, direct labels and alt text.

The workbook inside a chart holds only what the chart shows, so a gated chart stays gated when somebody opens its data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.figures.contrast import ink_on
from workload.model.words import rounded
from workload.report.deck.canvas import Deck, color
from workload.report.lengths import shorter
from workload.report.table_files import AS_TEXT

LABEL_POINTS = 12
LEAST_SHARE = 0.04  # of a whole bar; a smaller part of it has no room for its number
LONGEST_CATEGORY = 60


def chart(
    deck: Deck,
    slide,
    kind: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    place: tuple[float, float, float, float],
    words: str,
    colors: Sequence[str],
    digits: int = 1,
    number: str = "",
    overlap: int | None = None,
    gap: int = 55,
):
    """A chart of one kind ("bar", "column", "stacked"): first category on top, values rounded as they are written.

    place   left, top, width, height in inches
    words   alt text
    """
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    number = number or ("#,##0" if digits == 0 else "#,##0." + "0" * digits)
    data = _chart_data(number)
    data.categories = [shorter(each, LONGEST_CATEGORY) or "–" for each in categories]
    for name, values in series.items():
        data.add_series(name, [None if value is None else rounded(value, digits) for value in values])
    types = {
        "bar": XL_CHART_TYPE.BAR_CLUSTERED,
        "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
    }
    frame = slide.shapes.add_chart(types[kind], *(Inches(each) for each in place), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", shorter(words, 900))
    made = frame.chart
    made.font.size, made.font.name = Pt(LABEL_POINTS), deck.settings.brand.deck_font
    made.font.color.rgb = color(deck.settings.brand.ink)
    made.has_title = False
    made.has_legend = len(series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(LABEL_POINTS)
    _axes(made, deck, kind)
    if number.startswith('"$"'):
        made.value_axis.tick_labels.number_format, made.value_axis.tick_labels.number_format_is_linked = number, False
    plot = made.plots[0]
    plot.gap_width = gap
    if overlap is not None:
        plot.overlap = overlap
    whole = max((sum(value or 0 for value in values) for values in zip(*series.values(), strict=True)), default=0)
    for one, fill, values in zip(plot.series, colors, series.values(), strict=False):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = color(fill)
        one.invert_if_negative = False
        if kind != "stacked" or max(value or 0 for value in values) >= LEAST_SHARE * whole:
            _labels(one, number, fill, kind == "stacked", deck)
    return made


def _chart_data(number: str):
    """The data of a chart whose small workbook holds every text as text.

    The library writes category and series names as a spreadsheet program reads them when typed: a school called
    "=HYPERLINK(...)" would be a live formula for whoever chooses Edit data, and an address a link.
    """
    from contextlib import contextmanager

    from pptx.chart.data import CategoryChartData
    from pptx.chart.xlsx import CategoryWorkbookWriter
    from xlsxwriter import Workbook

    class TextWriter(CategoryWorkbookWriter):
        @contextmanager
        def _open_worksheet(self, xlsx_file):
            book = Workbook(xlsx_file, {"in_memory": True, **AS_TEXT})
            yield book, book.add_worksheet()
            book.close()

    class TextData(CategoryChartData):
        @property
        def _workbook_writer(self):
            return TextWriter(self)

    return TextData(number_format=number)


def _axes(made, deck: Deck, kind: str) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    for axis in (made.category_axis, made.value_axis):
        axis.tick_labels.font.size = Pt(LABEL_POINTS)
        axis.format.line.color.rgb = color(deck.settings.brand.line)
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.value_axis.has_major_gridlines = True
    made.value_axis.major_gridlines.format.line.color.rgb = color(deck.settings.brand.line)
    if kind in ("bar", "stacked"):
        made.category_axis.reverse_order = True
        made.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _labels(series, number: str, fill: str, inside: bool, deck: Deck) -> None:
    """The value at each bar: inside a stack in the color that reads on it, else at its end."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number, False
    labels.font.size = Pt(LABEL_POINTS)
    labels.font.color.rgb = color(ink_on(fill) if inside else deck.settings.brand.ink)
    labels.position = XL_LABEL_POSITION.CENTER if inside else XL_LABEL_POSITION.OUTSIDE_END


def work_chart(deck: Deck, slide, work: Mapping, place: tuple[float, float, float, float]) -> None:
    """What the work takes by kind, and what everybody in post has: two stacked bars on one scale."""
    parts = work["parts"]
    series: dict[str, list[float | None]] = {part["kind"]: [part["hours"], None] for part in parts}
    series["People in post"] = [None, work["available"] or None]
    colors = [*deck.settings.brand.work[: len(parts)], deck.settings.brand.muted]
    if work["missing"] > 0:
        series[work["missing_word"].capitalize()] = [None, float(work["missing_shown"].replace(",", ""))]
        colors.append(deck.settings.brand.accent)
    chart(
        deck,
        slide,
        "stacked",
        ["The work takes", work["people"].partition("\n")[0]],
        series,
        place,
        work["alt"],
        colors,
        overlap=100,
        gap=40,
    )
