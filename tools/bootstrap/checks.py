"""What `make lint` checks, in CI's order. All run, so that one look shows everything."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.bootstrap.console import complain, say
from tools.bootstrap.place import PYTHON, ROOT, WEB, environment

if TYPE_CHECKING:
    from pathlib import Path

FAILED = 1
PYTHON_ = str(PYTHON)


@dataclass(frozen=True, slots=True)
class Check:
    """One command that must end with 0, and what to run when it does not."""

    name: str
    command: list[str]
    folder: Path = ROOT
    mend: str = ""


WEB_TYPES = ["npm", "run", "--silent", "gen", "--"]
CHECKS = [
    Check("Python format", ["ruff", "format", "--check", "--quiet", "."], mend="make format"),
    Check("Python lint", ["ruff", "check", "--quiet", "."], mend="make format mends some"),
    Check("Python types", ["mypy", "--no-error-summary"]),
    Check("Floors and front doors", ["lint-imports", "--no-cache"]),
    Check("Migrations", [PYTHON_, "-m", "tools.bootstrap.migrations"]),
    Check("API contract", ["onhand", "config", "openapi", "--check"], mend="make contract"),
    Check("Web's API types", [*WEB_TYPES, "--check"], WEB, mend="make contract"),
    Check("Web lint", ["npm", "run", "--silent", "lint"], WEB, mend="make format mends some"),
    Check("Web types", ["npm", "run", "--silent", "typecheck"], WEB),
]


def run_all() -> int:
    """Run every check; 1 when any failed."""
    failed = [check for check in CHECKS if not _passes(check)]
    for check in failed:
        complain(f"Failed: {check.name}.{f' Try: {check.mend}.' if check.mend else ''}")
    if not failed:
        say(f"All {len(CHECKS)} checks passed.")
    return FAILED if failed else 0


def _passes(check: Check) -> bool:
    begin = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    good = done.returncode == 0
    say(f"{'ok    ' if good else 'FAILED'} {check.name} ({time.monotonic() - begin:.1f} s)")
    if not good:
        say(done.stdout.rstrip())
    return good
