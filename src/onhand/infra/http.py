"""The edge: each route is one transaction, committed before its answer leaves; permission, idempotency, retries."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.routing import Route

from onhand.infra import idempotency
from onhand.infra.constraints import Violation, translate
from onhand.infra.lists import Listed, ListResult, ListSpec, Source, parse, read_list
from onhand.infra.nul import WRITES, refuse_nul_in
from onhand.infra.schemas import Page, encode
from onhand.kernel import Actor, Forbidden, Stale, Unauthenticated

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import BaseModel

    from onhand.infra.db import Database

PUBLIC = "public"  # anyone
SIGNED_IN = "signed_in"  # any actor, whatever the role
RETRIES = 4
RETRYABLE = frozenset({"40001", "40P01"})  # serialization failure, deadlock
JSON = "application/json"
JITTER = secrets.SystemRandom()

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Rows = TypeVar("Rows", bound=Callable[..., Source])
encode_plain = msgspec.json.Encoder().encode  # what holds JSON values already
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class DryRun(Exception):
    """Carries the answer of a dry run out of its transaction, which is rolled back."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer


def database_of(request: Request) -> Database:
    """The process' database."""
    return cast("Database", request.app.state.database)


async def authorize(request: Request, permission: str) -> Actor | None:
    """Who asks, if they may. Raises Unauthenticated or Forbidden."""
    if permission == PUBLIC:
        return None
    address = request.client.host if request.client else None
    actor: Actor = await request.app.state.authenticate(request.headers.get("authorization", ""), address)
    if permission != SIGNED_IN and not actor.may(permission):
        raise Forbidden(permission=permission, who=actor.label)
    return actor


class UnitRoute(APIRoute):
    """A route whose handler runs inside one transaction."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler in authorization, the transaction and its retries."""
        inner = super().get_route_handler()
        permission = str((self.openapi_extra or {})["x-permission"])

        async def handle(request: Request) -> Response:
            actor = await authorize(request, permission)
            await refuse_nul_in(request)
            if actor is None:
                request.state.actor = None
                return await with_retries(lambda: _anonymous(request, inner))
            request.state.actor = actor
            return await with_retries(lambda: _unit(request, actor, inner))

        return handle


async def with_retries(run: Callable[[], Awaitable[Response]]) -> Response:
    """Run a unit of work again when the database asks for it (deadlock, serialization), a bounded number of times."""
    for attempt in range(RETRIES):
        try:
            return await run()
        except DryRun as dry:
            return dry.answer
        except (IntegrityError, Violation) as problem:
            raise translate(problem) from problem
        except DBAPIError as problem:
            if attempt + 1 == RETRIES or getattr(problem.orig, "sqlstate", None) not in RETRYABLE:
                raise
            await asyncio.sleep(JITTER.uniform(0.5, 1.5) * 0.01 * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


async def _anonymous(request: Request, inner: Handler) -> Response:
    async with database_of(request).anonymous() as session:
        request.state.session = session
        return await inner(request)


async def _unit(request: Request, actor: Actor, inner: Handler) -> Response:
    async with database_of(request).session(actor) as session:
        request.state.session = session
        if request.method not in WRITES:
            return await inner(request)
        if request.query_params.get("dry_run") == "true":
            raise DryRun(_dry(await inner(request), session))
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        if key is None:
            return await inner(request)
        body_hash = await fingerprint(request)
        known = await idempotency.begin(session, key, body_hash)
        if known is not None:
            return Response(known.answer, known.status, {"Idempotent-Replayed": "true"}, media_type=JSON)
        request.state.idempotency_key = key
        answer = await inner(request)
        if answer.media_type in {None, JSON}:  # a file is made anew, and changes nothing
            await idempotency.remember(session, key, body_hash, answer.status_code, bytes(answer.body))
        return answer


async def fingerprint(request: Request) -> str:
    """What makes two requests the same: method, path and body."""
    body = await request.body()
    return hashlib.blake2b(
        b"\0".join([request.method.encode(), request.url.path.encode(), body]), digest_size=16
    ).hexdigest()


def _dry(answer: Response, session: AsyncSession) -> Response:
    """The answer as it would have been, with the differences it would have made; a file is what it is."""
    if answer.media_type not in {None, JSON}:
        return answer
    body = msgspec.json.decode(answer.body) if answer.body else {"data": None, "meta": {}}
    body["meta"] = {**body.get("meta", {}), "dry_run": True, "changes": session.info.get("changes", [])}
    return Response(encode(body), 200, media_type=JSON)


def session_of(request: Request) -> AsyncSession:
    """The transaction of this request."""
    return cast("AsyncSession", request.state.session)


def actor_in(request: Request) -> Actor:
    """Who asks."""
    return cast("Actor", request.state.actor)


Session = Annotated[AsyncSession, Depends(session_of)]
Who = Annotated[Actor, Depends(actor_in)]

# What a list takes that is not declared with `listing`.
PAGED = [
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50}},
    {"name": "cursor", "in": "query", "schema": {"type": "string"}},
    {"name": "sort", "in": "query", "schema": {"type": "string"}},
]


