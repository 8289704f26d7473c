"""`onhand serve`: everything, until Ctrl-C."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from onhand.app.serving import Plan, address
from onhand.app.serving import serve as run
from onhand.infra.settings import get_settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; ONHAND_HOST without it.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; ONHAND_PORT without it.")] = None,
) -> None:
    """Run onhand: its database, the web and the worker, until Ctrl-C.

    Example: onhand serve --port 8080
    """
    settings = get_settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)

    def greet() -> None:
        typer.echo(f"onhand is ready: {address(settings)}")
        typer.echo(f"Its data and logs are in {settings.home}. Ctrl-C stops it.")

    raise typer.Exit(run(Plan(settings, typer.echo, greet)))
