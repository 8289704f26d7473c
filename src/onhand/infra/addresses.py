"""Where the database is, for administrators and for the application; needs no driver, so that commands start fast."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from onhand.infra.secrets import derive, master_key

if TYPE_CHECKING:
    from onhand.infra.settings import Settings


def app_password(settings: Settings) -> str:
    """The password of the role onhand_app, derived from the installation's key; `migrate` sets it."""
    return derive(master_key(settings), "database role onhand_app").hex()


def app_url(settings: Settings) -> str:
    """Where web and worker connect: ONHAND_APP_DATABASE_URL, or ONHAND_DATABASE_URL with the role onhand_app."""
    if settings.app_database_url:
        return settings.app_database_url
    if not settings.database_url:
        raise SystemExit("No database: start onhand with `onhand serve`, or set ONHAND_DATABASE_URL.")
    parts = urlsplit(settings.database_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"onhand_app:{app_password(settings)}@{place}"))
