"""Paired CPU timing: floor and work one right after the other, the median of the ratios, its quartiles."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from workload.intake.open import ready_readers

SHORTEST_SIDE_SECONDS = 0.02  # a shorter floor is repeated inside the timer until it takes this long


@dataclass(frozen=True)
class Ratio:
    """CPU of the work over CPU of the floor: median and quartiles over the rounds."""

    name: str
    floor: str
    work_ms: float
    floor_ms: float
    median: float
    low: float
    high: float
    rounds: int
    target: float | None = None
    low_ms: float = 0.0
    target_ms: float | None = None  # where what counts is the work alone

    @classmethod
    def of(
        cls,
        name: str,
        floor: str,
        works: list[float],
        floors: list[float],
        target: float | None,
        target_ms: float | None = None,
    ) -> Ratio:
        """From the CPU seconds of paired rounds."""
        ratios = [work / least for work, least in zip(works, floors, strict=True)]
        low, median, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
        milliseconds = (statistics.median(side) * 1e3 for side in (works, floors))
        low_ms = (statistics.quantiles(works, n=4)[0] if len(works) > 1 else works[0]) * 1e3
        return cls(name, floor, *milliseconds, median, low, high, len(ratios), target, low_ms, target_ms)

    @property
    def held(self) -> str:
        """Whether the lower quartile is within the target."""
        if self.target is None and self.target_ms is None:
            return ""
        held = self.low <= self.target if self.target is not None else self.low_ms <= self.target_ms
        return "yes" if held else "NO"

    @property
    def asked(self) -> str:
        """The target as the table says it."""
        return f"≤ {self.target_ms:g} ms" if self.target_ms is not None else f"≤ {self.target:g}" if self.target else ""


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process, of its ended children and of those that read files for it, while the work runs."""

    def spent() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime + ready_readers.cpu_seconds()

    before = spent()
    work()
    return spent() - before


def repeats(work: Callable[[], object]) -> int:
    """How often a short work has to be repeated to be measurable."""
    once = max(cpu_seconds(work), 1e-6)
    return max(1, round(SHORTEST_SIDE_SECONDS / once))


def compare(
    name: str,
    work: Callable[[], object],
    floor_name: str,
    floor: Callable[[], object],
    rounds: int = 7,
    target: float | None = None,
    target_ms: float | None = None,
) -> Ratio:
    """The ratio of the work to the floor over interleaved rounds, the order alternating."""
    work(), floor()
    many_floor, many_work = repeats(floor), repeats(work)
    works, floors = [], []
    for number in range(rounds):
        sides = {
            "work": lambda: [work() for _ in range(many_work)],
            "floor": lambda: [floor() for _ in range(many_floor)],
        }
        order = ("work", "floor") if number % 2 else ("floor", "work")
        taken = {side: cpu_seconds(sides[side]) for side in order}
        works.append(taken["work"] / many_work)
        floors.append(taken["floor"] / many_floor)
    return Ratio.of(name, floor_name, works, floors, target, target_ms)


def table(ratios: list[Ratio]) -> str:
    """The ratios as a Markdown table."""
    head = (
        "| work | CPU ms | floor | floor ms | ratio (quartiles) | target | held |",
        "| --- | ---: | --- | ---: | --- | ---: | --- |",
    )
    rows = [
        f"| {one.name} | {one.work_ms:,.1f} | {one.floor} | {one.floor_ms:,.2f} | {one.median:.2f} "
        f"({one.low:.2f}–{one.high:.2f}) | {one.asked} | {one.held} |"
        for one in ratios
    ]
    return "\n".join((*head, *rows))
