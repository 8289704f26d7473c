"""`onhand …`: the entry of the command line; the commands are assembled in command_line.py."""

from __future__ import annotations

import importlib
import sys

import typer

from onhand.app.commands.serve import serve

ALONE = {"serve": serve}


def main() -> None:
    """Run the command line.

    Those that run until Ctrl-C go without the others: loading what these need takes longer than starting PostgreSQL,
    and their process would hold all of it in memory for as long as onhand runs.
    """
    name = next(iter(sys.argv[1:]), "")
    if name in ALONE:
        alone = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
        alone.command()(ALONE[name])
        alone(args=sys.argv[2:], prog_name=f"onhand {name}")
    else:
        importlib.import_module("onhand.app.command_line").app()
