"""A block as the page's template draws it: plain data, charts as rows of pieces on one scale."""

from __future__ import annotations

from typing import Any

from workload.report.packet_choices import Brand
from workload.report.sections.page_blocks import BRIDGE, CHANGE, COLUMNS, Block, Bullets, Chart, Facts, Table, Words
from workload.report.sections.telling import Telling
from workload.staffing.bridge import CAPACITY, NEED, SPARE, SUM

THICK, THIN, BETWEEN = 15.0, 10.0, 1.5  # points of a bar by itself, of one of several, between them
ROOM_FOR_NUMBERS = 0.14  # of the scale, beyond the longest bar
PAGE, GUTTER = 90, 2  # letters in the width of a page; room beside a word, in letters
LABEL_WIDTHS = {BRIDGE: 130, CHANGE: 200, COLUMNS: 90}


def drawn(block: Block, tell: Telling) -> dict[str, object]:
    match block:
        case Words():
            return {"kind": "words", "text": block.text, "lead": block.lead, "small": block.small}
        case Bullets():
            return {"kind": "bullets", "lines": list(block.lines)}
        case Facts():
            return {"kind": "facts", "rows": [list(row) for row in block.rows]}
        case Table():
            return {
                "kind": "table",
                "heads": list(block.heads),
                "rows": [list(row) for row in block.rows],
                "words": block.words,
                "widths": wide_enough(block),
                "right": list(block.right),
                "strong": list(block.strong),
            }
        case Chart():
            return _chart(block, tell)
    raise TypeError(type(block).__name__)


def wide_enough(table: Table) -> list[float]:
    """The part of the width of each column, as given, with no column narrower than its longest word: none runs into the next."""
    given = table.widths or (1.0,) * len(table.heads)
    least = [
        (max(len(word) for row in (table.heads, *table.rows) for word in (row[at].split() or [""])) + GUTTER) / PAGE
        for at in range(len(given))
    ]
    made = [share / sum(given) for share in given]
    while sum(least) < 1 and any(one < low - 1e-9 for one, low in zip(made, least, strict=True)):
        tight = [one <= low + 1e-9 for one, low in zip(made, least, strict=True)]
        left = 1 - sum(low for low, is_tight in zip(least, tight, strict=True) if is_tight)
        free = sum(share for share, is_tight in zip(given, tight, strict=True) if not is_tight)
        made = [
            low if is_tight else share / free * left for share, low, is_tight in zip(given, least, tight, strict=True)
        ]
    return made


def step_ends(chart: Chart) -> list[tuple[float, float]]:
    """Where the bar of each step of a bridge begins and ends: sums from zero, changes from the level before them."""
    ends, level = [], 0.0
    for value, kind in zip(next(iter(chart.series.values())), chart.kinds, strict=True):
        start = 0.0 if kind == SUM else level
        level = value if kind == SUM else level + value
        ends.append((start, level))
    return ends


def step_colors(brand: Brand) -> dict[str, str]:
    return {SUM: brand.primary, CAPACITY: brand.muted, NEED: brand.accent, SPARE: brand.work[4 % len(brand.work)]}


def _chart(chart: Chart, tell: Telling) -> dict[str, object]:
    brand = tell.view.settings.brand
    colors = [brand.primary, brand.accent, brand.work[1 % len(brand.work)]]
    names, legend = list(chart.series), []
    if chart.kind == BRIDGE:
        ends, of = step_ends(chart), step_colors(brand)
        (name,) = names
        pieces = [
            [_piece(0, start, end, of[kind], words)]
            for (start, end), kind, words in zip(ends, chart.kinds, chart.shown[name], strict=True)
        ]
        thick = THICK
    elif chart.kind == CHANGE:
        pieces = [
            [
                _piece(
                    0,
                    0.0,
                    chart.series[name][at],
                    colors[place],
                    chart.shown[name][at],
                    left=chart.series[name][at] < 0,
                )
                for place, name in enumerate(names)
                if chart.series[name][at]
            ]
            for at in range(len(chart.categories))
        ]
        thick, legend = THICK, [{"name": name, "color": colors[at]} for at, name in enumerate(names)]
    else:
        thick = THICK if len(names) == 1 else THIN
        pieces = [
            [
                _piece(
                    place * (thick + BETWEEN),
                    0.0,
                    _number(chart.series[name][at]),
                    colors[place],
                    chart.shown[name][at],
                )
                for place, name in enumerate(names)
            ]
            for at in range(len(chart.categories))
        ]
        legend = (
            [{"name": name, "color": colors[at]} for at, name in enumerate(names)]
            if len(names) > 1 or chart.line
            else []
        )
    values = [value for row in pieces for one in row for value in (one["from"], one["to"])] + [0.0]
    values += [chart.line[1]] if chart.line else []
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    if chart.line:
        legend.append({"name": f"{chart.line[0]}: {chart.line[2]}", "color": brand.accent})
    several = max((len(row) for row in pieces), default=1) if chart.kind not in (BRIDGE, CHANGE) else 1
    longest = max((len(one) for one in chart.categories), default=0)
    return {
        "kind": "chart",
        "words": chart.words,
        "mark": chart.mark,
        "rows": [
            {"label": label, "pieces": row, "strong": bool(chart.kinds) and chart.kinds[at] == SUM}
            for at, (label, row) in enumerate(zip(chart.categories, pieces, strict=True))
        ],
        "low": low - (ROOM_FOR_NUMBERS * span if low < 0 else 0.0),
        "high": high + ROOM_FOR_NUMBERS * span,
        "height": several * (thick + BETWEEN),
        "thick": thick,
        "label_width": LABEL_WIDTHS.get(chart.kind, 110 if longest < 24 else 190),
        "line": {"value": chart.line[1]} if chart.line else None,
        "legend": legend,
    }


def _number(value: float) -> float:
    """A number to draw; one that is not told draws nothing."""
    return value if value == value else 0.0


def _piece(y: float, start: float, end: float, color: str, words: str, left: bool = False) -> dict[str, Any]:
    return {"y": y, "from": start, "to": end, "color": color, "words": words, "left": left}
