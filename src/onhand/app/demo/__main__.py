"""`python -m onhand.app.demo`: fill the demo of the database in ONHAND_DATABASE_URL."""

from __future__ import annotations

import asyncio

import typer

from onhand.app.demo.build import build
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings, get_settings


async def fill(settings: Settings) -> None:
    """Fill it, telling how far it is."""
    async with Database(app_url(settings), settings.pool_size) as database:
        await build(database, settings.sandbox_url or "http://127.0.0.1:8001", typer.echo)


if __name__ == "__main__":
    asyncio.run(fill(get_settings()))
