"""How well a color is read on another one."""

from __future__ import annotations

WHITE = "#FFFFFF"


def _linear(color: str) -> tuple[float, ...]:
    """Red, green and blue of "#RRGGBB" as light, 0 to 1 each."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def contrast(color: str, other: str) -> float:
    """Contrast ratio of two colors, 1 to 21. Source: WCAG 2.1, relative luminance."""
    dim, bright = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (_linear(color), _linear(other))
    )
    return (bright + 0.05) / (dim + 0.05)
