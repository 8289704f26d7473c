"""PostgreSQL's texts cannot hold the character NUL: whoever sends one is told so before anything is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onhand.kernel import Malformed

if TYPE_CHECKING:
    from starlette.requests import Request

# As JSON writes it; behind an odd number of backslashes it is not one.
ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def refuse_nul(body: bytes) -> None:
    """Raises Malformed for a JSON body that holds a NUL."""
    if b"\\u0000" in body and ESCAPED.search(body):
        raise _nul("")


def refuse_nul_text(*texts: str) -> None:
    """Raises Malformed for a text, of a form's field say, that holds a NUL."""
    if any("\0" in text for text in texts):
        raise _nul("")


async def refuse_nul_in(request: Request) -> None:
    """Raises Malformed for a NUL in the path, the query or a JSON body. Files may hold what they like."""
    if "\0" in request.scope["path"]:
        raise _nul(" in the address")
    if b"%00" in request.scope["query_string"]:
        raise _nul(" in the query")
    if request.method in WRITES and "json" in request.headers.get("content-type", "json"):
        refuse_nul(await request.body())


def _nul(where: str) -> Malformed:
    return Malformed(problem=f"text{where} cannot hold the character NUL")
