"""`onhand worker`, `onhand migrate`, `onhand config`: the parts that the supervisor and administrators use."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from onhand.app.api import create_app
from onhand.app.context import EXIT_REFUSED, running_settings
from onhand.app.worker import run as run_worker
from onhand.infra.settings import get_settings

config = typer.Typer(help="Settings and the API's contract.", no_args_is_help=True)
CHECKOUT = Path(__file__).resolve().parents[4]
HIDDEN = frozenset({"secret_key", "database_url", "app_database_url", "s3_access_key", "s3_secret_key"})


def worker() -> None:
    """Run jobs and push to channels until stopped; needs ONHAND_DATABASE_URL.

    Example: ONHAND_DATABASE_URL=postgresql://… onhand worker
    """
    asyncio.run(run_worker(get_settings()))


def migrate() -> None:
    """Bring the database to this version; safe to repeat.

    Example: onhand migrate
    """
    with running_settings():
        typer.echo("The database is up to date.")


def bench(
    sections: Annotated[list[str] | None, typer.Argument(help="Which parts; all without any.")] = None,
    scale: Annotated[str | None, typer.Option(help="100k, 1m or 10m levels, ten times as many movements.")] = None,
) -> None:
    """Measure onhand against raw PostgreSQL in the same run; needs the source checkout.

    Example: onhand bench --scale 1m
    """
    if not (CHECKOUT / "bench").is_dir():
        typer.echo("The measurements are part of the source checkout, not of the installed package.", err=True)
        raise typer.Exit(EXIT_REFUSED)
    told = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as `onhand serve` sets it
    asked = ["--scale", scale] if scale else sections or []
    done = subprocess.run([sys.executable, "-m", "bench", *asked], cwd=CHECKOUT, env=told, check=False)
    raise typer.Exit(done.returncode)


@config.command("show")
def show() -> None:
    """Print the settings in force; secrets only as set or not.

    Example: onhand config show
    """
    settings = get_settings()
    for field in fields(settings):
        value = getattr(settings, field.name)
        text = ("set" if value else "not set") if field.name in HIDDEN else value
        typer.echo(f"{field.name:24} {text}")


@config.command("openapi")
def write_openapi(
    path: Annotated[Path, typer.Argument(help="File to write.")] = Path("openapi.json"),
    check: Annotated[bool, typer.Option("--check", help="Only compare; exit 1 when it differs.")] = False,
) -> None:
    """Write the API's OpenAPI document.

    Example: onhand config openapi openapi.json
    """
    from_code = msgspec.json.format(msgspec.json.encode(contract()), indent=1) + b"\n"
    if check:
        same = path.is_file() and path.read_bytes() == from_code
        typer.echo(f"{path} is true." if same else f"{path} is not what the code says; run: onhand config openapi")
        raise typer.Exit(0 if same else 1)
    path.write_bytes(from_code)


def contract() -> dict[str, object]:
    """The document, without a database: nothing is opened until the application starts."""
    unopened = replace(get_settings(), app_database_url="postgresql://nowhere/onhand")
    return create_app(unopened).openapi()
