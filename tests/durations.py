"""Which tests `make check` leaves to `make test`: those that compute longest, as `durations.csv` says.

    make durations      measures every test without browser and office once more, and writes that file

Processor time, children and shared set-up included, so that a busy machine gives the same list. A test counts with all
its cases: one of many cheap cases stays, worked examples above all. What must be in the fast loop at any price carries
the mark `always`. By name and not by file, so that the list lives through moves.
"""

from __future__ import annotations

import csv
import resource
import time
from collections import Counter
from pathlib import Path

import pytest

FILE = Path(__file__).with_name("durations.csv")
LISTED_SECONDS = 0.1  # what is cheaper need not be written down
BROWSER_SECONDS = 10  # about, of one test in a browser, which is not measured here
A_CASE_SECONDS, A_TEST_SECONDS = 0.15, 1.5  # of the fast loop, at most

_spent: Counter[str] = Counter()
_cases: Counter[str] = Counter()


def slow() -> frozenset[str]:
    """The tests that are too long for the fast loop, by name."""
    return frozenset(row["test"] for row in durations() if _too_long(row))


def durations() -> list[dict[str, str]]:
    """What was measured: test, cases, cpu_seconds of all cases together."""
    with open(FILE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """The files with long tests before the others, file by file as what a file has prepared serves all its tests.

    A worker that has done its part takes from the end of another's: with the long tests first, none begins when nothing
    else is left to do beside it.
    """
    cost = {row["test"]: float(row["cpu_seconds"]) / int(row["cases"]) for row in durations()}
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)

    def seconds(file: list[pytest.Item]) -> float:
        of_browser = BROWSER_SECONDS if file[0].get_closest_marker("browser") else 0
        return max(cost.get(item.originalname, of_browser) for item in file)

    return [item for file in sorted(files.values(), key=seconds, reverse=True) for item in file]


def _too_long(row: dict[str, str]) -> bool:
    seconds = float(row["cpu_seconds"])
    return seconds > A_TEST_SECONDS or seconds / int(row["cases"]) > A_CASE_SECONDS


def cpu_seconds() -> float:
    """Processor time of this process and of the children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Only where this module is the plugin (-p tests.durations): what each test took."""
    before = cpu_seconds()
    result = yield
    name = getattr(item, "originalname", item.name)
    _spent[name] += cpu_seconds() - before
    _cases[name] += 1
    return result


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was measured, by name."""
    with open(FILE, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("test", "cases", "cpu_seconds"))
        rows.writerows(
            (name, _cases[name], f"{seconds:.1f}")
            for name, seconds in sorted(_spent.items())
            if seconds >= LISTED_SECONDS
        )
