"""What a packet is told beside the answer: the district's name and colors, the options, who checked it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache

from workload.figures.contrast import WHITE, contrast
from workload.model.packaged_data import DATA
from workload.report.language import languages

BRAND = DATA / "brand"
FONTS = BRAND / "fonts"
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
SMALLEST_COUNTS = (5, 30)  # what a state asks for lies between (NCES 2011-603)
MOST_OPTIONS = 4
MOST_NAMED_SCHOOLS = 6
LOGO_STARTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
LARGEST_LOGO_BYTES = 1_000_000
READABLE = 4.5  # WCAG 2.1 AA, text


class SettingError(ValueError):
    """A setting that cannot be used; the message is a plain sentence."""


@dataclass(frozen=True)
class Brand:
    """Colors as "#RRGGBB" and the fonts of a packet."""

    primary: str
    accent: str
    ink: str
    muted: str
    line: str
    tint: str
    work: tuple[str, ...]
    deck_font: str
    brief_font: str

    def __post_init__(self):
        for name in ("primary", "accent", "ink", "muted"):
            color = getattr(self, name)
            if not COLOR.fullmatch(color):
                raise SettingError(f"The color {name} is written #RRGGBB, got {color[:20]}.")
            if contrast(color, WHITE) < READABLE:
                raise SettingError(
                    f"The color {name} reaches a contrast of {contrast(color, WHITE):.1f} with white; "
                    f"{READABLE} is needed to be read. Choose a darker one."
                )


@cache
def default_brand() -> Brand:
    """The colors of `data/brand/default.toml`."""
    with open(BRAND / "default.toml", "rb") as file:
        entries = tomllib.load(file)
    return Brand(**{**entries, "work": tuple(entries["work"])})


@dataclass(frozen=True)
class Option:
    """One way to answer the need, as a row of the options table. What is not known stays None.

    fte                  FTE added (or taken away)
    first_year_cost      dollars in the first year; `yearly_cost` in each year after it
    cover                what happens when the person is absent, in words
    students_changing    students who change therapist
    """

    name: str
    fte: float | None = None
    first_year_cost: float | None = None
    yearly_cost: float | None = None
    cover: str = ""
    students_changing: int | None = None


@dataclass(frozen=True)
class NotActing:
    """What is given about waiting: hours and minutes owed by the end of the year, dollars, a sentence."""

    owed_hours: float | None = None
    owed_minutes: float | None = None
    dollars: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything a packet is told beside the answer.

    smallest_count  counts of students below it do not leave the district, 5 to 30
    name_therapists whether internal packets carry names instead of codes; packets that leave never do
    language        in which the sentences of the ask are said: "en", "es" or "en+es"
    schools         the schools that the ask is for, as the roster writes them; those where most is missing when empty
    logo            PNG or JPEG bytes
    """

    district_name: str = ""
    brand: Brand = field(default_factory=default_brand)
    logo: bytes | None = None
    smallest_count: int = 10
    needed_by: str = ""
    checked_by: str = ""
    contact: str = ""
    not_acting: NotActing | None = None
    next_steps: tuple[str, ...] = ()
    name_therapists: bool = False
    language: str = languages.ENGLISH
    schools: tuple[str, ...] = ()

    def __post_init__(self):
        low, high = SMALLEST_COUNTS
        if refusal := languages.refusal(self.language):
            raise SettingError(refusal)
        if len(self.schools) > MOST_NAMED_SCHOOLS:
            raise SettingError(f"The ask can name at most {MOST_NAMED_SCHOOLS} schools, got {len(self.schools)}.")
        if not low <= self.smallest_count <= high:
            raise SettingError(f"The smallest count is {low} to {high}, got {self.smallest_count}.")
        if self.logo is not None and (self.logo_kind is None or len(self.logo) > LARGEST_LOGO_BYTES):
            raise SettingError("The logo must be a PNG or JPEG picture of at most 1 MB.")

    @property
    def logo_kind(self) -> str | None:
        """ "png" or "jpg" by the first bytes; None without a logo or for anything else."""
        return next((kind for start, kind in LOGO_STARTS.items() if self.logo and self.logo.startswith(start)), None)

    @property
    def name(self) -> str:
        """The district's name, or words in its place."""
        return self.district_name.strip() or "The district"
