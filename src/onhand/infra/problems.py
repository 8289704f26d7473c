"""Errors as RFC 9457 problem documents: the sentence, its code, its facts, and which field to mend."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import psycopg
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from onhand.infra.log import logger
from onhand.infra.schemas import encode
from onhand.infra.wording import wording
from onhand.kernel import FieldError, Invalid, Malformed, NotFound, OnhandError, Unauthenticated, Unavailable

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://onhand.example/problems/"  # an identifier, as RFC 9457 allows; nothing is fetched from it


class WrongMethod(OnhandError):
    """{method} is not possible here."""

    status, title, code = 405, "Method not allowed", "request.wrong_method"


class Unexpected(OnhandError):
    """Something went wrong on our side; nothing was changed. Quote the request id when you report it."""

    code = "onhand.unexpected"


class DatabaseAway(Unavailable):
    """The database does not answer just now; try again in {seconds} s, a write under the same Idempotency-Key."""

    code = "request.database_away"


def problem(request: Request, error: OnhandError) -> Response:
    """The problem document of an error."""
    body: dict[str, Any] = {
        "type": TYPE_BASE + error.code,
        "title": error.title,
        "status": error.status,
        "detail": error.sentence(),
        "instance": request.url.path,
        "code": error.code,
        "request_id": getattr(request.state, "request_id", None),
        "facts": {name: _fact(value) for name, value in error.facts.items()},
        "errors": [{"pointer": e.pointer, "code": e.code, "message": e.message} for e in error.errors],
    }
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}
    if "seconds" in error.facts and error.status in {429, 503}:
        headers["Retry-After"] = str(error.facts["seconds"])
    return Response(encode(body), error.status, headers, media_type=MEDIA_TYPE)


def _fact(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)


def invalid(problems: RequestValidationError) -> OnhandError:
    """What FastAPI found wrong, in our words: unreadable JSON is 400, a bad field 422 with its pointer."""
    found = problems.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return Malformed(problem="the body is not valid JSON")
    errors = [FieldError(pointer(e["loc"]), str(e["type"]), wording(e)) for e in found]
    first = errors[0]
    return Invalid(errors=errors, first=f"{first.pointer}: {first.message}")


def pointer(location: tuple[int | str, ...]) -> str:
    """("body", "lines", 0, "sku") → "/lines/0/sku"; parameters keep their name."""
    parts = location[1:] if location and location[0] in {"body", "query", "path", "header"} else location
    return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem document."""
    handlers: dict[Any, Any] = {
        OnhandError: _known,
        RequestValidationError: _on_validation,
        HTTPStatus.BAD_REQUEST: _bad_request,
        HTTPStatus.NOT_FOUND: _no_such_page,
        HTTPStatus.METHOD_NOT_ALLOWED: _wrong_method,
        psycopg.OperationalError: _unexpected,
        DBAPIError: _unexpected,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _known(request: Request, error: OnhandError) -> Response:
    return problem(request, error)


async def _on_validation(request: Request, error: RequestValidationError) -> Response:
    return problem(request, invalid(error))


async def _bad_request(request: Request, error: Exception) -> Response:
    if isinstance(error.__cause__, OnhandError):  # what stopped a form while it was read, such as its size
        return problem(request, error.__cause__)
    return problem(request, Malformed(problem=getattr(error, "detail", error)))


async def _no_such_page(request: Request, _error: Exception) -> Response:
    return problem(request, NotFound(what="page", key=request.url.path))


async def _wrong_method(request: Request, error: Exception) -> Response:
    answer = problem(request, WrongMethod(method=request.method))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def _unexpected(request: Request, error: Exception) -> Response:
    return unexpected(request, error)


def problem_of(request: Request, error: Exception) -> Response:
    """The problem document of an error that no framework has caught."""
    return problem(request, error) if isinstance(error, OnhandError) else unexpected(request, error)


def unexpected(request: Request, error: Exception) -> Response:
    """Say no more than that it is our fault, or that the database is away; the log has the rest."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.OperationalError):  # the line broke, or the pool waited in vain
        logger("http").warning("database away", path=request.url.path, reason=str(cause).strip())
        return problem(request, DatabaseAway(seconds=1))
    logger("http").error("unexpected", path=request.url.path, request_id=request.state.request_id, exc_info=error)
    return problem(request, Unexpected())
