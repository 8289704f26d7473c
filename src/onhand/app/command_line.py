"""All commands of `onhand`, each from a file of its own in commands/."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from onhand.app.commands import demo, doctor, imports, partitions, people, prove, serve, system

app = typer.Typer(
    name="onhand",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"onhand {version('onhand')}")
        raise typer.Exit


@app.callback()
def onhand(
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """One true count of stock, everywhere you sell."""


app.command()(serve.serve)
app.command()(system.worker)
app.command()(system.migrate)
app.command()(system.bench)
app.command()(demo.demo)
app.command()(doctor.doctor)
app.add_typer(people.user, name="user")
app.add_typer(people.api_key, name="api-key")
app.add_typer(prove.prove, name="prove")
app.add_typer(partitions.partitions, name="partitions")
app.add_typer(imports.imports, name="import")
app.add_typer(system.config, name="config")
