"""Worker processes that answer in the order of the questions, whatever becomes of one of them.

Each worker has pipes of its own, so one that is killed in mid-sentence harms no other, and what
it was at is known. (A pool with a shared queue, as in `concurrent.futures`, breaks as a whole.)
Workers are fresh processes that do not import the caller's program: no `__main__` guard needed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, Generic, TypeVar, cast

from cleaner.batch import worker
from cleaner.batch.worker import READY

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# Tasks are handed out so many at a time, or so many bytes: enough to outlast the way to and fro.
_ROW = 8
_ROW_BYTES = 1_000_000
# Tasks and answers wait for a slow page before them: so many, or so many bytes, at most.
_AHEAD = 1000
_AHEAD_BYTES = 64_000_000
# Starting takes a second; a machine that swaps may need much more.
_START_SECONDS = 120
# A crash may come from without (a kill, the machine out of memory): a page gets a second try.
_TRIES = 2
# Workers count the time that they compute. By the clock a page may take so many times as long: on
# a busy machine it does, and one that waits for something does so for ever.
_PATIENCE = 10
# How often (seconds) it is looked for workers that are over their time; a look that comes much
# later was held up itself (Ctrl-Z, a slow disk).
_WATCH_EVERY = 0.25
_STALL = 2.0

_OUT_OF_TIME = -getattr(signal, "SIGPROF", 0) or None

_BOOT = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from cleaner.batch.worker import main; main()"
)
# Matrix products are small: threads of BLAS, one per core and worker, would only fight.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class WorkerError(RuntimeError):
    """Workers cannot be started."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A task without an answer, and why."""

    reason: str


@dataclass(slots=True)
class _Job:
    number: int
    payload: Any
    size: int
    tries: int = 0


