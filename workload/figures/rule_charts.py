"""Rules and methods: students against limits, and the same district by every method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workload.figures import chart
from workload.figures.row_marks import filled, hollow, links, marks, two_lines, upright
from workload.figures.tones import NAMED
from workload.model.words import count, fte, fte_number, fte_span, rounded, shown
from workload.staffing.caps.caseload_caps import CapCheck
from workload.staffing.published_methods import HEADS, HOUSE, UNITS, MethodResult

CAPS_TITLE = "Who has more students than a rule names? Students counted against the limit for each contract"
METHODS_TITLE = "Would another method say the same? FTE required, by each published method"
NO_CAPS = "No caseload number for OTs is in force here on this day."
CHOOSE = "Choose a state that has one, or add a rule of your contract."
MOST_ROWS = 40
LETTERS = 34


def students_against_limits(
    checks: Mapping[str, Sequence[CapCheck]], names: Mapping[str, str], opens: Mapping[str, str] | None = None
) -> chart.Chart:
    """Each person's count beside the limit that leaves the least room, in neutral order.

    checks  `caps_for`: the checks of each person, tightest first
    names   what to call each person, in the order in which they are drawn; the others are left out
    opens   what a click on each person opens
    """
    columns = ("Therapist", "Rule", "Students counted", "Limit for this contract", "Over by", "Binds")
    rows = [
        (names[person], check, at == 0)
        for person in names
        if person in checks
        for at, check in enumerate(checks[person])
    ]
    if not rows:
        return chart.empty_chart(CAPS_TITLE, NO_CAPS, CHOOSE, columns)
    table = pd.DataFrame(
        [
            [
                name,
                f"{check.label} ({check.rule})",
                rounded(check.value, 0),
                rounded(check.limit, 1),
                rounded(check.over, 1),
                "yes" if first else "",
            ]
            for name, check, first in rows
        ],
        columns=columns,
    )
    binding = [(name, check) for name, check, first in rows if first]
    drawn = binding[:MOST_ROWS]
    over = [check for _, check in binding if check.is_outside]
    alt = (
        f"Students counted against the limit of {count(len(binding), 'OT')}. {len(over)} of {len(binding)} "
        f"{'is' if len(over) == 1 else 'are'} outside the number that leaves the least room, by "
        f"{shown(sum(check.over for check in over))} students together."
    )
    note = (
        "The bar is the students counted: the OT's own and those of the OTAs whom the OT supervises. The dark mark is "
        "the limit for the contract, by the rule that leaves the least room. A count says nothing about minutes."
    )
    if len(drawn) < len(binding):
        note += f" The first {MOST_ROWS} of {len(binding)} people are drawn; the table has all."
    found = f"{len(over)} of {count(len(binding), 'OT')} {'has' if len(over) == 1 else 'have'} a count outside a rule"
    codes = {name: code for code, name in names.items()}
    opened = chart.opening(_against(drawn), [None if opens is None else opens.get(codes[name]) for name, _ in drawn])
    return chart.Chart(opened, CAPS_TITLE, alt, table, note, found)


def _against(drawn: Sequence[tuple[str, CapCheck]]) -> dict:
    """The counts as bars, the limits as marks on them."""
    places = list(range(len(drawn)))
    bars = chart.row_bars(
        [check.value for _, check in drawn],
        places,
        [
            f"{chart.short_name(name)}: {check.value:g} students counted, the limit is {shown(check.limit)}"
            for name, check in drawn
        ],
        width=0.6,
        marker={"color": NAMED.soft},
        name="students counted",
    )
    limits = chart.two_tone(
        {
            "type": "scatter",
            "mode": "markers",
            "y": places,
            "x": [check.limit for _, check in drawn],
            "marker": {"symbol": "line-ns", "size": 17},
            "name": "limit",
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    )
    top = max(max(check.value, check.limit) for _, check in drawn) * 1.06
    right = [_room_words(check) for _, check in drawn]
    return chart.rows_figure(
        [bars, *limits],
        [chart.short_name(name) for name, _ in drawn],
        right,
        chart.value_axis("students", range=[0, top]),
        first=-1.2,
        heading="against the limit",
        extra=24,
    )


def _room_words(check: CapCheck) -> str:
    if check.over > 0:
        return f"{shown(check.value, 0)} of {_short(check.limit)}, {_short(check.over)} over"
    if check.is_outside:
        return f"{shown(check.value, 0)} of {_short(check.limit)}, reached"
    return f"{shown(check.value, 0)} of {_short(check.limit)}"


def _short(value: float) -> str:
    """A number of students: whole ones without a decimal."""
    return shown(value, 0 if rounded(value, 1) == rounded(value, 0) else 1)


def by_every_method(methods: Sequence[MethodResult], available_fte: float) -> chart.Chart:
    """Required FTE by each method as a dot or, where it gives two ends, a line; the FTE in post as a mark.

    Methods that count heads or funding units are drawn open: they answer another question.
    """
    columns = (
        "Method",
        "FTE, low",
        "FTE, high",
        "Force",
        "How well read",
        "Source",
        "Takes in",
        "Leaves out",
        "Never combine",
    )
    table = pd.DataFrame(
        [
            [
                one.label,
                fte_number(one.low),
                fte_number(one.high),
                one.force,
                one.evidence,
                one.source,
                one.inputs,
                one.leaves_out,
                one.not_with,
            ]
            for one in methods
        ],
        columns=columns,
    )
    if not methods or not any(one.high for one in methods):
        return chart.empty_chart(METHODS_TITLE, "There is no work to count.", chart.LOAD, columns)
    data = [links([one.low for one in methods], [one.high for one in methods], width=5)]
    for house, color in ((True, NAMED.about), (False, NAMED.accent)):
        data += [_ends(methods, heads, color, house) for heads in (False, True)]
    top = max(max(one.high for one in methods), available_fte) * 1.08
    post = upright(available_fte, len(methods), first=-0.7, last=0.45, dash="dash")
    left = available_fte > top / 2
    words = chart.note_at(
        f"{fte(available_fte)} FTE available",
        x=available_fte,
        y=-0.72,
        yanchor="bottom",
        xanchor="right" if left else "left",
    )
    labels = [two_lines(one.label, LETTERS) for one in methods]
    labels = [f"<b>{label}</b>" if one.method == HOUSE else label for label, one in zip(labels, methods, strict=True)]
    figure = chart.rows_figure(
        [post, *(one for one in data if one["x"])],
        labels,
        [fte_span(one.low, one.high) for one in methods],
        chart.value_axis("FTE required", range=[0, top]),
        first=-1.3,
        heading="FTE",
        height=70 + 44 * (len(methods) + 1),
        annotations=[words],
    )
    others = [one for one in methods if one.method != HOUSE]
    alt = (
        f"FTE required by {count(len(methods), 'method')}, beside {fte(available_fte)} FTE available. "
        + "; ".join(f"{one.label}: {fte_span(one.low, one.high)}" for one in [*methods[:1], *others])
        + "."
    )
    return chart.Chart(
        figure,
        METHODS_TITLE,
        alt,
        table,
        "The methods answer different questions, so they are compared and never added. Open marks count heads "
        "or funding units, not hours. A line is a method's own low and high.",
        _others_words(methods, others),
    )


def _others_words(methods: Sequence[MethodResult], others: Sequence[MethodResult]) -> str:
    """How far the other methods lie apart, and where this one lies."""
    own = next((f"; this one {fte_span(one.low, one.high)}" for one in methods if one.method == HOUSE), "")
    if not others:
        return f"No other method could be worked out{own}"
    least, most = min(one.low for one in others), max(one.high for one in others)
    return f"Other methods say {fte(least)} to {fte(most)} FTE{own}"


def _ends(methods: Sequence[MethodResult], heads: bool, color: str, house: bool) -> dict:
    """The end points of the methods of one kind: filled for hours, open for heads and units."""
    x, y, words = [], [], []
    for place, one in enumerate(methods):
        if (one.counts in (HEADS, UNITS)) == heads and (one.method == HOUSE) == house:
            for end in dict.fromkeys((one.low, one.high)):
                x.append(end)
                y.append(place)
                words.append(f"{chart.for_plotly(one.label, LETTERS)}: {fte_span(one.low, one.high)} FTE")
    return marks(x, y, words, hollow(color, 11) if heads else filled(color))
