"""The house keeps its shape: who may import whom, who may touch what, and what each file may not become."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.shell import navigation

ROOT = Path(__file__).parents[1]
LIBRARY = sorted((ROOT / "workload").rglob("*.py"))
PAGES = sorted((ROOT / "dashboard").rglob("*.py"))

# A room may import from itself and from the rooms named here.
ROOMS = {
    "model": set(),
    "intake": {"model"},
    "work": {"model"},
    "rules": {"model"},
    "staffing": {"model", "work", "rules"},
    "answer": {"model", "work", "staffing", "rules"},
    "premises": {"model", "work", "staffing", "rules", "answer"},
    "explain": {"model", "work", "staffing", "rules", "answer", "premises"},
    "scenarios": {"model", "work", "staffing", "rules", "answer", "premises"},
    "rebalance": {"model", "work", "staffing", "rules", "answer", "scenarios"},
    "year_ahead": {"premises", "model", "work", "staffing", "rules", "answer", "scenarios"},
    "figures": {
        "premises",
        "model",
        "work",
        "staffing",
        "rules",
        "answer",
        "explain",
        "scenarios",
        "rebalance",
        "year_ahead",
    },
    "report": {
        "premises",
        "model",
        "work",
        "staffing",
        "rules",
        "figures",
        "answer",
        "explain",
        "scenarios",
        "rebalance",
        "year_ahead",
    },
    "consequences": {"premises", "model", "intake", "work", "staffing", "rules", "answer"},
    "command": {
        "premises",
        "model",
        "intake",
        "work",
        "staffing",
        "rules",
        "figures",
        "report",
        "answer",
        "explain",
        "scenarios",
        "consequences",
    },
}
HEAVY = (
    "streamlit",
    "scipy",
    "pandera",
    "openpyxl",
    "xlsxwriter",
    "plotly",
    "ortools",
    "highspy",
    "pyarrow.dataset",
    "typst",
    "pptx",
    "lxml",
)
LONGEST_FILE_LINES = 400


def room(path: Path) -> str:
    return room_of_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def room_of_module(module: str) -> str:
    parts = module.split(".")
    name = parts[1] if len(parts) > 1 else "model"
    return "command" if name == "__main__" else name if name in ROOMS else "model"


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append(node.module)
            found += [f"{node.module}.{alias.name}" for alias in node.names if node.module == "workload"]
    return found


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_between_rooms_point_one_way(path):
    here = room(path)
    for module in imports(path):
        assert not module.startswith(("streamlit", "dashboard")), f"{path.name} reaches up to {module}"
        if module.split(".")[0] == "workload" and module != "workload":
            there = room_of_module(module)
            assert there in ROOMS[here] | {here}, f"{path.relative_to(ROOT)} ({here}) imports {module} ({there})"


def test_only_figures_and_report_know_plotly():
    for path in LIBRARY:
        if room(path) not in ("figures", "report"):
            assert not any(module.split(".")[0] == "plotly" for module in imports(path)), path


def test_only_the_session_module_touches_session_state():
    touching = [path.name for path in PAGES if "session_state" in path.read_text()]
    assert touching == ["session.py"]


def test_only_the_cache_module_declares_caches():
    declaring = [path.name for path in PAGES if re.search(r"cache_(data|resource)", path.read_text())]
    assert declaring == ["cached.py"]


@pytest.mark.parametrize("path", [Path(view.file) for view in navigation.ALL], ids=lambda path: path.name)
def test_a_page_only_shows(path):
    tree = ast.parse(path.read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Try)], "a page has no try"
    assert not re.search(r"#[0-9a-fA-F]{6}\b", path.read_text()), "a page has no colors"
    assert "unsafe_allow_html" not in path.read_text()


def test_no_module_of_the_library_reads_the_clock_or_draws_unasked():
    for path in LIBRARY:
        if room(path) in ("command",):
            continue
        text = path.read_text()
        assert not re.search(r"\b(date|datetime)\.(today|now|utcnow)\(", text), path
        assert not re.search(r"np\.random\.(seed|rand|normal|random)\b|^import random", text, re.M), path


def test_minutes_become_hours_in_one_place():
    for path in LIBRARY:
        if path.name != "units.py" and room(path) in (
            "work",
            "staffing",
            "scenarios",
            "rebalance",
            "year_ahead",
            "answer",
            "explain",
            "rules",
            "report",
        ):
            assert not re.search(r"[/*] ?60\b", path.read_text()), f"{path} converts hours itself"


def test_importing_the_package_and_the_reading_child_stays_light():
    code = (
        "import sys, workload, workload.intake; import workload.intake.open.reader_child;"
        f"heavy = [name for name in {HEAVY + ('pandas', 'numpy')!r} if name in sys.modules];"
        "print(heavy); sys.exit(bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_answer_needs_no_heavy_library():
    code = (
        "import sys, workload.answer;"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]; print(heavy); sys.exit(bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [*LIBRARY, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_to_one_purpose(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE_LINES
    assert ast.get_docstring(ast.parse(path.read_text())) or path.stat().st_size == 0, "a file says what it is for"
