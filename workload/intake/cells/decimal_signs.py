"""Whether a point or a comma divides the decimals of a column of numbers: by the column, or by what a person has said."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from workload.intake.cells.cells import tidy
from workload.intake.open.opened import CellProblem, Value
from workload.model.coded_list import distinct as values_of
from workload.model.coded_list import each

DECIMAL_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}|0,\d+", re.ASCII)
DECIMAL_POINT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}", re.ASCII)
EITHER = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
UNSURE_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


def with_decimal_points(cells: Sequence[Value], sign: str = "", distinct: Set[Value] | None = None) -> Sequence[Value]:
    """Numbers that are written with decimal commas as numbers with decimal points, decided by the whole column.

    "540,0" and "2.160,00" show decimal commas, so that "1.080" beside them is 1,080. Where nothing shows it, "1.080"
    could be either: the cell becomes a problem until a person has said which `sign` divides ("comma", "point").
    """
    texts = {
        cell: tidy(cell)
        for cell in (values_of(cells) if distinct is None else distinct)
        if type(cell) is str and ("," in cell or UNSURE_THOUSANDS.search(cell))
    }
    if not texts:
        return cells
    with_commas = {text for text in texts.values() if DECIMAL_COMMA.fullmatch(text)}
    thousands = any(UNSURE_THOUSANDS.fullmatch(text) for text in texts.values())
    commas = (
        len(with_commas) > 1
        or any("." in text or text.startswith("0,") for text in with_commas)
        or bool(with_commas and thousands)
    )  # one alone may be a slip
    # "1,125" may be a thousand or one and an eighth; beside "0,5" it is no thousand.
    either = EITHER if any(text.startswith("0,") for text in with_commas) else UNSURE_THOUSANDS
    points = any(DECIMAL_POINT.fullmatch(text) and not either.fullmatch(text) for text in texts.values())
    if sign == "comma" or (commas and not points):
        meant: dict[Value, Value] = {
            cell: text.replace(".", "").replace(",", ".")
            for cell, text in texts.items()
            if DECIMAL_COMMA.fullmatch(text) or UNSURE_THOUSANDS.fullmatch(text) or either.fullmatch(text)
        }
    elif sign == "point" or points:
        return cells
    else:
        meant = {cell: CellProblem("decimal", text) for cell, text in texts.items() if UNSURE_THOUSANDS.fullmatch(text)}
    return each(cells, lambda cell: meant.get(cell, cell) if type(cell) is str else cell) if meant else cells
