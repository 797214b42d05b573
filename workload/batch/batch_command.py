"""`python -m workload batch FOLDER_OR_MANIFEST --out OUT [--workers N | --scheduler ADDRESS]`."""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import date
from pathlib import Path

from workload.batch.batch_results import RESULTS, SUMMARY, summary_lines, write_results
from workload.batch.districts import ManifestError, Task, districts_of, task_of
from workload.batch.one_district import NO_ANSWER, Outcome
from workload.batch.run_all import AT_ONCE, keep, kept, run
from workload.model.terminal import say

DISTRICTS = "districts"  # the folder of the results of each district
STEPS = 20  # lines of progress in a whole run


def batch(options: argparse.Namespace, today: date, usage_error: type[Exception]) -> None:
    """Answer every district and write the results; `today` is the day of files that speak of none.

    Raises `usage_error` where no run can begin.
    """
    out, folder = Path(options.out), Path(options.out) / DISTRICTS
    try:
        districts, aside = districts_of(Path(options.place))
        folder.mkdir(parents=True, exist_ok=True)
    except ManifestError as problem:
        raise usage_error(str(problem)) from None
    except OSError as problem:
        raise usage_error(f"cannot use {problem.filename}: {problem.strerror}") from None
    defaults = {"today": (options.day or today).isoformat()}
    defaults |= {"day": options.day.isoformat()} if options.day else {}
    defaults |= {"state": options.state} if options.state else {}
    say(f"{len(districts):,} districts.", sys.stderr)
    for name in aside:
        say(f"Left aside, as it is no workbook of a district: {name}", sys.stderr)
    known: dict[str, Outcome] = {}
    told = _Progress(len(districts))

    def coming() -> Iterator[Task]:
        for district in districts:
            task = task_of(district, defaults, options.smallest_count)
            before = kept(folder, task)
            if before is None:
                yield task
            else:
                known[district.name] = before
                told.one(before, again=True)

    try:
        with _executors(options, usage_error) as (make, at_once):
            for task, outcome in run(coming(), make, at_once=at_once):
                known[task.name] = outcome
                if not outcome.get("again"):
                    keep(folder, task, outcome)
                told.one(outcome)
        table = write_results(out, [known[district.name] for district in districts], options.smallest_count, aside)
    except OSError as problem:
        raise usage_error(f"cannot write {problem.filename or out}: {problem.strerror}") from None
    say("\n".join([*summary_lines(table), f"{out / SUMMARY}, {out / RESULTS}"]))


class _Progress:
    """A line for each twentieth of the run, on standard error."""

    def __init__(self, count: int) -> None:
        self.count, self.done, self.before = count, 0, 0
        self.statuses: Counter[str] = Counter()
        self.step = max(1, count // STEPS)

    def one(self, outcome: Outcome, again: bool = False) -> None:
        """One more district is done; again  its result was there from an earlier run."""
        self.done += 1
        self.before += again
        self.statuses[outcome["status"]] += 1
        if self.done % self.step == 0 or self.done == self.count:
            without = self.statuses[NO_ANSWER]
            more = f", {self.before:,} of them from before" if self.before else ""
            say(f"{self.done:,} of {self.count:,}, {without:,} without an answer{more}", sys.stderr)


@contextlib.contextmanager
def _executors(options: argparse.Namespace, usage_error: type[Exception]):
    """(what makes an executor, how many districts are with it at once)."""
    if not options.scheduler:
        workers = options.workers or os.cpu_count() or 1

        def make() -> Executor:
            return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))

        yield make, workers * 2 if workers > 1 else AT_ONCE
        return
    try:
        from distributed import Client
    except ImportError:
        raise usage_error('a scheduler needs the package distributed: pip install "ot-staffing[cluster]"') from None
    try:
        client = Client(options.scheduler, timeout="15s")
    except (OSError, ValueError):
        raise usage_error(f"no Dask scheduler answers at {options.scheduler}") from None
    try:
        threads = sum(client.nthreads().values())
        say(f"The cluster has {len(client.nthreads()):,} workers.", sys.stderr)
        yield lambda: client.get_executor(pure=False), max(AT_ONCE, threads * 2)
    finally:
        client.close()
