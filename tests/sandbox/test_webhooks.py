"""Webhooks as a receiver gets them: signed, retried, and now and then twice, late or never."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from tests.sandbox.process import Sandbox
from tests.sandbox.test_storefront import a_listing

from onhand.sandbox import switches


class Receiver(ThreadingHTTPServer):
    """Collects what arrives and answers the statuses it was given, then 204."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Collect)
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"

    def wait_for(self, number: int) -> list[tuple[dict[str, str], bytes]]:
        until = time.monotonic() + 8
        while len(self.received) < number and time.monotonic() < until:
            time.sleep(0.02)
        return list(self.received)


class Collect(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent names it so
        del format, args


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def secret(shop: httpx.Client, receiver: Receiver) -> str:
    return str(shop.put("/webhook", json={"url": receiver.url}).json()["secret"])


def test_a_sale_is_announced_and_signed(sandbox: Sandbox, shop: httpx.Client, receiver: Receiver, secret: str) -> None:
    order = sandbox.control("POST", "/shops/harbour/buy", {"sku": a_listing(shop, 1)}).json()
    headers, body = receiver.wait_for(1)[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == expected
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 5
    message = json.loads(body)
    assert (message["type"], message["data"]["id"]) == ("order.created", order["id"])


def test_a_refused_webhook_is_tried_again_under_the_same_id(
    sandbox: Sandbox, shop: httpx.Client, receiver: Receiver, secret: str
) -> None:
    assert secret
    receiver.statuses = [500]
    sandbox.control("POST", "/shops/harbour/buy", {"sku": a_listing(shop, 1)})
    first, second = receiver.wait_for(2)
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]


def test_a_duplicated_webhook_arrives_twice(
    sandbox: Sandbox, shop: httpx.Client, receiver: Receiver, secret: str
) -> None:
    assert secret
    sandbox.control("PATCH", "/shops/harbour/faults", {"webhook_duplicate_rate": 1})
    sandbox.control("POST", "/shops/harbour/buy", {"sku": a_listing(shop, 1)})
    first, second = receiver.wait_for(2)
    assert first[1] == second[1]


def test_a_lost_webhook_never_arrives_but_the_order_is_in_the_list(
    sandbox: Sandbox, shop: httpx.Client, receiver: Receiver, secret: str
) -> None:
    assert secret
    sandbox.control("PATCH", "/shops/harbour/faults", {"webhook_lost_rate": 1})
    lost = sandbox.control("POST", "/shops/harbour/buy", {"sku": a_listing(shop, 1)}).json()
    sandbox.control("PATCH", "/shops/harbour/faults", {"webhook_lost_rate": 0})
    sandbox.control("POST", f"/shops/harbour/orders/{lost['id']}/cancel", {})
    (_, body), *more = receiver.wait_for(1)
    assert (json.loads(body)["type"], more) == ("order.cancelled", [])
    assert shop.get(f"/orders/{lost['id']}").json()["status"] == "cancelled"


def test_delays_let_later_messages_overtake() -> None:
    faults = switches.Faults(webhook_delay_rate=0.5, webhook_delay_seconds=3)
    starts = [switches.deliveries(faults, switches.seeded(1, str(n)))[0] for n in range(20)]
    assert min(starts) == 0
    assert max(starts) > 0.6


def test_nobody_is_told_after_unsubscribing(
    sandbox: Sandbox, shop: httpx.Client, receiver: Receiver, secret: str
) -> None:
    assert secret
    assert shop.delete("/webhook").status_code == 204
    sandbox.control("POST", "/shops/harbour/buy", {"sku": a_listing(shop, 1)})
    time.sleep(0.3)
    assert receiver.received == []
    assert shop.get("/webhook").status_code == 404
