"""Who does the work of a build: this process, or several side by side."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
Stopped = Callable[[], bool]

_POLL_S = 0.1       # how long a cancelled build may go on waiting for its workers


def never() -> bool:
    """Nobody stops this."""
    return False


@dataclass(frozen=True)
class Workforce:
    """Runs tasks here, one by one, or in the processes of a pool.

    Attributes
    ----------
    executor
        The pool; None for this process.
    processes
        How many tasks it works on at a time.
    clock, stopped
        Seconds, rising; whether somebody wants the result now.
    """

    executor: Executor | None = None
    processes: int = 1
    clock: Clock = time.monotonic
    stopped: Stopped = never

    @property
    def at_once(self) -> int:
        """How many tasks are worked on at a time."""
        return self.processes if self.executor else 1

    def all_of(self, tasks: Sequence[Callable[[], T]]) -> list[T]:
        """Run tasks to their end, whoever wants the result now."""
        if self.executor is None:
            return [task() for task in tasks]
        return [future.result() for future in [self.executor.submit(task) for task in tasks]]

    def until_stopped(self, tasks: Sequence[Callable[..., T]]) -> list[T] | None:
        """Run tasks that go by the clock; None where somebody wanted the result before they were done.

        A task here is given this clock and this way to stop; a task in another process has a clock of its own.
        """
        if self.executor is None:
            return [task(clock=self.clock, stopped=self.stopped) for task in tasks]
        futures: list[Future[T]] = [self.executor.submit(task) for task in tasks]
        while wait(futures, timeout=_POLL_S).not_done:
            if self.stopped():
                for future in futures:
                    future.cancel()
                return None
        return [future.result() for future in futures]

    def prepare(self, task: Callable[[], object]) -> None:
        """Have every process of the pool do something first, while this one goes on."""
        if self.executor:
            for _ in range(self.processes):
                self.executor.submit(task)
