"""The hot routes: bare Starlette with a compiled codec, gathered writes, and the posting's id as idempotency key."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from onhand import ledger
from onhand.entries import schemas_hot as hot
from onhand.entries.entered import in_stock_units_outside
from onhand.entries.kit_guard import refuse_kits_late
from onhand.infra.constraints import Violation
from onhand.infra.http import authorize, database_of
from onhand.infra.nul import refuse_nul
from onhand.infra.permissions import declare
from onhand.kernel import (
    CURRENCIES,
    FieldError,
    Invalid,
    Malformed,
    NotFound,
    derived_id,
    new_id,
    now,
    parse_quantity,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from starlette.requests import Request

    from onhand.infra.db import Database
    from onhand.kernel import Actor

T = TypeVar("T")

READ = declare("stock.read", "See stock, movements and reservations", staff=True)
WRITE = declare("stock.write", "Adjust, reserve, release and transfer stock", staff=True)
JSON = "application/json"
LONGEST_KEY = 255
LONGEST_EXPIRY = 366 * 24 * 3600
UUID_LENGTH = 36
AT = re.compile(r"^(?:Expected|Object|Invalid|Decimal).*? - at `\$(?P<path>.*)`$", re.DOTALL)

encode = msgspec.json.Encoder().encode
_decoders: dict[type, Any] = {}


def decode(body: bytes, kind: type[T]) -> T:
    """Read a body. Raises Malformed when it is not JSON, Invalid naming the field when it does not fit."""
    refuse_nul(body)
    decoder = _decoders.get(kind) or _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    try:
        read: T = decoder.decode(body)
    except msgspec.ValidationError as problem:
        raise _invalid(_pointer(str(problem)), str(problem).split(" - at ")[0] + ".") from problem
    except msgspec.DecodeError as problem:
        raise Malformed(problem="the body is not valid JSON") from problem
    return read


def _pointer(message: str) -> str:
    """Msgspec's `$.lines[0].sku` as a JSON pointer."""
    found = AT.match(message)
    return "/" + re.sub(r"\[(\d+)\]", r"/\1", found["path"]).replace(".", "/").strip("/") if found else "/"


def _invalid(pointer: str, message: str) -> Invalid:
    return Invalid(errors=[FieldError(pointer, "invalid", message)], first=f"{pointer}: {message}")


def amount(value: Decimal, pointer: str) -> Decimal:
    """A quantity within what the ledger keeps. Raises Invalid naming the field."""
    try:
        return parse_quantity(value)
    except ValueError as problem:
        raise _invalid(pointer, f"{problem}.") from problem


def code(text: str) -> ledger.Code:
    """A human code, or an id when it is written like one."""
    if len(text) != UUID_LENGTH or text.count("-") != 4:  # noqa: PLR2004 - the dashes of a UUID
        return text
    try:
        return UUID(text)
    except ValueError:
        return text


def posting_id(request: Request, actor: Actor) -> UUID:
    """The Idempotency-Key as the posting's id: as it is when a UUID, else derived from it; without one a new id."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return new_id()
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Malformed(problem=f"Idempotency-Key must have 1 to {LONGEST_KEY} characters")
    found = code(key)
    return found if isinstance(found, UUID) else derived_id(actor.organization_id, key)


def body_hash(request: Request, body: bytes) -> UUID:
    """What makes two requests the same: method, path and body."""
    text = f"{request.method} {request.scope['path']}\0".encode()
    return UUID(bytes=hashlib.blake2b(text + body, digest_size=16).digest())


async def actor_for(request: Request, permission: str) -> Actor:
    """Who asks. Raises Unauthenticated, Forbidden."""
    actor = await authorize(request, permission)
    if actor is None:
        raise AssertionError("hot routes are never public")
    return actor


def is_rehearsal(request: Request) -> bool:
    """Whether `?dry_run=true` was asked. The query is read only where there is one: this is asked of every write."""
    return bool(request.scope["query_string"]) and request.query_params.get("dry_run") == "true"


async def write(request: Request, actor: Actor, postings: Sequence[ledger.Posting]) -> list[ledger.Outcome]:
    """Post gathered with others', or rehearse."""
    database = database_of(request)
    try:
        outcomes = await _written(request, database, actor, postings)
    except Violation:  # a kit, which the database refuses to give a level
        await refuse_kits_late(database, actor, postings)
        raise
    if all(outcome.state is ledger.State.REFUSED for outcome in outcomes):
        await refuse_kits_late(database, actor, postings)
    return outcomes


