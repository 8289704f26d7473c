"""Write the next migration from what the models say and the migrations lack: `python tools/new_migration.py 0004 x`.

Add row-level security and grants (`protect`) by hand, then read every line: the generator sees neither.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from alembic import command

from onhand.infra.migrate import configuration, engine, migrate
from onhand.infra.postgres import ensure_database, start_postgres
from onhand.infra.settings import read_settings


def main(number: str, name: str) -> None:
    """Make a scratch database at the present head and write what is missing as revision `number`."""
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = start_postgres(home / "home", fast=True)
        try:
            ensure_database(server.dsn(), "onhand")
            settings = replace(read_settings(), home=home / "home", database_url=server.dsn("onhand"))
            migrate(server.dsn("onhand"), settings)
            with engine(server.dsn("onhand")).connect() as connection:
                config = configuration()
                config.attributes["connection"] = connection
                command.revision(config, message=name, autogenerate=True, rev_id=number)
        finally:
            server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
