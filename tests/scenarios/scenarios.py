"""Rosters and levers for the tests of choices."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import Answer, analyze
from workload.scenarios.demand_levers import (
    ALL_DIRECT,
    CONSULT,
    GROUPS,
    INDIVIDUAL,
    ChangeFrequency,
    Regroup,
    ShiftDocumentation,
    ShiftMtss,
    ThreeToOne,
)
from workload.scenarios.group_levers import MoveGroups
from workload.scenarios.lever_fields import NOBODY, Lever
from workload.scenarios.people_levers import Cap, Convert, LeaveCover, LosePost, Redistribute
from workload.scenarios.post_levers import AddPost, AgencyPost, FillPost, PartTimePost, Telepractice

PEOPLE, SCHOOLS = 6, tuple(f"School {letter}" for letter in "ABCDE")
ZEROS = (
    AddPost(),
    PartTimePost(),
    AgencyPost(),
    Telepractice(),
    FillPost(),
    LosePost(),
    LosePost(1, share=0),
    Convert(),
    LeaveCover(0, share=0),
    Redistribute(),
    Redistribute((("School A", 0, 1, 0.0),)),
    MoveGroups(),
    Cap(),
    Regroup(),
    Regroup(0.5),
    ChangeFrequency(),
    ShiftDocumentation(),
    ShiftMtss(),
    ThreeToOne(),
)


def answer_of(seed: int, **sizes: int) -> Answer:
    """The answer for a random roster, under random assumptions."""
    return analyze(as_roster(random_tables(seed, **sizes)), DAY, assumptions_of(random_assumptions(seed)))


def random_lever(random: Random) -> Lever:
    """Any lever with any possible values for the random rosters."""
    role, places = random.choice(["OT", "OTA"]), tuple(random.sample(SCHOOLS, random.choice([0, 1, 3])))
    person, supervisor = random.randrange(PEOPLE), random.choice([NOBODY, 0, 1, 2, 3])
    post = {"role": role, "schools": places, "supervisor": supervisor}
    return random.choice(
        [
            lambda: AddPost(fte=random.choice([0.2, 1, 2.5]), **post),
            lambda: PartTimePost(days=random.choice([2, 3]), off_site_hours_per_week=random.choice([0, 3]), **post),
            lambda: AgencyPost(hours_per_week=random.choice([5, 20]), **post),
            lambda: Telepractice(hours_per_week=12, preparation_share=random.choice([0, 0.2]), **post),
            lambda: FillPost(fte=random.choice([0.5, 1]), **post),
            lambda: LosePost(person, random.choice([0.5, 1.0])),
            lambda: Convert(4, "OT"),
            lambda: Convert(1, "OTA", random.choice([NOBODY, 0])),
            lambda: LeaveCover(person, random.choice([0.5, 1.0])),
            lambda: Redistribute(
                ((random.choice(SCHOOLS), person, random.randrange(PEOPLE + 1), random.choice([0.3, 1.0])),)
            ),
            lambda: Cap(random.choice([3, 8, 40])),
            lambda: Regroup(random.choice([2.5, 6]), random.choice([GROUPS, ALL_DIRECT]), places),
            lambda: ChangeFrequency(
                random.choice([-0.5, 0.25]), random.choice([ALL_DIRECT, GROUPS, INDIVIDUAL, CONSULT]), places
            ),
            lambda: ShiftDocumentation(random.choice([0.5, 1.0]), places),
            lambda: ShiftMtss(random.choice([-2, 1.5])),
            lambda: ThreeToOne(1, random.random() < 0.5),
        ]
    )()


seeds = st.integers(0, 10_000)
