"""Both stores keep the same promises; the bucket is tried on a server that others wrote."""

import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from tests.attachments.files import a_photo
from tests.attachments.test_routes import PATH, attached, sent
from tests.conftest import client_for, key_for, make_organization

from onhand import attachments
from onhand.app.api import create_app
from onhand.attachments.errors import StoreAway
from onhand.attachments.storage import Bucket, Folder, Storage, digest_of, key_of, storage_of
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import new_id

DIGEST = "0f" * 32
READY_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def s3() -> Iterator[Settings]:
    """Settings that name a bucket on a server of this machine."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + READY_SECONDS
            while not answers(f"{url}/photos", "PUT"):
                assert time.monotonic() < until, "the S3 server does not start"
                time.sleep(0.1)
            yield replace(
                get_settings(),
                s3_bucket="photos",
                s3_endpoint=url,
                s3_access_key="key",
                s3_secret_key="secret",
                s3_prefix="onhand",
            )
        finally:
            process.terminate()
            process.wait(20)


def answers(url: str, method: str) -> bool:
    try:
        return httpx.request(method, url).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Each of the two."""
    return Folder(tmp_path) if request.param == "folder" else storage_of(request.getfixturevalue("s3"))


async def keys(storage: Storage, organization_id: UUID) -> set[str]:
    return {key async for page in storage.pages(organization_id) for key, _ in page}


async def test_what_is_put_is_got_and_let_go(storage: Storage) -> None:
    organization = new_id()
    key, small = key_of(organization, DIGEST), key_of(organization, DIGEST, "small")
    for _ in range(2):  # safe to repeat
        await storage.put(key, b"whole", "image/png")
        await storage.put(small, b"small", "image/webp")
    assert (await storage.get(key), await storage.get(small)) == (b"whole", b"small")
    assert await keys(storage, organization) == {key, small}
    assert await keys(storage, new_id()) == set()
    for _ in range(2):
        await storage.remove([key, key_of(organization, "1e" * 32)])
    assert (await storage.get(key), await storage.get(small)) == (None, b"small")


async def test_pages_tell_how_old_a_file_is(storage: Storage) -> None:
    organization = new_id()
    await storage.put(key_of(organization, DIGEST), b"x", "image/png")
    ages = [datetime.now(UTC) - put_at async for page in storage.pages(organization) for _, put_at in page]
    assert len(ages) == 1
    assert -timedelta(seconds=5) < ages[0] < timedelta(minutes=5)


async def test_many_files_come_in_pages(storage: Storage) -> None:
    organization = new_id()
    for n in range(12):
        await storage.put(key_of(organization, f"{n:064x}"), b"x", "image/png")
    assert len(await keys(storage, organization)) == 12


async def test_a_bucket_that_cannot_be_reached_is_told_as_such() -> None:
    nowhere = replace(
        get_settings(), s3_bucket="b", s3_endpoint="http://127.0.0.1:9", s3_access_key="k", s3_secret_key="s"
    )
    bucket = storage_of(nowhere)
    assert isinstance(bucket, Bucket)
    with pytest.raises(StoreAway):
        await bucket.get("a")
    with pytest.raises(StoreAway):
        await bucket.put("a", b"x", "image/png")


def test_a_key_tells_its_content_and_nothing_else_does() -> None:
    organization = new_id()
    assert digest_of(key_of(organization, DIGEST, "large")) == DIGEST
    assert digest_of(f"{organization}/ab/readme.txt") is None


@pytest.fixture
async def beside_s3(settings: Settings, s3: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, Settings, UUID]]:
    """A client of an onhand that keeps its photos in the bucket."""
    told = replace(s3, home=settings.home, database_url=settings.database_url, log_level="error")
    app = create_app(told, Database(app_url(told), 4))
    async with app.router.lifespan_context(app):
        database: Database = app.state.database
        actor = await make_organization(database)
        async with client_for(app, await key_for(database, actor)) as client:
            yield client, told, actor.organization_id


async def test_photos_live_in_a_bucket_as_well(beside_s3: tuple[httpx.AsyncClient, Settings, UUID]) -> None:
    client, told, organization_id = beside_s3
    body = {"name": "Mug", "sku": "M1"}
    product = (await client.post("/api/v1/products", json=body)).json()["data"]["id"]
    photo = a_photo()
    made = await attached(client, product, photo)
    assert (await client.get(f"{PATH}/{made['id']}/content")).content == photo
    assert (await client.get(f"{PATH}/{made['id']}/thumbnails/small")).headers["content-type"] == "image/webp"
    found = await keys(attachments.storage_of(told), organization_id)
    assert found == {key_of(organization_id, made["digest"], size) for size in (None, "small", "medium", "large")}


async def test_when_the_bucket_is_away_nothing_is_attached(
    beside_s3: tuple[httpx.AsyncClient, Settings, UUID],
) -> None:
    client, told, _ = beside_s3
    app = create_app(replace(told, s3_endpoint="http://127.0.0.1:9"), Database(app_url(told), 4))
    async with app.router.lifespan_context(app), client_for(app, client.headers["authorization"][7:]) as cut_off:
        product = (await client.post("/api/v1/products", json={"name": "Mug", "sku": "M2"})).json()["data"]["id"]
        answer = await sent(cut_off, product, a_photo())
        assert (answer.status_code, answer.json()["code"]) == (503, "attachments.store_away")
        assert (await client.get(PATH)).json()["data"] == []
