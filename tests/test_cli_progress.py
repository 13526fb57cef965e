from __future__ import annotations

import io

import pytest

from cleaner.batch import Outcome, Status
from cleaner.cli import progress
from cleaner.cli.progress import Progress

CLEANED = Outcome("a.txt", Status.CLEANED)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock)
    return clock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_share_the_rate_and_the_time_left(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr(progress.records, "total", lambda inputs: 4000)
    bar = Progress(["pages"])
    while not bar._total:  # counted beside, in a thread
        pass
    # A resumed run begins in the middle: what was done before does not count for its speed.
    for position in (2000, 2500, 3000):
        clock.now += 50
        bar(CLEANED, position)
    last = shown.getvalue().rpartition("\r\x1b[K")[2]
    assert last == "█" * 18 + "░" * 6 + "  75%  3 inputs, 0 a second, 0 failed, 1:40 left"


def test_a_log_has_a_line_for_every_thousand(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    bar = Progress(["pages"])
    for position in range(2000):
        clock.now += 0.01
        bar(CLEANED, position)
    assert log.getvalue() == (
        "cleaner: 1000 inputs, 100 a second, 0 failed\n"
        "cleaner: 2000 inputs, 100 a second, 0 failed\n"
    )


def test_the_time_left_is_told_in_hours_too() -> None:
    assert progress._clock(3 * 3600 + 125) == "3:02:05"
    assert progress._clock(59.7) == "1:00"


def test_what_was_not_read_is_counted_apart_from_pages_without_an_article() -> None:
    told = Progress([])
    told(CLEANED, 1)
    told(Outcome("row 1", Status.NO_ARTICLE, "no article found", confidence=0.0), 2)
    told(Outcome("notes.dump", Status.NO_ARTICLE, "no page by its suffix '.dump'"), 3)
    assert (told.done, told.unread) == (3, 1)
