"""One collected test session in which mutant after mutant is tried, each in a process of its own.

Everything is imported and collected once. A first round without a change notes which functions each test runs and how
long it computes; what is noted is kept beside the results. Tests that the fast loop leaves out are not tried beforehand, and
start last. A mutant inside a function then lives in a fork of this process:
the code of the one function is exchanged, every cache emptied, and the tests that run the function start, until one
fails: first those that saw another mutant of the function, then of the file, then the quick ones.
"""

from __future__ import annotations

import ast
import functools
import gc
import hashlib
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from hypothesis import Phase, settings

from tests.durations import durations
from tests.mutation.mutants import Mutant

ROOMS = ("workload/work", "workload/staffing")
EXAMPLES = 15  # of a test by random examples: each mutant that is seen at all is mostly seen by one of the first
LONGEST_TEST_SECONDS = 8
LONG_IN = ("tests/work", "tests/staffing", "tests/reference")  # whose long tests are tried too
Place = tuple[str, int]  # file and first line of a function


class Touched:
    """Which functions of the rooms run, by file and first line: what `sys.settrace` calls for each call."""

    def __init__(self, rooms: tuple[str, ...]):
        self.rooms, self.now = rooms, set[Place]()

    def __call__(self, frame, event: str, argument: object) -> None:
        if frame.f_code.co_filename.startswith(self.rooms):
            self.now.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    def during(self, call: Callable[[], object]) -> tuple[object, set[Place]]:
        """What a call returns, and what it ran."""
        before, self.now = self.now, set()
        try:
            return call(), self.now
        finally:
            self.now = before | self.now


class Remembered:
    """A cached function that also tells, when its answer is at hand, what ran when it was worked out."""

    def __init__(self, cached, touched: Touched):
        self.cached, self.touched, self.ran = cached, touched, {}
        functools.update_wrapper(self, cached)

    def __call__(self, *given, **named):
        misses = self.cached.cache_info().misses
        value, ran = self.touched.during(lambda: self.cached(*given, **named))
        key = (given, tuple(named.items()))
        if self.cached.cache_info().misses > misses:
            self.ran[key] = ran
        self.touched.now |= self.ran.get(key, set())
        return value

    def __getattr__(self, name: str):
        return getattr(self.cached, name)


