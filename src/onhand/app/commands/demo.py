"""`onhand demo`: the demo shop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from onhand import crew, identity
from onhand import demo as shop
from onhand.app.context import acting_in, run
from onhand.app.entrance import EMAIL, PASSWORD
from onhand.app.serving import CREW_KEY_FILE

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
        made = await shop.build(database, owner, settings.sandbox_url or SANDBOX_URL, typer.echo)
        await let_the_crew_in(database, settings)
        return made

    if run(make):
        typer.echo(f"The demo shop is there: sign in as {EMAIL} with the password: {PASSWORD}")


async def let_the_crew_in(database: Database, settings: Settings) -> None:
    """Leave a key for those who ship, once: whoever revokes it in Settings has sent them home for good."""
    path = settings.home / CREW_KEY_FILE
    if path.exists():
        return
    async with database.session(await acting_in(database, shop.CODE)) as session:
        _, secret = await identity.create_api_key(session, identity.CreateApiKey(crew.NAME, "staff"))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secret)
