"""The 12 invented OTs and 4 invented OTAs of Bluff County. Salaries and rates are examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DayPlan = tuple[tuple[str, tuple[str, ...]], ...]

VACANT = "Vacant"


@dataclass(frozen=True)
class Therapist:
    """One person. ``days`` holds (weekday, school codes in the order of the day)."""

    name: str
    role: str
    fte: float | None
    employment: str
    base: str
    start: date
    hours_per_week: float | None = None
    annual_cost: int | None = None
    hourly_rate: float | None = None
    days: DayPlan = ()
    supervisor: str | None = None
    named_duty_hours: float | None = None
    mtss_hours: float | None = None
    leave_start: date | None = None
    leave_end: date | None = None


def plan(text: str) -> DayPlan:
    """A day plan from shorthand: ``"Mon LIN LBP; Tue LIN"``."""
    days = []
    for part in text.split(";"):
        weekday, *codes = part.split()
        days.append((weekday, tuple(codes)))
    return tuple(days)


TENNANT = "Marisol Tennant"
HALLORAN = "Gwen Halloran"
CASTELLANE = "Priya Castellane"
RENFROW = "Tobias Renfrow"
OKONJO = "Adaeze Okonjo-Reed"
ABERNETH = "Nolan Aberneth"
LINDQUEST = "Sunniva Lindquest"
PELLERAN = "Hugo Pelleran"
YAMAGUSHI = "Emi Yamagushi"
BRANDVOLT = "Cassidy Brandvolt"
DELACROY = "Renata Delacroy"
STARKWELL = "Joanna Starkwell"
MOSSBANK = "Kelvin Mossbank"
ORTEGAL = "Pilar Ortegal"
FENWICKE = "Bridget Fenwicke"
HOLLOWMERE = "Darnell Hollowmere"

THERAPISTS: tuple[Therapist, ...] = (
    Therapist(
        TENNANT,
        "OT",
        1.0,
        "employee",
        "TES",
        date(2026, 8, 17),
        annual_cost=97_400,
        mtss_hours=1.0,
        days=plan("Mon TES ORC TEM; Tue TES STM; Wed ORC TEM TEH; Thu TES ORC; Fri STM TES"),
    ),
    Therapist(
        HALLORAN,
        "OT",
        1.0,
        "employee",
        "CRE",
        date(2014, 8, 18),
        annual_cost=112_800,
        mtss_hours=2.5,
        days=plan("Mon CRE; Tue CRE; Wed CRE CRM; Thu CRM; Fri CRE CRM"),
    ),
    Therapist(
        CASTELLANE,
        "OT",
        1.0,
        "employee",
        "LIN",
        date(2009, 8, 17),
        annual_cost=121_600,
        named_duty_hours=6.0,
        mtss_hours=1.0,
        days=plan("Mon LIN; Tue LIN LBP; Wed LBP; Thu LIN PRV; Fri LIN"),
    ),
    Therapist(
        RENFROW,
        "OT",
        1.0,
        "employee",
        "PRV",
        date(2018, 8, 20),
        annual_cost=103_900,
        leave_start=date(2026, 9, 28),
        leave_end=date(2026, 12, 18),
        days=plan("Mon PRV; Tue SUN; Wed PRV SUN; Thu PRV; Fri SUN PRV"),
    ),
    Therapist(
        OKONJO,
        "OT",
        1.0,
        "employee",
        "WIL",
        date(2016, 8, 15),
        annual_cost=108_200,
        mtss_hours=1.0,
        days=plan("Mon WIL; Tue WIL HAR; Wed HAR; Thu WIL SUN; Fri WIL"),
    ),
    Therapist(
        ABERNETH,
        "OT",
        0.8,
        "employee",
        "QFE",
        date(2020, 8, 17),
        annual_cost=79_700,
        mtss_hours=0.5,
        days=plan("Mon QFE; Tue QFE QFM; Wed QFM QFH; Thu QFE FER"),
    ),
    Therapist(
        LINDQUEST,
        "OT",
        0.6,
        "employee",
        "ANE",
        date(2021, 8, 16),
        annual_cost=58_100,
        days=plan("Mon ANE ANM; Wed DRY ANE; Fri ANE ANM"),
    ),
    Therapist(
        PELLERAN,
        "OT",
        0.5,
        "contract",
        "NBH",
        date(2024, 8, 19),
        hourly_rate=71.0,
        days=plan("Tue NBH HAR; Thu NBH PTH; Fri HAR"),
    ),
    Therapist(
        YAMAGUSHI,
        "OT",
        0.4,
        "employee",
        "LBP",
        date(2022, 8, 15),
        annual_cost=39_900,
        days=plan("Mon LBP; Wed LBP"),
    ),
    Therapist(
        BRANDVOLT,
        "OT",
        None,
        "agency",
        "TEH",
        date(2025, 8, 25),
        hours_per_week=18.75,
        hourly_rate=84.5,
        days=plan("Mon TEH TEM; Wed WND; Fri TEH WND"),
    ),
    Therapist(
        DELACROY,
        "OT",
        0.6,
        "telepractice",
        "BCH",
        date(2023, 8, 21),
        hourly_rate=76.0,
        days=plan("Mon DRY; Tue FER; Thu BCH"),
    ),
    # No day plan: moves between buildings are counted from the number of schools.
    Therapist(
        STARKWELL,
        "OT",
        1.0,
        "employee",
        "BCH",
        date(2011, 8, 15),
        annual_cost=116_300,
        named_duty_hours=2.0,
        mtss_hours=1.0,
    ),
    Therapist(
        MOSSBANK,
        "OTA",
        1.0,
        "employee",
        "LIN",
        date(2019, 8, 19),
        annual_cost=66_200,
        supervisor=CASTELLANE,
        days=plan("Mon LIN; Tue PRV; Wed LIN PRV; Thu LIN; Fri PRV LIN"),
    ),
    Therapist(
        ORTEGAL,
        "OTA",
        0.6,
        "employee",
        "LBP",
        date(2023, 8, 14),
        annual_cost=38_400,
        supervisor=CASTELLANE,
        days=plan("Mon LBP; Tue LBP LIN; Thu LBP"),
    ),
    Therapist(
        FENWICKE,
        "OTA",
        0.6,
        "employee",
        "SUN",
        date(2017, 8, 21),
        annual_cost=39_600,
        supervisor=OKONJO,
        days=plan("Tue SUN WIL; Wed WIL; Thu SUN"),
    ),
    Therapist(
        HOLLOWMERE,
        "OTA",
        0.4,
        "employee",
        "QFE",
        date(2024, 8, 19),
        annual_cost=24_900,
        supervisor=ABERNETH,
        days=plan("Wed QFE; Fri QFE QFM"),
    ),
)

BY_NAME: dict[str, Therapist] = {person.name: person for person in THERAPISTS}


def responsible_ot(name: str) -> str:
    """The OT who answers for this person's students: the supervisor of an OTA, else the person."""
    person = BY_NAME.get(name)
    return person.supervisor if person is not None and person.supervisor else name
