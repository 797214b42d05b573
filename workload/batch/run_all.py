"""The run itself: any `concurrent.futures.Executor` does the work, and every result is kept as soon as it is there.

A run that was killed goes on where it stopped: a result whose inputs are the same is not worked out again. Where a
worker process dies, its districts are tried again one at a time, and one that ends a worker by itself gets a sentence.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from workload.batch.districts import Task
from workload.batch.one_district import Outcome, no_answer, outcome_of
from workload.model.whole_file import write_whole

AT_ONCE = 4  # districts handed over at once: enough for the workers to have no pause, few enough for the memory
WORKER_ENDED = (
    "The process that read this district ended before it was done, also when it was tried alone.",
    "Look at the size of its files, or try the district by itself with: python -m workload check.",
)
Work = Callable[[Task], Outcome]


def kept(folder: Path, task: Task) -> Outcome | None:
    """The result of an earlier run for the same inputs; None where there is none that can be read."""
    try:
        made = json.loads(_place(folder, task).read_bytes())
    except (OSError, ValueError):
        return None
    return made if isinstance(made, dict) and made.get("key") == task.key else None


def keep(folder: Path, task: Task, outcome: Outcome) -> None:
    """Write a result, whole or not at all. Raises `OSError`."""
    write_whole(_place(folder, task), json.dumps(outcome, allow_nan=False).encode())


def _place(folder: Path, task: Task) -> Path:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", task.name).strip("-")[:60] or "district"
    return folder / f"{readable}-{task.key[:16]}.json"


def run(
    tasks: Iterable[Task], make_executor: Callable[[], Executor], work: Work = outcome_of, at_once: int = AT_ONCE
) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its outcome, in the order in which they are done. Nothing that a task does ends the run.

    make_executor  called again after workers have died
    at_once        tasks that are with the executor at the same time
    """
    state = _Run(deque(tasks) if isinstance(tasks, list | tuple) else tasks, make_executor, work, at_once)
    try:
        yield from state.go()
    finally:
        state.stop(wait_for_it=True)


@dataclass(eq=False)
class _Run:
    tasks: Iterable[Task]
    make_executor: Callable[[], Executor]
    work: Work
    at_once: int
    running: dict[Future, Task] = field(default_factory=dict)
    alone: deque[Task] = field(default_factory=deque)  # were with a worker that died

    def __post_init__(self) -> None:
        self.executor = self.make_executor()

    def go(self) -> Iterator[tuple[Task, Outcome]]:
        coming = iter(self.tasks)
        for task in coming:
            yield from self._submit(task)
            if len(self.running) >= self.at_once:
                yield from self._collect()
            yield from self._one_by_one()
        while self.running:
            yield from self._collect()
            yield from self._one_by_one()

    def stop(self, wait_for_it: bool = False) -> None:
        """Leave the executor. Not every kind can cancel what it has, so each task is cancelled by itself."""
        for future in self.running:
            future.cancel()
        self.executor.shutdown(wait=wait_for_it)

    def _submit(self, task: Task) -> Iterator[tuple[Task, Outcome]]:
        """Hand a task over. An executor that has broken meanwhile is found here or when its results are taken."""
        try:
            self.running[self.executor.submit(self.work, task)] = task
        except BrokenExecutor:
            self.alone.append(task)
            yield from self._collect()

    def _collect(self) -> Iterator[tuple[Task, Outcome]]:
        """Take what is done. After a break everything that was with the workers is done or tried again."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            task = self.running.pop(future)
            try:
                yield task, future.result()
            except BrokenExecutor:
                self.alone.append(task)
            except Exception as fault:
                yield task, self._failed(task, fault)

    def _one_by_one(self) -> Iterator[tuple[Task, Outcome]]:
        """Try again what was with a worker that died: a new executor, one task at a time."""
        if not self.alone:
            return
        while self.running:
            yield from self._collect()
        self.stop()
        self.executor = self.make_executor()
        while self.alone:
            task = self.alone.popleft()
            try:
                yield task, self.executor.submit(self.work, task).result()
            except BrokenExecutor:
                yield task, {**no_answer(task.name, *WORKER_ENDED), "key": task.key}
                self.stop()
                self.executor = self.make_executor()
            except Exception as fault:
                yield task, self._failed(task, fault)

    def _failed(self, task: Task, fault: Exception) -> Outcome:
        """A fault on the way to the worker or back. Its text may hold data, so only its kind is told."""
        if type(fault).__name__ == "KilledWorker":  # of a cluster that has tried on several workers
            return {**no_answer(task.name, *WORKER_ENDED), "key": task.key}
        sentence = f"The run failed on this district ({type(fault).__name__})."
        remedy = "Start the run again: it goes on where it stopped."
        return {**no_answer(task.name, sentence, remedy), "key": task.key, "again": True}
