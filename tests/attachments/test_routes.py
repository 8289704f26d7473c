import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image
from tests.attachments.files import PDF, a_bomb, a_photo
from tests.conftest import client_for, key_for

from onhand import attachments
from onhand.attachments.domain import MOST_PER_OWNER
from onhand.attachments.service import attachment_by, visible_kinds
from onhand.attachments.storage import keys_of
from onhand.infra import jobs
from onhand.infra.db import Database
from onhand.infra.settings import Settings
from onhand.kernel import Actor, Forbidden, new_id

PATH = "/api/v1/attachments"
Answer = dict[str, Any]


@pytest.fixture
async def product(client: httpx.AsyncClient) -> str:
    """A product's id."""
    body = {"name": "Mug", "sku": f"M{new_id().hex[-6:]}"}
    return str((await client.post("/api/v1/products", json=body)).json()["data"]["id"])


async def sent(
    client: httpx.AsyncClient, owner: str, content: bytes, name: str = "front.jpg", **fields: str
) -> httpx.Response:
    data = {"owner_kind": "product", "owner_id": owner} | fields
    return await client.post(PATH, data=data, files={"file": (name, content)})


async def attached(client: httpx.AsyncClient, owner: str, content: bytes, name: str = "front.jpg") -> Answer:
    answer = await sent(client, owner, content, name)
    assert answer.status_code == 201, answer.text
    made: Answer = answer.json()["data"]
    return made


async def shown(client: httpx.AsyncClient, owner: str, **words: str) -> list[Answer]:
    answer = await client.get(PATH, params={"filter[owner_id]": owner, "filter[owner_kind]": "product"} | words)
    rows: list[Answer] = answer.json()["data"]
    return rows


def kept(settings: Settings, actor: Actor) -> set[str]:
    """The names of the files that lie in the store."""
    folder = settings.home / "attachments" / str(actor.organization_id)
    return {path.name for path in folder.rglob("*") if path.is_file()}


def several(count: int) -> list[bytes]:
    return [a_photo(20, 20, form="PNG", colour=(10 + n, 0, 0)) for n in range(count)]


async def test_a_photo_is_attached_and_shown_in_each_size(client: httpx.AsyncClient, product: str) -> None:
    photo = a_photo(1600, 1200)
    made = await attached(client, product, photo, "front view.jpg")
    assert (made["kind"], made["media_type"], made["primary"]) == ("photo", "image/jpeg", True)
    assert (made["width"], made["height"], made["size"]) == (1600, 1200, len(photo))
    assert [row["id"] for row in await shown(client, product)] == [made["id"]]
    whole = await client.get(f"{PATH}/{made['id']}/content")
    assert whole.content == photo
    for size, side in (("small", 96), ("medium", 320), ("large", 1280)):
        small = await client.get(f"{PATH}/{made['id']}/thumbnails/{size}")
        assert small.headers["content-type"] == "image/webp"
        assert max(Image.open(io.BytesIO(small.content)).size) == side
    assert (await client.get(f"{PATH}/{made['id']}/thumbnails/huge")).status_code == 422


async def test_what_is_sent_is_guarded(client: httpx.AsyncClient, product: str) -> None:
    made = await attached(client, product, PDF, "Rechnung für „Öl“.pdf")
    answer = await client.get(f"{PATH}/{made['id']}/content")
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-cache"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''Rechnung%20f%C3%BCr")
    assert (await client.get(f"{PATH}/{made['id']}/thumbnails/small")).json()["code"] == "attachments.no_thumbnail"


async def test_what_is_known_already_is_not_sent_again(client: httpx.AsyncClient, product: str) -> None:
    made = await attached(client, product, a_photo())
    url = f"{PATH}/{made['id']}/thumbnails/small"
    tag = (await client.get(url)).headers["etag"]
    again = await client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await client.get(f"{PATH}/{made['id']}/content", headers={"If-None-Match": tag})).status_code == 200


async def test_the_same_photo_twice_is_kept_once(
    client: httpx.AsyncClient, product: str, settings: Settings, actor: Actor
) -> None:
    first = await attached(client, product, a_photo())
    again = await attached(client, product, a_photo(), "other name.jpg")
    assert again["id"] == first["id"]
    assert len(await shown(client, product)) == 1
    assert len(kept(settings, actor)) == 4


