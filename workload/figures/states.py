"""Required FTE, available FTE and their gap as one state, written with the digits of Answer wherever it stands."""

from __future__ import annotations

from workload.model.words import EVEN_FTE, FTE_DIGITS, agreeing_digits, rounded, shown


def state_texts(required: float, available: float) -> tuple[str, str, str]:
    """(required, available, gap) FTE of one state as Answer writes them: the three agree as they stand."""
    digits = agreeing_digits(required, available)
    return shown(required, digits), shown(available, digits), minus(shown(available - required, digits))


def gap_words(required: float, available: float) -> str:
    """ "short 3.2", "room for 0.4" or "even": as it agrees with what is needed and had, which stand beside it."""
    return _gap(available - required, agreeing_digits(required, available))


def gap_alone(required: float, available: float) -> str:
    """The same where the two do not stand beside it, as in a list of schools: one decimal for every row."""
    return _gap(available - required, FTE_DIGITS)


def _gap(exact: float, digits: int) -> str:
    gap = rounded(exact, digits)
    if not gap or abs(exact) < EVEN_FTE:
        return "even"
    if gap != gap:
        return f"room for {shown(gap, digits)}"
    return f"short {-gap:,.{digits}f}" if gap < 0 else f"room for {gap:,.{digits}f}"


def gap_clause(required: float, available: float) -> str:
    """ "is short 3.2 FTE", "has room for 0.4 FTE" or "is even": what a sentence says of a district."""
    words = gap_words(required, available)
    return f"has {words} FTE" if words.startswith("room") else "is even" if words == "even" else f"is {words} FTE"


def minus(text: str) -> str:
    """A number with a proper minus sign."""
    return text.replace("-", "−")


def number_of(text: str) -> float:
    """The number of a text that this module wrote."""
    return float(text.replace("−", "-").replace(",", ""))
