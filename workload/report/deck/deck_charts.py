"""Native charts of the deck: editable, with their own small workbook, direct labels, the theme's colors and alt text.

The workbook inside a chart holds only what the chart shows, so a gated chart stays gated when somebody opens its data.
"""

from __future__ import annotations

import copy
import math

from workload.model.words import rounded
from workload.report.brief.drawn_blocks import step_ends
from workload.report.deck.canvas import FIT_CHARACTERS, Deck, Place, theme
from workload.report.lengths import shorter
from workload.report.sections.page_blocks import BRIDGE, CHANGE, COLUMNS, Chart
from workload.report.table_files import AS_TEXT
from workload.staffing.bridge import CAPACITY, NEED, SPARE, SUM

LABEL_POINTS = 12
LONGEST_CATEGORY = 60
SERIES_COLORS = ("ACCENT_1", "ACCENT_2", "ACCENT_3")
STEP_COLORS = {SUM: "ACCENT_1", NEED: "ACCENT_2", CAPACITY: "ACCENT_3", SPARE: "ACCENT_4"}
SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def draw(deck: Deck, slide, chart: Chart, place: Place):
    """The chart of a block, first category on top."""
    from pptx.enum.chart import XL_CHART_TYPE as TYPE

    number = "#,##0" if chart.digits == 0 else "#,##0." + "0" * chart.digits
    categories = [shorter(each, LONGEST_CATEGORY) or "–" for each in chart.categories]
    series = _series(chart)
    kind = {BRIDGE: TYPE.BAR_STACKED, COLUMNS: TYPE.COLUMN_CLUSTERED}.get(chart.kind, TYPE.BAR_CLUSTERED)
    made = _native(
        deck, slide, kind, categories, series, number, place, shorter(chart.words, FIT_CHARACTERS), chart.mark
    )
    plot = made.plots[0]
    plot.gap_width = 45
    if chart.kind in (BRIDGE, CHANGE):
        plot.overlap = 100
    if chart.kind == BRIDGE:
        _bridge_colors(plot, chart)
    else:
        for one, color in zip(plot.series, SERIES_COLORS, strict=False):
            _fill(one.format, color)
            one.invert_if_negative = False
            if chart.line is None or one is not plot.series[len(plot.series) - 1]:
                _labels(one, number, inside=chart.kind == COLUMNS)
    _axes(made, chart)
    if chart.line is not None:
        _last_as_line(made)
    return made


def _series(chart: Chart) -> dict[str, list[float | None]]:
    """The series of the small workbook, rounded as they are written."""
    if chart.kind != BRIDGE:
        made = {name: [_drawn(chart, value) for value in values] for name, values in chart.series.items()}
        if chart.line is not None:
            made[chart.line[0]] = [rounded(chart.line[1], 1)] * len(chart.categories)
        return made
    ends = step_ends(chart)
    (name,) = chart.series
    base: list[float | None] = [
        0.0 if kind == SUM else rounded(min(pair), chart.digits) for pair, kind in zip(ends, chart.kinds, strict=True)
    ]
    return {"–": base, name: [rounded(abs(end - start), chart.digits) for start, end in ends]}


def _drawn(chart: Chart, value: float) -> float | None:
    """A number to draw; none for what is not told, and none for no change, whose number would lie on the bar beside it."""
    number = None if value != value else rounded(value, chart.digits)
    return None if chart.kind == CHANGE and not number else number


def _native(deck: Deck, slide, kind, categories, series, number: str, place: Place, words: str, mark: str):
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    data = _chart_data(number)
    data.categories = categories
    for name, values in series.items():
        data.add_series(name, values)
    frame = slide.shapes.add_chart(kind, *deck.emu(place), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words)
    made = frame.chart
    made.font.size = Pt(LABEL_POINTS)
    made.font.color.theme_color = theme("TEXT_1")
    made.has_title = bool(mark)  # the heading of the slide is the title; the status goes along when the chart is copied
    if mark:
        made.chart_title.text_frame.text = mark
        made.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(LABEL_POINTS)
        made.chart_title.include_in_layout = False
    made.has_legend = len(series) > 1 and "–" not in series
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(LABEL_POINTS)
    return made


