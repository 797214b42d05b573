"""The likely range a second time: many draws of the standards, and what each moves alone (10.11).

Required FTE is read off the slow calculation at four settings of the standards; between them it is a product of
standards and counts, so that hundreds of thousands of draws take a moment.
"""

import tomllib
from pathlib import Path

import numpy as np

from .calculation import DEFAULTS, answer

HABITS = (
    "documentation_minutes_per_session", "on_behalf_ratio", "evaluation_initial_hours", "reevaluation_hours",
    "meeting_hours", "meeting_504_hours", "progress_report_hours",
)  # fmt: skip
SCENARIOS = (
    "instructional_weeks",
    "contract_weeks",
    "hours_per_week",
    "absence_days_per_year",
    "assumed_group_size",
    "makeup_overdue_weeks",
    "travel_arrival_minutes",
    "staff_time_hours_per_person",
)
OTHERS = (
    "evaluations_initial_per_student", "reevaluations_per_student", "reevaluation_own_meeting_share", "planning_share",
    "staff_time_share", "travel_minutes_per_move", "supervision_hours_per_ota",
)  # fmt: skip
RANK_CORRELATION = 0.5


def spans(changed=None):
    """{id: (low, likely, high)}. A district's own value carries the span along in proportion."""
    declared = tomllib.loads((Path(__file__).parents[2] / "data/assumptions.toml").read_text(encoding="utf-8"))
    found = {}
    for name in HABITS + OTHERS:
        entry, value = declared[name], float((changed or {}).get(name, declared[name]["value"]))
        low, likely, high = (float(entry[end]) for end in ("low", "value", "high"))
        if likely:
            found[name] = (low * value / likely, value, high * value / likely)
        else:
            found[name] = (min(low, value), value, max(high, value))
    return found


def need(workbook, day, changed=None):
    """Required FTE of the district as a function of {id: value or draws}."""
    fixed = {name: value for name, value in (changed or {}).items() if name not in HABITS + OTHERS}
    zeros, ones = dict.fromkeys(OTHERS, 0), dict.fromkeys(HABITS, 1)
    start = {
        **fixed,
        **zeros,
        **ones,
        "meeting_504_hours": 0,
        "travel_minutes_per_move": 1,
        "supervision_hours_per_ota": 1,
    }

    def hours(**settings):
        return answer(workbook, day, {**start, **settings})["district"]["hours"]

    unit, still = hours(), hours(travel_minutes_per_move=0)
    rated = hours(evaluations_initial_per_student=1, reevaluations_per_student=1)
    only_504 = hours(meeting_hours=0, meeting_504_hours=1)["meeting"]
    full_time = float(fixed.get("hours_per_week", DEFAULTS["hours_per_week"]))

    def required_fte(v):
        initials_at_rate = (rated["evaluation_initial"] - unit["evaluation_initial"]) * v[
            "evaluations_initial_per_student"
        ]
        again = (rated["reevaluation"] - unit["reevaluation"]) * v["reevaluations_per_student"] + unit["reevaluation"]
        meetings = unit["meeting"] + initials_at_rate + again * v["reevaluation_own_meeting_share"]
        service = (
            unit["direct"] + unit["consult"] + unit["makeup"] + unit["mtss"]
            + unit["documentation"] * v["documentation_minutes_per_session"]
            + unit["on_behalf"] * v["on_behalf_ratio"]
            + (unit["evaluation_initial"] + initials_at_rate) * v["evaluation_initial_hours"]
            + again * v["reevaluation_hours"]
            + meetings * v["meeting_hours"] + only_504 * v["meeting_504_hours"]
            + unit["progress_report"] * v["progress_report_hours"]
        )  # fmt: skip
        travel = still["travel"] + (unit["travel"] - still["travel"]) * v["travel_minutes_per_move"]
        individual = (
            travel + unit["supervision"] * v["supervision_hours_per_ota"] + unit["named_duty"] + unit["staff_time"]
        )
        return (service / (1 - v["planning_share"] - v["staff_time_share"]) + individual) / full_time

    return required_fte


def draw(of, number, seed):
    """{id: draws} from {id: (low, likely, high)}: triangular, the habits of one person rank-correlated."""
    random = np.random.default_rng(seed)
    pearson = 2 * np.sin(np.pi * RANK_CORRELATION / 6)  # of the normals whose ranks correlate so
    common = random.standard_normal(number)
    drawn = {}
    for name, (low, likely, high) in of.items():
        weight = pearson if name in HABITS else 0
        normal = np.sqrt(weight) * common + np.sqrt(1 - weight) * random.standard_normal(number)
        share = (np.argsort(np.argsort(normal)) + 0.5) / number
        if high == low:
            drawn[name] = np.full(number, likely)
            continue
        rising = share < (likely - low) / (high - low)
        below = low + np.sqrt(share * (high - low) * (likely - low))
        drawn[name] = np.where(rising, below, high - np.sqrt((1 - share) * (high - low) * (high - likely)))
    return drawn


def alone(required_fte, of):
    """{id: (required FTE at its low end, at its high end)}, everything else likely."""
    likely = {name: span[1] for name, span in of.items()}
    return {
        name: tuple(float(required_fte({**likely, name: end})) for end in (low, high))
        for name, (low, _likely, high) in of.items()
    }


def shrunk(span, measured, standard_error):
    """(low, likely, high) after a study: normal update; the prior's deviation is the triangle's own."""
    low, likely, high = span
    prior = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    kept = 1 / (1 + prior / standard_error**2) if standard_error else 0.0  # weight of the prior
    centre, width = kept * likely + (1 - kept) * measured, np.sqrt(kept)
    return centre - width * (likely - low), centre, centre + width * (high - likely)
