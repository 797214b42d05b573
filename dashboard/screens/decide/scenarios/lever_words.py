"""What each lever is called, in which group it stands, what it does in a sentence, and its switch if it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workload.scenarios.levers import KINDS


@dataclass(frozen=True)
class Usual:
    """A lever that nearly every district looks at first, as a switch: its unit and kind in words, and the number that it
    is about as a slider: the field, where the slider begins, where it ends, its step."""

    unit: str
    field: str
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Words:
    """A lever in the list."""

    group: str
    sentence: str
    usual: Usual | None = None


PEOPLE, POSTS, WORK, WEEK = "More people", "The people who are there", "The work", "The week"
LEVERS: Mapping[str, Words] = {
    "add": Words(
        PEOPLE,
        "An employee is hired. The post takes work that nobody has at the chosen schools, then what is "
        "too much for others there.",
        Usual("FTE, permanent", "fte", 0.0, 4.0, 0.1),
    ),
    "part_time": Words(
        PEOPLE,
        "Somebody comes on two or three days a week, with hours at school on each day and hours for "
        "writing elsewhere. What happens with students must fit into the hours at school.",
    ),
    "fill": Words(
        PEOPLE,
        "A vacant post is filled. It takes work that nobody has at the schools, and nobody else's.",
        Usual("FTE, already budgeted", "fte", 0.0, 4.0, 0.1),
    ),
    "agency": Words(PEOPLE, "Hours a week are bought from an agency and worked at the schools."),
    "telepractice": Words(
        PEOPLE,
        "Hours a week are bought by video: no travel, and a share of the hours goes into more "
        "preparation. Not every service can be given this way.",
    ),
    "lose": Words(
        POSTS,
        "A post, or a part of it, falls vacant. Its work has nobody until somebody takes it over.",
    ),
    "convert": Words(
        POSTS,
        "An OTA post becomes an OT post, or the other way round. Evaluations and meetings are an OT's: "
        "they come to a post that becomes an OT's and leave one that becomes an OTA's.",
    ),
    "leave_cover": Words(
        POSTS,
        "Somebody covers a leave: a part of the contract or all of it.",
        Usual("until somebody is back", "share", 0.0, 100.0, 5.0),
    ),
    "redistribute": Words(
        POSTS,
        "Work at a school, or a share of it, goes from one person to another. The page Rebalance "
        "finds such moves by itself.",
    ),
    "groups": Words(
        POSTS,
        "Groups, classes or schools go to somebody else, as Rebalance proposes. Evaluations and meetings go along "
        "with the students; hours of travel change as Rebalance counts them.",
    ),
    "cap": Words(
        POSTS,
        "At most so many students for a full-time post, fewer for a part-time one. The students beyond it "
        "have nobody until somebody takes them over.",
    ),
    "regroup": Words(
        WORK,
        "More students are seen together. Only direct time and the work on behalf of students that "
        "follows it shrink; evaluations, meetings, notes, reports and travel do not. Whether a student "
        "belongs in a group is the IEP team's decision.",
        Usual("where plans allow it", "average_size", 1.0, 8.0, 0.5),
    ),
    "frequency": Words(
        WORK,
        "More or fewer sessions for a stated set of lines. Each change is an IEP team's decision for one "
        "student; no district may decide it for all.",
    ),
    "documentation": Words(WORK, "A clerk, software or another role writes a share of the session notes."),
    "mtss": Words(WORK, "More or fewer hours a week of school-wide support by each OT."),
    "three_to_one": Words(
        WEEK,
        "In each cycle of four weeks one or two are without direct sessions, for meetings, evaluations "
        "and teachers. The other weeks carry the sessions: look at the FTE of a week with sessions.",
        Usual("one week in four without sessions", "indirect_weeks", 0, 2, 1),
    ),
}
USUAL: Mapping[str, Usual] = {kind: words.usual for kind, words in LEVERS.items() if words.usual}
# Moves of whole groups come from Rebalance.
ORDER = tuple(kind for kind in LEVERS if kind not in USUAL and kind != "groups")


def listed(kind: str) -> str:
    """A lever as it stands in the grouped list."""
    return f"{LEVERS[kind].group}: {KINDS[kind].label.lower() if KINDS[kind].label[0].isalpha() else KINDS[kind].label}"
