"""The connector to the sandbox marketplace: JSON over HTTP with a bearer token."""

from __future__ import annotations

import asyncio
import secrets
import ssl
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from onhand.connectors.errors import ChannelBusy, ChannelRefused, ChannelUnreachable, CredentialsRefused
from onhand.connectors.port import Answer, Article, ItemStatus, Sale, Sales, Shown, SoldLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onhand.connectors.pace import Pace

T = TypeVar("T")

TIMEOUT = httpx.Timeout(4.0, connect=2.0)
TRIES = 3
FIRST_WAIT = 0.05
PAGE = 200
DICE = secrets.SystemRandom()
# A host that no name server takes is an InvalidURL or a UnicodeError, depending on who finds it first.
LINE_IS_BAD = (httpx.RequestError, httpx.InvalidURL, UnicodeError)
MISREAD = (KeyError, TypeError, ValueError, ArithmeticError)
NO_SHOP = "what it says is not what a shop says; check the address"
STATUSES: dict[str, ItemStatus] = {"ok": "ok", "stale": "stale", "not_found": "unknown"}


class _Buyer(msgspec.Struct):
    name: str
    email: str
    street: str
    city: str
    postcode: str
    country: str


class _Line(msgspec.Struct):
    sku: str
    title: str
    quantity: int
    unit_price: Decimal


class _Order(msgspec.Struct):
    id: str
    sequence: int
    status: str
    placed_at: datetime
    currency: str
    lines: list[_Line]
    buyer: _Buyer
    shipping: Decimal
    fee: Decimal

    def sale(self) -> Sale:
        """The order in the port's words."""
        buyer = self.buyer
        return Sale(
            external_id=self.id,
            sequence=self.sequence,
            cancelled=self.status == "cancelled",
            placed_at=self.placed_at,
            currency=self.currency,
            lines=tuple(SoldLine(x.sku, x.title, Decimal(x.quantity), x.unit_price) for x in self.lines),
            buyer=buyer.name,
            email=buyer.email,
            address={
                "name": buyer.name,
                "street": buyer.street,
                "city": buyer.city,
                "postal_code": buyer.postcode,
                "country": buyer.country,
            },
            shipping=self.shipping,
            fee=self.fee,
        )


class _Message(msgspec.Struct):
    type: str
    data: _Order


def read_sandbox_message(body: bytes) -> Sale | None:
    """The order in a webhook, None for other topics. Raises ValueError (msgspec's errors are) for nonsense."""
    kind = msgspec.json.decode(body, type=dict[str, msgspec.Raw]).get("type", msgspec.Raw(b'""'))
    if not msgspec.json.decode(kind, type=str).startswith("order."):
        return None
    return msgspec.json.decode(body, type=_Message).data.sale()


@cache
def _tls() -> ssl.SSLContext:
    """Building one costs a quarter of a second, so all clients share it."""
    return httpx.create_ssl_context()


