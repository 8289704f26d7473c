"""`onhand partitions`: months of movements and events, which may leave the database and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from onhand import past
from onhand.app.context import run

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

partitions = typer.Typer(help="Months of movements and events: what there is, take out, bring back.")
Name = Annotated[str, typer.Argument(help="As `onhand partitions` lists it, like movement_202501.")]
MEGABYTE = 1_000_000


def _tell(parts: list[past.Part]) -> None:
    table = Table("month", "from", "rows", "MB", "where")
    for part in parts:
        where = "in its table" if part.attached else f"{part.kept_as}: {part.place}"
        table.add_row(part.name, f"{part.first_at:%Y-%m-%d}", f"{part.rows:,}", f"{part.bytes / MEGABYTE:,.1f}", where)
    Console().print(table)


@partitions.callback(invoke_without_command=True)
def list_parts(context: typer.Context) -> None:
    """List the months of movements and events, their size, and where they are.

    Example: onhand partitions
    """
    if context.invoked_subcommand:
        return

    async def asked(_database: Database, settings: Settings) -> list[past.Part]:
        return await past.parts(str(settings.database_url))

    _tell(run(asked))


@partitions.command("detach")
def detach(
    name: Name,
    to: Annotated[
        Path | None, typer.Option(file_okay=False, help="A folder for a compressed CSV; else it stays in the database.")
    ] = None,
) -> None:
    """Take the oldest month out. Levels, proofs and whole past days stay as they are.

    Example: onhand partitions detach movement_202501 --to /var/backups/onhand
    """

    async def taken(_database: Database, settings: Settings) -> past.Part:
        return await past.detach_part(str(settings.database_url), name, to)

    _tell([run(taken)])


@partitions.command("attach")
def attach(name: Name) -> None:
    """Bring back the month that was taken out last.

    Example: onhand partitions attach movement_202501
    """

    async def brought(_database: Database, settings: Settings) -> past.Part:
        return await past.attach_part(str(settings.database_url), name)

    _tell([run(brought)])
