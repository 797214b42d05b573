"""What a packet is told beside the answer: the district's name and colors, the options, who checked it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from workload.figures.tones import WHITE, contrast
from workload.model.packaged_data import DATA, entries_in
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
    entries = entries_in("brand", "default")
    return Brand(**{**entries, "work": tuple(entries["work"])})


@dataclass(frozen=True)
class Option:
    """One way to answer the need, as a row of the options table. What is not known stays None.

    fte                  FTE added (or taken away)
    first_year_cost      dollars in the first year; `yearly_cost` in each year after it
    cover                what happens when the person is absent, in words
    students_changing    students who change therapist; `students_gaining` are those who get one
    gap_after            FTE that are left over (or missing, below zero); `minutes_after` student minutes a week without time
    examples             whether its dollars are made of example rates
    recommended          whether the district recommends it, and the `reason` in words
    """

    name: str
    fte: float | None = None
    first_year_cost: float | None = None
    yearly_cost: float | None = None
    cover: str = ""
    students_changing: int | None = None
    students_gaining: int | None = None
    gap_after: float | None = None
    minutes_after: float | None = None
    examples: bool = False
    recommended: bool = False
    reason: str = ""


@dataclass(frozen=True)
class NotActing:
    """What is given about waiting: hours and minutes owed by the end of the year, dollars, a sentence.

    owed_minutes      if only sessions give way; `owed_minutes_low` if everything gives way alike
    """

    owed_hours: float | None = None
    owed_minutes: float | None = None
    owed_minutes_low: float | None = None
    dollars: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything a packet is told beside the answer.

    smallest_count  counts of students below it do not leave the district, 5 to 30
    name_therapists whether internal packets carry names instead of codes; packets that leave never do
    language        of the documents: "en", "es", or "en+es" for each document twice
    schools         the schools that the ask is for, as the roster writes them; those where most is missing when empty
    logo            PNG or JPEG bytes; `template` is a pptx whose master, fonts and colors the slides take
    font            a font file with letters that the bundled one lacks, for names in other scripts
    fund            what pays for it, in words
    forms           whether the form of the chosen state is made
    rates           the district's own rates by id, over the examples
    wording         the district's own sentences: (language, key, sentence with names of numbers in braces)
    weeks_right     how many of `weeks_of` therapists have confirmed their week; told where somebody was asked
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
    template: bytes | None = None
    font: bytes | None = None
    fund: str = ""
    forms: bool = False
    rates: tuple[tuple[str, float], ...] = ()
    wording: tuple[tuple[str, str, str], ...] = ()
    weeks_right: int = 0
    weeks_of: int = 0

    def __post_init__(self):
        _wording_checked(self.wording)
        if not 0 <= self.weeks_right <= self.weeks_of:
            raise SettingError("No more weeks can be confirmed than there are.")
        low, high = SMALLEST_COUNTS
        if refusal := languages.refusal(self.language):
            raise SettingError(refusal)
        if len(self.schools) > MOST_NAMED_SCHOOLS:
            raise SettingError(f"The ask can name at most {MOST_NAMED_SCHOOLS} schools, got {len(self.schools)}.")
        if not low <= self.smallest_count <= high:
            raise SettingError(f"The smallest count is {low} to {high}, got {self.smallest_count}.")
        if self.logo is not None and (self.logo_kind is None or len(self.logo) > LARGEST_LOGO_BYTES):
            raise SettingError("The logo must be a PNG or JPEG picture of at most 1 MB.")

    def worded(self, language: str) -> Mapping[str, str]:
        """The district's own sentences of one language by key."""
        return {key: text for of, key, text in self.wording if of == language}

    @property
    def logo_kind(self) -> str | None:
        """ "png" or "jpg" by the first bytes; None without a logo or for anything else."""
        return next((kind for start, kind in LOGO_STARTS.items() if self.logo and self.logo.startswith(start)), None)

    @property
    def name(self) -> str:
        """The district's name, or words in its place."""
        return self.district_name.strip() or "The district"


def _wording_checked(own: tuple[tuple[str, str, str], ...]) -> None:
    from workload.report.language.ask_words import NAMES
    from workload.report.language.wording import WordingError, checked

    for language in {of for of, _, _ in own}:
        if language not in languages.TAGS:
            raise SettingError(f"Sentences are worded in {', '.join(languages.TAGS)}, got {language[:20]}.")
        try:
            checked({key: text for of, key, text in own if of == language}, NAMES)
        except WordingError as problem:
            raise SettingError(str(problem)) from None
