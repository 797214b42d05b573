"""The search for better assignments, beside the page: it runs in a thread, tells how far it is, and can be ended.

The thread touches nothing of the screen or of the session; the page looks at the `Search` once a second.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from workload.rebalance.proposal import FEW_MOVES, Infeasible, Proposal, Task, frontier


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
            for proposal in frontier(self.task, self.counts, progress=self._tell, cancelled=self.cancel.is_set):
                self.proposals.append(proposal)
        except Infeasible as refusal:
            self.refusal = refusal
        except BaseException as failure:  # shown by the page, where the guard takes it
            self.failure = failure
        finally:
            self.ended.set()

    def _tell(self, _: str, best: float, bound: float) -> None:
        self.best, self.bound = best, bound
