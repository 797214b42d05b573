"""The tables of the method page, all derived from the library's own declarations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.parts import finding, widgets
from dashboard.parts.assumption_widgets import FORCE, short, written
from dashboard.parts.safe_text import plain
from workload import METHOD_DATE, __version__
from workload.answer import Answer
from workload.model.parameters import Assumptions, parameters
from workload.model.words import fte_span, in_words
from workload.work.activities import ACTIVITIES, CATEGORY, INDIVIDUAL, SERVICE

KIND = {SERVICE: "Service", CATEGORY: "Everyone's week", INDIVIDUAL: "One person's week"}


def said() -> tuple[str, str, str]:
    """(before, number, after) of the heading: what the answer is made of."""
    return "", str(len(ACTIVITIES)), "kinds of work are counted, each with its formula and source"


def facts(values: Assumptions) -> list[str]:
    """How many numbers have a source yet, and which method and version made them."""
    examples = sum(values.source(id)[0] == "example" for id in parameters())
    return [
        f"{examples} of {len(parameters())} values are examples until you set your own",
        f"Method of {in_words(date.fromisoformat(METHOD_DATE))}, version {__version__} of this tool",
    ]


def listed(table: pd.DataFrame, label: str, stem: str, hidden: Sequence[str]) -> None:
    """A table of the method and its download, which has the columns in `hidden` too."""
    read = table.drop(columns=list(hidden))
    finding.stacked_table(list(read.columns), read.map(lambda value: plain(value, 1_000)).values.tolist(), label)
    widgets.downloads(stem, table, stem)


def activities() -> pd.DataFrame:
    """Every activity: its kind, formula in words, and the assumptions behind it."""
    known = parameters()
    return pd.DataFrame(
        [
            {
                "Activity": each.label,
                "Kind": KIND[each.kind],
                "Hours a week": each.formula,
                "Assumptions": "; ".join(known[id].label for id in each.parameters),
            }
            for each in ACTIVITIES
        ]
    )


def assumptions(values: Assumptions) -> pd.DataFrame:
    """Every assumption: the value in force, its range, unit, force and source."""
    return pd.DataFrame(
        [
            {
                "Assumption": each.label,
                "Value": written(each, values[id]),
                "Default": short(each, each.value),
                "Low to high": " to ".join(short(each, end) for end in each.ends) if each.is_drawn else "not varied",
                "Force": FORCE.get(values.source(id)[0], values.source(id)[0]),
                "Source": values.source(id)[1],
                "What would change it": each.changes,
                "What it means": each.help,
                "Link": each.link,
            }
            for id, each in parameters().items()
        ]
    )


def methods(answer: Answer) -> pd.DataFrame:
    """The same district by each method: low and high, what it takes in and leaves out, what it must not be added to."""
    return pd.DataFrame(
        [
            {
                "Method": each.label,
                "FTE required": fte_span(each.low, each.high),
                "Leaves out": each.leaves_out,
                "Never combine": each.not_with,
                "Takes in": each.inputs,
                "Force": FORCE.get(each.force, each.force),
                "Evidence": each.evidence,
                "Source": each.source,
            }
            for each in answer.methods
        ]
    )
