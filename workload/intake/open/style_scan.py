"""Which cell formats of a workbook are colored or struck through: colors are not read, but rows with them are counted."""

from __future__ import annotations

import re
from collections.abc import Callable

STRUCK = "struck through"
_STYLED = re.compile(rb'<(?:\w+:)?c\s+r="[A-Z]+(\d+)"\s+s="(\d+)"')
_WHITE, _DARK, _PALE = 0.96, 0.12, 0.12
_HUES = (
    (20, "red"),
    (50, "orange"),
    (70, "yellow"),
    (165, "green"),
    (200, "blue-green"),
    (260, "blue"),
    (330, "purple"),
    (360, "red"),
)
_FEW = 16  # marked formats up to which a block without any of them is passed over at once
_MOST_ROWS = 20_000  # of one color in one sheet; more are not a mark any more


def styles_of(xml: bytes, each_element: Callable) -> dict[bytes, str]:
    """Number of a cell format, as the sheets write it -> the color or mark that a person sees."""
    if b"solid" not in xml and b"strike" not in xml:
        return {}
    looks = _Looks()
    each_element(xml, looks.see)
    return looks.by_format


class _Looks:
    """Follows the elements of a style part, which come in the order fonts, fills, cell formats."""

    def __init__(self) -> None:
        self.by_format: dict[bytes, str] = {}
        self._in = ""
        self._fonts: list[bool] = []
        self._fills: list[str] = []
        self._formats = 0

    def see(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in one element."""
        if tag in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "colors"):
            self._in = tag
        elif self._in == "fonts" and tag == "font":
            self._fonts.append(False)
        elif self._in == "fonts" and tag == "strike" and self._fonts:
            self._fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif self._in == "fills" and tag == "fill":
            self._fills.append("")
        elif self._in == "fills" and tag == "patternFill" and self._fills:
            self._fills[-1] = "colored" if attributes.get("patternType") == "solid" else ""
        elif self._in == "fills" and tag == "fgColor" and self._fills and self._fills[-1]:
            self._fills[-1] = color_word(attributes)
        elif self._in == "cellXfs" and tag == "xf":
            self._format(attributes)

    def _format(self, attributes: dict[str, str]) -> None:
        look = _at(self._fills, attributes.get("fillId"), "") or (
            STRUCK if _at(self._fonts, attributes.get("fontId"), False) else ""
        )
        if look:
            self.by_format[str(self._formats).encode()] = look
        self._formats += 1


def _at(values: list, position: str | None, default):
    at = int(position) if position and position.isdigit() else -1
    return values[at] if 0 <= at < len(values) else default


def color_word(attributes: dict[str, str]) -> str:
    """What a person would call a fill color; nothing for white."""
    rgb = attributes.get("rgb", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{6,8}", rgb):
        return "" if attributes.get("theme") == "0" and "tint" not in attributes else "another color"
    red, green, blue = (int(rgb[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    high, low = max(red, green, blue), min(red, green, blue)
    if low >= _WHITE:
        return ""
    if high - low <= _PALE * high or high <= _DARK:
        return "black" if high <= _DARK else "gray"
    spread = high - low
    if high == red:
        hue = 60 * ((green - blue) / spread % 6)
    else:
        hue = 60 * ((blue - red) / spread + 2) if high == green else 60 * ((red - green) / spread + 4)
    return next(word for end, word in _HUES if hue <= end)


class ColoredRows:
    """Collects the rows of one sheet that hold a cell of a marked format."""

    def __init__(self, styles: dict[bytes, str]) -> None:
        self.rows: dict[str, set[int]] = {}
        self._styles = styles
        self._marks = [b's="' + number + b'"' for number in styles] if len(styles) <= _FEW else [b"s="]

    def look(self, block: bytes) -> None:
        """Look at the cells of a block."""
        if not self._styles or not any(mark in block for mark in self._marks):
            return
        for row, number in dict.fromkeys(_STYLED.findall(block)):  # in the order of the sheet, not of hashes
            if number not in self._styles:
                continue
            rows = self.rows.setdefault(self._styles[number], set())
            if len(rows) < _MOST_ROWS:
                rows.add(int(row))
