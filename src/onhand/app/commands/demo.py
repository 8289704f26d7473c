"""`onhand demo`: a shop with two years behind it, two sandbox shops with live buyers, everything running."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.app.commands.serve import in_one_sentence
from onhand.app.demo.store import is_filled
from onhand.app.serving import Plan, address
from onhand.infra.settings import get_settings

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

SANDBOX_STEP = 1  # the sandbox listens on the port after ours
SIGN_IN = "demo@example.com / onhand demo"


def demo(
    port: Annotated[int | None, typer.Option(min=1, max=65534, help="Port; without it ONHAND_PORT.")] = None,
) -> None:
    """Run onhand with the organization Demo and two sandbox shops with live buyers, until Ctrl-C.

    Example: onhand demo --port 8080
    """
    settings = get_settings()
    settings = replace(settings, port=port or settings.port)
    sandbox_port = settings.port + SANDBOX_STEP

    def greet() -> None:
        typer.echo(f"\nonhand is ready: {address(settings)}")
        typer.echo(f"Sign in with:    {SIGN_IN}")
        typer.echo(f"Sandbox shops:   http://127.0.0.1:{sandbox_port}")
        typer.echo("Ctrl-C stops everything.")

    def prepare(ready: Settings) -> None:
        if not is_filled(ready.database_url or ""):
            fill(ready, f"http://127.0.0.1:{sandbox_port}")

    raise typer.Exit(in_one_sentence(Plan(settings, typer.echo, greet, prepare, sandbox_port)))


def fill(settings: Settings, sandbox_url: str) -> None:
    """Fill the demo in a process of its own: what it loads must not stay in the memory of the one that supervises."""
    told = {
        "ONHAND_HOME": str(settings.home),
        "ONHAND_DATABASE_URL": settings.database_url or "",
        "ONHAND_SANDBOX_URL": sandbox_url,
    }
    subprocess.run([sys.executable, "-m", "onhand.app.demo"], env=dict(os.environ) | told, check=True)
