"""Exports that take long: written by the worker, fetched when they are done."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from onhand.exports import service
from onhand.infra import files, jobs
from onhand.infra.job_recovery import AGAIN
from onhand.infra.settings import get_settings
from onhand.kernel import now

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.exports.service import Wanted

KIND = "exports.write"
FILE = "export"
KEPT = timedelta(days=7)
TOLD_EVERY = 1.0  # seconds


@jobs.app.task(name="exports.write", queue="exports", retry=AGAIN)
async def write(organization_id: str, job_id: str, name: str, query: str) -> None:
    """Write one list into a file, with progress."""
    result: dict[str, object] = {}
    async with jobs.watched(write, organization_id, job_id, result) as progress:
        asked = service.wanted(service.LISTS[name], service.read_query(query))
        last = time.monotonic()

        async def told(done: int) -> None:
            nonlocal last
            if time.monotonic() - last > TOLD_EVERY:
                last = time.monotonic()
                await progress(done, 0, f"{done} rows")

        target = folder_of(get_settings().home, UUID(organization_id), UUID(job_id)) / FILE
        rows, stack = await service.opened(jobs.database(), UUID(organization_id), asked)
        async with stack:
            done = await service.write_file(rows, asked, target, told)
        result |= {"list": name, "format": asked.format, "rows": done, "size": target.stat().st_size,
                   "file_name": file_name(asked)}  # fmt: skip


def file_name(asked: Wanted) -> str:
    """What the file is called where it is saved."""
    return f"{asked.of.name} {now():%Y-%m-%d %H%M}.{asked.format}"


def folder_of(home: Path, organization_id: UUID, job_id: UUID) -> Path:
    """Where the file of an export lies."""
    return files.folder_of(home, organization_id, job_id)


async def ask(session: AsyncSession, asked: Wanted, query: str) -> UUID:
    """Queue an export; returns the job to watch."""
    job_id = await jobs.record(session, KIND)
    await jobs.defer(session, write, job_id=str(job_id), name=asked.of.name, query=query)
    return job_id


def forget_old_files(home: Path, timestamp: int) -> int:
    """Remove exports that were written more than a week ago; returns how many."""
    limit = timestamp - KEPT.total_seconds()
    old = [file.parent for file in (home / "files").glob(f"*/*/{FILE}") if file.stat().st_mtime < limit]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