async def test_many_who_send_the_same_photo_at_once_make_one(client: httpx.AsyncClient, product: str) -> None:
    photo = a_photo()
    answers = await asyncio.gather(*(sent(client, product, photo) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1


async def test_photos_sent_at_once_get_places_of_their_own(client: httpx.AsyncClient, product: str) -> None:
    await asyncio.gather(*(sent(client, product, photo) for photo in several(6)))
    assert [row["position"] for row in await shown(client, product)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.jpg", "empty"),
        (b"<html><script>alert(1)</script>", "photo.jpg", "scripts"),
        (b"MZ\x90\0", "setup.pdf", "may be JPEG"),
        (a_bomb(), "bomb.png", "50 million pixels"),
        (a_photo()[:200], "cut.jpg", "damaged"),
    ],
)
async def test_a_file_that_cannot_be_used_names_the_field_and_leaves_nothing(
    client: httpx.AsyncClient, product: str, content: bytes, name: str, words: str
) -> None:
    answer = await sent(client, product, content, name)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/file"]
    assert words in answer.json()["detail"]
    assert await shown(client, product) == []


async def test_a_file_too_large_is_refused(client: httpx.AsyncClient, product: str) -> None:
    answer = await sent(client, product, PDF + b"\n" * 20_000_001, "large.pdf")
    assert (answer.status_code, answer.json()["code"]) == (413, "attachments.too_large")
    assert (await sent(client, product, PDF + b"\n" * 22_000_000, "larger.pdf")).status_code == 413
    assert await shown(client, product) == []


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"owner_kind": "dragon"}, "/owner_kind"),
        ({"owner_id": "01a21f13-fbe8-7843-b85a-6403de98b1b7"}, "/owner_id"),
        ({"owner_id": "mug"}, "/owner_id"),
        ({"caption": "x" * 501}, "/caption"),
    ],
)
async def test_an_owner_that_is_not_there_is_named(
    client: httpx.AsyncClient, product: str, fields: dict[str, str], pointer: str
) -> None:
    answer = await sent(client, product, a_photo(), **fields)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert await shown(client, product) == []


async def test_one_thing_holds_only_so_many(client: httpx.AsyncClient, product: str) -> None:
    for n in range(MOST_PER_OWNER):
        await attached(client, product, PDF + str(n).encode(), f"{n}.pdf")
    answer = await sent(client, product, a_photo())
    assert (answer.status_code, answer.json()["code"]) == (409, "attachments.too_many")
    assert len(await shown(client, product, limit="500")) == MOST_PER_OWNER


async def test_photos_are_ordered_and_one_leads(client: httpx.AsyncClient, product: str) -> None:
    made = [(await attached(client, product, photo))["id"] for photo in several(3)]
    order = {"owner_kind": "product", "owner_id": product, "ids": [made[2], made[0], made[1]]}
    assert (await client.put(f"{PATH}/order", json=order)).status_code == 204
    assert [row["id"] for row in await shown(client, product)] == order["ids"]
    await client.patch(f"{PATH}/{made[1]}", json={"primary": True, "caption": "From the side"})
    first = (await shown(client, product, **{"filter[primary]": "true"}))[0]
    assert (first["id"], first["caption"]) == (made[1], "From the side")


@pytest.mark.parametrize("wrong", ["missing", "twice", "foreign"])
async def test_an_order_must_name_each_photo_once(client: httpx.AsyncClient, product: str, wrong: str) -> None:
    made = [(await attached(client, product, photo))["id"] for photo in several(2)]
    ids = {"missing": made[:1], "twice": [made[0], made[0]], "foreign": [made[0], str(new_id())]}[wrong]
    order = {"owner_kind": "product", "owner_id": product, "ids": ids}
    assert (await client.put(f"{PATH}/order", json=order)).status_code == 422
    assert [row["id"] for row in await shown(client, product)] == made


async def test_those_behind_a_removed_photo_move_up(client: httpx.AsyncClient, product: str) -> None:
    made = [(await attached(client, product, photo))["id"] for photo in several(3)]
    assert (await client.delete(f"{PATH}/{made[0]}")).status_code == 204
    assert [(row["id"], row["position"]) for row in await shown(client, product)] == [(made[1], 0), (made[2], 1)]
    assert (await client.get(f"{PATH}/{made[0]}/content")).status_code == 404


async def test_each_change_is_in_the_log(client: httpx.AsyncClient, product: str) -> None:
    made = await attached(client, product, a_photo(), "front.jpg")
    await client.patch(f"{PATH}/{made['id']}", json={"name": "back"})
    await client.delete(f"{PATH}/{made['id']}")
    rows = (await client.get("/api/v1/audit", params={"filter[entity_id]": made["id"]})).json()["data"]
    assert [row["action"] for row in rows] == ["delete", "update", "create"]
    assert rows[1]["after"]["name"] == "back.jpg"


async def test_no_organization_reaches_what_another_keeps(
    client: httpx.AsyncClient,
    staff: httpx.AsyncClient,
    other: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    product: str,
) -> None:
    made = await attached(client, product, a_photo())
    url = f"{PATH}/{made['id']}"
    tag = (await client.get(f"{url}/content")).headers["etag"]
    for part in ("", "/content", "/thumbnails/small"):
        assert (await staff.get(url + part)).status_code == 200
        assert (await other.get(url + part, headers={"If-None-Match": tag})).status_code == 404
        assert (await stranger.get(url + part)).status_code == 401
    assert (await other.patch(url, json={"caption": "mine"})).status_code == 404
    assert (await other.delete(url)).status_code == 404
    assert (await sent(other, product, a_photo())).status_code == 422
    order = {"owner_kind": "product", "owner_id": product, "ids": [made["id"]]}
    assert (await other.put(f"{PATH}/order", json=order)).status_code == 422
    assert await shown(other, product) == []
    assert len(await shown(client, product)) == 1


