"""Headings, words and spellings of the office that keeps the messy edition."""

from __future__ import annotations

from .places import School

SERVICE_HEADINGS = (
    "Student Name (Last, First)",
    "Student #",
    "DOB",
    "Campus",
    "Gr.",
    "Plan Type",
    "Service",
    "Ind/Grp",
    "IEP Mandate",
    "Min/Session",
    "Times",
    "Per",
    "Group Size",
    "Group ID ",
    "Served By ",
    "Start Date",
    "End Date",
    "Annual Review Date",
    "Tri",
    "Compensatory Minutes",
    "Compensatory Due",
    "ESY?",
    "Notes",
)
STAFF_HEADINGS = (
    "Employee Name",
    "Title",
    "F.T.E.",
    "Hours/Week",
    "Employee/Contract",
    "Annual Cost",
    "Hourly Rate",
    "Base School",
    "Days",
    "Supervising OT",
    "Named duty hours",
    "MTSS hours",
    "Leave start",
    "Leave end",
    "Start Date",
    "Notes",
)
OT_NAMES = ("OT", "OT", "Occupational Therapy", "450 - Occupational Therapy", "O.T.", "Occ Therapy")
DELIVERY_WORDS = {
    "individual": ("Individual", "Ind", "Ind."),
    "group": ("Group", "Grp", "Grp."),
    "consult": ("Consult", "Consultation", "Indirect"),
}
PLAN_WORDS = {"IEP": ("IEP", "IEP", None), "504": ("504", "504 Plan"), "MTSS": ("MTSS",)}
PERIOD_WORDS = {
    "week": ("week", "Weekly", "wk"),
    "month": ("Monthly", "month"),
    "quarter": ("Quarterly",),
    "year": ("Yearly", "year"),
    "two weeks": ("every other week",),
}
GRADE_WORDS = {
    "K": ("K", "KG", "Kdg"),
    "PK": ("PK", "PreK"),
    "1": (1, "01", "1st"),
    "2": (2, "02", "2nd"),
    "3": (3, "03", "3rd"),
    "4": (4, "4th"),
}
NOBODY = ("VACANT", "TBD", "Vacant", None)
ROLE_WORDS = {"OT": ("OTR/L", "OT", "Occupational Therapist"), "OTA": ("COTA/L", "COTA", "OTA")}
LEVEL_WORDS = {
    "Elementary": "Elem",
    "Middle": "Middle",
    "High": "HS",
    "Preschool": "PreK",
    "Alternative": "Alt",
}
PHRASED = 0.8


def school_spellings(school: School) -> list[str]:
    """The ways this office writes one school's name."""
    name = school.name
    spellings = [name, name, name.upper(), f"{name} "]
    if name.endswith(" Elementary"):
        stem = name.removesuffix(" Elementary")
        spellings += [f"{stem} Elem.", f"{stem} Elem", f"{stem} ES", f"{stem} Elementary School"]
    elif name.endswith((" Middle School", " High School")):
        stem, level, _ = name.rsplit(" ", 2)
        spellings += [f"{stem} {level}", f"{stem} {level[0]}S", f"{stem} {level} Sch."]
    return spellings


def last_first(name: str) -> str:
    """``First Last`` as ``Last, First``."""
    first, last = name.split(" ", 1)
    return f"{last}, {first}"
