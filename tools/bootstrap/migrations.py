"""Each migration's SQL to squawk: would it lock or break a running onhand? Run inside the environment."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING, cast

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from tools.bootstrap.place import STATE, environment

from onhand.infra.migrate import configuration

if TYPE_CHECKING:
    from pathlib import Path

    from alembic.script import Script
    from sqlalchemy import Connection

# Matters of taste, not of locks: our integers count small things, and the rest is procrastinate's own schema.
TASTE = "prefer-bigint-over-int,prefer-identity,prefer-text-field"
# migrations/env.py sets these for every run.
TIMEOUTS = "SET lock_timeout = '5s';\nSET statement_timeout = '15min';\n"


class Recorder:
    """Stands where a migration expects a connection, raw or not, or a cursor, and writes down what it is told."""

    def __init__(self, buffer: io.StringIO) -> None:
        self._buffer = buffer
        self.connection = self

    def cursor(self) -> Recorder:
        """The raw connection's cursor."""
        return self

    def execute(self, statement: object, *_: object) -> Recorder:
        """Write the statement down."""
        self._buffer.write(f"{str(statement).rstrip().rstrip(';')};\n")
        return self

    exec_driver_sql = execute


def main() -> int:
    """Squawk's verdict on all migrations."""
    script = ScriptDirectory.from_config(configuration())
    files = [str(_written(step)) for step in script.walk_revisions()]
    # One transaction for each, as Alembic runs them.
    command = ["squawk", "--pg-version", "18.0", "--assume-in-transaction", "--exclude", TASTE]
    return subprocess.run([*command, *files], env=environment(), check=False).returncode


def _written(step: Script) -> Path:
    buffer = io.StringIO(TIMEOUTS)
    buffer.seek(0, io.SEEK_END)
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": buffer, "literal_binds": True}
    )
    context.impl.connection = cast("Connection", Recorder(buffer))  # all that our migrations use of one
    with Operations.context(context):
        step.module.upgrade()
    folder = STATE / "migrations"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{step.revision}.sql"
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
