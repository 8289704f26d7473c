"""The command line: `onhand …`. Each command lives in a file of its own in commands/."""

from __future__ import annotations

import typer

from onhand.app.commands import people, serve, system

cli = typer.Typer(
    name="onhand",
    help="One true count of stock, everywhere you sell.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cli.command()(serve.serve)
cli.command()(system.worker)
cli.command()(system.migrate)
cli.add_typer(people.user, name="user")
cli.add_typer(people.api_key, name="api-key")
cli.add_typer(system.config, name="config")


def main() -> None:
    """Run the command line."""
    cli()
