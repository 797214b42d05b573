"""Next year: who stays, who comes, in closed form, and how far both may be off. Too little history is refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.school_year import school_year

BANDS: Mapping[str, tuple[str, ...]] = {
    "Preschool": ("PK", "P", "PREK", "PRE-K", "PS", "EC"),
    "K-5": ("K", "KG", "TK", "0", "1", "2", "3", "4", "5"),
    "6-8": ("6", "7", "8"),
    "9-12": ("9", "10", "11", "12"),
    "18-22": ("18-22", "18-21", "18+", "13", "14", "12+"),  # transition students; intake writes 18-22
}
NO_GRADE = "No grade"
ALL_BANDS = (*BANDS, NO_GRADE)
FEWEST_YEARS = 3
YEARS_FOR_A_TREND = 5  # of new students: a line through fewer follows the accident of single years
LOW, HIGH = 0.10, 0.90
# The 90th percentile of Student's t by degrees of freedom, from any table: what a spread seen in few years leaves open.
T_90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)


class TooLittleHistory(ValueError):
    """There is not enough to forecast from; the message is a plain sentence."""


@dataclass(frozen=True)
class YearRecord:
    """One school year's snapshot: each student's grade band, and students enrolled.

    year      the calendar year in which the school year begins
    bands     {student pseudonym: band}
    enrolled  students enrolled in the district; None where not known
    """

    year: int
    bands: Mapping[str, str]
    enrolled: float | None = None


@dataclass(frozen=True)
class Forecast:
    """Students and required FTE next year by band and in all, low (10th), likely, high (90th percentile).

    table    band, students_now, continuing, arriving, students_low, students_likely, students_high; last row "All"
    drivers  sentences: what the numbers rest on
    """

    year: int
    table: pd.DataFrame
    required_fte: tuple[float, float, float]
    drivers: tuple[str, ...] = field(default=())


def band_of(grade: object) -> str:
    if not isinstance(grade, str):
        return NO_GRADE
    plain = grade.strip().upper().removeprefix("GRADE ").removesuffix(".0").lstrip("0") or "0"
    return next((band for band, grades in BANDS.items() if plain in grades), NO_GRADE)


def record_of(answer: Answer) -> YearRecord:
    """The record of an answer's students. Pseudonyms agree between years only when made with the same secret."""
    lines = answer.lines
    bands = {student: band_of(grade) for student, grade in zip(lines["student"], lines["grade"], strict=True)}
    enrolled = answer.roster.schools["enrollment"].sum(min_count=1)
    return YearRecord(school_year(answer.day)[0].year, bands, None if np.isnan(enrolled) else float(enrolled))


def next_year(answer: Answer, history: Sequence[YearRecord], enrolled_next: float | None = None) -> Forecast:
    """The forecast from the yearly records up to now, the answer's own included. Raises `TooLittleHistory`.

    Continuing students are binomial in each band, with a share that earlier years only estimate; what is known of
    arriving students is in `Arrivals`. Mean and variance in closed form:
    mean = Σ n q + λ, variance = Σ n q (1 - q) (1 + n / N) + that of the arrivals, for n students now, N seen earlier.
    """
    records = _usable(answer, history)
    now = records[-1]
    count_now = _counts(now)
    seen, moves, followed = _continuation(records)
    arrivals, drivers = arrivals_of(records, enrolled_next)
    likely, spread, continuing, stay = {}, {}, {}, dict.fromkeys(ALL_BANDS, 0.0)
    for band in ALL_BANDS:
        continuing[band] = sum(count_now[one] * moves[one, band] for one in ALL_BANDS)
        likely[band] = continuing[band] + arrivals.of(band)
        spread[band] = arrivals.variance_of(band) + sum(
            _variance(count_now[one], moves[one, band], seen[one]) for one in ALL_BANDS
        )
        for one in ALL_BANDS:
            stay[one] += moves[one, band]
    whole_variance = arrivals.variance + sum(_variance(count_now[one], stay[one], seen[one]) for one in ALL_BANDS)
    rows = [
        _row(band, count_now[band], continuing[band], arrivals.of(band), likely[band], spread[band])
        for band in ALL_BANDS
        if count_now[band] or likely[band] > 0
    ]
    rows.append(
        _row(
            "All",
            sum(count_now.values()),
            sum(continuing.values()),
            arrivals.mean,
            sum(likely.values()),
            whole_variance,
        )
    )
    table = pd.DataFrame(rows)
    said = [followed[band] for band in ALL_BANDS if count_now[band]]
    return Forecast(now.year + 1, table, _fte(answer, count_now, likely, table), (*said, *drivers))


