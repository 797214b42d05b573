"""The schools on plain latitude and longitude: no tiles, nothing fetched from anywhere."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians

import numpy as np
import pandas as pd

from workload.figures.chart import Chart, empty_chart, font, layout, short_name, value_axis
from workload.figures.masking import masked, masking_note, masking_words, shown_or_withheld
from workload.figures.palette import PAPER, WORK
from workload.figures.placing import Frame, text_positions
from workload.model.roster import NO_SCHOOL
from workload.model.words import count, hours

MOST_POINTS = 300
MAP_PIXELS = (600, 420)
LARGEST_POINT_PIXELS, SMALLEST_POINT_PIXELS = 34, 8
MAP_TITLE = "Where is the work? Schools by hours of work a week"
LOAD = "Load a roster on the page Data, or the sample on the page Home."


def schools_map(schools: pd.DataFrame, smallest: int = 0) -> Chart:
    """Schools as points at their coordinates, area by hours of work, true to scale in both directions.

    schools  `Answer.schools`; schools without coordinates are counted in the note and stand in the table
    """
    columns = ("School", "Work, hours a week", "Degrees north", "Degrees east", "Note")
    own = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    if own.empty:
        return empty_chart(MAP_TITLE, "There are no schools to show.", LOAD, columns)
    work, north, east = (own[name].to_numpy(float) for name in ("workload_hours", "latitude", "longitude"))
    placed, hidden = ~(np.isnan(north) | np.isnan(east)), masked(own["caseload"].to_numpy(float), smallest)
    names = own["school"].tolist()
    order = sorted(range(len(own)), key=lambda at: (hidden[at], 0.0 if hidden[at] else -work[at], names[at]))
    table = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    [names[at] for at in order],
                    shown_or_withheld(work[order], hidden[order], 1),
                    np.round(north[order], 4),
                    np.round(east[order], 4),
                    [
                        masking_words(smallest) if hidden[at] else "" if placed[at] else "no coordinates given"
                        for at in order
                    ],
                ),
                strict=True,
            )
        )
    )
    notes, missing = masking_note(hidden, smallest), int(np.sum(~placed))
    if missing:
        verb = "is" if missing == 1 else "are"
        notes.insert(0, f"{count(missing, 'school')} without coordinates {verb} not on the map.")
    seen = [at for at in order if placed[at] and not hidden[at]]
    if not seen:
        return replace(
            empty_chart(MAP_TITLE, " ".join(notes), "Fill in latitude and longitude on the Schools sheet."), table=table
        )
    drawn = seen[:MOST_POINTS]
    if len(drawn) < len(seen):
        notes.append(f"The {MOST_POINTS} with the most work of {len(seen)} are drawn; the table has all.")
    most = drawn[0]
    alt = (
        f"{count(len(drawn), 'school')} at their coordinates, larger for more hours of work. {names[most]} has the "
        f"most with {hours(work[most])} hours a week; together they have {hours(work[drawn].sum())} hours."
    )
    return Chart(
        _map_figure(drawn, names, work, north, east),
        MAP_TITLE,
        " ".join([alt, *notes]),
        table,
        " ".join(["Larger is more hours of work a week, written in hours. North is up.", *notes]),
    )


def _map_figure(drawn: list[int], names: list[str], work: np.ndarray, north: np.ndarray, east: np.ndarray) -> dict:
    stretch = 1 / max(cos(radians(float(np.mean(north[drawn])))), 0.05)  # a degree of longitude is shorter
    x, y = _span(east[drawn]), _span(north[drawn])
    scale = min(MAP_PIXELS[0] / (x[1] - x[0]), MAP_PIXELS[1] / stretch / (y[1] - y[0]))
    frame = Frame(x, y, (x[1] - x[0]) * scale, (y[1] - y[0]) * scale * stretch)
    sizes = SMALLEST_POINT_PIXELS + (LARGEST_POINT_PIXELS - SMALLEST_POINT_PIXELS) * np.sqrt(
        work[drawn] / max(work[drawn].max(), 1e-9)
    )
    texts = [f"{short_name(names[at])} {hours(work[at])} h" for at in drawn]
    positions = text_positions([(east[at], north[at]) for at in drawn], texts, frame, (sizes / 2).tolist())
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": east[drawn].tolist(),
        "y": north[drawn].tolist(),
        "marker": {"size": sizes.round(1).tolist(), "color": WORK, "opacity": 1, "line": {"color": PAPER, "width": 1}},
        "text": [text if position else "" for text, position in zip(texts, positions, strict=True)],
        "textposition": [position or "top center" for position in positions],
        "textfont": font(11),
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [f"{text} of work a week" for text in texts],
    }
    degrees = {"tickformat": ".2f", "nticks": 6}
    return {
        "data": [points],
        "layout": layout(
            500,
            xaxis=value_axis("degrees east", range=list(x), constrain="domain", **degrees),
            yaxis=value_axis(
                "degrees north", range=list(y), scaleanchor="x", scaleratio=stretch, constrain="domain", **degrees
            ),
        ),
    }


def _span(values: np.ndarray) -> tuple[float, float]:
    """The range of an axis with a margin; one point alone gets a twentieth of a degree."""
    low, high = float(values.min()), float(values.max())
    margin = max((high - low) * 0.1, 0.025)
    return low - margin, high + margin
