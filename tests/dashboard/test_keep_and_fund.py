"""Beside the money: the numbers on the screen are the library's, own values are kept, and every module stands by itself."""

import subprocess
import sys
from pathlib import Path

import pytest

import dashboard
from dashboard.screens.decide.scenarios.leaving_and_funding import MoneyRecord
from tests.dashboard.support import app, record
from tests.dashboard.test_journeys import visit, widget

ROOT = Path(dashboard.__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "dashboard" / "screens" / "decide" / "scenarios").glob("*_*.py")
)


@pytest.fixture
def at():
    at = app().run()
    next(each for each in at.button if each.label == "Open the sample district").click().run()
    at.session_state["scenario_part"] = "Money"
    return visit(at, "decide")


def words(at) -> str:
    return "\n".join(str(each.proto) for each in at.get("html"))


def test_the_cards_show_what_the_library_says_and_keep_what_is_typed(at):
    assert not at.exception and not at.error
    assert "$2,264 a year for each student served" in words(at)
    widget(at, "number_input", "turnover_weeks_vacant").set_value(0.0).run()
    widget(at, "number_input", "funding_part_b").set_value(100_000.0).run()
    widget(at, "number_input", "funding_budget").set_value(1_000_000.0).run()
    kept = record(at, MoneyRecord)
    assert (kept.values, kept.sources, kept.budget) == ({"weeks_vacant": 0.0}, {"part_b": 100_000.0}, 1_000_000.0)
    assert "Agency cover while" not in words(at) and "Local money for the rest" in words(at)
    assert "is $177,490 too little" in words(at)
    assert "What the posts cost in the years to come" not in words(at)
    widget(at, "number_input", "salary_step").set_value(3.0).run()
    assert record(at, MoneyRecord).step == 3.0 and "What the posts cost in the years to come" in words(at)


ANEW = """
import importlib, sys
for module in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("dashboard", "workload")]:
        del sys.modules[name]
    print(module)
    importlib.import_module(module)
"""


def test_each_module_can_be_the_first_that_is_loaded():
    """A circle of imports shows only where the wrong one comes first, as it does in a server that has just started."""
    called = [sys.executable, "-c", ANEW, *MODULES]  # what is not ours is loaded once
    done = subprocess.run(called, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, f"{done.stdout.split()[-1]}: {done.stderr[-400:]}"
    assert done.stdout.split() == MODULES and len(MODULES) > 10
