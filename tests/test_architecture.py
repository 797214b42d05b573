"""The house keeps its shape: who may touch what, and what each file may not become."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import workload
from dashboard.shell import navigation
from tests.durations import slow
from tests.support.code_names import modules, parsed, used
from workload.report.sections.every import SECTIONS

ROOT = Path(__file__).parents[1]
LIBRARY = sorted((ROOT / "workload").rglob("*.py"))
PAGES = sorted((ROOT / "dashboard").rglob("*.py"))

HEAVY = (
    "streamlit",
    "scipy",
    "openpyxl",
    "xlsxwriter",
    "plotly",
    "highspy",
    "pyarrow.dataset",
    "typst",
    "pptx",
    "lxml",
)
LONGEST_FILE_LINES = 350
SHORT_TEXT = 16  # letters of a value that two modules may have by coincidence
# One name in two rooms, and why each room needs it.
SAME_NAME = {
    "answer": "the library's answer, and the page that shows it",
    "people": "who works, and the page that shows them",
    "records": "of a file, and of premises",
}


def room(path: Path) -> str:
    """The room of a file: its folder in the library, or its own name at the top."""
    return path.relative_to(ROOT / "workload").with_suffix("").parts[0]


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


def test_only_figures_and_report_know_plotly():
    for path in LIBRARY:
        if room(path) not in ("figures", "report"):
            assert not any(module.split(".")[0] == "plotly" for module in imports(path)), path


def test_no_module_of_the_library_reads_the_clock_or_draws_unasked():
    for path in LIBRARY:
        if room(path) == "__main__":
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


def test_a_file_keeps_to_one_purpose_and_says_which():
    for path in [*LIBRARY, *PAGES]:
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        assert ast.get_docstring(ast.parse(text)) or not text, f"{name} does not say what it is for"
        assert len(text.splitlines()) <= LONGEST_FILE_LINES, f"{name} is too long"


def test_no_two_files_have_one_name():
    stems = Counter(path.stem for path in [*LIBRARY, *PAGES] if path.stem not in ("__init__", "__main__"))
    assert not [stem for stem, count in stems.items() if count > 1 and stem not in SAME_NAME]


# Called by a library: the migrations' and the overridden methods of a base class that is not ours.
BY_A_LIBRARY = {"handle_startendtag", "handle_data", "write_worksheet", "_open_worksheet", "_workbook_writer"}


@pytest.mark.always
def test_what_a_module_defines_is_used_by_more_than_tests():
    """Functions, classes and constants at the top of a module, by module and name and not by name alone."""
    known = modules("workload", "dashboard", "benchmarks", "data")
    read = used(known)
    unused = {
        (module, node.name)
        for module, path in known.items()
        if module.startswith(("workload.", "dashboard.")) and ".migrations." not in module
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and (module, node.name) not in read
    }
    by_name = {*workload.PLACES, *SECTIONS}  # called by the name under which they are declared
    of_a_language = {name for name in unused if name[0].startswith("workload.report.language.")}
    assert not {name for name in unused - of_a_language if name[1] not in by_name}


@pytest.mark.always
def test_what_a_class_defines_is_read_somewhere():
    """Methods, properties and fields of records; here the bare name counts, also in a text that `getattr` may be given."""
    trees = [parsed(path) for path in [*LIBRARY, *PAGES]]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    unread = {
        f"{node.name}.{method.name}"
        for node in nodes
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("__")
        if method.name not in read | texts | BY_A_LIBRARY
    }
    assert not unread


def test_no_text_is_declared_under_one_name_in_two_modules():
    """A sentence, an address or a pattern that two modules need stands in one of them."""
    places: dict[tuple[str, str], list[str]] = {}
    for path in [*LIBRARY, *PAGES]:
        for node in parsed(path).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.Call):
                value = ast.unparse(node.value)
                if len(value) > SHORT_TEXT and not value.startswith(("st.", "session.", "log_people.")):
                    places.setdefault((ast.unparse(node.targets[0]), value), []).append(path.name)
    assert not {name: files for name, files in places.items() if len(files) > 1}


def test_the_list_of_long_tests_names_tests():
    defined = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name in slow() if f"def {name}(" not in defined]


def test_the_description_of_the_house_names_what_is_there():
    """Things on more than ten pages, each with the file that shows it and the file that computes it."""
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:workload|dashboard|data|tests|benchmarks|docs)/[\w./]*)`", text)
    assert len(named) > 30 and not [path for path in named if not (ROOT / path).exists()]
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.count("`dashboard/screens/") == 1]
    on_a_server = {navigation.ACCESS.title, "My week"}
    titles = {view.title for view in navigation.ALL} | on_a_server
    pages = [row[0].strip() for row in rows if len(row) == 4]
    assert len(set(pages)) > 10 and set(pages) <= titles
    for _, what, shown, computed in (row for row in rows if len(row) == 4):
        for screen, work in zip(paths_in(shown), paths_in(computed), strict=False):
            taken = taken_in(screen)
            near = taken.union(*(taken_in(other) for other in taken if other.parts[0] == "dashboard"))
            near |= taken_in(Path("workload/answer.py"))  # what the answer holds is computed for every page
            assert any(other.is_relative_to(work) for other in near), (
                f"{what.strip()}: {screen} does not lead to {work}"
            )


def paths_in(cell: str) -> list[Path]:
    """The files of a cell of the table; one without a folder stands beside the one before it."""
    found: list[Path] = []
    for name in re.findall(r"`([\w./]+)`", cell):
        found.append(Path(name) if "/" in name else found[-1].with_name(name))
    return found


def taken_in(path: Path) -> set[Path]:
    """The files of ours that a file imports."""
    names = [
        name
        for node in ast.walk(parsed(ROOT / path))
        if isinstance(node, ast.ImportFrom)
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    ]
    files = (Path(*name.split(".")).with_suffix(".py") for name in names if name)
    return {file for file in files if (ROOT / file).exists()}


def test_the_walk_from_bytes_to_a_roster_is_short():
    """Rooms that stand in the order of the walk call one another by few functions; what serves all is not counted."""
    intake, serving, calls = ROOT / "workload" / "intake", {"answers", "cells", "phrases"}, []
    for path in intake.rglob("*.py"):
        own = path.relative_to(intake).parts[0].removesuffix(".py")
        tree, names = ast.parse(path.read_text(encoding="utf-8")), {}
        for node in ast.walk(tree):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("workload.intake.") and module != "workload.intake.open.coded_list":  # a kind of list
                other = module.split(".")[2]
                names |= {each.name: other for each in node.names if other not in {own, *serving}}
        called = [
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        ]
        walks = own in {"load", "columns", "blocks", "rows", "names", "checks", "by_hand"}
        calls += [(path.name, name) for name in called if walks and name in names and name[0].islower()]
    assert 0 < len(calls) <= 40, sorted(calls)
