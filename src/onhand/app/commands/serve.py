"""`onhand serve`: everything, until Ctrl-C."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from onhand.app.serving import Plan, address
from onhand.app.serving import serve as run
from onhand.infra.settings import get_settings
from onhand.kernel import OnhandError

EXIT_CANNOT_START = 2
EXIT_INTERRUPTED = 130


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; without it ONHAND_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; without it ONHAND_PORT.")] = None,
) -> None:
    """Run onhand: its database, the web and the worker, until Ctrl-C.

    Example: onhand serve --port 8080
    """
    settings = get_settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)

    def greet() -> None:
        typer.echo(f"onhand is ready: {address(settings)}")
        typer.echo(f"Its data and logs are in {settings.home}. Ctrl-C stops it.")

    raise typer.Exit(in_one_sentence(Plan(settings, typer.echo, greet)))


def in_one_sentence(plan: Plan) -> int:
    """Run the plan; what a person can mend ends in one sentence and code 2."""
    try:
        return run(plan)
    except OnhandError as problem:
        typer.echo(problem.sentence(), err=True)
        return EXIT_CANNOT_START
    except KeyboardInterrupt:
        typer.echo("Stopped before it was ready.", err=True)
        return EXIT_INTERRUPTED
