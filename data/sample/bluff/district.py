"""The whole invented district as one value, made from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import places
from .events import Evaluation, make_evaluations, make_travel
from .other_lines import make_lines
from .people import THERAPISTS, Therapist
from .places import School
from .promises import Line
from .time_log import Entry, make_time_log

SEED = 20261001


@dataclass(frozen=True)
class District:
    """Schools, people, lines, evaluations, drives and a week of time."""

    schools: tuple[School, ...]
    therapists: tuple[Therapist, ...]
    lines: tuple[Line, ...]
    evaluations: tuple[Evaluation, ...]
    travel: tuple[tuple[str, str, int], ...]
    time_log: tuple[Entry, ...]


def make_district(seed: int = SEED) -> District:
    """The district of this seed; the same seed gives the same district."""
    rng = random.Random(seed)
    lines, ids = make_lines(rng)
    evaluations = make_evaluations(rng, ids, lines)
    return District(
        places.SCHOOLS,
        THERAPISTS,
        tuple(lines),
        tuple(evaluations),
        tuple(make_travel()),
        tuple(make_time_log(rng)),
    )
