"""The folder that holds one onhand's data: who may enter it, and where it is by default."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from onhand.infra.postgres.errors import CannotStart, DiskFull, HomeNotReachable
from onhand.infra.processes import Account

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED_HOME = Path("/var/lib/onhand")
MEGABYTE = 1_000_000
# A new cluster takes 40 MB and its write-ahead log grows to max_wal_size before it is recycled.
NEEDED_MEGABYTES = 300
# PostgreSQL refuses to run as root; a system user "onhand" is preferred to the common "nobody".
UNPRIVILEGED = ("onhand", "nobody")


def account_for_postgres() -> Account:
    """Ourselves, or for root the user that PostgreSQL runs as. Raises CannotStart when there is none with a name."""
    user = os.geteuid()
    if user != 0:
        found = _known(lambda: pwd.getpwuid(user))
        missing = f"PostgreSQL needs a user with a name, and number {user} has none on this system"
    else:
        found = next(filter(None, (_known(partial(pwd.getpwnam, name)) for name in UNPRIVILEGED)), None)
        missing = "PostgreSQL never runs as root, and this system has no user nobody"
    if found is None:
        raise CannotStart(problem=missing)
    return found


def _known(look_up: Callable[[], pwd.struct_passwd]) -> Account | None:
    try:
        entry = look_up()
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def blocked_for(account: Account, path: Path) -> Path | None:
    """The first folder on the way to `path` that `account` may not pass through; None when all are open."""
    if os.geteuid() != 0:
        return None  # we run everything as ourselves, so the system itself tells
    for folder in [*reversed(path.parents), path]:
        if folder.exists() and not _may_enter(account, folder.stat()):
            return folder
    return None


def _may_enter(account: Account, facts: os.stat_result) -> bool:
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)


def default_home(folder: Path) -> Path:
    """`.onhand` in `folder`; for root, when PostgreSQL's user may not go there, a folder under /var/lib/onhand."""
    home = folder.resolve() / ".onhand"
    if os.geteuid() != 0 or blocked_for(account_for_postgres(), home) is None:
        return home
    return SHARED_HOME / "-".join(home.parent.parts[1:])


def prepare_home(home: Path, account: Account) -> None:
    """Create `home`, passable for PostgreSQL's user. Parents are never changed.

    Raises:
        HomeNotReachable: `account` may not pass through a parent.
        DiskFull: its disk has not enough room for a database.
    """
    blocked = blocked_for(account, home.parent)
    if blocked is not None:
        raise HomeNotReachable(user=account.name, folder=blocked)
    if not home.exists():
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True)
    blocked = blocked_for(account, home)
    if blocked is not None:
        raise HomeNotReachable(user=account.name, folder=blocked)
    require_space(home)


def require_space(folder: Path) -> None:
    """Raises DiskFull when the disk under `folder` is nearly full."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < NEEDED_MEGABYTES:
        raise DiskFull(folder=folder, free=free, needed=NEEDED_MEGABYTES)
