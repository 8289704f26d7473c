"""What people see: one line per step, and one sentence when it cannot go on."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whatever is missing on the machine ends in this code; make passes it on.
UNUSABLE = 2


class Stopped(Exception):
    """The sentence that says what to do."""


def say(text: str) -> None:
    """A line for people."""
    print(text, flush=True)


def complain(text: str) -> None:
    """A line about what is wrong."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(what: str) -> Iterator[None]:
    """`what …` while it runs, and how long it took."""
    print(f"{what} …", end="", flush=True)
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - begin:.1f} s", flush=True)
