"""`onhand serve`: everything, until Ctrl-C."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.app.entrance import EMAIL, PASSWORD
from onhand.app.serving import CREW_KEY_FILE, First, Plan, address, sandbox_port
from onhand.app.serving import serve as run
from onhand.infra.settings import get_settings
from onhand.kernel import OnhandError

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

EXIT_CANNOT_START = 2
EXIT_INTERRUPTED = 130


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; without it ONHAND_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; without it ONHAND_PORT.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="With the demo shop, its marketplaces and its crew.")] = False,
) -> None:
    """Run onhand: its database, the web and the worker, until Ctrl-C.

    Example: onhand serve --port 8080
    """
    settings = get_settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    try:
        code = run(_demo_plan(settings) if demo else _plan(settings))
    except OnhandError as problem:
        typer.echo(problem.sentence(), err=True)
        code = EXIT_CANNOT_START
    except KeyboardInterrupt:
        typer.echo("Stopped before it was ready.", err=True)
        code = EXIT_INTERRUPTED
    raise typer.Exit(code)


def _plan(settings: Settings) -> Plan:
    def greet() -> None:
        typer.echo(f"onhand is ready: {address(settings)}")
        typer.echo(f"Its data and logs are in {settings.home}. Ctrl-C stops it.")

    return Plan(settings, typer.echo, greet)


def _demo_plan(settings: Settings) -> Plan:
    plain = _plan(settings)
    port = sandbox_port(settings.home)

    def greet() -> None:
        plain.greet()
        typer.echo(f"Sign in as {EMAIL} with the password: {PASSWORD}")
        typer.echo(f"The marketplaces where the demo sells: http://127.0.0.1:{port}")

    # In a database of somebody else's a file of ours remembers nothing.
    remembered = None if settings.database_url else settings.home / CREW_KEY_FILE
    return replace(plain, greet=greet, first=(First(("demo",), remembered),), sandbox_port=port)
