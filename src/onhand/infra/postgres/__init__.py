"""The PostgreSQL that onhand brings along, when no other is named."""

from onhand.infra.postgres.errors import (
    CannotStart,
    DiskFull,
    HomeBusy,
    HomeNotReachable,
    PostgresFailed,
    PostgresTooOld,
)
from onhand.infra.postgres.home import NEEDED_MEGABYTES, default_home
from onhand.infra.postgres.server import RunningPostgres, postgres_of, running_postgres, start_postgres
from onhand.infra.postgres.version import ensure_database, require_version

__all__ = [
    "NEEDED_MEGABYTES",
    "CannotStart",
    "DiskFull",
    "HomeBusy",
    "HomeNotReachable",
    "PostgresFailed",
    "PostgresTooOld",
    "RunningPostgres",
    "default_home",
    "ensure_database",
    "postgres_of",
    "require_version",
    "running_postgres",
    "start_postgres",
]
