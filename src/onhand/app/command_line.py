"""All commands of `onhand`, each from a file of its own in commands/."""

from __future__ import annotations

import typer

from onhand.app.commands import demo, doctor, imports, people, prove, serve, system

app = typer.Typer(
    name="onhand",
    help="One true count of stock, everywhere you sell.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(system.worker)
app.command()(system.migrate)
app.command()(system.bench)
app.command()(demo.demo)
app.command()(doctor.doctor)
app.add_typer(people.user, name="user")
app.add_typer(people.api_key, name="api-key")
app.add_typer(prove.prove, name="prove")
app.add_typer(imports.imports, name="import")
app.add_typer(system.config, name="config")
