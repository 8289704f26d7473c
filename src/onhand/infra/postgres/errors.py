"""Why PostgreSQL could not be started, each as a sentence that says what to do."""

from __future__ import annotations

from onhand.kernel import OnhandError


class CannotStart(OnhandError):
    """onhand could not start: {problem}."""

    title, code = "Could not start", "infra.cannot_start"


class HomeNotReachable(CannotStart):
    """PostgreSQL never runs as root, and its user "{user}" may not enter {folder}.

    Set ONHAND_HOME to a folder that everybody may pass through, such as /var/lib/onhand.
    """

    code = "infra.home_not_reachable"


class DiskFull(CannotStart):
    """The disk that holds {folder} is full ({free} MB left, {needed} MB needed).

    Free some space, or set ONHAND_HOME to a folder on another disk.
    """

    code = "infra.disk_full"


class PostgresFailed(CannotStart):
    """PostgreSQL did not start: {reason} Its whole log is {log}."""

    code = "infra.postgres_failed"


class PostgresTooOld(CannotStart):
    """onhand needs PostgreSQL 18 or newer, and this server is {version}.

    Upgrade it, or leave ONHAND_DATABASE_URL unset and onhand starts its own.
    """

    code = "infra.postgres_too_old"


class HomeBusy(CannotStart):
    """Another onhand (process {pid}) holds {home} but its PostgreSQL does not answer.

    Stop that process, or set ONHAND_HOME to another folder.
    """

    code = "infra.home_busy"
