"""What charts in rows draw between the names and the numbers: uprights, two ends of a row, pairs of bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workload.figures.chart import for_plotly, note_at, row_bars
from workload.figures.tones import NAMED

IN_A_PAIR = (-0.19, 0.19)  # where the two bars of a row lie
LEGEND = {"showlegend": True}


def line_through(points: Iterable[tuple[float | None, float | None]], **line: object) -> dict:
    """A line that nobody points at; it breaks where a point is (None, None)."""
    x, y = zip(*points, strict=True)
    return {"type": "scatter", "mode": "lines", "x": list(x), "y": list(y), "line": line, "hoverinfo": "skip"}


def links(firsts: Sequence[float], seconds: Sequence[float], **line: object) -> dict:
    """In each row a line from the first value to the second."""
    rows = enumerate(zip(firsts, seconds, strict=True))
    return line_through(
        (point for row, ends in rows for point in ((ends[0], row), (ends[1], row), (None, None))),
        **{"color": NAMED.soft, "width": 2.5, **line},
    )


def upright(value: float, rows: int, first: float = -0.6, last: float = 0.4, **line: object) -> dict:
    """A line at one value beside all rows."""
    return line_through([(value, first), (value, rows - last)], **{"color": NAMED.soft, "width": 1.5, **line})


def marks(values: Sequence[float], places: Sequence[float], said: Sequence[str], marker: dict, **more: object) -> dict:
    """A mark in each row; `said` is what each says under the pointer."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": places,
        "marker": marker,
        "hoverinfo": "text",
        "hovertext": said,
        "cliponaxis": False,
        **more,
    }


def hollow(color: str = NAMED.soft, size: int = 10) -> dict:
    """An open mark: what was, or what answers another question."""
    return {"symbol": "diamond", "size": size, "color": NAMED.card, "line": {"color": color, "width": 2.5}}


def filled(color: str = NAMED.accent, size: int = 12, symbol: str = "circle") -> dict:
    """A full mark with a rim, so that it is seen over another one."""
    return {"symbol": symbol, "size": size, "color": color, "line": {"color": NAMED.card, "width": 1}}


def dumbbell(
    firsts: Sequence[float], seconds: Sequence[float], said: Sequence[Sequence[str]], names: tuple[str, str]
) -> tuple[dict, dict, dict]:
    """The line between two values of each row, the first as a hollow mark, the second as a filled one, called `names`."""
    places = list(range(len(firsts)))
    return (
        links(firsts, seconds),
        marks(firsts, places, said[0], hollow(), name=names[0]),
        marks(seconds, places, said[1], filled(), name=names[1]),
    )


def keys_above(first: float, second: float, hollow_word: str, filled_word: str) -> list[dict]:
    """What the two marks of the first row are, in words over them and away from each other."""
    to_right = second >= first
    return [
        note_at(text, x=x, y=-0.45, yanchor="bottom", xanchor=side, xshift=6 if side == "right" else -6)
        for x, text, side in (
            (first, f"{hollow_word} ◇", "right" if to_right else "left"),
            (second, f"● {filled_word}", "left" if to_right else "right"),
        )
    ]


def bar_of_pair(side: int, values: Sequence[float], said: Sequence[str], name: str, color: str, **more: object) -> dict:
    """The upper (0) or the lower (1) bar of each row, named in the legend."""
    places = [row + IN_A_PAIR[side] for row in range(len(values))]
    return row_bars(values, places, said, width=0.34, name=name, marker={"color": color}, **LEGEND, **more)


def two_lines(label: str, letters: int) -> str:
    """A label as Plotly shows it: over two lines where it has more than so many letters."""
    spaces = [place for place, letter in enumerate(label) if letter == " "]
    if len(label) <= letters or not spaces:
        return for_plotly(label)
    middle = min(spaces, key=lambda place: abs(place - len(label) / 2))
    return f"{for_plotly(label[:middle])}<br>{for_plotly(label[middle + 1 :])}"
