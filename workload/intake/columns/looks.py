"""What the values of a column look like, judged on its distinct values: the second opinion beside the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from workload.intake.cells.cell_words import GRADES, PULL_OUT, PUSH_IN
from workload.intake.cells.cells import Problem, is_missing, shown, tidy
from workload.intake.cells.dates import US, read_date
from workload.intake.cells.group_words import tell_groups
from workload.intake.cells.joint_cells import time_of_day
from workload.intake.cells.near_names import CREDENTIALS, is_vacant
from workload.intake.cells.values import number_in, read_choice, read_period, read_yes_no
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.bounds import SHORTEST_PLAUSIBLE_SESSION
from workload.model.columns import SERVICES, THERAPISTS

MOST, SOME, FEW = 0.6, 0.3, 0.1
DIGITS_AND_LETTERS = re.compile(r"\d.*[a-z]|[a-z].*\d", re.IGNORECASE | re.DOTALL)
AMOUNT = re.compile(
    r"\b(?:min|mins|minutes?|hrs?|hours?|mpw|mpm|x)\b|\d\s*x(?!\s*0)|x\s*[1-9]|\d\s*min|\d\s*'|\d\s*(?:/|per|a)\s*(?:wk|week|mo|month)\b",
    re.IGNORECASE,
)
AT_A_TIME = re.compile(r"\b(?:mon|tue|wed|thu|fri)[a-z]*\b.*\d\s*[-\u2013]\s*\d", re.IGNORECASE)  # Mon 9:00-9:30
ONLY_AMOUNT = re.compile(r"[\d.,]+\s*(?:min|mins|minutes|m|'|hr|hrs|hours?)\.?", re.IGNORECASE)
CLOCK_LENGTH = re.compile(r"[0-3]:[0-5]\d(?::00)?")  # 0:45; 8:00 is a time of day
COUNTED = re.compile(
    r"(?:\d+\s*(?:x|times?)|once|twice)\b.*\b(?:week|wk|month|mo|year|yr|day|quarter|weekly|monthly)", re.IGNORECASE
)
SCHOOL_WORD = re.compile(
    r"\b(?:school|elementary|elem|middle|high|academy|es|ms|hs|k-8|primary|prek|preschool)\b", re.IGNORECASE
)
TITLE = re.compile(
    r"^(?:occupational therap\w+|otr?(?:/l)?|cota(?:/l)?|ota|related service provider|therapist)"
    r"(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
LAST_FIRST = re.compile(r"[A-Z][\w'’-]+,\s*[A-Z][\w'’.-]*.*")
NAME = re.compile(r"[A-Z][\w'’.-]*(?:,?\s+[A-Z][\w'’.-]*){0,3}(?:\s*\(.*\))?")
OT_TEXT = re.compile(
    r"\b(?:ot|o\.\s?t\.?|otr(?:/l)?|ota|cota|occ(?:up)?\.?\s?ther\w*|occupational\s+ther\w*|occupational$)(?![\w])"
    r"|^450\b",
    re.IGNORECASE,
)
OTHER_TEXT = re.compile(
    r"\b(?:speech|spch|slp|slpa|slt|lang|language|physical|pt|pta|counsel\w*|nurs\w*|academic|instruction|sai|sdi|para\w*|aide|transport\w*|vision|tvi|"
    r"audiolog\w*|behavior\w*|bcba|aba|social|psycholog\w*|adapted|ape|orientation|mobility|deaf|vocational|transition|tutoring|"
    r"interpreter|music|recreation\w*|teacher|special ed\w*|sped|lcsw|lmsw|msw|s/?l)\b",
    re.IGNORECASE,
)
GONE = re.compile(
    r"(?:in-?\s?active|not active|exit(?:ed|s)?|dismiss(?:ed|al)?|withdr[ae]wn?|withdrew|w/d|moved|transferred(?: out)?|transfer(?: out)?|"
    r"graduated|discharged?|d/c(?:'?d)?|dropped|discontinued|closed|declassified|left|no longer\b.*|ended|deceased|terminated|"
    r"aged? out|did not qualify|dnq|not eligible|ineligible|(?:parents? |consent |services? )*revok(?:ed|ation)|unenrolled|not enrolled|no[- ]show|"
    r"(?:dad[oa] de |de )?baja|inactiv[oa]s?|egresad[oa]|retirad[oa]|transferid[oa]|trasladad[oa]|graduad[oa])\b",
    re.IGNORECASE,
)
PENDING = re.compile(
    r"(?:pending|on hold|referred|referrals?|waiting|in evaluation|waitlist(?:ed)?|wait list|evaluating|eval(?:uation)? in progress|"
    r"pendientes?|en espera|en evaluaci[oó]n|en proceso)\b",
    re.IGNORECASE,
)
GOING_ON = re.compile(
    r"(?:active|enrolled|current|open|served|receiving|eligible|homebound|home instruction|hospital(?:ized)?|continuing|in service|ongoing|services?|"
    r"activ[oa]s?|vigentes?|inscrit[oa]s?)\b",
    re.IGNORECASE,
)
CLASS_PERIOD = re.compile(
    r"(?:[1-9](?:st|nd|rd|th)(?: (?:period|per|hour|hr))?|(?:p|per|period|hour|block) ?[1-9])", re.IGNORECASE
)
WEEKDAY = re.compile(
    r"(?:mon|tue|wed|wednes|thu|thurs?|fri)(?:day)?s?|tues(?:day)?s?|m|tu|t|w|th|f",
    re.IGNORECASE,
)
FLAGS = frozenset({"x", "yes", "no", "y", "n", "true", "false", "\u2713", "\u2714"})
SERIALS = (40_000, 50_000)  # Excel's day numbers of 2009 to 2036
MINUTES_STEP = 5  # a number of minutes is usually a multiple of five
LONGEST_NAME = 40
VALUES_JUDGED = 60  # distinct values of a column that are looked at one by one


@dataclass(frozen=True, eq=False)
class Look:
    """The distinct values of a column, and how many of its cells are filled."""

    values: Sequence[Value]
    filled: int
    rows: int
    cells: Sequence[Value] = field(default=(), repr=False)  # all of the column
    distinct: int = 0

    def says_the_same(self, other: Look) -> bool:
        """Whether every row has the same in both columns."""
        return len(self.cells) == len(other.cells) and list(self.cells) == list(other.cells)

    def tells_the_same_rows_apart(self, other: Look) -> bool:
        """Whether two columns of ids name the same students, one to one."""
        own, others = set(self.cells), set(other.cells)
        return len(set(zip(self.cells, other.cells, strict=True))) == len(own) == len(others)

    def share(self, test: Callable[[Value], bool]) -> float:
        """Share of the distinct values for which the test holds."""
        return sum(1 for value in self.values if test(value)) / len(self.values) if self.values else 0.0

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The tidy texts among the values."""
        return tuple(tidy(value) for value in self.values if isinstance(value, str))

    def share_of_texts(self, test: Callable[[str], object]) -> float:
        """Share of the distinct values that are texts for which the test holds."""
        return sum(1 for text in self.texts if test(text)) / len(self.values) if self.values else 0.0

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The plain numbers among the values."""
        return tuple(number for value in self.values if (number := number_of(value)) is not None)

    @cached_property
    def numeric(self) -> float:
        return len(self.numbers) / len(self.values) if self.values else 0.0

    @cached_property
    def phrases(self) -> float:
        """Amounts in words: "2 x 30 min weekly"."""
        return self.share(is_phrase)

    @cached_property
    def lengths(self) -> float:
        """Numbers with a unit and nothing else ("30 min"), and clock cells."""
        return self.share(lambda value: isinstance(value, time) or is_length(value))

    @cached_property
    def counts(self) -> float:
        """ "2x week", "3 times a month", "twice weekly": how often, without minutes."""
        return self.share(
            lambda value: (
                isinstance(value, str)
                and any(map(str.isalpha, value))
                and bool(COUNTED.search(value))
                and not is_length(value)
                and not re.search(r"\d\s*(?:min|hr|hour|m\b)", value, re.IGNORECASE)
            )
        )

    @cached_property
    def periods(self) -> float:
        return 0.0 if self.flags > MOST else self.share(is_period)  # Y and N

    @cached_property
    def class_periods(self) -> float:
        """Periods of a bell schedule: "2nd", "P3", "Period 5"."""
        return self.share_of_texts(CLASS_PERIOD.fullmatch)

    @cached_property
    def dates(self) -> float:
        return self.share(is_date)

    @cached_property
    def serials(self) -> float:
        """Day numbers of Excel, as numbers or as text."""
        low, high = SERIALS
        days = sum(low <= number < high and number % 1 == 0 for number in self.numbers)
        return days / len(self.values) if self.values else 0.0

    @cached_property
    def clocks(self) -> float:
        """Times of day: cells with a time, "9:00 AM"; lengths such as 0:45 are none."""
        return self.share(lambda value: time_of_day(value) is not None and not is_length(value))

    @cached_property
    def flags(self) -> float:
        return self.share(lambda value: shown(value).casefold() in FLAGS)

    @cached_property
    def names(self) -> float:
        """Texts that may be names of people or places: capital letters, few words, no digits."""
        return self.share(
            lambda value: (
                isinstance(value, str)
                and len(value) <= LONGEST_NAME
                and bool(NAME.fullmatch(text := tidy(value)))
                and not OT_TEXT.fullmatch(text)
            )
        )

    @cached_property
    def people(self) -> float:
        """ "Rivers, Kim", a name with a credential, or a word for nobody."""
        return self.share_of_texts(
            lambda text: (
                not TITLE.match(text) and (LAST_FIRST.fullmatch(text) or CREDENTIALS.search(text) or is_vacant(text))
            )
        )

    @cached_property
    def schools(self) -> float:
        return self.share(lambda value: isinstance(value, str) and bool(SCHOOL_WORD.search(value)))

    @cached_property
    def states(self) -> float:
        """Words about whether a service goes on."""
        return self.share_of_texts(lambda text: GONE.match(text) or PENDING.match(text) or GOING_ON.fullmatch(text))

    @cached_property
    def disciplines(self) -> float:
        """Texts that name a service or a profession."""
        return self.share(
            lambda value: bool(OT_TEXT.search(shown(value)) or (isinstance(value, str) and OTHER_TEXT.search(value)))
        )

    @cached_property
    def deliveries(self) -> float:
        return self.share(lambda value: isinstance(value, str) and is_choice(value, SERVICES.column("delivery")))

    @cached_property
    def tells_groups(self) -> bool:
        """Whether its texts say who is in a group, of how many, and who is not: "Y (3)", "N"."""
        return all(isinstance(value, str) for value in self.values) and tell_groups(map(tidy, self.values))

    @cached_property
    def places(self) -> float:
        """Words for where a service is given that are taken for individual service where they stand under a delivery."""
        return self.share(lambda value: isinstance(value, str) and value.strip().casefold() in PUSH_IN | PULL_OUT)

    @cached_property
    def plans(self) -> float:
        return self.share(lambda value: not isinstance(value, date) and is_choice(value, SERVICES.column("plan")))

    @cached_property
    def roles(self) -> float:
        return self.share(lambda value: isinstance(value, str) and is_choice(value, THERAPISTS.column("role")))

    @cached_property
    def grades(self) -> float:
        return self.share(lambda value: shown(value).casefold().rstrip(".") in GRADES)

    @cached_property
    def yes_no(self) -> float:
        return self.share(
            lambda value: (
                not isinstance(value, date) and isinstance(read_yes_no(value, SERVICES.column("esy")), bool | None)
            )
        )

    @cached_property
    def looks_like_minutes(self) -> bool:
        """Plain numbers that are nearly all multiples of five and not tiny: 30, 45, 60, 240, 1080."""
        numbers = self.numbers
        return (
            self.numeric > MOST
            and self.serials < SOME
            and bool(numbers)
            and max(numbers) >= SHORTEST_PLAUSIBLE_SESSION
            and sum(number % MINUTES_STEP == 0 for number in numbers) > 0.8 * len(numbers)
        )

    @cached_property
    def is_unique(self) -> bool:
        """Whether no filled cell repeats another, as ids do."""
        return self.distinct == self.filled

    @cached_property
    def ids(self) -> float:
        """Texts or whole numbers without blanks that hold a digit."""
        return self.share(
            lambda value: (
                (isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0)
                or (isinstance(value, str) and bool(re.fullmatch(r"[\w.-]*\d[\w.-]*", tidy(value))))
            )
        )


def number_of(cell: Value) -> float | None:
    """The plain number of a cell, also when it stands there as text, with a comma or a point for decimals."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    text = tidy(cell)
    return (
        number_in(text)
        if (found := number_in(text)) is not None
        else number_in(text.replace(".", "").replace(",", "."))
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d+", text)
        else found
    )


