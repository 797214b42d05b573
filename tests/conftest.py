"""What holds for every test: its own data folder, one profile of random examples, and the marks of its folder."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.durations import in_turn, slow

TESTS = Path(__file__).parent
OFFICE = "converted"  # what `tests.report.office` is called by
os.environ["OT_STAFFING_HOME"] = tempfile.mkdtemp(prefix="ot-staffing-tests-")

# No deadline and no complaint about slow examples: how fast the machine is must not decide what is green.
LOAD_INDEPENDENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, **LOAD_INDEPENDENT)
settings.register_profile("dev", **LOAD_INDEPENDENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]):
    """Mark what needs a browser (its folder), the office (it converts a document), or much time (its name); long ones first."""
    too_long = slow()
    for item in items:
        file = item.path.relative_to(TESTS).as_posix()
        if file.startswith("e2e/"):
            item.add_marker(pytest.mark.browser)
        if OFFICE in item.function.__code__.co_names:
            item.add_marker(pytest.mark.office)
        if item.originalname in too_long and not item.get_closest_marker("always"):
            item.add_marker(pytest.mark.slow)
    result = yield
    items[:] = in_turn(items)
    return result


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once():
    """Streamlit reads what every installed package says of itself for each `AppTest` anew, longer than most pages take."""
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def main_stays_what_it_was():
    """Streamlit puts the page it runs in the place of `__main__` and leaves it there; a process that is spawned later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tell `tests.report.office` the marks of the running test, so that none uses the office without saying so."""
    os.environ["OT_STAFFING_TEST_MARKS"] = " ".join(mark.name for mark in item.iter_markers())
