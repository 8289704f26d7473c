"""`onhand demo`: the demo shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from onhand.app.context import run
from onhand.app.demo import build
from onhand.app.demo.entrance import EMAIL, PASSWORD

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

SANDBOX_URL = "http://127.0.0.1:8100"


def demo() -> None:
    """Make the demo shop, or finish it after an interruption; it changes nothing when it is there.

    Example: onhand demo
    """

    async def make(database: Database, settings: Settings) -> bool:
        return await build.build(database, settings.sandbox_url or SANDBOX_URL, typer.echo)

    if run(make):
        typer.echo(f"The demo shop is there: sign in as {EMAIL} with the password: {PASSWORD}")
