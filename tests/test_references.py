"""What docstrings, comments and documents name is there: a name that moved takes its mentions along."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from tests.support.code_names import ROOT, defined_in, modules, parsed, resolves

FOLDERS = ("workload", "dashboard", "tests", "benchmarks", "data")
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *(each for each in ROOT.glob("*/README.md"))]
CODE = list(modules(*FOLDERS).values())
DOTTED = re.compile(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\([^`]*\))?`")
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)}|docs|deploy)/[\w./-]*)`")
ENDINGS = {"py", "md", "toml", "csv", "json", "xlsx", "pptx", "pdf", "html", "parquet", "conf", "txt", "next"}
OF_THE_FRAMEWORK = ("server", "client", "browser")  # sections of its configuration


def told_in(path: Path) -> str:
    """The text of a document; of code its docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    comments = [line.partition("# ")[2] for line in text.splitlines()]
    return "\n".join([*(ast.get_docstring(node) or "" for node in nodes), *comments])


@lru_cache(maxsize=1)
def beginnings() -> dict[str, set[str]]:
    """A word that may begin a name -> what it may stand for: the module, package or class of that name."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, path in modules(*FOLDERS).items():
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            found[parts[length - 1]].add(".".join(parts[:length]))
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].add(f"{module}.{node.name}")
    return found


def stale(dotted: str) -> bool:
    """Whether a dotted name that begins with something of this project does not lead on. `roster.services` is a `Roster`'s."""
    first, second, *_ = dotted.split(".")
    if dotted.rpartition(".")[2] in ENDINGS or first in OF_THE_FRAMEWORK:
        return False
    known, starts = modules(*FOLDERS), beginnings()
    if first in FOLDERS:
        return not resolves(dotted, known)
    kinds = starts.get(first.title().replace("_", ""), ()) if first.islower() else ()
    of_a_value = [f"{kind}.{second}" for kind in kinds]
    names = [*(one + dotted[len(first) :] for one in starts.get(first, ())), *of_a_value]
    return bool(names) and not any(resolves(name, known) for name in names)


@pytest.mark.always
def test_every_dotted_name_in_words_names_something_that_is_there():
    told = {path.relative_to(ROOT).as_posix(): DOTTED.findall(told_in(path)) for path in [*CODE, *DOCUMENTS]}
    assert sum(map(len, told.values())) > 60
    assert not {(place, name) for place, names in told.items() for name in names if stale(name)}


def test_every_path_in_a_document_is_there():
    told = {path.relative_to(ROOT).as_posix(): PATH.findall(path.read_text(encoding="utf-8")) for path in DOCUMENTS}
    assert sum(map(len, told.values())) > 60
    assert {(place, path) for place, paths in told.items() for path in paths if not (ROOT / path).exists()} <= {
        ("docs/decisions/dependencies.md", "workload/data")  # where the wheel has it
    }


def test_a_stale_name_would_be_found():
    assert stale("workload.answer.analyse") and not stale("workload.answer.analyze")
    assert stale("staffing.why") and not stale("intake.load")
    assert not stale("json.dumps") and not stale("roster.services") and stale("roster.lessons")
    assert "analyze" in defined_in(parsed(ROOT / "workload" / "answer.py"))


def test_a_date_in_a_document_stands_as_its_readers_write_it():
    """October 1, 2026 and not 1 October 2026."""
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    day_first = re.compile(rf"\b\d{{1,2}} (?:{months})\b")
    documents = [*DOCUMENTS, *ROOT.glob("data/*/README.md")]
    assert not [path.name for path in documents if day_first.search(path.read_text(encoding="utf-8"))]