def _fill(format, color: str) -> None:
    format.fill.solid()
    format.fill.fore_color.theme_color = theme(color)


def _labels(series, number: str, inside: bool) -> None:
    """The value at the end of each bar; inside it where a line runs close above."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number, False
    labels.font.size = Pt(LABEL_POINTS)
    labels.position = XL_LABEL_POSITION.INSIDE_END if inside else XL_LABEL_POSITION.OUTSIDE_END
    if inside:
        labels.font.size, labels.font.bold = Pt(2 * LABEL_POINTS), True
        labels.font.color.theme_color = theme("BACKGROUND_1")


def _bridge_colors(plot, chart: Chart) -> None:
    """What carries a step is not drawn; a step has the color of its kind and its number as written."""
    from pptx.util import Pt

    carrier, steps = plot.series
    carrier.format.fill.background()
    (name,) = chart.series
    for at, (kind, written) in enumerate(zip(chart.kinds, chart.shown[name], strict=True)):
        point = steps.points[at]
        _fill(point.format, STEP_COLORS[kind])
        frame = point.data_label.text_frame
        frame.text = written
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(LABEL_POINTS), True
        small = abs(next(iter(chart.series.values()))[at]) < max(chart.series[name]) / 8
        run.font.color.theme_color = theme("TEXT_1" if small else "BACKGROUND_1")


def _axes(made, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    for axis in (made.category_axis, made.value_axis):
        axis.tick_labels.font.size = Pt(LABEL_POINTS)
        axis.format.line.color.theme_color = theme("BACKGROUND_2")
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.value_axis.has_major_gridlines = False
    made.value_axis.visible = False
    if chart.kind != COLUMNS:
        made.category_axis.reverse_order = True
    if chart.kind == COLUMNS:
        made.value_axis.minimum_scale = 0
    if chart.kind == CHANGE:
        made.value_axis.minimum_scale = left_of([value for values in chart.series.values() for value in values])


def left_of(values) -> float:
    """Where an axis begins so that the number of the longest bar to the left does not touch the names."""
    widest = max(map(abs, values)) or 1.0
    step = 10 ** math.floor(math.log10(widest)) / 2
    return rounded(math.floor((min(values) - widest / 4) / step) * step, 4)


def _last_as_line(made) -> None:
    """The last series as a dashed line through the columns: one chart, one small workbook, still editable."""
    from lxml import etree

    area = made._chartSpace.find(f"{SPACE}chart/{SPACE}plotArea")
    bars = area.find(f"{SPACE}barChart")
    series = bars.findall(f"{SPACE}ser")[-1]
    bars.remove(series)
    for tag in ("invertIfNegative", "spPr", "dLbls"):
        for found in series.findall(f"{SPACE}{tag}"):
            series.remove(found)
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    look = etree.fromstring(
        f'<c:spPr xmlns:c="{SPACE[1:-1]}" xmlns:a="{drawing}"><a:ln w="28575"><a:solidFill>'
        '<a:schemeClr val="accent2"/></a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr>'
    )
    series.find(f"{SPACE}tx").addnext(look)
    marker = etree.Element(f"{SPACE}marker")
    etree.SubElement(marker, f"{SPACE}symbol").set("val", "none")
    look.addnext(marker)
    line = etree.Element(f"{SPACE}lineChart")
    etree.SubElement(line, f"{SPACE}grouping").set("val", "standard")
    etree.SubElement(line, f"{SPACE}varyColors").set("val", "0")
    line.append(series)
    etree.SubElement(line, f"{SPACE}marker").set("val", "1")
    for axis in bars.findall(f"{SPACE}axId"):
        line.append(copy.deepcopy(axis))
    bars.addnext(line)


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
