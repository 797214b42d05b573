"""What the amount cells of a row say stays in this process, so that the next load of any file need not read it again.

Only what was understood to the last word is kept: such a row is numbers and words of the phrases' own vocabulary, and so
can name nobody. What was asked about, or has a word that is not known, is read anew and forgotten with its file.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping, Sequence

from workload.intake.columns.amount_names import AmountColumn
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.phrases.tokens import tidy, tokens_of
from workload.intake.rows.amount_lines import Amount

MOST = 50_000  # a district writes a few hundred; when so many are kept, all are forgotten
_kept: dict[bytes, dict[tuple[Value, ...], Amount]] = {}


def kept_amounts(columns: Sequence[AmountColumn], context: PhraseContext) -> MutableMapping[tuple[Value, ...], Amount]:
    """The amounts of rows under these headings after these answers, both known by their digest alone."""
    if sum(map(len, list(_kept.values()))) >= MOST:
        _kept.clear()
    return _kept.setdefault(hashlib.sha256(repr((columns, context)).encode()).digest(), {})


def may_stay(row: tuple[Value, ...], amount: Amount) -> bool:
    """Whether a row was understood to the last word."""
    reading = amount.reading
    settled = amount.trouble is None and (reading is None or reading.grade in ("A", "B") and not reading.leftovers)
    return settled and all(map(_is_known, row))


def _is_known(cell: Value) -> bool:
    if isinstance(cell, CellProblem):
        return False
    return not isinstance(cell, str) or all(token.kind != "UNKNOWN" for token in tokens_of(tidy(cell)))
