"""What a packet asks for, with every number already rounded and written: the languages only phrase it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from workload.model.roster import NO_SCHOOL
from workload.model.words import EVEN_FTE, agreeing_digits, day_in, fte, in_words, rounded, shown
from workload.premises.premise_list import gap_ends, open_premises
from workload.report.ask_record import COVER, FILL, PERMANENT, Ask, Part
from workload.report.gate import NOT_SHOWN
from workload.report.lengths import LONGEST_SCHOOL, shorter
from workload.report.reader_view import View
from workload.staffing.ask_parts import AskParts

MOST_SCHOOLS = 3  # named when the district names none


def ask_of(view: View) -> Ask:
    """The ask: its parts, what is short with its span, by when, for which schools."""
    answer, row, waits = view.answer, view.district, len(open_premises(view.answer))
    if not view.time_told:
        return _of_need_alone(view, waits)
    span = gap_ends(answer, view.told)
    digits = agreeing_digits(row["required_fte"], row["available_fte"])
    short = -row["gap_fte"]
    low, high = -span.high, -span.low
    asked = view.ask_parts
    parts = _parts(asked) if asked else ()
    ranged = short >= EVEN_FTE and high > low
    named = _named(view) if parts else view.schools.head(0)
    total = sum(float(part.fte.replace(",", "")) for part in parts)
    return Ask(
        fte=fte(total) if parts else "",
        short=shown(short, digits) if short >= EVEN_FTE else "",
        low=shown(abs(low), digits) if ranged else "",
        low_is_room=ranged and rounded(low, digits) < 0,
        high=shown(high, digits) if ranged else "",
        by=_by(view.settings.needed_by) if parts else "",
        schools=tuple(
            (shorter(one["school"], LONGEST_SCHOOL), fte(-one["gap_fte"]) if one["gap_fte"] <= -EVEN_FTE else "")
            for one in named.to_dict("records")
        ),
        chosen=bool(view.settings.schools),
        unnamed=_unnamed(view) if parts else 0,
        partly=bool(view.time_note),
        required=shown(row["required_fte"], digits),
        available=shown(row["available_fte"], digits),
        parts=parts,
        waits=waits,
    )


def _by(typed: str) -> str:
    """A day in words, however it was typed; other words as they are."""
    day = day_in(typed)
    return shorter(typed) if day is None else in_words(day)


def _of_need_alone(view: View, waits: int) -> Ask:
    """No ask, where nobody has said who is in post, or the gap would tell the time of one or two people."""
    return Ask(
        required=view.gate.fte_words(view.district["required_fte"]),
        available=NOT_SHOWN,
        chosen=bool(view.settings.schools),
        partly=True,
        withheld=view.answer.posts_known,
        waits=waits,
        posts_known=view.answer.posts_known,
    )


def _parts(parts: AskParts) -> tuple[Part, ...]:
    """The parts that are worth a word, by kind and role."""
    made: list[tuple[str, str, float, date | None, date | None]]
    made = [(PERMANENT, role, value, None, None) for role, value in parts.permanent.items()]
    made += [(FILL, role, value, None, None) for role, value in parts.fill.items()]
    made += [(COVER, one.role, one.fte, one.start, one.until) for one in parts.cover]
    return tuple(
        Part(kind, role, fte(value), start, until) for kind, role, value, start, until in made if value >= EVEN_FTE
    )


def shortest(view: View) -> pd.DataFrame:
    """The shown schools with a shortfall, the largest first."""
    return view.once(_shortest)


def _shortest(view: View) -> pd.DataFrame:
    return _by_gap(view.schools, (view.schools["gap_fte"] <= -EVEN_FTE).to_numpy())


def _by_gap(table: pd.DataFrame, chosen: np.ndarray) -> pd.DataFrame:
    """The chosen rows, the largest gap first, schools with one gap by their names."""
    gap, name = table["gap_fte"].tolist(), table["school"].tolist()
    return table.iloc[sorted(np.flatnonzero(chosen), key=lambda at: (gap[at] != gap[at], gap[at], name[at]))]


def _named(view: View) -> pd.DataFrame:
    """The schools of the ask that this reader may see by themselves."""
    if not view.settings.schools:
        return shortest(view).head(MOST_SCHOOLS)
    return _by_gap(view.schools, view.schools["school"].isin(view.settings.schools).to_numpy())


def _unnamed(view: View) -> int:
    chosen = set(view.settings.schools)
    return len(chosen & set(schools_of(view.answer))) - len(chosen & set(view.schools["school"]))


def schools_of(answer) -> list[str]:
    """The schools of the roster that an ask can name, in alphabetical order."""
    return sorted(name for name in answer.schools["school"] if name != NO_SCHOOL)