async def _written(
    request: Request, database: Database, actor: Actor, postings: Sequence[ledger.Posting]
) -> list[ledger.Outcome]:
    if is_rehearsal(request):
        return await ledger.rehearse(database, actor, postings)
    if len(postings) == 1:
        return [await ledger.gatherer(database).post(actor, postings[0])]
    return await ledger.send_alone(database, actor, postings)


def answer(request: Request, outcomes: Sequence[ledger.Outcome], data: object, status: int) -> Response:
    """The envelope; a repetition and a rehearsal say so."""
    headers = {"Idempotent-Replayed": "true"} if all(o.state is ledger.State.REPLAYED for o in outcomes) else None
    dry = is_rehearsal(request)
    body = {"data": data, "meta": {"dry_run": True} if dry else {}}
    return Response(encode(body), 200 if dry else status, headers, media_type=JSON)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _adjusted(line: ledger.LineOutcome, outcome: ledger.Outcome) -> hot.AdjustedLine:
    problem = ledger.refusal(outcome)
    told: dict[str, object] | None = None
    if problem is not None:
        told = {"code": problem.code, "detail": problem.sentence(), "facts": problem.facts}
    shortage = plain(line.shortage) if line.shortage else None
    numbers = (plain(line.quantity), _plain(line.on_hand), _plain(line.available))
    return hot.AdjustedLine(line.sku, line.warehouse, *numbers, shortage, told)


async def adjust(request: Request) -> Response:
    """Add or take stock: up to 1,000 lines, all or nothing, or (`reject_failed`) each for itself."""
    actor = await actor_for(request, WRITE)
    raw = await request.body()
    body = decode(raw, hot.Adjust)
    if not 1 <= len(body.lines) <= hot.MOST_LINES:
        raise _invalid("/lines", f"1 to {hot.MOST_LINES} lines are taken at once; import a file for more.")
    key, fingerprint = posting_id(request, actor), body_hash(request, raw)
    moves = [_move(line, number) for number, line in enumerate(body.lines)]
    lines = await in_stock_units_outside(database_of(request), actor, moves, [line.unit for line in body.lines])
    one = ledger.Posting(
        id=key,
        lines=lines,
        type=body.type,
        reason=body.reason,
        fact=body.fact,
        document=body.document,
        body_hash=fingerprint,
        actor=actor,
    )
    postings = [one] if body.error_policy == "reject_all" else _apart(one)
    outcomes = await write(request, actor, postings)
    problems = [problem for outcome in outcomes if (problem := ledger.refusal(outcome))]
    if problems and len(problems) == len(outcomes):
        raise problems[0]
    told = [_adjusted(line, outcome) for outcome in outcomes for line in outcome.lines]
    return answer(request, outcomes, hot.Adjusted(str(key), told), 201)


def _move(line: hot.AdjustLine, number: int) -> ledger.Move:
    at = f"/lines/{number}"
    if line.unit_cost is not None and amount(line.unit_cost, f"{at}/unit_cost") < 0:
        raise _invalid(f"{at}/unit_cost", "A cost is not negative.")
    if line.currency is not None and line.currency.upper() not in CURRENCIES:
        raise _invalid(f"{at}/currency", f"There is no currency {line.currency}.")
    if line.effective_at is not None and line.effective_at.tzinfo is None:
        raise _invalid(f"{at}/effective_at", "A time needs its offset from UTC.")
    return ledger.Move(
        sku=code(line.sku),
        warehouse=code(line.warehouse),
        quantity=amount(line.quantity, f"{at}/quantity"),
        unit_cost=line.unit_cost,
        currency=line.currency and line.currency.upper(),
        effective_at=line.effective_at,
        note=line.note,
        bin=line.bin and code(line.bin),
        lot=line.lot and code(line.lot),
        serial=line.serial and code(line.serial),
    )


def _apart(posting: ledger.Posting) -> list[ledger.Posting]:
    """A posting for each line, held together as a group."""
    return [
        replace(posting, id=derived_id(posting.id, str(n)), lines=[line], group_id=posting.id)
        for n, line in enumerate(posting.lines)
    ]


