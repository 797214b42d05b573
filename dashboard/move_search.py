"""The search for better assignments, beside the page: it runs in a thread, tells how far it is, and can be ended.

The thread touches nothing of the screen or of the session; the page looks at the `Search` once a second.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from workload.choices.rebalance import FEW_MOVES, SMALL_COUNT, SMALL_GAP, Infeasible, Proposal, Task, rebalance
from workload.choices.solver import GAP

SECONDS_EACH, SECONDS_FREE = 20.0, 90.0


@dataclass(eq=False)
class Search:
    """One search. `proposals` grows while it runs; `refusal` names constraints that cannot hold together.

    key  digest of the answer and of everything that was set, so that an old result is known as one
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

    @property
    def running(self) -> bool:
        """Whether it still works."""
        return not self.ended.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody ended it early."""
        return self.cancel.is_set()

    @property
    def at(self) -> int:
        """How many of the counts are done."""
        return len(self.proposals)

    def start(self) -> Search:
        """Begin, and come back at once."""
        threading.Thread(target=self._run, daemon=True, name="rebalance").start()
        return self

    def _run(self) -> None:
        try:
            for most in self.counts:
                if self.cancel.is_set():
                    break
                self.proposals.append(self._one(most))
        except Infeasible as refusal:
            self.refusal = refusal
        except BaseException as failure:       # shown by the page, where the guard takes it
            self.failure = failure
        finally:
            self.ended.set()

    def _one(self, most: int | None) -> Proposal:
        """The best proposal with so many moves; it starts from those with fewer, so it is never worse."""
        return rebalance(self.task, most, SMALL_GAP if most is not None and most <= SMALL_COUNT else GAP,
                         SECONDS_FREE if most is None else SECONDS_EACH, self._tell, self.cancel.is_set,
                         [one.assignment for one in self.proposals])

    def _tell(self, _: str, best: float, bound: float) -> None:
        self.best, self.bound = best, bound