class Session:
    """The plugin: `tell` gets a line for each mutant as soon as it is known."""

    def __init__(
        self,
        mutants: list[Mutant],
        root: Path,
        noted: Path,
        at_once: int,
        run_fresh: Callable,
        always_fresh: bool,
        cpu_seconds: int,
        tell: Callable,
    ):
        self.cpu_seconds = cpu_seconds
        self.mutants, self.root, self.at_once, self.tell = mutants, root, at_once, tell
        self.run_fresh, self.always_fresh = run_fresh, always_fresh
        self.noted = noted
        self.touched = Touched(tuple(f"{root / one}/" for one in ROOMS))
        self.fixtures: dict[object, set[Place]] = {}
        self.runs: dict[str, set[Place]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.saw = noted.with_name(noted.name + ".saw")  # where the forks say which test saw their mutant

    def pytest_collection_modifyitems(self, config, items: list[pytest.Item]) -> None:
        items[:] = [one for one in items if not is_long(one) or one.nodeid.startswith(LONG_IN)]
        few_examples(items)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        before, self.touched.now = self.touched.now, set()
        try:
            return (yield)
        finally:
            self.fixtures[fixturedef] = self.touched.now
            self.touched.now = before | self.touched.now

    def pytest_runtest_logreport(self, report) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._recall()
        short = [item for item in session.items if not is_long(item)]
        self._first_round([item for item in short if item.nodeid not in self.runs])
        self._note()
        quick = [
            item
            for item in session.items
            if item.nodeid not in self.failed and self.seconds.get(item.nodeid, 0.0) < LONGEST_TEST_SECONDS
        ]
        self.tell(
            f"{len(quick)} of {len(session.items)} tests are used; first round {sum(self.seconds.values()):.0f} CPU s"
        )
        self.living = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
        self.caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
        gc.collect()
        gc.freeze()  # so that a fork copies little

        for item in sorted(self.failed):
            self.tell(f"not used, red without a change: {item}")
        measured = {row["test"]: float(row["cpu_seconds"]) / int(row["cases"]) for row in durations()}
        items = sorted(
            quick, key=lambda item: self.seconds.get(item.nodeid) or measured.get(item.originalname, 1.0) + 1
        )
        self._each(items)
        return True

    def _first_round(self, items: list[pytest.Item]) -> None:
        remember_caches(self.touched)
        for at, (item, after) in enumerate(zip(items, [*items[1:], None], strict=False)):
            if at % 50 == 0:
                self.tell(f"first round, without a change: {at} of {len(items)} tests")
            self.touched.now, start = set(), time.process_time()
            sys.settrace(self.touched)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - start
            shared = [
                ran
                for name in item.fixturenames
                for one in item._fixtureinfo.name2fixturedefs.get(name, ())
                for ran in [self.fixtures.get(one, set())]
            ]
            self.runs[item.nodeid] = self.touched.now.union(*shared)

    def _state(self) -> str:
        """Of the files that are mutated: another one makes what was noted worthless."""
        return digest(file for room in ROOMS for file in sorted((self.root / room).rglob("*.py")))

    def _files(self, tests: Iterable[str]) -> dict[str, str]:
        """The test files with their digests: what was noted of the tests of another version is worthless, too."""
        files = {test.split("::")[0] for test in tests}
        return {file: digest([self.root / file]) for file in sorted(files) if (self.root / file).exists()}

    def _recall(self) -> None:
        if self.noted.exists():
            known = json.loads(self.noted.read_text(encoding="utf-8"))
            if known["state"] == self._state():
                now = self._files(known["runs"])
                same = {
                    test
                    for test in known["runs"]
                    if known.get("files", {}).get(file := test.split("::")[0]) == now.get(file)
                }
                self.seconds = {test: known["seconds"][test] for test in same}
                self.failed = same & set(known["failed"])
                self.runs = {test: {(file, line) for file, line in known["runs"][test]} for test in same}

    def _note(self) -> None:
        runs = {test: sorted(ran) for test, ran in self.runs.items()}
        known = {
            "state": self._state(),
            "files": self._files(runs),
            "seconds": self.seconds,
            "failed": sorted(self.failed),
            "runs": runs,
        }
        self.noted.write_text(json.dumps(known), encoding="utf-8")

    def _each(self, items: list[pytest.Item]) -> None:
        """Try every mutant, as many at once as were asked for."""
        waiting, running = list(self.mutants), {}
        while waiting or running:
            while waiting and len(running) < self.at_once:
                mutant = waiting.pop(0)
                place = mutant.function
                file = str(self.root / mutant.path)
                fitting = [
                    item
                    for item in items
                    if item.nodeid not in self.runs
                    or (place and (file, place) in self.runs[item.nodeid])
                    or (not place and any(path == file for path, _ in self.runs[item.nodeid]))
                ]
                fitting = self._likely_first(fitting, file, place)
                child = os.fork()
                if child == 0:
                    self._child(mutant, place, fitting)
                running[child] = mutant
            pid, status = os.wait()
            if pid in running:
                self.tell(running.pop(pid), seen=status != 0)

    def _likely_first(self, items: list[pytest.Item], file: str, place: int | None) -> list[pytest.Item]:
        """Those that saw other mutants of the function, then of the file, then the others in their order."""
        lines = self.saw.read_text(encoding="utf-8").splitlines() if self.saw.exists() else []
        told = [json.loads(line) for line in lines]
        of_file = Counter(test for test, where, _ in told if where == file)
        of_function = Counter(test for test, *where in told if where == [file, place])
        return sorted(items, key=lambda item: (-of_function[item.nodeid], -of_file[item.nodeid]))

    def _child(self, mutant: Mutant, place: int | None, fitting: list[pytest.Item]) -> None:
        """Never returns: 0 when no test sees the mutant, another number when one does."""
        try:
            most = self.cpu_seconds + 2 * LONGEST_TEST_SECONDS  # a test that goes on after that never ends: it is seen
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
            gc.disable()
            if place and not self.always_fresh and exchanged(self.living, self.root / mutant.path, mutant.tree()):
                for one in self.caches:  # what was worked out before the change must not answer after it
                    one.cache_clear()
                self.failed.clear()
                for item, after in zip(fitting, [*fitting[1:], None], strict=False):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                    if self.failed:
                        with self.saw.open("a", encoding="utf-8") as saw:
                            saw.write(json.dumps([item.nodeid, str(self.root / mutant.path), place]) + "\n")
                        os._exit(1)
                    if time.process_time() > self.cpu_seconds:
                        break
                os._exit(0)
            os._exit(self.run_fresh(mutant, [item.nodeid for item in fitting]))  # what stands outside a function
        except BaseException:  # the machinery broke, not the product: say it and count it as not seen
            import traceback

            self.tell(traceback.format_exc())
            os._exit(0)


def digest(files: Iterable[Path]) -> str:
    """Of what stands in these files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def is_long(item: pytest.Item) -> bool:
    """Whether the fast loop leaves it out."""
    return item.get_closest_marker("slow") is not None


def few_examples(items: list[pytest.Item]) -> None:
    """Few random examples a test, the same in each process, and no search for the smallest one."""
    for item in items:
        function = getattr(item, "function", None)
        if hasattr(function, "hypothesis"):
            wanted = function._hypothesis_internal_use_settings
            function._hypothesis_internal_use_settings = settings(
                wanted,
                max_examples=min(EXAMPLES, wanted.max_examples),
                derandomize=True,
                database=None,
                phases=(Phase.explicit, Phase.generate),
            )


def remember_caches(touched: Touched) -> None:
    """Put `Remembered` in the place of every cached function that a module knows."""
    made: dict[int, Remembered] = {}
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("workload", "tests"):
            for key, value in list(vars(module).items()):
                if isinstance(value, functools._lru_cache_wrapper):
                    setattr(module, key, made.setdefault(id(value), Remembered(value, touched)))


def exchanged(functions: list[FunctionType], path: Path, tree: ast.Module) -> bool:
    """Give every living function of the file its code of the changed file. False where one cannot be told apart."""
    new: dict[tuple[str, int], list[CodeType]] = {}
    for code in codes(compile(tree, str(path), "exec")):
        new.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
    living = [one for one in functions if one.__code__.co_filename == str(path)]
    changed = False
    for one in living:
        same = new.get((one.__code__.co_qualname, one.__code__.co_firstlineno), [])
        if len(same) != 1:
            return False
        if same[0] != one.__code__:
            one.__code__, changed = same[0], True
    return changed


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code and every code inside it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)
