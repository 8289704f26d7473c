"""The command line as a whole."""

from __future__ import annotations

from importlib.metadata import version

from typer.testing import CliRunner

from onhand.app.command_line import app


def test_the_version_is_said() -> None:
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output) == (0, f"onhand {version('onhand')}\n")


def test_an_unknown_command_is_refused() -> None:
    said = CliRunner().invoke(app, ["selll"])
    assert said.exit_code == 2
    assert "selll" in said.output
