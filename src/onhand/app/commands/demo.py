"""`onhand demo`: the demo shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from onhand import demo as shop
from onhand import identity
from onhand.app.context import run
from onhand.app.entrance import EMAIL, PASSWORD

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

SANDBOX_URL = "http://127.0.0.1:8100"


def demo() -> None:
    """Make the demo shop, or finish it after an interruption; it changes nothing when it is there.

    Example: onhand demo
    """
    owner = identity.CreateUser(EMAIL, "Demo", PASSWORD, "admin")

    async def make(database: Database, settings: Settings) -> bool:
        return await shop.build(database, owner, settings.sandbox_url or SANDBOX_URL, typer.echo)

    if run(make):
        typer.echo(f"The demo shop is there: sign in as {EMAIL} with the password: {PASSWORD}")
