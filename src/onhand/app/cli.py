"""`onhand …`: the entry of the command line; the commands are assembled in command_line.py."""

from __future__ import annotations

import importlib
import sys

import typer

from onhand.app.commands.serve import serve


def main() -> None:
    """Run the command line.

    `onhand serve` goes without the other commands: loading what they need takes longer than starting PostgreSQL, and
    its process would hold all of it in memory for as long as onhand runs.
    """
    if sys.argv[1:2] == ["serve"]:
        alone = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
        alone.command()(serve)
        alone(args=sys.argv[2:], prog_name="onhand serve")
    else:
        importlib.import_module("onhand.app.command_line").app()