class Router:
    """Routes under /api/v1 that each name their permission: `@router.get("/products", permission="catalog.read")`.

    `lists` are the routes declared with `listing`, to be answered before the framework; `exported` the lists that can
    be had as files.
    """

    def __init__(self, tag: str, prefix: str = "/api/v1") -> None:
        self.api = APIRouter(prefix=prefix, tags=[tag], route_class=UnitRoute)
        self.lists: list[Route] = []
        self.exported: list[Listed] = []

    def route(self, method: str, path: str, permission: str, options: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        """Declare one route; `options` go to FastAPI."""
        extra = {**options.pop("openapi_extra", {}), "x-permission": permission}
        if permission == PUBLIC:
            extra["security"] = []
        return self.api.api_route(path, methods=[method], openapi_extra=extra, **options)

    def get(self, path: str, *, permission: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """A route that reads."""
        return self.route("GET", path, permission, options)

    def listing(self, path: str, spec: ListSpec, row: type[BaseModel], *, permission: str) -> Callable[[Rows], Rows]:
        """A list: declares a function from the query to where the rows come from. No parameters in its path.

        The function's further parameters are the list's own (`spec.extra`), named so that they are documented.
        """

        def declare(rows: Rows) -> Rows:
            async def answer(request: Request) -> Response:
                actor = await authorize(request, permission)
                if actor is None:
                    raise Unauthenticated
                query = parse(spec, request.query_params.multi_items())
                source = rows(query, **query.extra)
                return listed(await read_list(database_of(request), actor.organization_id, source, query))

            self.get(path, permission=permission, response_model=Page[row])(_described(answer, rows, spec))  # type: ignore[valid-type]  # made at run time
            self.lists.append(Route(self.api.prefix + path, answer, methods=["GET"]))
            self.export(path.rpartition("/")[2], spec, rows, permission=permission)
            return rows

        return declare

    def export(self, name: str, spec: ListSpec, rows: Callable[..., Source], *, permission: str) -> None:
        """Let a list be exported under this name; one declared with `listing` is already."""
        self.exported.append(Listed(name, spec, rows, permission))

    def post(self, path: str, *, permission: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """A route that creates or acts; 201 unless said otherwise."""
        return self.route("POST", path, permission, {"status_code": 201, **options})

    def patch(self, path: str, *, permission: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """A route that changes the fields sent."""
        return self.route("PATCH", path, permission, options)

    def put(self, path: str, *, permission: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """A route that changes the fields sent (as PATCH does)."""
        return self.route("PUT", path, permission, options)

    def delete(self, path: str, *, permission: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """A route that removes or archives; 204 unless said otherwise."""
        return self.route("DELETE", path, permission, {"status_code": 204, **options})


def _described(answer: Handler, rows: Callable[..., Source], spec: ListSpec) -> Callable[..., Any]:
    """A list as FastAPI sees it: by name, sentence and parameters of the function that was declared."""

    async def described(request: Request, **_: Any) -> Response:
        return await answer(request)

    query, *others = inspect.signature(rows, eval_str=True).parameters.values()
    request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    told = [*others, query.replace(default=spec.query()), request]
    described.__name__, described.__doc__ = rows.__name__, rows.__doc__
    keywords = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in told]
    described.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]  # FastAPI reads it
    return described


def listed(result: ListResult) -> Response:
    """A list's rows in the envelope, encoded at once."""
    return Response(encode_plain({"data": result.rows, "meta": result.meta}), media_type=JSON)


def etag(changed_at: datetime) -> str:
    """The ETag of a row: its last change."""
    return f'"{int(changed_at.timestamp() * 1_000_000):x}"'


def require_match(request: Request, what: str, changed_at: datetime) -> None:
    """Refuse an edit of something that was changed since the caller read it. Raises Stale."""
    wanted = request.headers.get("if-match")
    if wanted is not None and wanted not in {"*", etag(changed_at)}:
        raise Stale(what=what)