def _usable(answer: Answer, history: Sequence[YearRecord]) -> list[YearRecord]:
    """One record a year, in order, ending with the answer's, or the refusal."""
    by_year = {record.year: record for record in history}
    mine = record_of(answer)
    by_year[mine.year] = mine
    run = [mine]
    while run[0].year - 1 in by_year:
        run.insert(0, by_year[run[0].year - 1])
    if len(run) < FEWEST_YEARS:
        raise TooLittleHistory(
            f"A forecast needs the rosters of {FEWEST_YEARS} school years in a row; there {'is' if len(run) == 1 else 'are'} "
            f"{len(run)}. Bring the rosters of the years before, with the same student numbers."
        )
    for earlier, later in zip(run, run[1:], strict=False):
        if not earlier.bands.keys() & later.bands.keys():
            raise TooLittleHistory(
                f"No student of {earlier.year}-{later.year} occurs a year later. The student numbers of the files do not agree, so "
                "nobody can be followed from year to year."
            )
    return run


def _counts(record: YearRecord) -> dict[str, int]:
    return {band: sum(1 for one in record.bands.values() if one == band) for band in ALL_BANDS}


def _continuation(records: Sequence[YearRecord]) -> tuple[dict[str, int], dict[tuple[str, str], float], dict[str, str]]:
    """(students followed, share of a band that is in another a year later, what that rests on), years pooled.

    A band in which no earlier year has a student is taken to stay as all students together, and where it is.
    """
    before = dict.fromkeys(ALL_BANDS, 0)
    moved = {(one, other): 0 for one in ALL_BANDS for other in ALL_BANDS}
    for earlier, later in zip(records, records[1:], strict=False):
        for student, band in earlier.bands.items():
            before[band] += 1
            if student in later.bands:
                moved[band, later.bands[student]] += 1
    everybody, stayed = sum(before.values()), sum(moved.values())
    share = {
        (band, other): number / before[band] if before[band] else (stayed / everybody if band == other else 0.0)
        for (band, other), number in moved.items()
    }
    followed = {
        band: _followed(band, before[band], sum(moved[band, other] for other in ALL_BANDS), everybody, stayed)
        for band in ALL_BANDS
    }
    return {band: before[band] or everybody for band in ALL_BANDS}, share, followed


def _variance(students: float, share: float, seen: int) -> float:
    """Of how many of the students come again, where the share is that of so many seen earlier.

    Where all of those came again, one is taken to have left: what was never seen may happen.
    """
    share = min(share, 1 - 1 / max(seen, 2))
    return students * share * (1 - share) * (1 + students / seen)


def _followed(band: str, number: int, stayed: int, everybody: int, all_stayed: int) -> str:
    """How many students of a band were there a year later, in a sentence that can be checked by hand."""
    if not number:
        return (
            f"No earlier year has students {'without a grade' if band == NO_GRADE else f'in {band}'}: they are taken to stay as all students together, "
            f"{all_stayed:,} of {everybody:,}."
        )
    return f"{band}: {stayed:,} of {number:,} students were there a year later, {stayed / number * 100:.0f}%."


@dataclass(frozen=True)
class Arrivals:
    """Students who come new next year: how many, the variance of that, and how they fall to the bands."""

    mean: float
    variance: float
    share: Mapping[str, float]

    def of(self, band: str) -> float:
        return self.mean * self.share[band]

    def variance_of(self, band: str) -> float:
        """The variance in a band: each new student is in it with the band's share."""
        share = self.share[band]
        return self.variance * share**2 + self.mean * share * (1 - share)


