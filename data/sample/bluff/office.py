"""How the office writes a value: school spellings, text dates, numbers with spaces, turned names."""

from __future__ import annotations

import random
from datetime import date

from . import people
from .district import District
from .names import first_name, last_name
from .office_words import NOBODY, last_first, school_spellings


class Office:
    """Turns the district's values into office cells. All whims come from one seeded source."""

    def __init__(self, district: District, rng: random.Random) -> None:
        self.district = district
        self.rng = rng
        self.school = {school.code: school for school in district.schools}
        ids = sorted(
            {line.student.student_id for line in district.lines} | {row.student_id for row in district.evaluations}
        )
        self.name = {each: f"{last_name(rng)}, {first_name(rng)}" for each in ids}
        self.born = {each: date(2008 + rng.randrange(13), rng.randrange(1, 13), rng.randrange(1, 28)) for each in ids}

    def campus(self, code: str) -> str:
        """A school as the office writes it."""
        return self.rng.choice(school_spellings(self.school[code]))

    def day(self, value: date | None) -> date | str | None:
        """Most dates are dates; some are text in two spellings."""
        whim = self.rng.random()
        if value is None or whim < 0.75:
            return value
        if whim < 0.92:
            return f"{value.month}/{value.day}/{value.year % 100:02d}"
        return value.isoformat()

    def number(self, value: int | float | None) -> int | float | str | None:
        """Some numbers are text with spaces."""
        return f" {value} " if value is not None and self.rng.random() < 0.4 else value

    def person(self, name: str | None) -> str | None:
        """A therapist: mostly as in the staff list, sometimes in capitals or last name first."""
        if name is None:
            return None
        if name == people.VACANT:
            return self.rng.choice(NOBODY)
        whim = self.rng.random()
        return name if whim < 0.8 else name.upper() if whim < 0.9 else last_first(name)
