"""How many small faults in the calculation do the tests see?

    make mutate                                            150 of all mutants of workload/work and workload/staffing
    python -m tests.mutation --sample 40 --seed 2 workload/staffing/caps
    python -m tests.mutation --survivors                   only those that the last runs did not see

No file is changed. The narrow tests are those of the calculation and every other test file that imports a module of
these rooms, but for those of documents, charts and the solver, whose threads a fork does not have. A survivor is a missing test or an equivalent, which goes into `equivalent.txt` with a reason. What is
known is kept in a file, so that a run that was stopped goes on; take the file away to begin anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.mutation.fresh import ROOT, run_fresh
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.session import ROOMS, Session

ALWAYS = ("tests/work", "tests/staffing", "tests/reference")
NOT_IN_A_FORK = ("dashboard", "e2e", "report", "figures", "one_week", "rebalance", "batch")
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
SEEN, ALIVE = "seen", "NOT SEEN"


def narrow_tests() -> list[str]:
    """The tests of the calculation, and the files outside of them that import a module of these rooms."""
    wanted = tuple(f"from {room.replace('/', '.')}" for room in ROOMS)
    found = [
        file.relative_to(ROOT)
        for file in sorted(ROOT.glob("tests/*/test_*.py"))
        if any(line.startswith(wanted) for line in file.read_text(encoding="utf-8").splitlines())
    ]
    return [
        *ALWAYS,
        *(str(one) for one in found if one.parts[1] not in (*NOT_IN_A_FORK, *(Path(room).name for room in ALWAYS))),
    ]


def sample(mutants: list[Mutant], many: int, seed: int) -> list[Mutant]:
    """By a draw that stays the same when others come or go."""
    drawn = sorted(mutants, key=lambda one: hashlib.sha256(f"{seed}:{one.name}".encode()).digest())
    return drawn[:many]


def equivalents() -> set[str]:
    """The names of the mutants that change no answer."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    return {line.rsplit(" | ", 1)[0] for line in lines if line.count(" | ") >= 3 and line.startswith("workload/")}


def known(results: Path) -> dict[str, str]:
    """{mutant: seen or not} of earlier runs; the last word counts."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return {name: status for status, _, name in (line.partition(" | ") for line in lines) if status in (SEEN, ALIVE)}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=ROOMS)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--results", type=Path, default=ROOT / ".mutation")
    parser.add_argument(
        "--survivors", action="store_true", help="try those that were not seen again, each from a fresh start"
    )
    return parser.parse_args()


def main() -> int:
    """Runs a sample, prints the survivors as they come, and the score."""
    given, results = arguments(), {}
    os.chdir(ROOT)
    files = [
        file
        for path in given.paths
        for file in ([Path(path)] if path.endswith(".py") else sorted(Path(path).rglob("*.py")))
    ]
    every = [one for file in files for one in mutants_of(file)]
    same = equivalents()
    chosen = [one for one in sample(every, given.sample, given.seed) if one.name not in same]
    before = known(given.results)
    again = {SEEN} if given.survivors else {SEEN, ALIVE}
    left = [one for one in chosen if before.get(one.name) not in again]
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    with given.results.open("a", encoding="utf-8", buffering=1) as kept:

        def tell(what: Mutant | str, seen: bool = False) -> None:
            if isinstance(what, str):
                print(what, file=out)
                return
            results[what.name] = SEEN if seen else ALIVE
            kept.write(f"{results[what.name]} | {what.name}\n")
            print(f"{len(results)} of {len(left)} | {results[what.name]} | line {what.line} | {what.name}", file=out)

        if left:
            _run(left, given.results.with_name(given.results.name + ".tests"), given.at_once, given.survivors, tell)
    count = Counter((before | results).get(one.name, "not tried") for one in chosen)
    share = count[SEEN] / max(1, len(chosen))
    print(
        f"{count[SEEN]} of {len(chosen)} mutants seen ({share:.1%}), {count[ALIVE]} not, {count['not tried']} not tried; "
        f"{len(every)} in all, {len(same)} known to change nothing, seed {given.seed}.",
        file=out,
    )
    return 0


def _run(left: list[Mutant], noted: Path, at_once: int, always_fresh: bool, tell: Callable) -> None:
    """One session for all, with nothing printed but what is told."""
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    plugin = Session(left, ROOT, noted, at_once, run_fresh, always_fresh, tell)
    marks = "not office and not browser"
    pytest.main(
        ["-s", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", marks, *narrow_tests()], plugins=[plugin]
    )


if __name__ == "__main__":
    sys.exit(main())