def arrivals_of(records: Sequence[YearRecord], enrolled_next: float | None) -> tuple[Arrivals, list[str]]:
    """New students from those of the years so far, for the enrollment expected, and what that rests on."""
    pairs = list(zip(records, records[1:], strict=False))
    new = [[band for student, band in later.bands.items() if student not in earlier.bands] for earlier, later in pairs]
    totals = np.array([len(some) for some in new], float)
    enrolled = [later.enrolled for _, later in pairs]
    drivers, scaled = [], totals
    if all(one for one in enrolled) and enrolled_next:
        scaled = totals / np.array(enrolled, float) * enrolled_next
        drivers.append(f"Enrollment is taken as {enrolled_next:,.0f} ({enrolled[-1]:,.0f} now).")
    else:
        drivers.append("Enrollment next year is not given; new students follow the years so far.")
    mean, variance = next_count(scaled)
    how = (
        "their line carried on"
        if len(totals) >= YEARS_FOR_A_TREND
        else f"their mean, because {len(totals)} years are too few for a trend"
    )
    drivers.append(
        f"New students in the years so far: {', '.join(f'{one:.0f}' for one in totals)}; expected {mean:.1f}, {how}"
        f"{', for the enrollment' if scaled is not totals else ''}."
    )
    pooled = [band for some in new for band in some]
    share = {band: pooled.count(band) / len(pooled) if pooled else 0.0 for band in ALL_BANDS}
    return Arrivals(mean, variance, share), drivers


def next_count(counts: np.ndarray) -> tuple[float, float]:
    """(mean, variance) of next year's count from those of the years so far, at least two.

    The mean of the years; from `YEARS_FOR_A_TREND` on, the straight line of least squares. The variance is that of
    a Poisson count or that seen between the years, whichever is larger, plus that of the mean (or line) itself. One
    that is seen in a few years may well be larger: it is widened as Student's t asks. None ever is taken as one in
    all the years.
    """
    number, at = len(counts), np.arange(len(counts))
    mean, slope, free, far = float(counts.mean()), 0.0, number - 1, 0.0
    if number >= YEARS_FOR_A_TREND:
        square = float(((at - at.mean()) ** 2).sum())
        slope = float(((at - at.mean()) * (counts - mean)).sum()) / square
        free, far = number - 2, (number - at.mean()) ** 2 / square
    expected = max(0.0, mean + slope * (number - float(at.mean())))
    seen = float(((counts - mean - slope * (at - at.mean())) ** 2).sum()) / free
    widened = (T_90[min(free, len(T_90)) - 1] / NormalDist().inv_cdf(HIGH)) ** 2
    poisson = max(expected, 1 / number)
    return expected, (seen * widened if seen > poisson else poisson) * (1 + 1 / number + far)


def band_limits(mean: float, variance: float) -> tuple[float, float]:
    """The 10th and 90th percentile of a count with this mean and variance, whole students."""
    if variance <= 0:
        return mean, mean
    spread = NormalDist(mean, variance**0.5)
    return max(0.0, float(np.floor(spread.inv_cdf(LOW) + 0.5))), float(np.floor(spread.inv_cdf(HIGH) + 0.5))


def _row(
    band: str, now: float, continuing: float, arriving: float, likely: float, variance: float
) -> dict[str, object]:
    low, high = band_limits(likely, variance)
    return {
        "band": band,
        "students_now": now,
        "continuing": continuing,
        "arriving": arriving,
        "students_low": low,
        "students_likely": likely,
        "students_high": high,
    }


def _fte(answer: Answer, now: Mapping[str, int], likely: Mapping[str, float], table: pd.DataFrame):
    """Required FTE next year, low, likely, high: each band's students at what its students cost now."""
    lines = answer.lines
    minutes = lines["therapist_minutes_per_week"].groupby(lines["grade"].map(band_of).to_numpy()).sum()
    required, whole = float(answer.district["required_fte"]), float(minutes.sum())
    each = {
        band: required * minutes.get(band, 0.0) / whole / now[band] if now[band] and whole else 0.0
        for band in ALL_BANDS
    }
    middle = sum(likely[band] * (each[band] or required / max(1, sum(now.values()))) for band in ALL_BANDS)
    last = table.iloc[-1]
    scale = middle / last["students_likely"] if last["students_likely"] else 0.0
    return float(last["students_low"] * scale), float(middle), float(last["students_high"] * scale)