def is_phrase(cell: Value) -> bool:
    """An amount in words, with more than a number and its unit."""
    return (
        isinstance(cell, str)
        and bool(DIGITS_AND_LETTERS.search(cell))
        and bool(AMOUNT.search(cell) or AT_A_TIME.search(cell))
        and not is_length(cell)
    )


def is_length(cell: Value) -> bool:
    return isinstance(cell, str) and bool(ONLY_AMOUNT.fullmatch(tidy(cell)) or CLOCK_LENGTH.fullmatch(tidy(cell)))


def is_period(cell: Value) -> bool:
    return (
        isinstance(cell, str)
        and any(map(str.isalpha, cell))
        and isinstance(read_period(cell, SERVICES.column("period")), str)
    )


def is_weekday(cell: Value) -> bool:
    """Whether a cell names a day of the school week and nothing else."""
    return isinstance(cell, str) and bool(WEEKDAY.fullmatch(tidy(cell).rstrip(".")))


def is_date(cell: Value) -> bool:
    if isinstance(cell, date | datetime):
        return True
    return (
        isinstance(cell, str)
        and any(map(str.isdigit, cell))
        and (bool(US.fullmatch(tidy(cell))) or isinstance(read_date(cell, SERVICES.column("start")), date))
    )


def is_choice(cell: Value, column) -> bool:
    read = read_choice(cell, column)
    return read is not None and not isinstance(read, Problem)


def look_at(column: Sequence[Value], most: int = 400) -> Look:
    """The look of a column, judged on its first rows."""
    cells = column[:most]
    values = []
    for kind, cell in dict.fromkeys(zip(map(type, cells), cells, strict=True)):  # TRUE is not 1
        if cell is None or cell == "" or isinstance(cell, CellProblem) or (kind is str and is_missing(tidy(cell))):
            continue
        values.append(cell)
    kinds = Counter(map(type, cells))
    filled = len(cells) - kinds[type(None)] - kinds[CellProblem] - cells.count("")
    return Look(tuple(values[:VALUES_JUDGED]), filled, len(cells), column, len(values))
