"""The slides that tell the answer: FTE, hours, schools, and what would move it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from workload.figures.tones import LIGHT
from workload.model.parameters import parameters
from workload.model.words import count, fte_number, percent, rounded, shown
from workload.report.ask import shortest
from workload.report.deck.canvas import BOTTOM, MARGIN, TOP, WIDTH, Deck
from workload.report.deck.deck_charts import chart
from workload.report.indicators import PLANNED_USE
from workload.report.lengths import shorter
from workload.report.reader_view import View
from workload.report.story import ROUNDED, in_unit

MOST_SCHOOL_BARS = 10
MOST_INFLUENCES = 5


def where_we_stand(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """FTE in contracts, on the day, required, and required with room."""
    row, spread, words = view.district, view.range, view.gate.fte_words
    in_post = f", {story['ask']['available']} in post" if view.time_told else ""
    slide = deck.slide(
        f"Where we stand: {view.stamp_word and view.stamp_word + ', '}{story['ask']['required']} FTE needed{in_post}",
        f"{story['headline']} {notes}",
    )
    values = {
        **({"In contracts": row["contracted_fte"]} if view.contracts_told else {}),
        **({"In post on the day": row["available_fte"]} if view.time_told else {}),
        "Required, fully used": row["required_fte"],
        "Required, 80% used": row["required_fte"] / PLANNED_USE,
    }
    chart(
        deck,
        slide,
        "column",
        list(values),
        {"FTE": [fte_number(value) for value in values.values()]},
        (MARGIN, TOP, 7.4, BOTTOM - TOP),
        "FTE: " + "; ".join(f"{name} {words(value)}" for name, value in values.items()),
        (LIGHT.accent,),
        digits=1,
    )
    hours = view.gate.hours_words
    lines = [
        f"The range of what is required is {shown(spread.p10, 1)} to {shown(spread.p90, 1)} FTE (10th to 90th percentile).",
        *(
            [
                f"Contracts are {words(row['contracted_fte'])} FTE; leave and vacancies leave "
                f"{words(row['available_fte'])} on the day."
            ]
            if view.contracts_told
            else []
        ),
        *([story["bridge_words"]] if story["bridge_words"] else []),
        f"All work takes {hours(row['workload_hours'])} hours a week"
        + (f"; everybody in post has {hours(row['available_hours'])}." if view.time_told else "."),
        *([view.no_time_words] if view.no_time_words else []),
    ]
    if view.by_role is not None:
        lines += [
            f"{view.stamp_word and view.stamp_word + ': '}{one['role']}: {words(one['required_fte'])} FTE required, {words(one['available_fte'])} in post."
            for _, one in view.by_role.iterrows()
        ]
    deck.text(slide, lines, (8.3, TOP + 0.1, WIDTH - 8.3 - MARGIN, 5.0), bullets=True, size=17)


def where_hours_go(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """Hours of each kind of work."""
    parts = story["work"]["parts"]
    if not parts:
        return
    slide = deck.slide(
        "Where the hours of a week go",
        f"The time beside sessions has names: evaluations, meetings, reports, notes, planning, travel. {notes}",
    )
    made = chart(
        deck,
        slide,
        "bar",
        [part["kind"] for part in parts],
        {"Hours a week": [part["hours"] for part in parts]},
        (MARGIN, TOP, 8.2, BOTTOM - TOP),
        "Hours a week: " + "; ".join(f"{part['kind']} {part['shown']}" for part in parts),
        (LIGHT.accent,),
        digits=1 if view.gate.open else 0,
    )
    made.category_axis.tick_labels.offset = 50
    shares = dict(zip(view.work["kind"], view.work["share"], strict=True))
    lines = [
        f"{part['kind']}: {percent(shares[part['kind']])} of all work"
        for part in parts
        if not math.isnan(shares[part["kind"]])
    ]
    deck.text(
        slide,
        lines + ([ROUNDED] if story["work"]["note"] else []),
        (9.0, TOP + 0.1, WIDTH - 9.0 - MARGIN, 5.0),
        bullets=True,
        size=15,
    )


def which_schools(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """Required beside available FTE where most is missing."""
    rows = shortest(view).head(MOST_SCHOOL_BARS)
    slide = deck.slide("Which schools need it most", f"{story['ask']['schools']} {story['equity']} {notes}")
    words = [each for each in (story["ask"]["schools"], story["equity"]) if each]
    if rows.empty and len(view.schools):
        told = view.schools["gap_fte"].notna().any()
        words.append(
            f"{view.stamp_word and view.stamp_word + ': '}No school whose gap is shown is short by itself."
            if told
            else "Gaps by school are not shown."
        )
    if not view.gate.open and view.withheld_schools:
        words.append(
            f"{count(view.withheld_schools, 'school is', 'schools are')} shown only together, because of small numbers "
            "of students."
        )
    words += [view.time_note] if view.time_note else []
    deck.text(slide, words, (MARGIN, TOP + 0.1, 4.0, 5.0), bullets=True, size=16 if len(words) < 4 else 14)
    if rows.empty:
        return
    chart(
        deck,
        slide,
        "bar",
        rows["school"].tolist(),
        {"Required FTE": rows["required_fte"].tolist(), "Available FTE": rows["available_fte"].tolist()},
        (4.8, TOP, WIDTH - 4.8 - MARGIN, BOTTOM - TOP),
        "Required beside available FTE: "
        + "; ".join(
            f"{shorter(each['school'], 40)} {view.gate.fte_words(each['required_fte'])} and "
            f"{view.gate.fte_words(each['available_fte'])}"
            for _, each in rows.iterrows()
        ),
        (LIGHT.soft, LIGHT.accent),
        digits=1,
    )


def how_sure(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """The five assumptions that move the answer most, each by itself."""
    found = view.influences[:MOST_INFLUENCES]
    if not found:
        return
    likely, spread, digits = view.district["required_fte"], view.range, 2 if view.gate.open else 1
    slide = deck.slide(
        "How sure: what would move the answer",
        f"Each bar moves one assumption from its low to its high end and leaves the others. {notes}",
    )
    names = [parameters()[one.id].label for one in found]
    ends = [sorted((one.required_fte_at_low - likely, one.required_fte_at_high - likely)) for one in found]
    made = chart(
        deck,
        slide,
        "bar",
        names,
        {"Lowers required FTE by": [end[0] for end in ends], "Raises required FTE by": [end[1] for end in ends]},
        (MARGIN, TOP, 8.2, BOTTOM - TOP),
        "Change of required FTE: "
        + "; ".join(
            f"{name} {shown(end[0], digits)} to {shown(end[1], digits)}" for name, end in zip(names, ends, strict=True)
        ),
        (LIGHT.about, LIGHT.gap),
        digits=digits,
        overlap=100,
        gap=60,
    )
    made.value_axis.minimum_scale = left_of([value for end in ends for value in end])
    deck.text(
        slide,
        [
            f"Required: {view.gate.fte_words(likely)} FTE, likely {shown(spread.p10, 1)} to {shown(spread.p90, 1)}.",
            *(
                f"{name}: {in_unit(view.answer.assumptions[one.id], parameters()[one.id].unit)}; tried from "
                f"{in_unit(one.low, parameters()[one.id].unit)} to {in_unit(one.high, parameters()[one.id].unit)}."
                for name, one in zip(names[:3], found, strict=False)
            ),
        ],
        (9.0, TOP + 0.1, WIDTH - 9.0 - MARGIN, 5.0),
        bullets=True,
        size=15,
    )


def left_of(values: Sequence[float]) -> float:
    """Where an axis begins so that the number of the longest bar to the left does not touch the names."""
    widest = max(map(abs, values))
    step = 10 ** math.floor(math.log10(widest)) / 2
    return rounded(math.floor((min(values) - widest / 4) / step) * step, 4)
