"""The other side of `workers`: a process that works on one page after another.

It is started as a fresh Python that imports nothing of the caller's program, reads from its
standard input what it is to do, and answers on its standard output.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import Any, BinaryIO

READY, FAULT = "ready", "fault"
DONE, ERROR, MEMORY = "done", "error", "memory"


def main() -> None:
    """Serve until the input ends: first what to do and its limits, then rows of tasks."""
    tasks, answers = sys.stdin.buffer, _own_output()
    try:
        prepare, seconds, memory = pickle.load(tasks)
        work = prepare()
        _limit_memory(memory)
    except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
        _answer(answers, (FAULT, f"{type(error).__name__}: {error}"))
        return
    _answer(answers, (READY, None))
    while True:
        try:
            row = pickle.load(tasks)
        except EOFError:
            return
        for payload in row:
            _limit_time(seconds)
            _answer(answers, _done(work, payload))


def _done(work: Any, payload: Any) -> tuple[str, Any]:
    try:
        return DONE, work(payload)
    except MemoryError:
        return MEMORY, None
    except Exception as error:  # noqa: BLE001 - a fault costs one page, not the run
        return ERROR, repr(error)


def _own_output() -> BinaryIO:
    """Standard output for the answers alone: what a library prints goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _answer(answers: BinaryIO, answer: tuple[str, Any]) -> None:
    try:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody waits for it any more


def _limit_time(seconds: float) -> None:
    """Let the system end this process by SIGPROF when it has computed for so long.

    Time in which others have the processor does not count, so a busy machine fails no page; and
    it ends a worker too whose parent was killed while it was lost in a page.
    """
    if hasattr(signal, "setitimer"):  # Windows has none
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > size:
        resource.setrlimit(resource.RLIMIT_DATA, (size, most))