class SandboxConnector:
    """One shop of the sandbox. `endpoint` ends in `/shops/<slug>/api`."""

    def __init__(self, name: str, endpoint: str, token: str, pace: Pace) -> None:
        self._name = name
        self._pace = pace
        self._endpoint = endpoint.rstrip("/")
        headers = {"authorization": f"Bearer {token}"}
        self._client = httpx.AsyncClient(base_url=self._endpoint, headers=headers, timeout=TIMEOUT, verify=_tls())

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def about(self) -> str:
        """The shop's name."""
        return await self._ask(lambda answer: str(answer["name"]), "GET", "/shop")

    async def describe(self, articles: Sequence[Article]) -> dict[str, str]:
        """Create or change articles."""
        body = [
            {"sku": x.sku, "title": x.title, "price": f"{x.price:f}", "currency": x.currency.upper()} for x in articles
        ]
        return await self._ask(_listed, "POST", "/listings/batch", {"listings": body})

    async def show(self, wanted: Sequence[Shown]) -> list[Answer]:
        """Set displayed quantities, each only if the shop shows what we expect."""
        items = [
            {"sku": x.sku, "quantity": int(x.quantity)} | ({} if x.expected is None else {"expected": int(x.expected)})
            for x in wanted
        ]
        return await self._ask(_answers, "POST", "/stock/batch", {"items": items})

    async def shown(self) -> dict[str, Decimal]:
        """What the shop displays, page by page."""
        shown: dict[str, Decimal] = {}
        after: int | None = 0
        while after is not None:
            page, after = await self._ask(_shown, "GET", f"/stock?limit={PAGE}&after={after}")
            shown |= page
        return shown

    async def sales(self, cursor: str) -> Sales:
        """Orders changed since the cursor."""
        return await self._ask(_sales, "GET", f"/orders?since={cursor or 0}&limit={PAGE}")

    async def sale(self, external_id: str) -> Sale:
        """One order."""
        path = f"/orders/{quote(external_id)}"
        return await self._ask(lambda answer: msgspec.convert(answer, _Order).sale(), "GET", path)

    async def acknowledge(self, external_id: str, reference: str) -> None:
        """Tell our number."""
        await self._call("POST", f"/orders/{quote(external_id)}/acknowledge", {"reference": reference})

    async def ship(self, external_id: str, tracking: str | None) -> None:
        """Tell that the parcel has left."""
        await self._call("POST", f"/orders/{quote(external_id)}/ship", {"tracking": tracking})

    async def cancel(self, external_id: str, reason: str) -> None:
        """Call the sale off."""
        await self._call("POST", f"/orders/{quote(external_id)}/cancel", {"reason": reason})

    async def subscribe(self, url: str) -> str:
        """Webhooks to this address from now on."""
        return await self._ask(lambda answer: str(answer["secret"]), "PUT", "/webhook", {"url": url})

    async def faults(self, change: dict[str, Any] | None) -> dict[str, Any]:
        """The switches of the sandbox's control API, which lies beside the shop's own."""
        base, _, tail = self._endpoint.partition("/shops/")
        url = f"{base}/control/shops/{tail.partition('/')[0]}/faults"
        return await self._call("GET", url) if change is None else await self._call("PATCH", url, change)

    async def _ask(self, read: Callable[[dict[str, Any]], T], method: str, path: str, body: object = None) -> T:
        """One call and what its answer means. Raises ChannelUnreachable when that is no shop's answer."""
        answer = await self._call(method, path, body)
        try:
            return read(answer)
        except MISREAD as problem:
            raise ChannelUnreachable(channel=self._name, reason=NO_SHOP) from problem

    async def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One call, tried again at once a few times when the line is bad; every call here may be repeated."""
        for attempt in range(1, TRIES + 1):
            await self._pace.take()
            try:
                return self._read(await self._client.request(method, path, json=body))
            except (ChannelUnreachable, *LINE_IS_BAD) as problem:
                # A timeout has cost seconds already: what waits behind it should not wait three times as long.
                if attempt == TRIES or isinstance(problem, httpx.TimeoutException):
                    raise _unreachable(self._name, problem) from problem
            await asyncio.sleep(FIRST_WAIT * 3 ** (attempt - 1) * DICE.uniform(0.5, 1.5))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        code = httpx.codes
        if answer.is_success:
            return _json(self._name, answer.content)
        if answer.status_code in {code.UNAUTHORIZED, code.FORBIDDEN}:
            raise CredentialsRefused(channel=self._name)
        if answer.status_code == code.TOO_MANY_REQUESTS:
            raise ChannelBusy(channel=self._name, seconds=answer.headers.get("retry-after", "1"))
        if answer.is_server_error:
            raise ChannelUnreachable(channel=self._name, reason=f"it answered {answer.status_code}")
        raise ChannelRefused(channel=self._name, reason=_message(answer), status=answer.status_code)


def _json(name: str, content: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.MsgspecError as problem:
        raise ChannelUnreachable(channel=name, reason=NO_SHOP) from problem


def _unreachable(name: str, problem: Exception) -> ChannelUnreachable:
    if isinstance(problem, ChannelUnreachable):
        return problem
    reason = "it takes too long" if isinstance(problem, httpx.TimeoutException) else "the connection broke"
    return ChannelUnreachable(channel=name, reason=reason)


def _message(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"]).rstrip(".")
    except (ValueError, KeyError, TypeError):
        return f"it answered {answer.status_code}"


def _listed(answer: dict[str, Any]) -> dict[str, str]:
    return {row["sku"]: row["id"] for row in answer["listings"]}


def _answers(answer: dict[str, Any]) -> list[Answer]:
    return [_answer(result) for result in answer["results"]]


def _shown(answer: dict[str, Any]) -> tuple[dict[str, Decimal], int | None]:
    return {row["sku"]: Decimal(row["quantity"]) for row in answer["items"]}, answer["next"]


def _sales(answer: dict[str, Any]) -> Sales:
    orders = msgspec.convert(answer["orders"], list[_Order])
    return Sales(tuple(order.sale() for order in orders), str(answer["next"]), len(orders) == PAGE)


def _answer(result: dict[str, Any]) -> Answer:
    shown = None if result["quantity"] is None else Decimal(result["quantity"])
    status = STATUSES.get(result["status"], "refused")
    return Answer(result["sku"], status, shown, None if status == "ok" else str(result["status"]))
