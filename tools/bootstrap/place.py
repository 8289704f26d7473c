"""Where things are in a checkout, and running commands there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bootstrap.causes import FULL, sentence
from tools.bootstrap.console import Stopped, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WEB = ROOT / "web"
STATE = ROOT / ".make"
LOG = STATE / "setup.log"
PYTHON = VENV / "bin" / "python"
MEGABYTE = 1_000_000
# Environment 620 MB, node_modules 520 MB, npm's and uv's caches: measured.
NEEDED_MEGABYTES = 1_800


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, with the tools of the virtual environment first: its Node rather than the machine's."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV), **(more or {})}


def run_quietly(what: str, command: list[str], folder: Path = ROOT, more: Mapping[str, str] | None = None) -> str:
    """Run `command`, its output going to the log. Raises Stopped with the reason when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment({"NO_COLOR": "1", **(more or {})}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}")
    if done.returncode != 0:
        raise Stopped(sentence(what, done.stdout, str(ROOT), str(LOG.relative_to(ROOT))))
    return done.stdout


@dataclass(frozen=True, slots=True)
class Step:
    """Work that is skipped while its `inputs` are what they were, and `output` exists."""

    name: str
    inputs: Callable[[], Iterable[Path]]
    output: Path
    work: Callable[[], None]

    @property
    def stamp(self) -> Path:
        """Holds the digest of the inputs at the end of the last good run."""
        return STATE / f"{self.name.lower().replace(' ', '-')}.stamp"

    def is_fresh(self) -> bool:
        """Whether there is nothing to do."""
        with suppress(FileNotFoundError):
            return self.output.exists() and self.stamp.read_text(encoding="ascii") == digest(self.inputs())
        return False

    def run(self) -> None:
        """Do the work unless it is done already."""
        if self.is_fresh():
            return
        require_space()
        self.stamp.unlink(missing_ok=True)
        with progress(self.name):
            self.work()
        # Taken after the work, which may itself tidy its inputs.
        self.stamp.write_text(digest(self.inputs()), encoding="ascii")


def digest(paths: Iterable[Path]) -> str:
    """One number for the contents of `paths`, for this Python and this place."""
    total = hashlib.sha256(str(ROOT).encode())
    total.update(os.fsencode(PYTHON.resolve()))
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def require_space() -> None:
    """Raises Stopped when the disk has too little room for what setting up downloads."""
    free = shutil.disk_usage(ROOT).free // MEGABYTE
    if free < NEEDED_MEGABYTES and not VENV.exists():
        raise Stopped(f"{FULL.format(folder=ROOT)} ({free} MB are left, {NEEDED_MEGABYTES} MB are needed.)")
