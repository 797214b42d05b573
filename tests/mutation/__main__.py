"""How many small faults in the calculation do the tests see?

    make mutate                                            150 of all mutants of workload/work and workload/staffing
    python -m tests.mutation --sample 40 --seed 2 workload/staffing/caps

Each mutant lives in a process of its own, in memory: no file is changed. Its narrow tests run until one fails: the
reference, and every test file that imports the changed module. A survivor is a missing test or an equivalent, which
goes into `equivalent.txt` with a reason.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from pathlib import Path

from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
ROOMS = ("workload/work", "workload/staffing")
ALWAYS = ("tests/staffing/test_terms.py", "tests/reference", "tests/work/test_against_reference.py")
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
SECONDS = 300  # of a mutant that never ends


def narrow_tests(path: Path) -> list[str]:
    """The tests of a module: those that import it, then those of everything."""
    module = ".".join(path.with_suffix("").parts)
    room, stem = module.rsplit(".", 1)
    asked = (f"from {module} import", f"import {module}")
    found = [
        one
        for one in sorted(ROOT.glob("tests/*/test_*.py"))
        if any(words in (text := one.read_text(encoding="utf-8")) for words in asked)
        or any(line.startswith(f"from {room} import") and stem in line for line in text.splitlines())
    ]
    return [*(str(one.relative_to(ROOT)) for one in found if "dashboard" not in one.parts), *ALWAYS]


def survives(mutant: Mutant) -> bool:
    """Whether every narrow test passes with the change. Run in a child process, which is left afterwards."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(_tested(mutant))
    return os.waitpid(child, 0)[1] == 0


def _tested(mutant: Mutant) -> int:
    import pytest

    target, plain = str(ROOT / mutant.path), SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str):
        return compile(mutant.tree(), target, "exec") if self.path == target else plain(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *narrow_tests(mutant.path)]))


def main() -> int:
    """Runs a sample and prints the survivors and the score."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=ROOMS)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args()
    os.chdir(ROOT)
    files = [
        file
        for path in given.paths
        for file in ([Path(path)] if path.endswith(".py") else sorted(Path(path).rglob("*.py")))
    ]
    known = {line.rsplit(" | ", 1)[0] for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if " | " in line}
    every = [one for file in files for one in mutants_of(file) if one.name not in known]
    chosen = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    import pandas  # noqa: F401  (once here and not in every child)
    import pytest  # noqa: F401

    survivors = []
    with ThreadPoolExecutor(given.at_once) as pool:
        for mutant, alive in zip(chosen, pool.map(survives, chosen), strict=True):
            if alive:
                survivors.append(mutant)
                print(f"{mutant.path}:{mutant.line} | {mutant.before} | {mutant.after}", flush=True)
    seen = len(chosen) - len(survivors)
    print(
        f"{seen} of {len(chosen)} mutants seen ({seen / max(1, len(chosen)):.1%}); {len(every)} in all, seed {given.seed}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