async def test_who_may_not_see_a_thing_does_not_see_its_photos(
    client: httpx.AsyncClient, product: str, database: Database, actor: Actor, settings: Settings
) -> None:
    made = await attached(client, product, a_photo())
    blind = replace(actor, permissions=frozenset({"attachments.read", "attachments.write", "sales.read"}))
    command = attachments.Attach("product", UUID(product), "b.pdf", PDF)
    async with database.session(blind) as session:
        with pytest.raises(Forbidden, match=r"catalog\.read"):
            await attachments.attach(session, attachments.storage_of(settings), command)
        with pytest.raises(attachments.UnknownAttachment):
            await attachment_by(session, UUID(made["id"]))
    assert visible_kinds(blind) == ("order",)
    assert len(await shown(client, product)) == 1


@pytest.fixture
async def at_work(database: Database) -> AsyncIterator[Database]:
    """The database that the worker's tasks of this process use."""
    jobs.bind(database)
    yield database
    jobs._bound.clear()


async def swept(settings: Settings, actor: Actor, later: timedelta = timedelta(hours=1)) -> attachments.Swept:
    return await attachments.sweep(attachments.storage_of(settings), actor.organization_id, datetime.now(UTC) + later)


@pytest.mark.usefixtures("at_work")
async def test_what_nothing_shows_is_swept_and_what_is_shown_stays(
    client: httpx.AsyncClient, product: str, settings: Settings, actor: Actor
) -> None:
    gone, stays = [await attached(client, product, photo) for photo in several(2)]
    await client.delete(f"{PATH}/{gone['id']}")
    assert await swept(settings, actor, -timedelta(days=1)) == attachments.Swept(0, 0, 0)
    assert await swept(settings, actor) == attachments.Swept(0, 1, 0)
    assert {name[:64] for name in kept(settings, actor)} == {stays["digest"]}
    assert await swept(settings, actor) == attachments.Swept(0, 0, 0)
    assert (await client.get(f"{PATH}/{stays['id']}/content")).status_code == 200
    again = await attached(client, product, several(1)[0])
    assert (await client.get(f"{PATH}/{again['id']}/thumbnails/small")).status_code == 200


@pytest.mark.usefixtures("at_work")
async def test_what_belonged_to_a_thing_that_is_gone_is_swept(
    client: httpx.AsyncClient, product: str, settings: Settings, actor: Actor
) -> None:
    await attached(client, product, a_photo())
    assert (await client.delete(f"/api/v1/products/{product}")).status_code == 204
    assert await swept(settings, actor) == attachments.Swept(1, 1, 0)
    assert kept(settings, actor) == set()


@pytest.mark.usefixtures("at_work")
async def test_files_of_a_request_that_was_refused_are_swept(
    client: httpx.AsyncClient, product: str, settings: Settings, actor: Actor
) -> None:
    await sent(client, product, a_photo(), owner_kind="product")
    dry = await client.post(
        PATH,
        params={"dry_run": "true"},
        data={"owner_kind": "product", "owner_id": product},
        files={"file": ("b.pdf", PDF)},
    )
    assert dry.json()["meta"]["dry_run"]
    folder = settings.home / "attachments" / str(actor.organization_id)
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / f"{'ab' * 32}.1.draft").write_bytes(b"half")
    before = kept(settings, actor)
    assert await swept(settings, actor) == attachments.Swept(0, 0, 1)
    assert len(before - kept(settings, actor)) == 2
    assert len(await shown(client, product)) == 1


async def test_a_content_that_is_lost_is_told(
    client: httpx.AsyncClient, product: str, settings: Settings, actor: Actor
) -> None:
    made = await attached(client, product, PDF, "a.pdf")
    await attachments.storage_of(settings).remove(keys_of(actor.organization_id, made["digest"]))
    answer = await client.get(f"{PATH}/{made['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (404, "attachments.content_gone")


async def test_who_may_only_look_cannot_attach(
    app: FastAPI, client: httpx.AsyncClient, database: Database, actor: Actor, product: str
) -> None:
    async with client_for(app, await key_for(database, actor, "staff")) as staff:
        assert (await sent(staff, product, PDF, "a.pdf")).status_code == 201
    async with client_for(app, None) as stranger:
        assert (await sent(stranger, product, a_photo())).status_code == 401
    assert len(await shown(client, product)) == 1
