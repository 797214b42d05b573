"""How many students of which kind each invented therapist serves: the numbers that were tuned by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import people

# kind -> (delivery, minutes per session, sessions, period)
KINDS: dict[str, tuple[str, int, int, str]] = {
    "ind 2x30": ("individual", 30, 2, "week"),
    "ind 1x45": ("individual", 45, 1, "week"),
    "ind 1x30": ("individual", 30, 1, "week"),
    "ind 2x20": ("individual", 20, 2, "week"),
    "ind 3x30 month": ("individual", 30, 3, "month"),
    "ind 4x30 quarter": ("individual", 30, 4, "quarter"),
    "ind cycle": ("individual", 30, 1, "6-day cycle"),
    "ind other week": ("individual", 30, 1, "two weeks"),
    "group 1x30": ("group", 30, 1, "week"),
    "group 2x30": ("group", 30, 2, "week"),
    "group unknown": ("group", 30, 1, "week"),
    "consult 15 week": ("consult", 15, 1, "week"),
    "consult 30 month": ("consult", 30, 1, "month"),
    "consult 2x30 month": ("consult", 30, 2, "month"),
    "consult 30 quarter": ("consult", 30, 1, "quarter"),
    "consult 10 hours": ("consult", 60, 10, "year"),
    "consult 6x30 year": ("consult", 30, 6, "year"),
}


@dataclass(frozen=True)
class Profile:
    """One caseload.

    ``schools`` weighs the buildings, ``kinds`` counts students by kind of line, ``also_consult`` students
    have a second, consulting line. ``reevaluations`` and ``new_students`` are counts among these students;
    ``evaluation_only`` are initial evaluations of students who have no line yet.
    """

    schools: dict[str, int]
    kinds: dict[str, int]
    reevaluations: int
    new_students: int = 0
    evaluation_only: int = 0
    also_consult: int = 0
    section_504: int = 0
    mtss: int = 0
    owed: tuple[int, ...] = field(default=())

    @property
    def students(self) -> int:
        """Students with a line in force."""
        return sum(self.kinds.values())


PROFILES: dict[str, Profile] = {
    people.TENNANT: Profile(
        {"TES": 5, "ORC": 4, "TEM": 2, "STM": 2, "TEH": 1},
        {"ind 2x30": 17, "ind 1x45": 2, "ind 1x30": 9, "group 1x30": 6, "consult 30 month": 2},
        reevaluations=15,
        new_students=2,
        evaluation_only=9,
        also_consult=3,
        section_504=1,
        owed=(300, 240, 240, 240, 180, 180, 150, 150, 120, 120, 90, 90),
    ),
    people.HALLORAN: Profile(
        {"CRE": 5, "CRM": 4},
        {
            "ind 1x30": 3,
            "group 1x30": 22,
            "group 2x30": 9,
            "consult 30 month": 17,
            "consult 15 week": 8,
            "consult 30 quarter": 5,
            "consult 10 hours": 1,
            "consult 6x30 year": 2,
        },
        reevaluations=17,
        new_students=1,
        evaluation_only=5,
        section_504=6,
        mtss=2,
    ),
    people.CASTELLANE: Profile(
        {"LIN": 6, "LBP": 2, "PRV": 1},
        {"ind 2x30": 13, "ind 1x30": 1, "group 1x30": 6, "consult 30 month": 2},
        reevaluations=7,
        new_students=1,
        evaluation_only=6,
        section_504=1,
    ),
    people.RENFROW: Profile(
        {"PRV": 5, "SUN": 4},
        {
            "ind 2x30": 17,
            "ind 1x30": 2,
            "ind 1x45": 1,
            "group 1x30": 9,
            "consult 30 month": 6,
            "ind 3x30 month": 2,
            "ind cycle": 1,
        },
        reevaluations=11,
        new_students=1,
        evaluation_only=5,
        also_consult=2,
        section_504=2,
    ),
    people.OKONJO: Profile(
        {"WIL": 6, "HAR": 4, "SUN": 2},
        {
            "ind 2x30": 18,
            "ind 1x30": 2,
            "group 1x30": 6,
            "group unknown": 2,
            "consult 30 month": 4,
            "ind other week": 2,
        },
        reevaluations=10,
        new_students=1,
        evaluation_only=5,
        also_consult=2,
        section_504=2,
        mtss=1,
    ),
    people.ABERNETH: Profile(
        {"QFE": 6, "QFM": 3, "QFH": 2, "FER": 1},
        {
            "ind 2x30": 13,
            "ind 1x30": 1,
            "ind cycle": 2,
            "group 1x30": 6,
            "consult 30 month": 6,
            "consult 2x30 month": 2,
        },
        reevaluations=9,
        new_students=1,
        evaluation_only=4,
        also_consult=1,
        section_504=1,
    ),
    people.LINDQUEST: Profile(
        {"ANE": 5, "ANM": 2, "DRY": 2},
        {
            "ind 2x30": 11,
            "ind 1x30": 2,
            "ind 1x45": 1,
            "group 1x30": 6,
            "consult 30 month": 4,
            "ind 4x30 quarter": 1,
        },
        reevaluations=7,
        evaluation_only=3,
        also_consult=1,
        section_504=1,
    ),
    people.PELLERAN: Profile(
        {"NBH": 4, "HAR": 3, "PTH": 1},
        {
            "ind 2x30": 5,
            "ind 1x30": 4,
            "ind 3x30 month": 3,
            "group 1x30": 3,
            "group unknown": 2,
            "consult 30 month": 9,
            "consult 15 week": 2,
            "consult 30 quarter": 2,
        },
        reevaluations=8,
        evaluation_only=2,
        section_504=3,
    ),
    people.YAMAGUSHI: Profile(
        {"LBP": 1},
        {"ind 2x30": 5, "ind 1x30": 2, "ind 2x20": 1, "group 1x30": 4, "consult 30 month": 4},
        reevaluations=2,
        new_students=1,
        evaluation_only=4,
    ),
    people.BRANDVOLT: Profile(
        {"TEH": 4, "WND": 4, "TEM": 2},
        {"ind 1x30": 2, "ind 2x30": 9, "consult 30 month": 7, "consult 2x30 month": 2, "ind other week": 1},
        reevaluations=6,
        evaluation_only=2,
        section_504=2,
        owed=(60, 60),
    ),
    people.DELACROY: Profile(
        {"DRY": 2, "FER": 4, "BCH": 5},
        {
            "ind 2x30": 8,
            "ind 1x30": 5,
            "ind 2x20": 1,
            "consult 30 month": 8,
            "consult 15 week": 3,
            "ind 4x30 quarter": 2,
        },
        reevaluations=7,
        evaluation_only=2,
        section_504=2,
    ),
    people.STARKWELL: Profile(
        {"BCH": 5, "WIL": 3, "LIN": 3, "PTH": 1},
        {
            "ind 2x30": 19,
            "ind 1x30": 1,
            "ind 1x45": 1,
            "group 1x30": 9,
            "consult 30 month": 11,
            "consult 30 quarter": 3,
            "ind 3x30 month": 3,
            "consult 10 hours": 1,
        },
        reevaluations=14,
        new_students=1,
        evaluation_only=5,
        also_consult=2,
        section_504=4,
        mtss=2,
        owed=(90,),
    ),
    people.MOSSBANK: Profile(
        {"LIN": 5, "PRV": 4},
        {"ind 2x30": 14, "ind 1x30": 9, "group 1x30": 12, "ind 2x20": 2, "group unknown": 1},
        reevaluations=11,
        new_students=1,
        also_consult=2,
    ),
    people.ORTEGAL: Profile(
        {"LBP": 5, "LIN": 2},
        {"ind 2x30": 8, "ind 1x30": 8, "group 1x30": 6},
        reevaluations=5,
        new_students=1,
        also_consult=1,
    ),
    people.FENWICKE: Profile(
        {"SUN": 4, "WIL": 4}, {"ind 2x30": 8, "ind 1x30": 9, "group 1x30": 6}, reevaluations=7, also_consult=1
    ),
    people.HOLLOWMERE: Profile(
        {"QFE": 4, "QFM": 1}, {"ind 2x30": 5, "ind 1x30": 6, "group 1x30": 3}, reevaluations=4, also_consult=1
    ),
    people.VACANT: Profile(
        {"STM": 4, "WND": 4, "FER": 3},
        {
            "ind 2x30": 16,
            "ind 1x30": 1,
            "group 1x30": 3,
            "consult 30 month": 6,
            "ind cycle": 2,
            "ind 3x30 month": 1,
        },
        reevaluations=8,
        evaluation_only=3,
        section_504=1,
    ),
}