async def reserve(request: Request) -> Response:
    """Promise stock for a while."""
    actor = await actor_for(request, WRITE)
    raw = await request.body()
    body = decode(raw, hot.Reservation)
    if body.expires_in_seconds is not None and not 1 <= body.expires_in_seconds <= LONGEST_EXPIRY:
        raise _invalid("/expires_in_seconds", f"1 to {LONGEST_EXPIRY} seconds.")
    key = posting_id(request, actor)
    expires_at = None if body.expires_in_seconds is None else now() + timedelta(seconds=body.expires_in_seconds)
    promise = ledger.Reserve(
        id=key,  # a promise made by itself has its posting's id
        sku=code(body.sku),
        warehouse=code(body.warehouse),
        quantity=amount(body.quantity, "/quantity"),
        holder_kind=body.holder_kind,
        holder_id=body.holder_id,
        priority=body.priority,
        channel=body.channel,
        expires_at=expires_at,
        note=body.note,
    )
    promises = await in_stock_units_outside(database_of(request), actor, [promise], [body.unit], at="")
    posting = ledger.Posting(id=key, lines=promises, reason="reserved", body_hash=body_hash(request, raw), actor=actor)
    outcome = (await write(request, actor, [posting]))[0]
    if problem := ledger.refusal(outcome):
        raise problem
    line = outcome.lines[0]
    if outcome.state is ledger.State.REPLAYED and line.reservation:
        expires_at = await ledger.expiry_of(database_of(request), actor, line.reservation)
    made = hot.Reserved(
        str(line.reservation),
        line.sku,
        line.warehouse,
        plain(line.quantity),
        _plain(line.on_hand),
        _plain(line.available),
        _moment(expires_at),
    )
    return answer(request, [outcome], made, 201)


async def release(request: Request) -> Response:
    """Give a promise back: DELETE all of it (204), POST …/release `quantity` of it (200)."""
    actor = await actor_for(request, WRITE)
    raw = await request.body()
    found = code(request.path_params["id"])
    if not isinstance(found, UUID):
        raise NotFound(what="reservation", key=found)
    quantity = decode(raw, hot.ReleaseBody).quantity if raw else None
    line = ledger.Release(reservation=found, quantity=None if quantity is None else amount(quantity, "/quantity"))
    key = posting_id(request, actor)
    posting = ledger.Posting(id=key, lines=[line], reason="released", body_hash=body_hash(request, raw), actor=actor)
    outcome = (await write(request, actor, [posting]))[0]
    if problem := ledger.refusal(outcome):
        raise problem
    if request.method == "DELETE":
        return Response(status_code=204)
    done = outcome.lines[0]
    return answer(request, [outcome], {"id": str(found), "released": plain(-done.quantity)}, 200)


async def read_level(request: Request) -> Response:
    """One level, by `sku@warehouse`, either of them a code or an id."""
    actor = await actor_for(request, READ)
    key = request.path_params["id"]
    sku, _, warehouse = key.rpartition("@")
    row = await ledger.find_level(database_of(request), actor.organization_id, code(sku), code(warehouse))
    if row is None:
        raise ledger.UnknownLevel(key=key)
    available = row.on_hand - row.reserved - row.unavailable
    shown = hot.StockLevel(
        id=f"{row.sku_id}@{row.warehouse_id}",
        sku=row.sku,
        warehouse=row.warehouse,
        sku_id=str(row.sku_id),
        warehouse_id=str(row.warehouse_id),
        on_hand=plain(row.on_hand),
        reserved=plain(row.reserved),
        unavailable=plain(row.unavailable),
        available=plain(available),
        incoming=plain(row.incoming),
        updated_at=_moment(row.changed_at),
    )
    return Response(encode({"data": shown, "meta": {}}), 200, media_type=JSON)


HOT_ROUTES = [
    Route("/api/v1/inventory/adjust", adjust, methods=["POST"]),
    Route("/api/v1/reservations", reserve, methods=["POST"]),
    Route("/api/v1/reservations/{id}", release, methods=["DELETE"]),
    Route("/api/v1/reservations/{id}/release", release, methods=["POST"]),
    Route("/api/v1/stock-levels/{id}", read_level, methods=["GET"]),
]
