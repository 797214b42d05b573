"""What a known report's cells mean in its system: codes, units, flags, and a column that says what another one means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from workload.intake.blocks.data_rows import HELPER, Block
from workload.intake.cells.cells import shown, tidy
from workload.intake.cells.values import number_in
from workload.intake.columns.presets import Preset, compact
from workload.intake.open.opened import CellProblem, Value
from workload.model.units import minutes as minutes_of_hours

URI = re.compile(r"^uri://\S+#", re.IGNORECASE)  # a descriptor of the Ed-Fi model: the word stands behind the #
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
SPELLED = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:hours?|hrs?|h)\.?)?\s*(?:,|and)?\s*(?:(\d+(?:\.\d+)?)\s*(?:minutes?|mins?|m)\.?)?",
    re.IGNORECASE,
)


def with_rules(block: Block) -> Block:
    """The block with the meanings of its report put in; without a known report, or rules in it, the block itself."""
    preset = block.found.preset
    if preset is None:
        return block
    cells = {name: _each(values, _without_address) for name, values in block.cells.items()}
    for column in block.found.columns:
        rule = _rule(preset, compact(column.heading))
        if rule:
            cells[column.key] = _each(cells[column.key], rule)
    _marks(preset, cells)
    _route(preset, cells)
    return replace(block, cells={name: values for name, values in cells.items() if not name.startswith(HELPER)})


def _each(values: Sequence[Value], change: Callable[[Value], Value]) -> list[Value]:
    """The values after a change that is made once for each distinct one. True is not 1 here."""
    known = {(type(value), value): change(value) for value in {(type(each), each): each for each in values}.values()}
    return [known[type(value), value] for value in values]


def _without_address(cell: Value) -> Value:
    return URI.sub("", cell) if isinstance(cell, str) else cell


def _rule(preset: Preset, heading: str) -> Callable[[Value], Value] | None:
    codes, unit = preset.values.get(heading), preset.units.get(heading)
    if codes:
        return lambda cell: _coded(cell, codes)
    if unit == "hours":
        return lambda cell: cell if (number := _number(cell)) is None else minutes_of_hours(number)
    return minutes_of if unit else None


def _coded(cell: Value, codes: Mapping[str, str]) -> Value:
    if cell is None or isinstance(cell, bool):
        return cell
    meant = codes.get(shown(cell).casefold())
    if meant is None and isinstance(cell, int | float) and cell == int(cell) and 0 <= cell < 10:
        meant = codes.get(f"{cell:02.0f}")  # 01 that a spreadsheet has made a number
    return cell if meant is None else meant or None


def _number(cell: Value) -> float | None:
    if isinstance(cell, bool):
        return None
    return float(cell) if isinstance(cell, int | float) else number_in(tidy(cell)) if isinstance(cell, str) else None


def minutes_of(cell: Value) -> Value:
    """Minutes of a length written in hours and minutes: "0:30", "1 hour 15 minutes", a time cell; else the cell."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, time):
        return float(minutes_of_hours(cell.hour) + cell.minute)
    if not isinstance(cell, str):
        return cell
    text = tidy(cell)
    if found := CLOCK.fullmatch(text):
        return float(minutes_of_hours(int(found[1])) + int(found[2]))
    found = SPELLED.fullmatch(text)
    if found and (found[1] or found[2]):
        return minutes_of_hours(float(found[1] or 0)) + float(found[2] or 0)
    return cell


def _marks(preset: Preset, cells: dict[str, list[Value]]) -> None:
    for mark in preset.marks:
        flags = cells.get(HELPER + mark.heading)
        if flags is None:
            continue
        before = cells.get(mark.column) or [None] * len(flags)
        cells[mark.column] = [
            mark.becomes if flag is not None and shown(flag).casefold() in mark.values else value
            for flag, value in zip(flags, before, strict=True)
        ]


def _route(preset: Preset, cells: dict[str, list[Value]]) -> None:
    """Minutes to the column that the row names; a row that names none cannot be read."""
    route = preset.route
    name = preset.columns[route.minutes] if route else ""
    if not route or HELPER + route.by not in cells or name not in cells:
        return
    minutes, by = cells[name], cells[HELPER + route.by]
    to = [None if word is None else route.to.get(shown(word).casefold()) for word in by]
    for column in dict.fromkeys(each for each in to if each):
        own = cells[column] if column in cells and column != name else [None] * len(minutes)
        cells[column] = [
            value if target == column else kept for value, target, kept in zip(minutes, to, own, strict=True)
        ]
    if name not in to:
        cells[name] = [None] * len(minutes)
    for at, target in enumerate(to):
        if target is None and minutes[at] is not None:
            words = shown(by[at]) if by[at] is not None else "no word"
            cells[name][at] = CellProblem("period", f"{shown(minutes[at])} minutes, {words}")
