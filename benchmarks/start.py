"""Cold start: what importing costs before the first page can be shown, each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import Ratio, compare

ROOT = Path(__file__).parents[1]


def fresh(code: str):
    """Runs the code in a new interpreter."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)


def ratios() -> list[Ratio]:
    """The library and the first page against what they stand on."""
    return [
        compare("import workload", fresh("import workload"), "an empty interpreter", fresh("pass"), 5, target=2),
        compare(
            "import workload.answer",
            fresh("import workload.answer"),
            "import pandas",
            fresh("import pandas"),
            5,
            target=1.5,
        ),
        compare(
            "everything the first page needs",
            fresh(
                "import streamlit, dashboard.shell.session, dashboard.parts.widgets, workload.answer, workload.intake.load"
            ),
            "import streamlit, pandas",
            fresh("import streamlit, pandas"),
            5,
            target=1.5,
        ),
    ]
