"""A search for better assignments that does not keep anybody waiting: in a thread, it tells how far it is, and can be ended.

Who asked looks at the `Search` now and then; the thread touches nothing else. A server works
on few searches at once, whoever asks; the others wait in a line without a thread.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field

from workload.rebalance.proposal import FEW_MOVES, SECONDS_EACH, SECONDS_FREE, Infeasible, Proposal, Task, frontier

AT_ONCE = min(2, os.cpu_count() or 1)  # each fills one processor for a minute or two, and pages need some of them
GRACE_SECONDS = 60.0  # a page that was closed may come back: a lost connection, a reload


class Line:
    """The searches of one server: a few at work, the others in the order in which they came."""

    def __init__(self, at_once: int = AT_ONCE):
        self.at_once, self._lock = at_once, threading.Lock()
        self._working: set[Search] = set()
        self._waiting: deque[Search] = deque()

    def join(self, search: Search) -> None:
        """Begin when its turn comes; at once if there is room."""
        with self._lock:
            self._waiting.append(search)
        self._call()

    def leave(self, search: Search) -> bool:
        """Take out one that waits; false where its turn has come."""
        with self._lock:
            waits = search in self._waiting
            if waits:
                self._waiting.remove(search)
        return waits

    def before(self, search: Search) -> int:
        """How many searches must end before this one begins; 0 when it works or is done."""
        with self._lock:
            return self._waiting.index(search) + 1 if search in self._waiting else 0

    def _call(self) -> None:
        with self._lock:
            while self._waiting and len(self._working) < self.at_once:
                search = self._waiting.popleft()
                self._working.add(search)
                threading.Thread(target=self._work, args=(search,), daemon=True, name="rebalance").start()

    def _work(self, search: Search) -> None:
        try:
            search.work()
        finally:
            with self._lock:
                self._working.discard(search)
            search.ended.set()
            self._call()


LINE = Line()


@dataclass(eq=False)
class Search:
    """One search. `proposals` grows while it runs; `refusal` names constraints that cannot hold together.

    key             digest of the answer and of everything that was set, so that an old result is known as one
    began, stepped  the clock when it began to work, and when the count that it works on began
    """

    key: str
    task: Task
    counts: tuple[int | None, ...] = (*FEW_MOVES, None)
    proposals: list[Proposal] = field(default_factory=list)
    best: float = float("nan")
    bound: float = float("nan")
    refusal: Infeasible | None = None
    failure: BaseException | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    cancel: threading.Event = field(default_factory=threading.Event)
    line: Line = field(default_factory=lambda: LINE)
    began: float = math.nan
    stepped: float = math.nan
    until: float = math.inf

    @property
    def running(self) -> bool:
        """Whether it still works."""
        return not self.ended.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody ended it early, or nobody looks at it any more."""
        return self.cancel.is_set() or time.monotonic() > self.until

    @property
    def before(self) -> int:
        """How many other searches must end before this one begins."""
        return self.line.before(self)

    def end(self) -> None:
        """Stop and keep what was found; one that waits ends at once."""
        self.cancel.set()
        if self.line.leave(self):
            self.ended.set()

    def abandon(self) -> None:
        """The page was closed: one that waits ends at once, one that works a little later, unless somebody looks again."""
        self.until = time.monotonic() + GRACE_SECONDS
        if self.line.leave(self):
            self.cancel.set()
            self.ended.set()

    def seen(self) -> None:
        """Somebody looks at it."""
        self.until = math.inf

    @property
    def at(self) -> int:
        """How many of the counts are done."""
        return len(self.proposals)

    @property
    def seconds(self) -> float:
        """How long it has worked; 0 while it waits."""
        return 0.0 if math.isnan(self.began) else time.monotonic() - self.began

    @property
    def done(self) -> float:
        """Share of the search that is done, 0 to 1; inside a count it follows the clock up to the time that the count may take."""
        if math.isnan(self.stepped) or self.at >= len(self.counts):
            return self.at / len(self.counts)
        most = SECONDS_FREE if self.counts[self.at] is None else SECONDS_EACH
        return (self.at + min((time.monotonic() - self.stepped) / most, 1.0)) / len(self.counts)

    def start(self) -> Search:
        """Stand in line, and come back at once."""
        self.line.join(self)
        return self

    def work(self) -> None:
        """The search itself."""
        self.began = self.stepped = time.monotonic()
        try:
            for proposal in frontier(self.task, self.counts, progress=self._tell, cancelled=lambda: self.cancelled):
                self.proposals.append(proposal)
                self.stepped = time.monotonic()
        except Infeasible as refusal:
            self.refusal = refusal
        except BaseException as failure:  # shown by the page, where the guard takes it
            self.failure = failure
        if self.cancelled:  # and it stays so, whoever looks again
            self.cancel.set()

    def _tell(self, _: str, best: float, bound: float) -> None:
        self.best, self.bound = best, bound