@dataclass(eq=False, slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    deadline: float
    jobs: deque[_Job] = field(default_factory=deque)
    ready: bool = False
    verdict: str | None = None
    reader: threading.Thread | None = None


class Workers(Generic[Task, Answer]):
    """So many processes at most, each with the function that `prepare` gives; a context.

    `prepare` and the tasks are pickled. A task over `seconds` (of computing) or `memory` (bytes of
    data of its process), or that ends its process twice, has a `Crash` for an answer.
    """

    def __init__(
        self,
        prepare: Callable[[], Callable[[Task], Answer]],
        *,
        count: int,
        seconds: float,
        memory: int,
    ) -> None:
        self._prepare, self._count, self._seconds, self._memory = prepare, count, seconds, memory
        self._workers: list[_Worker] = []
        self._events: queue.SimpleQueue[tuple[_Worker, tuple[str, Any] | None]]
        self._events = queue.SimpleQueue()
        self._backlog: deque[_Job] = deque()
        self._answers: dict[int, tuple[Answer | Crash, int]] = {}
        self._held = 0
        self._watched = time.monotonic()

    def __enter__(self) -> Workers[Task, Answer]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._workers:
            _end(one)

    def run(
        self, tasks: Iterator[tuple[Task | None, Answer | None, int]]
    ) -> Iterator[Answer | Crash]:
        """Give the answers in the order of the tasks.

        What comes in is a task, or the answer where it is known already, and its size in bytes:
        no more is asked for while too much is held. Raises WorkerError.
        """
        asked = given = 0
        more = True
        while True:
            self._hear_all()
            self._hand_out()
            if given in self._answers:
                answer, size = self._answers.pop(given)
                self._held -= size
                given += 1
                yield answer
            elif more and asked - given < _AHEAD and (self._held < _AHEAD_BYTES or asked == given):
                more = self._take(tasks, asked)
                asked += more
            elif given == asked:
                return
            else:
                self._hear(_WATCH_EVERY)

    def _take(self, tasks: Iterator[tuple[Task | None, Answer | None, int]], number: int) -> bool:
        task, answer, size = next(tasks, (None, None, -1))
        if size < 0:
            return False
        self._held += size
        if answer is not None:
            self._answers[number] = answer, size
        else:
            self._backlog.append(_Job(number, task, size))
        return True

    def _hand_out(self) -> None:
        for one in self._workers:
            if self._backlog and one.ready and not one.jobs:
                self._give(one)
        starting = sum(not one.ready for one in self._workers)
        if len(self._backlog) > starting * _ROW and len(self._workers) < self._count:
            self._workers.append(self._start())

    def _give(self, one: _Worker) -> None:
        size = 0
        while self._backlog and len(one.jobs) < _ROW and size < _ROW_BYTES:
            job = self._backlog.popleft()
            one.jobs.append(job)
            size += job.size
        one.deadline = time.monotonic() + _PATIENCE * self._seconds
        _send(one, [job.payload for job in one.jobs])

    def _start(self) -> _Worker:
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _ENVIRONMENT,
                start_new_session=True,  # Ctrl-C is for the parent, which ends its workers
            )
        except OSError as error:
            raise WorkerError(f"a worker cannot start: {error}") from error
        one = _Worker(process, time.monotonic() + _START_SECONDS)
        one.reader = threading.Thread(target=_listen, args=(one, self._events), daemon=True)
        one.reader.start()
        _send(one, sys.path)
        _send(one, (self._prepare, self._seconds, self._memory))
        return one

    def _hear_all(self) -> None:
        while not self._events.empty():
            self._hear(0)
        now = time.monotonic()
        late = now - self._watched
        if late > _WATCH_EVERY:
            self._watched = now
            for one in self._workers:
                if late > _STALL:
                    one.deadline += late  # this process stood still: the workers are not to blame
                if (one.jobs or not one.ready) and now > one.deadline and not one.verdict:
                    one.verdict = f"took longer than {_PATIENCE * self._seconds:g} s by the clock"
                    one.process.kill()

    def _hear(self, timeout: float) -> None:
        try:
            one, message = (
                self._events.get(timeout=timeout) if timeout else self._events.get_nowait()
            )
        except queue.Empty:
            return
        if message is None:
            self._bury(one)
        elif message[0] == READY:
            one.ready = True
        elif one.ready:
            self._settle(one, message)
        else:
            raise WorkerError(f"a worker cannot start: {message[1]}")

    def _settle(self, one: _Worker, message: tuple[str, Any]) -> None:
        what, value = message
        job = one.jobs.popleft()
        one.deadline = time.monotonic() + _PATIENCE * self._seconds
        match what:
            case worker.DONE:
                self._answer(job, cast(Answer, value))
            case worker.MEMORY:
                self._answer(job, Crash(f"needed more than {self._memory / 1e9:g} GB of memory"))
            case _:
                self._answer(
                    job, Crash(f"a fault in cleaner ({value}); please report it with this page")
                )

    def _answer(self, job: _Job, answer: Answer | Crash) -> None:
        size = len(getattr(answer, "output", b""))
        self._held += size - job.size
        self._answers[job.number] = answer, size

    def _bury(self, one: _Worker) -> None:
        """Take up what a dead worker was at: the first of its tasks has killed it."""
        self._workers.remove(one)
        _end(one)
        if not one.ready:
            raise WorkerError(f"a worker cannot start: {one.verdict or _cause(one.process)}")
        if not one.jobs:
            return
        guilty = one.jobs.popleft()
        self._backlog.extendleft(reversed(one.jobs))
        guilty.tries += 1
        if one.process.returncode == _OUT_OF_TIME:
            one.verdict = f"took longer than {self._seconds:g} s"
        if one.verdict:
            self._answer(guilty, Crash(one.verdict))
        elif guilty.tries < _TRIES:
            self._backlog.appendleft(guilty)
        else:
            self._answer(guilty, Crash(f"ended its process {_TRIES} times ({_cause(one.process)})"))


def _listen(one: _Worker, events: queue.SimpleQueue[Any]) -> None:
    """Pass on what a worker says, and that it says no more."""
    with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
        while True:
            events.put((one, pickle.load(cast(IO[bytes], one.process.stdout))))
    events.put((one, None))


def _send(one: _Worker, what: Any) -> None:
    stdin = cast(IO[bytes], one.process.stdin)
    with contextlib.suppress(BrokenPipeError):  # it is dead: its listener says so
        pickle.dump(what, stdin, pickle.HIGHEST_PROTOCOL)
        stdin.flush()


def _end(one: _Worker) -> None:
    one.process.kill()
    one.process.wait()
    if one.reader:
        one.reader.join()
    for pipe in (one.process.stdin, one.process.stdout):
        with contextlib.suppress(OSError):
            cast(IO[bytes], pipe).close()


def _cause(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    if code >= 0:
        return f"exit code {code}"
    if -code == signal.SIGKILL:
        return "SIGKILL, perhaps out of memory"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
