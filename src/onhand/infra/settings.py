"""Settings: read once from ONHAND_* environment variables; documented in docs/reference/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onhand.infra.postgres import default_home


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set from outside. Times in seconds, sizes in bytes."""

    home: Path
    database_url: str | None
    app_database_url: str | None
    secret_key: str | None
    host: str
    port: int
    public_url: str
    web_dist: Path
    pool_size: int
    access_token_seconds: int
    refresh_token_seconds: int
    log_level: str
    log_json: bool
    sandbox_url: str | None
    s3_bucket: str | None
    s3_endpoint: str | None
    s3_region: str
    s3_access_key: str | None
    s3_secret_key: str | None
    s3_prefix: str


def _integer(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    try:
        return int(text)
    except ValueError as problem:
        raise SystemExit(f"{name} must be a whole number, not {text!r}.") from problem


def read_settings() -> Settings:
    """Read the environment. Raises SystemExit with a sentence when a value cannot be used."""
    get = os.environ.get
    host, port = get("ONHAND_HOST", "127.0.0.1"), _integer("ONHAND_PORT", 8000)
    here = Path(__file__).resolve().parents[3]
    return Settings(
        home=Path(os.environ["ONHAND_HOME"]).resolve() if get("ONHAND_HOME") else default_home(Path()),
        database_url=get("ONHAND_DATABASE_URL") or None,
        app_database_url=get("ONHAND_APP_DATABASE_URL") or None,
        secret_key=get("ONHAND_SECRET_KEY") or None,
        host=host,
        port=port,
        public_url=get("ONHAND_PUBLIC_URL", f"http://{host}:{port}"),
        web_dist=Path(get("ONHAND_WEB_DIST", str(here / "web" / "dist"))),
        pool_size=_integer("ONHAND_POOL_SIZE", 10),
        access_token_seconds=_integer("ONHAND_ACCESS_TOKEN_SECONDS", 900),
        refresh_token_seconds=_integer("ONHAND_REFRESH_TOKEN_SECONDS", 30 * 86_400),
        log_level=get("ONHAND_LOG_LEVEL", "info"),
        log_json=get("ONHAND_LOG_JSON", "") == "1",
        sandbox_url=get("ONHAND_SANDBOX_URL") or None,
        s3_bucket=get("ONHAND_S3_BUCKET") or None,
        s3_endpoint=get("ONHAND_S3_ENDPOINT") or None,
        s3_region=get("ONHAND_S3_REGION", "us-east-1"),
        s3_access_key=get("ONHAND_S3_ACCESS_KEY") or None,
        s3_secret_key=get("ONHAND_S3_SECRET_KEY") or None,
        s3_prefix=get("ONHAND_S3_PREFIX", ""),
    )


@cache
def get_settings() -> Settings:
    """The settings of this process."""
    return read_settings()
