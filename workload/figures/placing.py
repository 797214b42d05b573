"""Where labels go beside their points so that they do not lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LETTER_PIXELS, LINE_PIXELS, POINT_PIXELS = 6.2, 14, 7
# Plotly's position -> where the label's box lies, in widths and heights from the point
POSITIONS = {
    "middle right": (0.5, 0),
    "middle left": (-0.5, 0),
    "top center": (0, 1),
    "bottom center": (0, -1),
    "top right": (0.5, 1),
    "bottom right": (0.5, -1),
    "top left": (-0.5, 1),
    "bottom left": (-0.5, -1),
}
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """The part of the plane that is drawn and its size in pixels on a small screen."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    def pixels(self, point: tuple[float, float]) -> tuple[float, float]:
        """Pixels from the lower left corner."""
        return (
            (point[0] - self.x[0]) / (self.x[1] - self.x[0]) * self.width,
            (point[1] - self.y[0]) / (self.y[1] - self.y[0]) * self.height,
        )


def text_positions(
    points: Sequence[tuple[float, float]], texts: Sequence[str], frame: Frame, radii: Sequence[float] | None = None
) -> list[str | None]:
    """Plotly's text position for each point's label; None where it finds no place. First come, first placed.

    radii  of the points in pixels; None for points of the usual size
    """
    places = [frame.pixels(point) for point in points]
    radii = radii or [POINT_PIXELS] * len(places)
    points_at, around = np.reshape(places, (-1, 2)), np.reshape(radii, (-1, 1))
    taken = np.vstack((np.hstack((points_at - around, points_at + around)), np.full((len(texts), 4), np.nan)))
    found: list[str | None] = []
    for at, text in enumerate(texts):
        own = taken[at].copy()
        taken[at] = np.nan  # nothing lies on NaN: neither a label on its own point nor on a place that is free
        position, box = _first_free(places[at], len(text), radii[at], taken, frame) if text else (None, None)
        taken[at] = own
        if box:
            taken[len(places) + at] = box
        found.append(position)
    return found


def _first_free(
    place: tuple[float, float], letters: int, radius: float, taken: np.ndarray, frame: Frame
) -> tuple[str | None, Box | None]:
    width = letters * LETTER_PIXELS
    for position, (across, up) in POSITIONS.items():
        x = place[0] + across * (width + 2 * radius)
        y = place[1] + up * (LINE_PIXELS / 2 + radius)
        box = (x - width / 2, y - LINE_PIXELS / 2, x + width / 2, y + LINE_PIXELS / 2)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height
        if inside and not _overlap(box, taken).any():
            return position, box
    return None, None


def _overlap(box: Box, others: np.ndarray) -> np.ndarray:
    """(others,) which of the boxes, (others, 4), lie on this one."""
    return (box[0] < others[:, 2]) & (others[:, 0] < box[2]) & (box[1] < others[:, 3]) & (others[:, 1] < box[3])
