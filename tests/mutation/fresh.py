"""A mutant from a fresh start: what the module works out while it is imported is changed too.

python -m tests.mutation.fresh MUTANT.json      0: no test saw it
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib.machinery import SourceFileLoader
from pathlib import Path

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]


def run_fresh(mutant: Mutant, tests: list[str]) -> int:
    """0 when none of these tests, the first ones first, sees the mutant. In a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "mutant.json"
        told.write_text(json.dumps({"mutant": asdict(mutant), "tests": tests}, default=str), encoding="utf-8")
        return subprocess.run([sys.executable, "-m", "tests.mutation.fresh", str(told)], cwd=ROOT).returncode


class InOrder:
    """Only these tests, in this order."""

    def __init__(self, tests: list[str]):
        self.rank = {test: at for at, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list) -> None:
        from tests.mutation.session import few_examples

        items[:] = sorted((one for one in items if one.nodeid in self.rank), key=lambda one: self.rank[one.nodeid])
        few_examples(items)


def _changed(target: Path, tree: ast.Module) -> None:
    """Let the loader give the changed code for one file."""
    plain = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str):
        return compile(tree, str(target), "exec") if self.path == str(target) else plain(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def main() -> int:
    """Runs the mutant that the file tells of."""
    import pytest

    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    mutant = Mutant(**{**told["mutant"], "path": Path(told["mutant"]["path"])})
    _changed(ROOT / mutant.path, mutant.tree())
    files = dict.fromkeys(test.split("::")[0] for test in told["tests"])
    if not files:
        return 0
    code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files], plugins=[InOrder(told["tests"])]))
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main())
