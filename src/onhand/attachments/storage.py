"""Where contents lie: a folder of this machine, or a bucket that speaks S3. Both hold the same keys.

A key is `<organization>/<first two signs>/<SHA-256>`, a thumbnail's the same and `.small`, `.medium` or `.large`:
putting the same content twice changes nothing, and no organization's key can name another's content.
"""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from onhand.attachments.domain import SIZES
from onhand.attachments.errors import StoreAway
from onhand.infra.log import logger
from onhand.kernel import new_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from onhand.infra.settings import Settings

PAGE = 500
DRAFT = ".draft"  # a file that is being written; what a stopped machine leaves of one is swept
DIGEST = re.compile("[0-9a-f]{64}")
ANSWER, CONNECT = timedelta(seconds=30), timedelta(seconds=5)
RETRIES, RETRYING = 2, timedelta(seconds=20)
Found = tuple[str, datetime]  # a key, and when it was put there last


class Storage(Protocol):
    """What both can do. All but `get` may be repeated; each raises StoreAway when the store cannot be reached."""

    async def put(self, key: str, content: bytes, media_type: str) -> None:
        """Keep the content, whole or not at all."""

    async def get(self, key: str) -> bytes | None:
        """The content; None when there is none."""

    async def remove(self, keys: Sequence[str]) -> None:
        """Let go of these; one that is not there is no error."""

    def pages(self, organization_id: UUID) -> AsyncIterator[list[Found]]:
        """All keys of an organization, in pages."""


def key_of(organization_id: UUID, digest: str, size: str | None = None) -> str:
    """Where the content with this SHA-256 lies, or its thumbnail of one size."""
    return f"{organization_id}/{digest[:2]}/{digest}{f'.{size}' if size else ''}"


def keys_of(organization_id: UUID, digest: str) -> list[str]:
    """All that lies there of one content."""
    return [key_of(organization_id, digest), *(key_of(organization_id, digest, size) for size in SIZES)]


def digest_of(key: str) -> str | None:
    """The content that a key belongs to; None for a name that is none of ours."""
    digest = key.rpartition("/")[2].partition(".")[0]
    return digest if DIGEST.fullmatch(digest) else None


class Folder:
    """Files under ONHAND_HOME/attachments."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, key: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 - files have no type
        """Keep the content."""
        await asyncio.to_thread(self._put, self._root / key, content)

    @staticmethod
    def _put(target: Path, content: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.{new_id().hex}{DRAFT}")
        try:
            with draft.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.rename(target)
        except OSError as problem:
            raise _away(problem) from problem
        finally:
            draft.unlink(missing_ok=True)

    async def get(self, key: str) -> bytes | None:
        """The content."""
        with suppress(FileNotFoundError):
            return await asyncio.to_thread((self._root / key).read_bytes)
        return None

    async def remove(self, keys: Sequence[str]) -> None:
        """Let go of these."""
        await asyncio.to_thread(self._unlink, keys)

    def _unlink(self, keys: Sequence[str]) -> None:
        for key in keys:
            (self._root / key).unlink(missing_ok=True)

    async def pages(self, organization_id: UUID) -> AsyncIterator[list[Found]]:
        """All keys."""
        found = await asyncio.to_thread(lambda: list(self._walk(str(organization_id))))
        for start in range(0, len(found), PAGE):
            yield found[start : start + PAGE]

    def _walk(self, organization: str) -> Iterator[Found]:
        for path in (self._root / organization).glob("??/*"):
            with suppress(FileNotFoundError):  # it was let go of meanwhile
                yield (
                    path.relative_to(self._root).as_posix(),
                    datetime.fromtimestamp(path.stat().st_mtime, UTC),
                )


class Bucket:
    """Objects in a bucket of S3 or of whatever speaks like it: MinIO, Ceph, R2."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    async def put(self, key: str, content: bytes, media_type: str) -> None:
        """Keep the content."""
        try:
            await obstore.put_async(self._store, key, content, attributes={"Content-Type": media_type})
        except BaseError as problem:
            raise _away(problem) from problem

    async def get(self, key: str) -> bytes | None:
        """The content."""
        try:
            answer = await obstore.get_async(self._store, key)
            return bytes(await answer.bytes_async())
        except FileNotFoundError:
            return None
        except BaseError as problem:
            raise _away(problem) from problem

    async def remove(self, keys: Sequence[str]) -> None:
        """Let go of these."""
        try:
            await obstore.delete_async(self._store, list(keys))
        except FileNotFoundError:
            return
        except BaseError as problem:
            raise _away(problem) from problem

    async def pages(self, organization_id: UUID) -> AsyncIterator[list[Found]]:
        """All keys."""
        try:
            async for page in obstore.list(self._store, prefix=str(organization_id), chunk_size=PAGE):
                yield [(found["path"], found["last_modified"]) for found in page]
        except BaseError as problem:
            raise _away(problem) from problem


def _away(problem: Exception) -> StoreAway:
    logger("attachments").error("the store cannot be used", reason=str(problem)[:500])
    return StoreAway()


@cache
def storage_of(settings: Settings) -> Storage:
    """The store that the settings name: a bucket if one is given, else the folder beside the database."""
    if not settings.s3_bucket:
        return Folder(settings.home / "attachments")
    store = S3Store(
        settings.s3_bucket,
        prefix=settings.s3_prefix or None,
        endpoint=settings.s3_endpoint or None,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key or None,
        secret_access_key=settings.s3_secret_key or None,
        virtual_hosted_style_request=not settings.s3_endpoint,
        client_options={
            "timeout": ANSWER,
            "connect_timeout": CONNECT,
            "allow_http": (settings.s3_endpoint or "").startswith("http://"),
        },
        retry_config={"max_retries": RETRIES, "retry_timeout": RETRYING},
    )
    return Bucket(store)
