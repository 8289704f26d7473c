"""`onhand doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from onhand.app.database import server_of
from onhand.infra.diagnosis import Finding, examine
from onhand.infra.postgres import NEEDED_MEGABYTES
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import OnhandError

if TYPE_CHECKING:
    from collections.abc import Iterable

MEGABYTE = 1_000_000
ROOMY_MEGABYTES = 10 * NEEDED_MEGABYTES
EXIT_ILL = 1


def doctor() -> None:
    """Look the installation over; every fault comes with its remedy, and the exit code is 1 when there is one.

    Example: onhand doctor
    """
    settings = get_settings()
    findings = [*_about_home(settings), *_about_database(settings)]
    _show(findings)
    raise typer.Exit(EXIT_ILL if any(finding.mend for finding in findings) else 0)


def _about_home(settings: Settings) -> Iterable[Finding]:
    yield _disk(settings)
    yield _key(settings)


def _disk(settings: Settings) -> Finding:
    folder = next(one for one in (settings.home, *settings.home.parents) if one.exists())
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < ROOMY_MEGABYTES:
        mend = f"Free some on the disk of {folder}, or set ONHAND_HOME to a folder on another."
        return Finding("Disk", f"only {free} MB free", mend)
    return Finding("Disk", f"{free // 1000} GB free for {settings.home}")


def _key(settings: Settings) -> Finding:
    """Without it no stored credential can be read, so its loss is worse than a leak; so is its being readable."""
    path = settings.home / "secret.key"
    if settings.secret_key:
        return Finding("Secret key", "given by ONHAND_SECRET_KEY")
    if not path.exists():
        mend = f"Restore {path} from your backup. If this is a new installation, start onhand serve, which makes it."
        return Finding("Secret key", "missing", mend)
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("Secret key", "readable by others", f"Run: chmod 600 {path}")
    return Finding("Secret key", f"in {path}; keep a copy apart from the database's backup")


def _about_database(settings: Settings) -> list[Finding]:
    try:
        with server_of(settings, lambda _: None) as (ready, _):
            return examine(ready.database_url or "")
    except OnhandError as problem:
        return [Finding("Database", "does not run", problem.sentence())]


def _show(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mark = "[red]✗[/red]" if finding.mend else "[green]✓[/green]"
        console.print(f"{mark} {finding.what}: ", end="")
        console.print(finding.found, markup=False)
        if finding.mend:
            console.print(f"    {finding.mend}", markup=False)
